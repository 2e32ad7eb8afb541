export * from "../libraries/sha256.js";

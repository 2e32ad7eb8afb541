export * from "../libraries/ansi.js";

export * from "../libraries/codemirror.js";

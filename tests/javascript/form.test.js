import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { test } from "node:test";

const FILES = globSync(["nnbook/**/*.{js,d.ts}", "tests/javascript/*.js"], {
  exclude: ["nnbook/live/vendor/*"],
});

test("no line is wider than 100 columns", () => {
  const wide = FILES.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, i) => ([...line].length > 100 ? [`${file}:${i + 1}`] : [])),
  );
  assert.ok(FILES.length > 20);
  assert.deepEqual(wide, []);
});

test("no file is kept from the formatter, the linter or the types", () => {
  const kept = FILES.filter((file) => /biome-ignore|@ts-nocheck|@ts-ignore/.test(source(file)));
  assert.deepEqual(kept, ["tests/javascript/form.test.js"]);
});

/** @param {string} file */
function source(file) {
  return readFileSync(file, "utf8");
}

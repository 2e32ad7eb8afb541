import assert from "node:assert/strict";
import { test } from "node:test";
import { everyWordOfPlayground } from "../../nnbook/playground/words.js";
import { everyWord, fill } from "../../nnbook/widget/words.js";

/** @param {unknown} words @returns {string[]} */
function texts(words) {
  return typeof words === "string" ? [words] : Object.values(Object(words)).flatMap(texts);
}
/** @param {string} text */
const named = (text) => (text.match(/\{\w+\}/g) ?? []).sort();

test("both languages have the same words, and texts that name the same values", () => {
  for (const [name, { en, ko }] of Object.entries({
    ...everyWord,
    playground: everyWordOfPlayground,
  })) {
    assert.deepEqual(Object.keys(en), Object.keys(ko), name);
    assert.deepEqual(texts(en).map(named), texts(ko).map(named), name);
    assert.ok(texts(ko).every((text) => text.trim() || text === ""));
  }
});

test("a text names its values", () => {
  assert.equal(fill("{value} of {value}, {low}", { value: 0, low: "a" }), "0 of 0, a");
  assert.throws(() => fill("{missing}", {}), /no value for \{missing\}/);
});

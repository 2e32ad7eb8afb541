import assert from "node:assert/strict";
import { test } from "node:test";
import { readDecimal, readFraction, tidy } from "../../nnbook/widget/number.js";

const NO_NUMBERS = ["", " ", "x", "1,5", "1 2", "0x10", "Infinity", "1e999", "--1", "NaN"];

test("numbers are read as people type them", () => {
  for (const [text, number] of /** @type {[string, number][]} */ ([
    ["0.25", 0.25],
    [" .5 ", 0.5],
    ["+3.", 3],
    ["−3", -3],
    ["１２", 12],
    ["-1e-3", -0.001],
  ])) {
    assert.equal(readDecimal(text), number);
    assert.equal(readFraction(text), number);
  }
  for (const text of NO_NUMBERS) assert.equal(readDecimal(text), undefined, text);
});

test("a fraction is a number only where it may be one", () => {
  assert.equal(readDecimal("1/3"), undefined);
  assert.equal(readFraction("1/3"), 1 / 3);
  assert.equal(readFraction(" −1.5 / 3 "), -0.5);
  for (const text of [...NO_NUMBERS, "1/", "/3", "1/2/3", "1/0", "a/b", "1/x"])
    assert.equal(readFraction(text), undefined, text);
});

test("what a Korean keyboard writes becomes plain signs", () => {
  assert.equal(tidy(" （３，−２） "), "(3,-2)");
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { nearest, slider } from "../../nnbook/widget/slider.js";
import { wordsFor } from "../../nnbook/widget/words.js";
import { openPage } from "./page.js";

/** @type {number[]} */
let chosen = [];
let el = openPage();

beforeEach(() => {
  chosen = [];
  el = openPage();
});

/** @param {Partial<Parameters<typeof slider>[0]>} [options] */
function make(options) {
  const words = wordsFor(el, "explorer");
  const change = (/** @type {number} */ value) => chosen.push(value);
  const made = slider({ label: "rate", values: [0.1, 1, 30], words, change, ...options });
  el.append(made.row);
  return made;
}
/** @param {HTMLInputElement} input @param {string} kind @param {number | string} value */
function enter(input, kind, value) {
  input.value = String(value);
  input.dispatchEvent(new Event(kind));
}
const field = () => /** @type {HTMLInputElement} */ (el.querySelector("input[type=number]"));

test("the slider is labelled, and says its value and not its place", () => {
  const { input, row } = make({ start: 1, textOf: (value) => `${value}/s` });
  assert.equal(row.querySelector("label")?.getAttribute("for"), input.id);
  assert.equal(row.querySelector("output")?.getAttribute("for"), input.id);
  assert.equal(input.value, "1");
  enter(input, "input", 2);
  assert.equal(input.getAttribute("aria-valuetext"), "30/s");
  assert.equal(row.querySelector("output")?.textContent, "30/s");
  assert.deepEqual(chosen, [30]);
});

test("setting the value or the list moves the slider and tells nobody", () => {
  const made = make();
  made.value = 0.9;
  assert.deepEqual([made.place, made.input.value], [1, "1"]);
  made.setValues([0.9, 5]);
  assert.deepEqual([made.place, made.input.value, made.input.max], [0, "0", "1"]);
  assert.deepEqual(chosen, []);
});

test("any number in the range can be typed, and no other", () => {
  const made = make();
  made.free({ low: 0.01, high: 100 });
  assert.equal(field().getAttribute("aria-label"), "rate, any value:");
  for (const wanted of ["0.77", "100", "0", "1000", ""]) enter(field(), "change", wanted);
  assert.deepEqual(chosen, [0.77, 100]);
  assert.equal(field().validationMessage, " is not possible here. Allowed: 0.01 – 100");
  enter(made.input, "input", 0);
  assert.deepEqual([field().value, field().validationMessage], ["0.1", ""]);
});

test("whole numbers are asked for where only they are possible", () => {
  make({ values: [1, 5] }).free({ low: 1, high: 5, whole: true });
  for (const wanted of ["2.5", "3"]) enter(field(), "change", wanted);
  assert.deepEqual(chosen, [3]);
  enter(field(), "change", "2.5");
  assert.match(field().validationMessage, /whole numbers from 1 to 5/);
});

test("what is being typed stays until it is entered or left", () => {
  const made = make();
  made.free({ low: 0, high: 9 });
  for (const end of ["change", "blur"]) {
    enter(field(), "input", "7");
    made.value = 3; // as a picture that moves on sets it
    assert.equal(field().value, "7");
    field().dispatchEvent(new Event(end));
    made.value = 4;
    assert.equal(field().value, "4");
  }
});

test("the field to type in goes away again", () => {
  const made = make();
  made.free({ low: 0, high: 1 });
  made.free(null);
  assert.equal(field(), null);
  assert.equal(made.row.querySelector("output")?.textContent, "0.1");
});

test("the nearest of a list", () => {
  assert.equal(nearest([1, 2, 4], 2.9), 1);
  assert.equal(nearest([1, 2, 4], 99), 2);
});

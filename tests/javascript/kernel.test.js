import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { watchKernel } from "../../nnbook/widget/kernel.js";

/** @type {string[]} */
let told = [];
/** @type {() => void} */
let leave = () => {};
const model = { on: (/** @type {string} */ _, /** @type {() => void} */ hear) => (leave = hear) };
const make = () =>
  watchKernel(model, { waiting: () => told.push("waiting"), gone: () => told.push("gone") });

beforeEach(() => {
  told = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("silence is reported after a while, an answer is not", () => {
  const kernel = make();
  kernel.asked();
  kernel.answered();
  mock.timers.tick(60_000);
  assert.deepEqual(told, []);
  kernel.asked();
  mock.timers.tick(4000);
  assert.deepEqual(told, ["waiting"]);
});

test("a kernel that goes away is reported at once, and at every later question", () => {
  const kernel = make();
  kernel.asked();
  leave();
  kernel.asked();
  mock.timers.tick(60_000);
  assert.deepEqual(told, ["gone", "gone"]);
});

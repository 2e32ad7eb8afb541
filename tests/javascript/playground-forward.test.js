import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CELLS,
  classifier,
  countRight,
  EDGE,
  regions,
  scores,
  sizeOf,
} from "../../nnbook/playground/forward.js";
import { lossText, networkAt } from "../../nnbook/playground/panel.js";
import { randomNumbers } from "./random.js";

/** @param {number} hidden @param {number[]} weights */
const network = (hidden, weights) => ({ hidden, weights: new Float32Array(weights) });

// One neuron: off where x1 < 0 (class 0 is ahead), on where x1 > 0 (class 1 gets ahead).
const LEFT_RIGHT = network(1, [100, 0, 0, 0, 2, 0, 1, 0, 0]);
// Two neurons: class 2 above x2 = 0.5, else class 0 at the left and class 1 at the right.
const TOP_TOO = network(2, [100, 0, 0, 1000, 0, -500, 0, 2, 0, 0, 0, 9, 1, 0, 0]);

test("scores are those worked out by hand", () => {
  const out = new Float64Array(3);
  scores(network(1, [2, -1, 0.5, 1, 2, 3, 0.25, 0.5, 0.75]), 1, 2.5, out);
  assert.deepEqual([...out], [0.75, 1.5, 2.25]); // h = 2 - 2.5 + 0.5 = 0, a = 1/2
});

test("scores agree with matrices written as matrices", () => {
  const hidden = 5;
  const numbers = randomNumbers(sizeOf(hidden)).map((each) => 4 * each - 2);
  /** @param {number} first @param {number} rows @param {number} columns */
  const at = (first, rows, columns) =>
    Array.from({ length: rows }, (_, i) =>
      numbers.slice(first + i * columns, first + (i + 1) * columns).map(Math.fround),
    );
  const [W1, [b1]] = [at(0, 2, hidden), at(2 * hidden, 1, hidden)];
  const [W2, [b2]] = [at(3 * hidden, hidden, 3), at(6 * hidden, 1, 3)];
  const out = new Float64Array(3);
  for (const [x1, x2] of [
    [0.3, -0.7],
    [-1.2, 1.1],
    [0, 0],
  ]) {
    const a = b1.map((b, j) => 1 / (1 + Math.exp(-(x1 * W1[0][j] + x2 * W1[1][j] + b))));
    const y = b2.map((b, k) => a.reduce((sum, each, j) => sum + each * W2[j][k], b));
    scores(network(hidden, numbers), x1, x2, out);
    for (const k of [0, 1, 2]) assert.ok(Math.abs(out[k] - y[k]) < 1e-12);
  }
});

test("of equal scores the first class counts", () => {
  assert.equal(classifier(network(1, [0, 0, 0, 0, 0, 0, 1, 1, 1]))(0, 0), 0);
  assert.equal(classifier(network(1, [0, 0, 0, 0, 0, 0, 0, 1, 1]))(0, 0), 1);
});

test("the class of a cell is that of its middle, rows from the top, columns from the left", () => {
  const classes = regions(TOP_TOO);
  assert.equal(classes.length, CELLS * CELLS);
  const edge = (0.5 / (2 * EDGE)) * CELLS; // rows between the middle and x2 = 0.5
  for (let row = 0; row < CELLS; row++)
    for (const [column, below] of [
      [0, 0],
      [59, 0],
      [60, 1],
      [119, 1],
    ]) {
      const above = row < CELLS / 2 - edge;
      assert.equal(classes[row * CELLS + column], above ? 2 : below, `${row}, ${column}`);
    }
});

test("samples are right where their class is predicted", () => {
  const x = /** @type {[number, number][]} */ ([
    [-1, 0],
    [1, 0],
    [1, 0],
    [-1, 0],
  ]);
  assert.equal(countRight(LEFT_RIGHT, { x, t: [0, 1, 0, 2] }), 2);
});

test("an epoch's network is the epoch's part of the weights", () => {
  const weights = new Float32Array(2 * sizeOf(1)).map((_, i) => i);
  const run = /** @type {any} */ ({ hidden_size: 1, weights });
  assert.deepEqual([...networkAt(run, 1).weights], [9, 10, 11, 12, 13, 14, 15, 16, 17]);
});

test("a loss is written so that it can be read", () => {
  assert.equal(lossText(0.10849), "0.1085");
  assert.equal(lossText(867195.62), "867196");
  assert.equal(lossText(1.25e30), "1.25000e+30");
  assert.equal(lossText(Number.POSITIVE_INFINITY), "–");
});

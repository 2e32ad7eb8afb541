/* The forward pass of TwoLayerNet: the class at a point, in the plane and for the samples. */

/** @import { Samples } from "./types.js" */

export const CELLS = 120; // the plane is divided into 120 × 120 cells
export const EDGE = 1.2; // and reaches from -1.2 to 1.2

/**
 * @typedef {object} Network
 * @property {number} hidden  H
 * @property {Float32Array} weights  W1 (2, H), b1 (H,), W2 (H, 3), b2 (3,) in a row
 */

/**
 * The numbers of a network with H hidden neurons.
 *
 * @param {number} hidden
 */
export const sizeOf = (hidden) => 6 * hidden + 3;

/**
 * Write the scores of the three classes at a point into `out`.
 *
 * @param {Network} network
 * @param {number} x1
 * @param {number} x2
 * @param {Float64Array} out
 */
export function scores({ weights, hidden }, x1, x2, out) {
  const b1 = 2 * hidden;
  const W2 = 3 * hidden;
  const b2 = 6 * hidden;
  for (let k = 0; k < 3; k++) out[k] = weights[b2 + k];
  for (let j = 0; j < hidden; j++) {
    const h = x1 * weights[j] + x2 * weights[hidden + j] + weights[b1 + j];
    const a = 1 / (1 + Math.exp(-h));
    for (let k = 0; k < 3; k++) out[k] += a * weights[W2 + 3 * j + k];
  }
}

/**
 * Return a function that gives the class of the highest score at a point; of equal ones, the first.
 *
 * @param {Network} network
 * @returns {(x1: number, x2: number) => number}
 */
export function classifier(network) {
  const out = new Float64Array(3);
  return (x1, x2) => {
    scores(network, x1, x2, out);
    let best = 0;
    for (let k = 1; k < 3; k++) if (out[k] > out[best]) best = k;
    return best;
  };
}

/**
 * The class at the middle of every cell, row after row from the top.
 *
 * @param {Network} network
 */
export function regions(network) {
  const classify = classifier(network);
  const classes = new Uint8Array(CELLS * CELLS);
  for (let row = 0; row < CELLS; row++)
    for (let column = 0; column < CELLS; column++)
      classes[row * CELLS + column] = classify(middle(column), -middle(row));
  return classes;
}

/**
 * The coordinate of the middle of a cell, from the left.
 *
 * @param {number} cell
 */
const middle = (cell) => -EDGE + (2 * EDGE * (cell + 0.5)) / CELLS;

/**
 * How many samples get their own class.
 *
 * @param {Network} network
 * @param {Samples} samples
 */
export function countRight(network, { x, t }) {
  const classify = classifier(network);
  return x.filter(([x1, x2], n) => classify(x1, x2) === t[n]).length;
}

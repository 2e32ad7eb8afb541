/* What a network says of the plane: the answer and its certainty, and what each neuron sees. */

import { decide, softmax } from "./network.js";

/** @import { Data, Samples } from "./data.js" */
/** @import { TwoLayerNet } from "./network.js" */
/** @import { Frame } from "./types.js" */

export const CELLS = 80; // the plane is divided into 80 × 80 cells
const MAP = 20; // and that of a neuron into 20 × 20

const SPIRAL = { left: -1.2, right: 1.2, bottom: -1.2, top: 1.2 };
const MARGIN = 0.1; // around the reader's own points, of their extent

/**
 * The part of the plane that shows all points.
 *
 * @param {Data} data
 * @param {boolean} isOwn  whether it is the reader's data
 * @returns {Frame}
 */
export function frameOf({ training, held_out }, isOwn) {
  if (!isOwn) return SPIRAL;
  const points = [...training.x, ...(held_out?.x ?? [])];
  const [left, right] = bounds(points.filter((_, i) => i % 2 === 0));
  const [bottom, top] = bounds(points.filter((_, i) => i % 2 === 1));
  return { left, right, bottom, top };
}

/**
 * @param {number[]} values
 * @returns {[number, number]}
 */
function bounds(values) {
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const margin = MARGIN * (high - low) || 1; // points in a line have no extent
  return [low - margin, high + margin];
}

/**
 * The middle of every cell, row after row from the top: (cells², 2).
 *
 * @param {Frame} frame
 * @param {number} cells  along each side
 */
export function middles({ left, right, bottom, top }, cells) {
  const x = new Float64Array(2 * cells * cells);
  for (let row = 0; row < cells; row++)
    for (let column = 0; column < cells; column++) {
      const i = row * cells + column;
      x[2 * i] = left + ((right - left) * (column + 0.5)) / cells;
      x[2 * i + 1] = top - ((top - bottom) * (row + 0.5)) / cells;
    }
  return x;
}

/**
 * The class of the highest score in every cell, the first of equal ones, and how certain it is:
 * from 0, no better than a guess, to 1.
 *
 * @param {TwoLayerNet} network
 * @param {Frame} frame
 */
export function regions(network, frame) {
  const count = network.classes;
  const scores = network.predict(middles(frame, CELLS));
  const classes = decide(scores, count);
  const y = softmax(scores, count);
  const certainty = Float32Array.from(
    classes,
    (each, i) => (y[i * count + each] - 1 / count) / (1 - 1 / count),
  );
  return { classes, certainty };
}

/**
 * What every neuron gives in every cell of its small plane.
 *
 * @param {TwoLayerNet} network
 * @param {Frame} frame
 * @param {number} [cells]
 */
export function neuronMaps(network, frame, cells = MAP) {
  const x = middles(frame, cells);
  const hidden = columns(network.hiddenValues(x), network.hidden);
  const outputs = columns(softmax(network.predict(x), network.classes), network.classes);
  return { inputs: columns(x, 2), hidden, outputs };
}

/**
 * The columns of a matrix.
 *
 * @param {Float64Array} matrix  (N, M), row after row
 * @param {number} count  M
 */
function columns(matrix, count) {
  return Array.from({ length: count }, (_, j) =>
    Float64Array.from({ length: matrix.length / count }, (_, n) => matrix[n * count + j]),
  );
}

/**
 * Which samples get another class than their own.
 *
 * @param {TwoLayerNet} network
 * @param {Samples} samples
 */
export function mistakes(network, { x, t }) {
  const classes = decide(network.predict(x), network.classes);
  return Array.from(t, (label, n) => classes[n] !== label);
}

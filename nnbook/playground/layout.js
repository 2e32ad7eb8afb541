/* Where the neurons of the drawn network stand, and which weights lie between them. */

/** @import { TwoLayerNet } from "./network.js" */

/**
 * @typedef {object} Neuron
 * @property {"inputs" | "hidden" | "outputs"} layer
 * @property {number} i  in its layer, from 0
 * @property {number} u  of its middle, from the left, of a picture that is 1 wide
 * @property {number} v  from the top, of a picture that is 1 high
 * @property {number} side  of its square, of the picture's width
 *
 * @typedef {{ from: Neuron, to: Neuron, value: number }} Weight
 */

const MOST = 10; // neurons in a column
const LARGEST = 0.13;

/**
 * Place the neurons: inputs at the left, outputs at the right, hidden ones in columns between.
 *
 * @param {TwoLayerNet} network
 * @returns {Neuron[]}
 */
export function neuronsOf({ hidden, classes }) {
  const columns = Math.ceil(hidden / MOST);
  const rows = Math.ceil(hidden / columns);
  const side = Math.min(LARGEST, 0.82 / rows, 0.44 / columns);
  const middle = Array.from({ length: columns }, (_, i) => {
    const u = columns === 1 ? 0.5 : 0.3 + (0.4 * i) / (columns - 1);
    return column("hidden", u, i * rows, Math.min(rows, hidden - i * rows), side, rows);
  });
  return [
    ...column("inputs", 0.08, 0, 2, LARGEST, 2),
    ...middle.flat(),
    ...column("outputs", 0.92, 0, classes, LARGEST, classes),
  ];
}

/**
 * @param {Neuron["layer"]} layer
 * @param {number} u
 * @param {number} first
 * @param {number} count
 * @param {number} side
 * @param {number} rows  of the fullest column
 * @returns {Neuron[]}
 */
function column(layer, u, first, count, side, rows) {
  const gap = Math.min(0.96 / rows, 1.6 * LARGEST);
  return Array.from({ length: count }, (_, i) => ({
    layer,
    i: first + i,
    u,
    v: 0.5 + (i - (count - 1) / 2) * gap,
    side,
  }));
}

/**
 * Return every weight with the neurons between which it lies.
 *
 * @param {TwoLayerNet} network
 * @param {Neuron[]} neurons  as `neuronsOf` placed them
 * @returns {Weight[]}
 */
export function weightsOf({ hidden, params }, neurons) {
  const inputs = neurons.slice(0, 2);
  const middle = neurons.slice(2, 2 + hidden);
  const outputs = neurons.slice(2 + hidden);
  const W2 = 3 * hidden;
  /** @type {(from: Neuron[], to: Neuron[], start: number) => Weight[]} */
  const between = (from, to, start) =>
    from.flatMap((one, d) =>
      to.map((other, j) => ({
        from: one,
        to: other,
        value: params[start + d * to.length + j],
      })),
    );
  return [...between(inputs, middle, 0), ...between(middle, outputs, W2)];
}

/**
 * The bias of a neuron; an input has none.
 *
 * @param {TwoLayerNet} network
 * @param {Neuron} neuron
 */
export function biasOf({ hidden, classes, params }, { layer, i }) {
  if (layer === "inputs") return undefined;
  return params[layer === "hidden" ? 2 * hidden + i : 3 * hidden + hidden * classes + i];
}

import assert from "node:assert/strict";
import { test } from "node:test";
import { scaleOf } from "../../nnbook/playground/chart.js";
import { bestPossible } from "../../nnbook/playground/charts.js";
import { between, parse } from "../../nnbook/playground/colours.js";
import { biasOf, neuronsOf, weightsOf } from "../../nnbook/playground/layout.js";
import { TwoLayerNet } from "../../nnbook/playground/network.js";
import { paintMap } from "../../nnbook/playground/paint.js";
import { rangeOf } from "../../nnbook/playground/plane.js";
import { lossText, numberText } from "../../nnbook/playground/speech.js";
import { spiralData } from "../../nnbook/playground/spiral.js";
import {
  CELLS,
  frameOf,
  middles,
  mistakes,
  neuronMaps,
  regions,
} from "../../nnbook/playground/surface.js";

const FRAME = { left: -1, right: 1, bottom: -1, top: 1 };

/**
 * A network of two neurons that sees x1 > 0 with its first.
 *
 * @param {number} [strength]
 */
function network(strength = 100) {
  const W1 = [strength, 0, 0, 0];
  const W2 = [9, -9, 0, 0];
  const params = Float64Array.from([...W1, 0, 0, ...W2, -4.5, 4.5]);
  return new TwoLayerNet({ hidden: 2, classes: 2, activation: "sigmoid" }, params);
}

test("cells are read row after row from the top, at their middles", () => {
  assert.deepEqual([...middles(FRAME, 2)], [-0.5, 0.5, 0.5, 0.5, -0.5, -0.5, 0.5, -0.5]);
});

test("regions say the class and how certain the network is", () => {
  const { classes, certainty } = regions(network(), FRAME);
  for (const row of [0, 40, CELLS - 1]) {
    assert.equal(classes[row * CELLS], 1);
    assert.equal(classes[row * CELLS + CELLS - 1], 0);
    assert.ok(certainty[row * CELLS] > 0.99);
  }
  const unsure = regions(new TwoLayerNet(network(), new Float64Array(12)), FRAME);
  assert.ok(unsure.certainty.every((each) => each === 0));
});

test("every neuron has a map of the plane", () => {
  const { inputs, hidden, outputs } = neuronMaps(network(), FRAME, 2);
  assert.deepEqual([...inputs[0]], [-0.5, 0.5, -0.5, 0.5]);
  assert.deepEqual([...inputs[1]], [0.5, 0.5, -0.5, -0.5]);
  assert.deepEqual(hidden[0].map(Math.round), Float64Array.of(0, 1, 0, 1));
  assert.deepEqual([...hidden[1]], [0.5, 0.5, 0.5, 0.5]);
  assert.ok(Math.abs(outputs[0][0] + outputs[1][0] - 1) < 1e-12);
});

test("a map goes from its least value to its most, whatever they are", () => {
  let image = { data: new Uint8ClampedArray() };
  const context = {
    createImageData: (/** @type {number} */ width, /** @type {number} */ height) => ({
      data: new Uint8ClampedArray(4 * width * height),
    }),
    putImageData: (/** @type {typeof image} */ painted) => {
      image = painted;
    },
  };
  const canvas = /** @type {any} */ ({ width: 0, height: 0, getContext: () => context });
  const map = Float64Array.of(60, 80, 100, 500);
  const colours = { low: "#ffffff", high: "#000000" };
  paintMap(canvas, map, { low: 60, high: 100 }, colours);
  assert.deepEqual([canvas.width, canvas.height], [2, 2]);
  assert.deepEqual([...image.data.filter((_, i) => i % 4 === 0)], [255, 128, 0, 0]);
  paintMap(canvas, Float64Array.of(2, 2, 2, 2), { low: 2, high: 2 }, colours);
  assert.deepEqual([...image.data.filter((_, i) => i % 4 === 0)], [255, 255, 255, 255]);
});

test("what a map can show depends on its layer and the activation", () => {
  const map = Float64Array.of(-3, 5);
  assert.deepEqual(rangeOf("inputs", map, "relu"), { low: -3, high: 5 });
  assert.deepEqual(rangeOf("hidden", map, "relu"), { low: 0, high: 5 });
  assert.deepEqual(rangeOf("hidden", map, "tanh"), { low: -1, high: 1 });
  assert.deepEqual(rangeOf("hidden", map, "sigmoid"), { low: 0, high: 1 });
  assert.deepEqual(rangeOf("outputs", map, "tanh"), { low: 0, high: 1 });
});

test("mistakes are those of each sample", () => {
  const samples = { x: Float64Array.of(-0.5, 0, 0.5, 0), t: Uint8Array.of(1, 1) };
  assert.deepEqual(mistakes(network(), samples), [false, true]);
});

test("the frame holds the reader's points with a margin, in a line too", () => {
  const samples = { x: Float64Array.of(0, 5, 10, 5), t: Uint8Array.of(0, 1) };
  const frame = frameOf({ training: samples, held_out: null, classes: 2 }, true);
  assert.deepEqual(frame, { left: -1, right: 11, bottom: 4, top: 6 });
  assert.deepEqual(frameOf(spiralData(0.2), false), {
    left: -1.2,
    right: 1.2,
    bottom: -1.2,
    top: 1.2,
  });
});

test("neurons don't overlap and stay inside, for hidden sizes of all kinds", () => {
  for (let hidden = 1; hidden <= 100; hidden += 3)
    for (const classes of [2, 3, 6]) {
      const neurons = neuronsOf(/** @type {any} */ ({ hidden, classes }));
      assert.equal(neurons.length, 2 + hidden + classes);
      for (const [i, one] of neurons.entries()) {
        const half = one.side / 2;
        assert.ok(one.u > half && one.u < 1 - half && one.v > half && one.v < 1 - half);
        for (const other of neurons.slice(0, i)) {
          const gap = Math.max(Math.abs(one.u - other.u), Math.abs(one.v - other.v));
          assert.ok(gap >= (one.side + other.side) / 2, `${hidden}, ${classes}`);
        }
      }
    }
});

test("weights lie between their neurons, and biases at theirs", () => {
  const params = Float64Array.from({ length: 17 }, (_, i) => i);
  const net = new TwoLayerNet({ hidden: 2, classes: 3, activation: "relu" }, params.slice(0, 15));
  const neurons = neuronsOf(net);
  const found = weightsOf(net, neurons).map(({ from, to, value }) => [from.i, to.i, value]);
  assert.deepEqual(found.slice(0, 4), [
    [0, 0, 0],
    [0, 1, 1],
    [1, 0, 2],
    [1, 1, 3],
  ]);
  assert.deepEqual(
    found.slice(4).map(([, , value]) => value),
    [6, 7, 8, 9, 10, 11],
  );
  assert.deepEqual(found.at(-1), [1, 2, 11]);
  assert.deepEqual(
    neurons.map((each) => biasOf(net, each)),
    [undefined, undefined, 4, 5, 12, 13, 14],
  );
});

test("an axis holds every finite value, and only positive ones if logarithmic", () => {
  const curve = { values: [1e-9, 0, NaN, Infinity, 1e9], run: 0, held_out: false };
  const chart = { title: "", described: "", curves: [curve], levels: [], last: 4, epoch: 0 };
  const linear = scaleOf({ ...chart, log: false, least: 0 });
  assert.deepEqual([linear.low, linear.high], [0, 1e9]);
  const log = scaleOf({ ...chart, log: true, least: 0 });
  assert.deepEqual([log.low, log.high], [1e-9, 1e9]);
  assert.ok(log.v(1e-9) > log.v(1) && log.v(1) > log.v(1e9));
  const flat = scaleOf({ ...chart, curves: [], log: true });
  assert.ok(flat.low < flat.high);
});

test("of points at one place only the most frequent class can be right", () => {
  assert.equal(bestPossible(spiralData(0.2).training), 298);
  const x = Float64Array.of(1, 1, 1, 1, 1, 1, 2, 2);
  assert.equal(bestPossible({ x, t: Uint8Array.of(0, 0, 1, 1) }), 3);
});

test("colours are read as a page writes them, and mixed", () => {
  assert.deepEqual(parse("#fff"), [255, 255, 255]);
  assert.deepEqual(parse("#0072b2"), [0, 114, 178]);
  assert.deepEqual(parse("rgb(179, 213, 232)"), [179, 213, 232]);
  assert.deepEqual(between([0, 0, 0], [255, 100, 10], 0.5), [128, 50, 5]);
});

test("numbers are short, and large or small ones have a power of ten", () => {
  assert.deepEqual([0.12345, 0, 1234.5, 1e-9, undefined].map(lossText), [
    "0.1235",
    "0.0000",
    "1235",
    "1.000e-9",
    "–",
  ]);
  assert.deepEqual([-0.5, 0, 12345, -1e-9].map(numberText), ["−0.50", "0.00", "1.2e+4", "−1.0e−9"]);
});

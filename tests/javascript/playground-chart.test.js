import assert from "node:assert/strict";
import { test } from "node:test";
import { makeChart } from "../../nnbook/playground/chart.js";
import { openPage } from "./page.js";
import { randomNumbers } from "./random.js";

openPage();
const WORDS = /** @type {any} */ ({
  epoch: "epoch",
  loss: "loss",
  learning_rate: "rate",
  curve: "Loss",
});

/** @param {number[]} loss @param {number} [learning_rate] */
const run = (loss, learning_rate = 1) =>
  /** @type {any} */ ({ learning_rate, loss: new Float32Array(loss), epochs: [0] });

/** @param {any[]} runs @param {number} [epoch] */
function shown(runs, epoch = 0) {
  const chart = makeChart(WORDS, 300);
  chart.show(runs, epoch);
  return chart.svg;
}
/** @param {Element} svg @param {number} i */
const pathOf = (svg, i) => svg.querySelector(`.nn-curve-${i}`)?.getAttribute("d") ?? "";
/** @param {string} path */
const points = (path) =>
  path
    .slice(1)
    .split("L")
    .filter(Boolean)
    .map((each) => each.split(",").map(Number));

test("a chart has few marks, whatever the loss", () => {
  for (const number of randomNumbers(200)) {
    const highest = 10 ** (number * 46 - 9);
    const svg = shown([run(Array.from({ length: 300 }, (_, e) => highest / (e + 1)))], 300);
    assert.ok(svg.childElementCount < 40, `${svg.childElementCount} marks up to ${highest}`);
    assert.equal(points(pathOf(svg, 0)).length, 300);
  }
});

test("a curve stands inside the axes, epochs from left to right", () => {
  const path = points(pathOf(shown([run([1.2, 0.6, 0])]), 0));
  assert.deepEqual(
    path.map(([, v]) => v),
    [10, 102, 194],
  );
  assert.ok(path[0][0] < path[1][0] && path[1][0] < path[2][0]);
});

test("losses that are not finite are left out", () => {
  const svg = shown([run([1, Number.POSITIVE_INFINITY, Number.NaN, 1]), run([])]);
  assert.equal(points(pathOf(svg, 0)).length, 2);
  assert.equal(pathOf(svg, 1), "");
  assert.doesNotMatch(svg.outerHTML, /NaN|Infinity/);
});

test("a very long curve has no more points than it has pixels", () => {
  assert.ok(points(pathOf(shown([run(Array(1e5).fill(1))]), 0)).length <= 600);
});

test("the line of the epoch stands where the curve is at that epoch", () => {
  const svg = shown([run(Array(300).fill(1))], 40);
  const line = svg.querySelector(".nn-now");
  const [u] = points(pathOf(svg, 0))[39];
  assert.ok(Math.abs(Number(line?.getAttribute("x1")) - u) < 0.06);
});

test("who cannot see the chart is told the last losses", () => {
  const svg = shown([run([1, 0.5], 0.3), run([], 1e308)]);
  assert.equal(svg.getAttribute("aria-label"), "Loss. rate 0.3: 0.5000; rate 1e+308: –");
});

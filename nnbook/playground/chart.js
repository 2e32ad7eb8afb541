/* One chart over the epochs: curves, the epoch that is shown, and levels to compare with. */

import { svgElement } from "../widget/dom.js";
import { axisTicks, logTicks } from "./axis.js";

/** @import { Attributes } from "../widget/types.js" */

const WIDTH = 360;
const HEIGHT = 170;
const EDGE = { left: 52, right: 10, top: 8, bottom: 30 };
const AT_LEFT = { x: EDGE.left + 4 };
const AT_RIGHT = { x: WIDTH - EDGE.right - 4, "text-anchor": "end" };
const MOST_POINTS = 400; // more than a curve has pixels

/**
 * @typedef {object} Curve
 * @property {ArrayLike<number>} values  from epoch 0 on
 * @property {number} run  0 or 1
 * @property {boolean} held_out
 *
 * @typedef {{ value: number, text: string, left?: boolean }} Level  `left`: where the text stands
 *
 * @typedef {object} Chart
 * @property {string} title  of the axis upwards
 * @property {string} described
 * @property {Curve[]} curves
 * @property {Level[]} levels
 * @property {number} last  epoch of the axis
 * @property {number} epoch  that is shown
 * @property {boolean} log
 * @property {number} [least]  that the axis must hold
 * @property {number} [most]
 *
 * @typedef {object} Scale
 * @property {(epoch: number) => number} u
 * @property {(value: number) => number} v
 * @property {number} low
 * @property {number} high
 */

/** @param {string} epochWord */
export function makeChart(epochWord) {
  const svg = svgElement("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "nn-chart",
    role: "img",
  });
  return {
    svg,
    /** @param {Chart} chart */
    show(chart) {
      const scale = scaleOf(chart);
      svg.replaceChildren(
        ...valueAxis(scale, chart.log),
        ...epochAxis(scale, chart.last, epochWord),
        title(chart.title),
        ...levels(scale, chart.levels),
        line({ x: scale.u(chart.epoch), upright: true }, "nn-now"),
        ...chart.curves.map((each) => curve(scale, each)),
        ...chart.curves.flatMap((each) => dot(scale, each, chart.epoch)),
      );
      svg.setAttribute("aria-label", chart.described);
    },
  };
}

/**
 * Fit the axes to all finite values; a logarithmic one has no place for 0 and below.
 *
 * @param {Chart} chart
 * @returns {Scale}
 */
export function scaleOf({ curves, levels, last, log, least = Infinity, most = -Infinity }) {
  const values = [
    ...curves.flatMap((each) => Array.from(each.values)),
    ...levels.map(({ value }) => value),
  ].filter((value) => Number.isFinite(value) && (!log || value > 0));
  let low = values.reduce((a, b) => Math.min(a, b), log ? Infinity : least);
  let high = values.reduce((a, b) => Math.max(a, b), most);
  if (!(low < high)) [low, high] = [Math.min(low, 1), Math.max(high, 2)];
  const share = log
    ? (/** @type {number} */ value) => Math.log(value / low) / Math.log(high / low)
    : (/** @type {number} */ value) => (value - low) / (high - low);
  return {
    u: (epoch) => EDGE.left + ((WIDTH - EDGE.left - EDGE.right) * epoch) / last,
    v: (value) => EDGE.top + (HEIGHT - EDGE.top - EDGE.bottom) * (1 - share(value)),
    low,
    high,
  };
}

/**
 * @param {Scale} scale
 * @param {boolean} log
 */
function valueAxis({ v, low, high }, log) {
  const ticks = log ? logTicks(low, high, 5) : axisTicks(low, high, 5);
  return ticks.flatMap(({ value, text: written }) => [
    line({ y: v(value) }, "nn-grid"),
    text({ x: EDGE.left - 5, y: v(value) + 4, "text-anchor": "end" }, written),
  ]);
}

/**
 * @param {Scale} scale
 * @param {number} last
 * @param {string} word
 */
function epochAxis({ u }, last, word) {
  const ticks = axisTicks(0, last, 5);
  return [
    ...ticks.map(({ value, text: written }) =>
      text({ x: u(value), y: HEIGHT - 16, "text-anchor": "middle" }, written),
    ),
    text({ x: (EDGE.left + WIDTH - EDGE.right) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, word),
  ];
}

/** @param {string} content */
function title(content) {
  const middle = (HEIGHT - EDGE.bottom + EDGE.top) / 2;
  const place = { x: 11, y: middle, transform: `rotate(-90 11 ${middle})` };
  return text({ ...place, "text-anchor": "middle" }, content);
}

/**
 * @param {Scale} scale
 * @param {Level[]} all
 */
function levels({ v }, all) {
  return all.flatMap(({ value, text: written, left }) => [
    line({ y: v(value) }, "nn-level"),
    text({ ...(left ? AT_LEFT : AT_RIGHT), y: v(value) + 12, class: "nn-halo" }, written),
  ]);
}

/**
 * Draw a curve as far as it goes; of very many values, every so manieth and the last.
 *
 * @param {Scale} scale
 * @param {Curve} curve
 */
function curve({ u, v, low, high }, { values, run, held_out }) {
  const every = Math.ceil(values.length / MOST_POINTS);
  const places = [];
  for (let epoch = 0; epoch < values.length; epoch++) {
    const value = values[epoch];
    const isDrawn = epoch % every === 0 || epoch === values.length - 1;
    if (isDrawn && value >= low && value <= high)
      places.push(`${u(epoch).toFixed(1)},${v(value).toFixed(1)}`);
  }
  const d = places.length ? `M${places.join("L")}` : "";
  return svgElement("path", { d, class: classOf({ run, held_out }) });
}

/**
 * @param {Scale} scale
 * @param {Curve} curve
 * @param {number} epoch
 */
function dot({ u, v, low, high }, { values, run, held_out }, epoch) {
  const value = values[epoch];
  if (value === undefined || !(value >= low && value <= high)) return [];
  const place = { cx: u(epoch), cy: v(value), r: 3.5 };
  return [svgElement("circle", { ...place, class: classOf({ run, held_out }) })];
}

/** @param {Pick<Curve, "run" | "held_out">} curve */
export function classOf({ run, held_out }) {
  return `nn-curve nn-curve-${run}${held_out ? " nn-held-out" : ""}`;
}

/**
 * @param {{ x?: number, y?: number, upright?: boolean }} place
 * @param {string} name
 */
function line({ x = 0, y = 0, upright = false }, name) {
  const ends = upright
    ? { x1: x, x2: x, y1: EDGE.top, y2: HEIGHT - EDGE.bottom }
    : { x1: EDGE.left, x2: WIDTH - EDGE.right, y1: y, y2: y };
  return svgElement("line", { ...ends, class: name });
}

/**
 * @param {Attributes} attributes
 * @param {string} content
 */
const text = (attributes, content) => svgElement("text", attributes, content);

/* The loss curves of the runs, with a line at the epoch that is shown. */

import { svgElement } from "../widget/dom.js";
import { ticks, tickTexts } from "./axis.js";

/** @import { Attributes } from "../widget/types.js" */
/** @import { PlaygroundWords, RecordedRun } from "./types.js" */

const WIDTH = 420;
const HEIGHT = 230;
const LEFT = 70;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 36;
const LEAST = 1.2; // the loss axis reaches at least to the loss of a guess, ln 3
const MOST_POINTS = 600; // more than a curve has pixels

/**
 * Where epochs and losses stand in the chart.
 *
 * @typedef {object} Scale
 * @property {(epoch: number) => number} u
 * @property {(loss: number) => number} v
 */

/**
 * @param {number} lastEpoch
 * @param {number} highest  loss
 * @returns {Scale}
 */
function makeScale(lastEpoch, highest) {
  return {
    u: (epoch) => LEFT + ((WIDTH - LEFT - RIGHT) * epoch) / lastEpoch,
    v: (loss) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - loss / highest),
  };
}

/**
 * Make an empty chart.
 *
 * @param {PlaygroundWords} words
 * @param {number} lastEpoch  of a run that does not diverge
 */
export function makeChart(words, lastEpoch) {
  const svg = svgElement("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    class: "nn-chart",
    role: "img",
  });
  return {
    svg,
    /**
     * @param {RecordedRun[]} runs
     * @param {number} epoch
     */
    show(runs, epoch) {
      const losses = runs.flatMap((run) => [...run.loss]).filter(Number.isFinite);
      const highest = Math.max(LEAST, ...losses);
      const scale = makeScale(lastEpoch, highest);
      svg.replaceChildren(
        ...lossAxis(scale, highest),
        ...epochAxis(scale, lastEpoch),
        ...titles(words),
        marker(scale, epoch),
        ...runs.map(({ loss }, i) => curve(scale, loss, i)),
      );
      svg.setAttribute("aria-label", described(runs, words));
    },
  };
}

/**
 * @param {Scale} scale
 * @param {number} highest
 */
function lossAxis({ v }, highest) {
  const values = ticks(highest);
  const texts = tickTexts(values);
  return values.flatMap((loss, i) => [
    svgElement("line", { x1: LEFT, x2: WIDTH - RIGHT, y1: v(loss), y2: v(loss), class: "nn-grid" }),
    text({ x: LEFT - 6, y: v(loss) + 4, "text-anchor": "end" }, texts[i]),
  ]);
}

/**
 * @param {Scale} scale
 * @param {number} lastEpoch
 */
function epochAxis({ u }, lastEpoch) {
  const values = ticks(lastEpoch, 5);
  const texts = tickTexts(values);
  return values.map((epoch, i) =>
    text({ x: u(epoch), y: HEIGHT - 18, "text-anchor": "middle" }, texts[i]),
  );
}

/** @param {PlaygroundWords} words */
function titles(words) {
  const middle = (HEIGHT - BOTTOM + TOP) / 2;
  const upwards = { x: 12, y: middle, transform: `rotate(-90 12 ${middle})` };
  return [
    text({ x: (LEFT + WIDTH - RIGHT) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, words.epoch),
    text({ ...upwards, "text-anchor": "middle" }, words.loss),
  ];
}

/**
 * @param {Scale} scale
 * @param {number} epoch
 */
function marker({ u }, epoch) {
  return svgElement("line", {
    x1: u(epoch),
    x2: u(epoch),
    y1: TOP,
    y2: HEIGHT - BOTTOM,
    class: "nn-now",
  });
}

/**
 * Draw the losses that are finite, epoch 1 first; of very many, every so manieth.
 *
 * @param {Scale} scale
 * @param {Float32Array} loss
 * @param {number} i  which run
 */
function curve({ u, v }, loss, i) {
  const every = Math.ceil(loss.length / MOST_POINTS);
  const points = Array.from(loss, (each, e) => ({ epoch: e + 1, loss: each })).filter(
    (point) => Number.isFinite(point.loss) && point.epoch % every === 0,
  );
  const places = points.map((point) => `${u(point.epoch).toFixed(1)},${v(point.loss).toFixed(1)}`);
  const d = places.length ? `M${places.join("L")}` : "";
  return svgElement("path", { d, class: `nn-curve nn-curve-${i}` });
}

/**
 * @param {RecordedRun[]} runs
 * @param {PlaygroundWords} words
 */
function described(runs, words) {
  const ends = runs.map(
    (run) => `${words.learning_rate} ${run.learning_rate}: ${run.loss.at(-1)?.toFixed(4) ?? "–"}`,
  );
  return `${words.curve}. ${ends.join("; ")}`;
}

/**
 * @param {Attributes} attributes
 * @param {string} content
 */
const text = (attributes, content) => svgElement("text", attributes, content);

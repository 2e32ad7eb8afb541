/* The charts of a run, or of two: the loss and the accuracy, on training and held-out points. */

import { element, svgElement } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { classOf, makeChart } from "./chart.js";

/** @import { Curve } from "./chart.js" */
/** @import { Samples } from "./data.js" */
/** @import { Training } from "./training.js" */
/** @import { Words } from "./types.js" */

/** @param {Words} words */
export function makeCharts(words) {
  const loss = makeChart(words.epoch);
  const accuracy = makeChart(words.epoch);
  /** @type {Samples | undefined} */
  let samples;
  let best = 0; // of these samples
  const legend = element("ul", { class: "nn-legend" });
  return {
    node: element("div", { class: "nn-charts" }, loss.svg, accuracy.svg, legend),
    /**
     * @param {Training[]} runs
     * @param {number} last  epoch of the axis
     * @param {number} epoch  that is shown
     * @param {boolean} log  whether the axis of the losses is logarithmic
     */
    show(runs, last, epoch, log) {
      const common = { last, epoch, log: false };
      const losses = curvesOf(runs, "loss", last);
      const { classes, training } = /** @type {Training} */ (runs[0]).data;
      const guess = Math.log(classes);
      loss.show({
        ...common,
        log,
        title: words.loss,
        described: described(words.loss_curves, losses, runs.length, words),
        curves: losses,
        levels: [{ value: guess, text: fill(words.guess, { classes, value: guess.toFixed(4) }) }],
        least: 0,
      });
      const accuracies = curvesOf(runs, "accuracy", last);
      if (training !== samples) best = bestPossible(training);
      samples = training;
      const count = training.t.length;
      accuracy.show({
        ...common,
        title: words.accuracy,
        described: described(words.accuracy_curves, accuracies, runs.length, words),
        curves: accuracies,
        levels: best < count ? [{ value: best / count, text: `${best}/${count}`, left: true }] : [],
        least: 0,
        most: 1,
      });
      legend.replaceChildren(...losses.map((each) => entry(each, runs.length, words)));
    },
  };
}

/**
 * The curves of all runs, from epoch 0 to the last; a run that is kept may be longer.
 *
 * @param {Training[]} runs
 * @param {"loss" | "accuracy"} name
 * @param {number} last  epoch
 * @returns {Curve[]}
 */
function curvesOf(runs, name, last) {
  return runs.flatMap(({ start, history, data }, run) => {
    const upTo = (/** @type {number[]} */ column) => column.slice(0, last);
    const own = { values: [start[name], ...upTo(history[name])], run, held_out: false };
    if (!data.held_out) return [own];
    const column = /** @type {"validation_loss" | "validation_accuracy"} */ (`validation_${name}`);
    return [own, { values: [start[column] ?? 0, ...upTo(history[column])], run, held_out: true }];
  });
}

/**
 * How many samples a network can get right at most: of equal points, the most frequent class.
 *
 * @param {Samples} samples
 */
export function bestPossible({ x, t }) {
  /** @type {Map<string, Map<number, number>>} */
  const points = new Map();
  t.forEach((label, n) => {
    const place = `${x[2 * n]} ${x[2 * n + 1]}`;
    const counts = points.get(place) ?? new Map();
    counts.set(label, (counts.get(label) ?? 0) + 1);
    points.set(place, counts);
  });
  return [...points.values()].reduce((sum, counts) => sum + Math.max(...counts.values()), 0);
}

/**
 * @param {Curve} curve
 * @param {number} count  of runs
 * @param {Words} words
 */
function nameOf({ run, held_out }, count, words) {
  const part = held_out ? words.held_out : words.training;
  return count > 1 ? `${words.runs[run]}, ${part}` : part;
}

/**
 * @param {Curve} curve
 * @param {number} count  of runs
 * @param {Words} words
 */
function entry(curve, count, words) {
  const svg = svgElement("svg", { viewBox: "0 0 28 10", width: 28, height: 10, class: "nn-chart" });
  svg.append(svgElement("path", { d: "M1,5L27,5", class: classOf(curve) }));
  svg.setAttribute("aria-hidden", "true");
  return element("li", {}, svg, ` ${nameOf(curve, count, words)}`);
}

/**
 * @param {string} name
 * @param {Curve[]} curves
 * @param {number} count  of runs
 * @param {Words} words
 */
function described(name, curves, count, words) {
  const ends = curves.map(
    (curve) =>
      `${nameOf(curve, count, words)}: ${curve.values[curve.values.length - 1].toPrecision(4)}`,
  );
  return `${name}. ${ends.join("; ")}`;
}

/* One run at one of its epochs: the plane, and what the network gets right. */

import { element } from "../widget/dom.js";
import { CELLS, countRight, regions, sizeOf } from "./forward.js";
import { paintPoints, paintRegions } from "./paint.js";

/** @import { Network } from "./forward.js" */
/** @import { Data, PlaygroundWords, RecordedRun, Samples } from "./types.js" */

const POINTS = 660; // pixels of the canvas of the samples: sharp at twice the size of the panel

/**
 * @param {string} name
 * @param {Data} data
 * @param {PlaygroundWords} words
 */
export function makePanel(name, data, words) {
  const ground = element("canvas", {
    width: CELLS,
    height: CELLS,
    class: "nn-regions",
    role: "img",
  });
  const points = element("canvas", { width: POINTS, height: POINTS, class: "nn-points" });
  const title = element("strong");
  const text = element("span");
  const plane = element("div", { class: "nn-plane" }, ground, points);
  /** @type {Network | undefined} */
  let network;

  points.setAttribute("aria-hidden", "true");
  function paint() {
    if (!network) return;
    paintRegions(ground, regions(network));
    paintPoints(points, data.training);
  }
  return {
    panel: element("div", { class: "nn-panel" }, plane, title, text),
    paint,
    /**
     * @param {RecordedRun} run
     * @param {number} place  among the recorded epochs
     */
    show(run, place) {
      network = networkAt(run, place);
      title.textContent = `${name}: ${words.learning_rate} ${run.learning_rate}`;
      text.textContent = described(run, place, network, data, words);
      ground.setAttribute("aria-label", `${words.regions}. ${text.textContent}`);
      paint();
    },
  };
}

/**
 * @param {RecordedRun} run
 * @param {number} place
 * @returns {Network}
 */
export function networkAt({ hidden_size: hidden, weights }, place) {
  const size = sizeOf(hidden);
  return { hidden, weights: weights.subarray(place * size, (place + 1) * size) };
}

/**
 * @param {RecordedRun} run
 * @param {number} place
 * @param {Network} network
 * @param {Data} data
 * @param {PlaygroundWords} words
 */
export function described(run, place, network, { training, held_out }, words) {
  const epoch = run.epochs[place];
  /** @param {Samples} samples */
  const score = (samples) => {
    const right = countRight(network, samples);
    const count = samples.t.length;
    return `${right} ${words.of} ${count} (${((100 * right) / count).toFixed(1)} %)`;
  };
  return [
    `${words.epoch} ${epoch}`,
    `${words.loss} ${epoch ? lossText(run.loss[epoch - 1]) : "–"}`,
    `${words.training} ${score(training)}`,
    `${words.held_out} ${score(held_out)}`,
  ].join(" · ");
}

/**
 * Four decimals, or six digits where a loss got large.
 *
 * @param {number | undefined} loss
 */
export function lossText(loss) {
  if (loss === undefined || !Number.isFinite(loss)) return "–";
  return loss < 1000 ? loss.toFixed(4) : loss.toPrecision(6);
}

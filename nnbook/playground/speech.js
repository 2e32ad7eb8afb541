/* What the playground says: of a neuron, of a run, and of what two runs differ in. */

import { fill } from "../widget/words.js";
import { differences } from "./settings.js";

/** @import { Neuron } from "./layout.js" */
/** @import { Settings, Shown, Words } from "./types.js" */

/** The settings that the initial weights depend on. */
const OF_THE_START = ["hidden_size", "seed", "weight_scale"];

/**
 * @param {Pick<Neuron, "layer" | "i">} neuron
 * @param {Words} words
 */
export function neuronName({ layer, i }, words) {
  const name = { inputs: words.input, hidden: words.hidden, outputs: words.output }[layer];
  return fill(name, { number: layer === "outputs" ? i : i + 1 });
}

/**
 * @param {Shown} run
 * @param {Words} words
 */
export function described(run, words) {
  const { training, held_out } = counts(run);
  const parts = [
    placeText(run, words),
    `${words.loss} ${lossText(run.loss)}`,
    `${words.training} ${training}`,
    held_out && `${words.held_out} ${held_out}`,
  ];
  return `${words.regions}: ${parts.filter(Boolean).join(", ")}`;
}

/**
 * @param {Shown} run
 * @param {Words} words
 */
export function placeText({ epoch, update }, words) {
  return update ? fill(words.within, { epoch, update }) : fill(words.after, { epoch });
}

/**
 * How many samples a run gets right: "289/300 (96.3 %)".
 *
 * @param {Shown} run
 * @returns {{ training: string, held_out: string }}
 */
export function counts({ data, accuracy, validation_accuracy }) {
  const { training, held_out } = data;
  return {
    training: share(accuracy, training.t.length),
    held_out: held_out ? share(validation_accuracy ?? 0, held_out.t.length) : "",
  };
}

/**
 * @param {number} accuracy
 * @param {number} count
 */
function share(accuracy, count) {
  return `${Math.round(accuracy * count)}/${count} (${(100 * accuracy).toFixed(1)} %)`;
}

/**
 * Four decimals, or four digits where a loss is very small or large.
 *
 * @param {number | undefined} loss
 */
export function lossText(loss) {
  if (loss === undefined || !Number.isFinite(loss)) return "–";
  return loss === 0 || (loss >= 0.01 && loss < 1000) ? loss.toFixed(4) : loss.toPrecision(4);
}

/** @param {number} value  of a weight or a bias */
export function numberText(value) {
  const size = Math.abs(value);
  const isPlain = size === 0 || (size >= 0.01 && size < 1000);
  return (isPlain ? value.toFixed(2) : value.toPrecision(2)).replaceAll("-", "−");
}

/**
 * Name what two runs differ in, and whether they start from the same weights.
 *
 * @param {Settings} first
 * @param {Settings} second
 * @param {Words} words
 */
export function differenceText(first, second, words) {
  const names = differences(first, second);
  if (names.length === 0) return words.same;
  const parts = names.map((name) =>
    fill(words.differ, { name: words.settings[name], one: first[name], other: second[name] }),
  );
  const isSameStart = !names.some((name) => OF_THE_START.includes(name));
  return `${parts.join("; ")}. ${isSameStart ? words.same_start : words.other_start}`;
}

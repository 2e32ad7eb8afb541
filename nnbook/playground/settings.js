/* What a run is trained with: every setting, what it may be, and how an address writes it. */

import { ACTIVATIONS } from "./network.js";
import { OPTIMIZERS } from "./optimizers.js";

/** @import { Settings } from "./types.js" */

/**
 * @typedef {{ start: number, values: number[], low: number, high: number, whole?: boolean }} Amount
 * @typedef {{ start: string, choices: readonly string[] }} Choice
 */

/** What a slider offers; any other number from `low` to `high` can be typed. */
export const AMOUNTS = {
  learning_rate: { start: 1, values: decades(-3, 2, 20), low: 1e-9, high: 1e300 },
  hidden_size: { start: 10, values: upTo(1, 50), low: 1, high: 100, whole: true },
  seed: { start: 0, values: upTo(0, 20), low: 0, high: 2 ** 32, whole: true },
  epochs: {
    start: 300,
    values: [10, 20, 50, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000],
    low: 1,
    high: 2000,
    whole: true,
  },
  batch_size: {
    start: 30,
    values: [1, 2, 3, 5, 10, 15, 20, 30, 50, 75, 100, 150, 300],
    low: 1,
    high: 10000,
    whole: true,
  },
  weight_scale: { start: 0.01, values: [0, ...decades(-3, 0.5, 4)], low: 0, high: 1e6 },
  noise: { start: 0.2, values: upTo(0, 20).map((each) => each / 20), low: 0, high: 10 },
};

/** What a list offers. */
export const CHOICES = {
  optimizer: { start: "SGD", choices: OPTIMIZERS },
  activation: { start: "sigmoid", choices: ACTIVATIONS },
};

/** @type {Settings} */
export const START = /** @type {any} */ (
  Object.fromEntries(Object.entries({ ...AMOUNTS, ...CHOICES }).map(([k, { start }]) => [k, start]))
);

/**
 * Return the settings that a record names, and those of `rest` for what it doesn't name or names
 * with something that can't be.
 *
 * @param {Record<string, unknown>} record
 * @param {Settings} rest
 * @returns {Settings}
 */
export function settingsOf(record, rest = START) {
  const pairs = Object.entries(rest).map(([name, value]) => [
    name,
    accepted(name, record[name]) ?? value,
  ]);
  return /** @type {any} */ (Object.fromEntries(pairs));
}

/**
 * Return a value as the setting of this name has it, or undefined if it can't have it.
 *
 * @param {string} name
 * @param {unknown} value  a number, or text as an address has it
 */
function accepted(name, value) {
  if (Object.hasOwn(CHOICES, name)) {
    const { choices } = /** @type {Record<string, Choice>} */ (CHOICES)[name];
    return choices.find((each) => each === value);
  }
  if (!Object.hasOwn(AMOUNTS, name)) return undefined;
  return numberWithin(value, /** @type {Record<string, Amount>} */ (AMOUNTS)[name]);
}

/**
 * Return a number within bounds, or undefined.
 *
 * @param {unknown} value
 * @param {{ low: number, high: number, whole?: boolean }} bounds
 */
export function numberWithin(value, { low, high, whole = false }) {
  const isText = typeof value === "string" && value.trim() !== "";
  const number = isText || typeof value === "number" ? Number(value) : Number.NaN;
  const fits = number >= low && number <= high && (!whole || Number.isInteger(number));
  return fits ? number : undefined;
}

/**
 * Name the settings in which two runs differ.
 *
 * @param {Settings} first
 * @param {Settings} second
 * @returns {(keyof Settings)[]}
 */
export function differences(first, second) {
  const names = /** @type {(keyof Settings)[]} */ (Object.keys(first));
  return names.filter((name) => first[name] !== second[name]);
}

/**
 * Write in what a second run differs from the first: "learning_rate:0.1,optimizer:Adam", or "same".
 *
 * @param {Settings} first
 * @param {Settings} second
 */
export function written(first, second) {
  return differences(first, second)
    .map((name) => `${name}:${second[name]}`)
    .join()
    .concat(differences(first, second).length ? "" : "same");
}

/**
 * Read what `written` wrote, or undefined if it can't be read.
 *
 * @param {Settings} first
 * @param {unknown} text
 * @returns {Settings | undefined}
 */
export function secondOf(first, text) {
  if (text === "same") return { ...first };
  if (typeof text !== "string") return undefined;
  const pairs = text.split(",").map((each) => each.split(":"));
  const right = pairs.every(([name = "", value]) => accepted(name, value) !== undefined);
  return right ? settingsOf(Object.fromEntries(pairs), first) : undefined;
}

/**
 * Powers of ten from 10^low to 10^high with steps between them, as people write them.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} steps  in a decade
 */
function decades(low, high, steps) {
  const count = Math.round((high - low) * steps) + 1;
  return Array.from({ length: count }, (_, i) => Number((10 ** (low + i / steps)).toPrecision(2)));
}

/**
 * @param {number} low
 * @param {number} high
 */
function upTo(low, high) {
  return Array.from({ length: high - low + 1 }, (_, i) => low + i);
}

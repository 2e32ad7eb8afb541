/* What the reader has chosen and sees, as an address keeps it and as Python reads it. */

import { AMOUNTS, numberWithin, secondOf, settingsOf, written } from "./settings.js";

/** @import { Place, Settings, State } from "./types.js" */

export const POINTS = ["training", "held_out", "both", "none"];
export const SCALES = ["linear", "log"];

/**
 * @typedef {object} Chosen
 * @property {Settings} settings
 * @property {Settings} [second]  of the run beside the first
 * @property {string} points
 * @property {string} scale
 */

/**
 * The state at the start: at the end of a run, whose settings may be given.
 *
 * @param {Partial<State>} [given]
 * @returns {State}
 */
export function startOf(given = {}) {
  const settings = settingsOf(given);
  const usual = { update: 0, second: "", points: "training", scale: "linear" };
  return { ...settings, epoch: settings.epochs, ...usual, ...given };
}

/**
 * Read a state; what can't be is ignored.
 *
 * @param {Record<string, unknown>} record  of numbers, or of texts as an address has them
 * @param {State} start  for what is not named
 * @returns {{ chosen: Chosen, place: Place }}
 */
export function restored(record, start) {
  const settings = settingsOf(record, settingsOf({ ...start }));
  const within = { low: 0, high: settings.epochs, whole: true };
  const updates = { low: 0, high: AMOUNTS.batch_size.high, whole: true };
  const second = secondOf(settings, record.second ?? start.second);
  const isAtEnd = start.epoch === start.epochs;
  const epoch = record.epoch ?? (isAtEnd ? settings.epochs : start.epoch);
  const isAtStart = record.epoch === undefined && record.epochs === undefined;
  const update = record.update ?? (isAtStart ? start.update : 0);
  return {
    chosen: {
      settings,
      ...(second && { second: { ...second, epochs: settings.epochs } }),
      points: oneOf(POINTS, record.points) ?? start.points,
      scale: oneOf(SCALES, record.scale) ?? start.scale,
    },
    place: {
      epoch: numberWithin(epoch, within) ?? settings.epochs,
      update: numberWithin(update, updates) ?? 0,
    },
  };
}

/**
 * @param {readonly string[]} choices
 * @param {unknown} value
 */
const oneOf = (choices, value) => choices.find((each) => each === value);

/**
 * @param {Chosen} chosen
 * @param {Place} place
 * @returns {State}
 */
export function stateOf({ settings, second, points, scale }, place) {
  const text = second ? written(settings, second) : "";
  return { ...settings, ...place, second: text, points, scale };
}

/**
 * Return a state as an address keeps it: the end of a run is the end, however long the run is.
 *
 * @param {State} state
 */
export function addressed(state) {
  return { ...state, epoch: state.epoch === state.epochs ? "end" : state.epoch };
}

/* The runs that are shown: trained with the reader's settings, kept while those stay the same. */

import { differences } from "./settings.js";
import { spiralData } from "./spiral.js";
import { Training } from "./training.js";

/** @import { Data } from "./data.js" */
/** @import { Place, PlaygroundSettings, Settings, Shown } from "./types.js" */

/**
 * @typedef {object} Run
 * @property {Settings} settings
 * @property {Data} data
 * @property {Training} training
 */

/**
 * @param {PlaygroundSettings["data"]} own  the reader's data, if it isn't the spiral
 */
export function makeRuns(own) {
  const ownData = own && dataOf(own);
  /** @type {Run[]} */
  let runs = [];
  /** @param {Settings} settings @returns {Run} */
  function runOf(settings) {
    const kept = runs.find((run) => {
      const names = differences(run.settings, settings);
      return names.every((name) => name === "epochs"); // a longer run begins like a shorter one
    });
    if (kept) return { ...kept, settings };
    const data = ownData ?? spiralData(settings.noise);
    return { settings, data, training: new Training(settings, data) };
  }
  return {
    /** The runs as they are. */
    get all() {
      return runs;
    },
    /**
     * Take other settings; return the trainings that belong to them.
     *
     * @param {Settings[]} wanted
     */
    take(wanted) {
      runs = wanted.map(runOf);
      return runs.map(({ training }) => training);
    },
  };
}

/**
 * Return what is to be shown of a run at a place.
 *
 * @param {Run} run
 * @param {Training} standing  the training itself, or its copy that stands within an epoch
 * @param {Place} place
 * @returns {Shown}
 */
export function shownAt({ settings, data }, standing, place) {
  const epoch = place.update ? standing.epoch : Math.min(place.epoch, standing.epoch);
  const isWithin = standing.update > 0;
  const network = isWithin ? standing.network : standing.networkAt(epoch);
  const numbers = isWithin ? measured(network, data) : numbersOf(standing, epoch);
  const message = epoch === standing.epoch ? standing.message : "";
  return { settings, data, network, epoch, update: standing.update, ...numbers, message };
}

/**
 * @param {Training} training
 * @param {number} epoch
 */
function numbersOf({ history, start }, epoch) {
  if (epoch === 0) return start;
  return {
    loss: history.loss[epoch - 1],
    accuracy: history.accuracy[epoch - 1],
    validation_loss: history.validation_loss[epoch - 1],
    validation_accuracy: history.validation_accuracy[epoch - 1],
  };
}

/**
 * @param {Shown["network"]} network
 * @param {Data} data
 */
function measured(network, { training, held_out }) {
  const own = network.measure(training);
  const other = held_out && network.measure(held_out);
  return { ...own, validation_loss: other?.loss, validation_accuracy: other?.accuracy };
}

/**
 * @param {NonNullable<PlaygroundSettings["data"]>} own
 * @returns {Data}
 */
function dataOf({ training, held_out, classes }) {
  const samples = (/** @type {typeof training} */ { x, t }) => ({
    x: Float64Array.from(x.flat()),
    t: Uint8Array.from(t),
  });
  return { training: samples(training), held_out: held_out && samples(held_out), classes };
}

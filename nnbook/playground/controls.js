/* What a run is trained with: the reader's sliders, for one run or for two with other rates. */

import { element } from "../widget/dom.js";
import { nearest, slider } from "../widget/slider.js";

/** @import { Slider } from "../widget/slider.js" */
/** @import { Choice, PlaygroundWords, Settings, State } from "./types.js" */

// What the sliders offer where any value can be trained; more can be typed.
const RATES = Array.from({ length: 81 }, (_, i) => Number((10 ** (i / 20 - 2)).toPrecision(3)));
const SIZES = Array.from({ length: 50 }, (_, i) => i + 1);
const SEEDS = Array.from({ length: 20 }, (_, i) => i);
const RATE_RANGE = { low: 1e-6, high: 1e6 };
const SIZE_RANGE = { low: 1, high: 200, whole: true };
const SEED_RANGE = { low: 0, high: 1e6, whole: true };

/**
 * @param {Settings} settings
 * @param {PlaygroundWords} words
 * @param {() => void} changed  called when the reader has chosen something else
 */
export function makeControls({ grid, start }, words, changed) {
  /** @type {(label: string, values: number[], place: number) => Slider} */
  const make = (label, values, place) =>
    slider({ label, values, start: place, words, change: changed });
  const { learning_rates, hidden_sizes, seeds } = grid;
  const rate = make(
    words.learning_rate,
    learning_rates,
    learning_rates.indexOf(start.learning_rate),
  );
  const second = make(words.second_rate, learning_rates, Math.max(0, learning_rates.length - 2));
  const hidden = make(words.hidden_size, hidden_sizes, hidden_sizes.indexOf(start.hidden_size));
  const seed = make(words.seed, seeds, seeds.indexOf(start.seed));
  const compare = element("input", { type: "checkbox", onchange: changed });
  const sliders = { rate, second, hidden, seed };

  return {
    rows: [rate.row, hidden.row, seed.row],
    beside: [element("label", { class: "nn-check" }, compare, ` ${words.compare}`), second.row],
    /** @returns {Choice[]}  of one run, or of two beside each other */
    choices() {
      second.row.hidden = !compare.checked;
      const rates = compare.checked ? [rate.value, second.value] : [rate.value];
      return rates.map((learning_rate) => ({
        learning_rate,
        hidden_size: hidden.value,
        seed: seed.value,
      }));
    },
    /** @param {Partial<State>} state */
    restore(state) {
      rate.value = state.learning_rate ?? rate.value;
      hidden.value = state.hidden_size ?? hidden.value;
      seed.value = state.seed ?? seed.value;
      second.value = state.second ?? second.value;
      compare.checked = state.second !== undefined;
    },
    free: () => freeAll(sliders),
    bind: () => bindAll(sliders, grid),
  };
}

/**
 * @typedef {{ rate: Slider, second: Slider, hidden: Slider, seed: Slider }} Sliders
 */

/**
 * Let the reader choose any value.
 *
 * @param {Sliders} sliders
 */
function freeAll({ rate, second, hidden, seed }) {
  for (const each of [rate, second]) free(each, RATES, RATE_RANGE);
  free(hidden, SIZES, SIZE_RANGE);
  free(seed, SEEDS, SEED_RANGE);
}

/**
 * @param {Slider} slider
 * @param {number[]} values
 * @param {{ low: number, high: number, whole?: boolean }} range
 */
function free(slider, values, range) {
  slider.setValues(values);
  slider.free(range);
}

/**
 * Leave only the values of stored runs, and choose the nearest of them.
 *
 * @param {Sliders} sliders
 * @param {Settings["grid"]} grid
 */
function bindAll({ rate, second, hidden, seed }, grid) {
  for (const each of [rate, second]) bind(each, grid.learning_rates);
  bind(hidden, grid.hidden_sizes);
  bind(seed, grid.seeds);
}

/**
 * @param {Slider} slider
 * @param {number[]} values
 */
function bind(slider, values) {
  slider.free(null);
  slider.setValues(values);
  slider.value = values[nearest(values, slider.value)];
}

/* The controls of a run's settings: a slider with a field for every number, a list for the rest. */

import { element, write } from "../widget/dom.js";
import { slider } from "../widget/slider.js";
import { AMOUNTS, CHOICES, START } from "./settings.js";
import { select } from "./toolbar.js";

/** @import { Settings, Words } from "./types.js" */

const GROUPS = {
  network: ["hidden_size", "activation", "weight_scale", "seed"],
  training: ["learning_rate", "optimizer", "batch_size", "epochs"],
  data: ["noise"],
};

/**
 * @typedef {object} Control
 * @property {HTMLElement} node
 * @property {() => string | number} read
 * @property {(value: any) => void} write  tells nobody
 */

/**
 * @param {Words} words
 * @param {object} options
 * @param {boolean} options.isOwn  the reader's own data has no noise to choose
 * @param {() => void} options.changed
 * @param {() => void} options.compare  keep this run beside the next one, or no longer
 */
export function makeControls(words, { isOwn, changed, compare }) {
  /** @type {Record<string, Control>} */
  const controls = {};
  for (const name of Object.keys(START))
    controls[name] = makeControl(/** @type {keyof Settings} */ (name), words, changed);
  const groups = Object.entries(GROUPS)
    .filter(([name]) => !(name === "data" && isOwn))
    .map(([name, names]) => {
      const title = element("legend", {}, words.groups[/** @type {keyof typeof GROUPS} */ (name)]);
      const nodes = names.map((each) => /** @type {Control} */ (controls[each]).node);
      return element("fieldset", { class: `nn-group nn-group-${name}` }, title, ...nodes);
    });
  const beside = element("button", { type: "button", class: "nn-button", onclick: compare });
  return {
    node: element("div", { class: "nn-settings" }, ...groups),
    beside,
    /** @param {string} name  of the setting whose control is asked for */
    one: (name) => /** @type {Control} */ (controls[name]).node,
    /** @returns {Settings} */
    read: () => /** @type {any} */ (mapped(controls, (each) => each.read())),
    /** @param {{ settings: Settings, second?: Settings }} chosen */
    write({ settings, second }) {
      write(beside, second ? words.leave : words.keep);
      for (const [name, value] of Object.entries(settings)) controls[name]?.write(value);
    },
  };
}

/**
 * @template In, Out
 * @param {Record<string, In>} record
 * @param {(value: In) => Out} change
 * @returns {Record<string, Out>}
 */
function mapped(record, change) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}

/**
 * @param {keyof Settings} name
 * @param {Words} words
 * @param {() => void} changed
 * @returns {Control}
 */
function makeControl(name, words, changed) {
  const label = words.settings[name];
  if (name === "optimizer" || name === "activation") {
    return select(label, CHOICES[name].choices, String, changed);
  }
  const { values, start, ...range } = AMOUNTS[name];
  const place = values.indexOf(start);
  const own = slider({ label, values, start: place, words, change: () => changed() });
  own.free(range);
  return {
    node: own.row,
    read: () => own.value,
    /** @param {number} value */
    write(value) {
      own.value = value;
    },
  };
}

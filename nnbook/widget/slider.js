/* A labelled slider over a list of values; where any value is possible, with a field to type it. */

import { element, uniqueId } from "./dom.js";
import { fill } from "./words.js";

/**
 * @typedef {object} Slider
 * @property {HTMLElement} row  label, slider and value
 * @property {HTMLInputElement} input  the slider itself
 * @property {number} value  what is chosen; setting it tells nobody
 * @property {number} place  the place of the nearest value in the list
 * @property {(list: number[]) => void} setValues
 * @property {(range: Range | null) => void} free  any number in a range can be typed; or no longer
 */

/**
 * @typedef {object} Range
 * @property {number} low
 * @property {number} high
 * @property {boolean} [whole]  whole numbers only
 */

/**
 * @param {object} options
 * @param {string} options.label
 * @param {number[]} options.values
 * @param {number} [options.start]  the place of the first value
 * @param {(value: number) => string} [options.textOf]
 * @param {{ exact: string, invalid: string, whole: string }} options.words
 * @param {(value: number) => void} options.change  called with each value that the reader chooses
 * @returns {Slider}
 */
export function slider({ label, values, start = 0, textOf = String, words, change }) {
  const id = uniqueId();
  const input = element("input", { type: "range", id, min: 0, step: 1, oninput: moved });
  const output = element("output", { for: id });
  const row = element("div", { class: "nn-control" }, element("label", { for: id }, label), input);
  row.append(output);
  /** @type {ReturnType<typeof numberField> | undefined} */
  let field;
  let list = values;
  let value = /** @type {number} */ (values[start]);

  function show() {
    input.max = String(list.length - 1);
    input.value = String(nearest(list, value));
    input.setAttribute("aria-valuetext", textOf(value));
    output.textContent = textOf(value);
    field?.show(value);
  }
  /** @param {number} wanted */
  function choose(wanted) {
    value = wanted;
    show();
    change(value);
  }
  function moved() {
    choose(/** @type {number} */ (list[Number(input.value)]));
  }
  show();
  return {
    row,
    input,
    get value() {
      return value;
    },
    set value(wanted) {
      value = wanted;
      show();
    },
    get place() {
      return nearest(list, value);
    },
    setValues(wanted) {
      list = wanted;
      show();
    },
    free(range) {
      field = range ? numberField(label, range, words, choose) : undefined;
      row.lastChild?.replaceWith(field?.input ?? output);
      show();
    },
  };
}

/**
 * @param {string} label
 * @param {Range} range
 * @param {{ exact: string, invalid: string, whole: string }} words
 * @param {(value: number) => void} choose
 */
function numberField(label, { low, high, whole = false }, words, choose) {
  let isTyped = false; // what is being typed stays, whatever else is shown
  const input = element("input", {
    type: "number",
    "aria-label": `${label}, ${words.exact}`,
    min: low,
    max: high,
    step: whole ? 1 : "any",
    oninput() {
      isTyped = true;
    },
    onblur() {
      isTyped = false;
    },
    onchange() {
      isTyped = false;
      const wanted = Number(input.value);
      const fits = input.value !== "" && wanted >= low && wanted <= high;
      const right = fits && (!whole || Number.isInteger(wanted));
      const message = fill(whole ? words.whole : words.invalid, { value: input.value, low, high });
      input.setCustomValidity(right ? "" : message);
      if (input.reportValidity()) choose(wanted);
    },
  });
  /** @param {number} value */
  const show = (value) => {
    if (isTyped) return;
    input.value = String(value);
    input.setCustomValidity("");
  };
  return { input, show };
}

/**
 * Return the place of the value in a list that is nearest to a number.
 *
 * @param {number[]} list
 * @param {number} value
 * @returns {number}
 */
export function nearest(list, value) {
  const distances = list.map((each) => Math.abs(each - value));
  return distances.indexOf(Math.min(...distances));
}

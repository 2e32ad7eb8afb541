/* One control of an explorer: a slider that can play, a checkbox or a menu. */

import { element, uniqueId } from "../widget/dom.js";
import { player } from "../widget/player.js";
import { slider } from "../widget/slider.js";

/** @import { ExplorerWords } from "../widget/words.js" */

/**
 * What Python says about a control.
 *
 * @typedef {object} Control
 * @property {string} name
 * @property {string} label
 * @property {"slider" | "checkbox" | "menu"} kind
 * @property {string[]} texts  of its values; a checkbox has that of "no" first
 * @property {number} start    the place of the first value
 * @property {number[]} [numbers]  with a kernel a slider takes any number; these without typing
 * @property {{ low: number, high: number, whole: boolean }} [range]
 */

/**
 * @typedef {object} Made
 * @property {string} name
 * @property {string} label
 * @property {HTMLElement} row
 * @property {number} value  its number, where it has any; else the place of what is chosen
 * @property {string} text   what is chosen, in words
 * @property {boolean} moved  whether that is not the first value
 * @property {() => void} stop
 */

const PLAY_ALL = 7000; // ms for all values together
const SHORTEST = 120; // ms for one value
const LONGEST = 700;

/** @typedef {{ row: HTMLElement, readonly value: number, stop?: () => void }} Part */
/** @typedef {(value: number) => string} TextOf */

/**
 * @param {Control} control
 * @param {string | undefined} restored  the text of an earlier choice
 * @param {ExplorerWords} words
 * @param {() => void} change  called when the reader has chosen
 * @returns {Made}
 */
export function makeControl(control, restored, words, change) {
  const { name, label, kind, numbers, texts, start } = control;
  /** @type {TextOf} */
  const textOf = (value) => (numbers ? String(value) : (texts[value] ?? ""));
  const first = numbers?.[start] ?? start;
  const make = { slider: makeSlider, checkbox: makeCheckbox, menu: makeMenu }[kind];
  const part = make(control, earlier(control, restored) ?? first, textOf, words, change);
  return {
    name,
    label,
    row: part.row,
    get value() {
      return part.value;
    },
    get text() {
      return textOf(part.value);
    },
    get moved() {
      return part.value !== first;
    },
    stop: part.stop ?? (() => {}),
  };
}

/**
 * Return the value that a text names, if the control has it.
 *
 * @param {Control} control
 * @param {string | undefined} text
 */
function earlier({ numbers, range, texts }, text) {
  if (text === undefined) return undefined;
  if (!numbers || !range) return texts.includes(text) ? texts.indexOf(text) : undefined;
  const number = Number(text);
  const fits = number >= range.low && number <= range.high;
  return fits && (!range.whole || Number.isInteger(number)) ? number : undefined;
}

/**
 * @param {Control} control
 * @param {number} value
 * @param {TextOf} textOf
 * @param {ExplorerWords} words
 * @param {() => void} change
 * @returns {Part}
 */
function makeSlider({ label, numbers, range, texts }, value, textOf, words, change) {
  const values = numbers ?? [...texts.keys()];
  const own = slider({ label, values, textOf, words, change: chosen });
  own.value = value;
  if (range) own.free(range);
  const play = player({
    last: values.length - 1,
    wait: Math.min(Math.max(PLAY_ALL / values.length, SHORTEST), LONGEST),
    show(place) {
      own.value = values[place] ?? own.value;
      change();
    },
    turned: mark,
  });
  const button = element("button", { type: "button", class: "nn-button", onclick: turn });
  function chosen() {
    play.stop();
    change();
  }
  function turn() {
    play.place = own.place;
    play.toggle();
  }
  /** @param {boolean} playing */
  function mark(playing) {
    button.textContent = playing ? "❚❚" : "▶";
    button.setAttribute("aria-label", `${playing ? words.pause : words.play}: ${label}`);
  }
  mark(false);
  if (values.length > 2) own.row.append(button);
  return {
    row: own.row,
    get value() {
      return own.value;
    },
    stop: play.stop,
  };
}

/** @type {typeof makeSlider} */
function makeCheckbox({ label }, value, _textOf, _words, change) {
  const id = uniqueId();
  const input = element("input", { type: "checkbox", id, oninput: change });
  input.checked = value === 1;
  return {
    row: labelled(label, id, input),
    get value() {
      return Number(input.checked);
    },
  };
}

/** @type {typeof makeSlider} */
function makeMenu({ label, texts }, value, _textOf, _words, change) {
  const id = uniqueId();
  const input = element("select", { id, oninput: change });
  input.append(...texts.map((text) => element("option", {}, text)));
  input.selectedIndex = value;
  return {
    row: labelled(label, id, input),
    get value() {
      return input.selectedIndex;
    },
  };
}

/**
 * @param {string} label
 * @param {string} id
 * @param {HTMLElement} input
 */
function labelled(label, id, input) {
  return element("div", { class: "nn-control" }, element("label", { for: id }, label), input);
}

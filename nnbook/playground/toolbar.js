/* What moves through a run: play, one update, one epoch, back, how fast, and a slider of epochs. */

import { element, uniqueId, write } from "../widget/dom.js";
import { slider } from "../widget/slider.js";
import { fill } from "../widget/words.js";

/** @import { Place, Words } from "./types.js" */

const SPEEDS = [5, 20, 60, 300, Infinity]; // epochs a second
const USUAL = 60;

/**
 * @param {Words} words
 * @param {object} act  what the buttons do
 * @param {() => void} act.play
 * @param {() => void} act.step
 * @param {() => void} act.epoch
 * @param {() => void} act.rewind
 * @param {(epoch: number) => void} act.go
 * @param {boolean} [isSmall]  whether only a few of them are shown
 */
export function makeToolbar(words, act, isSmall = false) {
  const play = button("", act.play);
  const step = button(words.step, act.step);
  const epoch = button(words.one_epoch, act.epoch);
  const rewind = button(`|◀ ${words.rewind}`, act.rewind);
  const speed = select(words.speed, SPEEDS, (each) =>
    Number.isFinite(each) ? `${each} ${words.per_second}` : words.fastest,
  );
  speed.write(USUAL);
  const timeline = slider({
    label: words.epoch,
    values: [0, 1],
    words,
    change: act.go,
  });
  timeline.free({ low: 0, high: 1, whole: true });
  timeline.row.classList.add("nn-timeline");
  const inside = element("span", { class: "nn-inside" });
  const few = [play, rewind];
  const all = [play, step, epoch, rewind, speed.node, inside];
  let last = -1;
  return {
    node: element(
      "div",
      { class: "nn-toolbar", role: "group", "aria-label": words.motion },
      element("div", { class: "nn-buttons" }, ...(isSmall ? few : all)),
      timeline.row,
    ),
    /** Epochs a second. */
    get speed() {
      return speed.read();
    },
    /**
     * @param {boolean} playing
     * @param {Place} place  that is shown
     * @param {number} end  the last epoch
     */
    show(playing, { epoch: now, update }, end) {
      write(inside, update ? fill(words.update, { update }) : "");
      write(play, playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`);
      if (end !== last) {
        last = end;
        timeline.setValues(Array.from({ length: end + 1 }, (_, i) => i));
        timeline.free({ low: 0, high: end, whole: true });
      }
      timeline.value = now;
    },
  };
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  return element("button", { type: "button", class: "nn-button", onclick: act }, text);
}

/**
 * Make a list to choose from, whose values are the places of the choices.
 *
 * @template T
 * @param {string} name
 * @param {readonly T[]} choices
 * @param {(choice: T) => string} textOf
 * @param {(choice: T) => void} [changed]
 */
export function select(name, choices, textOf, changed = () => {}) {
  const id = uniqueId();
  const options = choices.map((each, i) => element("option", { value: i }, textOf(each)));
  const input = element("select", { id }, ...options);
  input.addEventListener("change", () => changed(/** @type {T} */ (choices[Number(input.value)])));
  const node = element("span", { class: "nn-choice" }, element("label", { for: id }, name), input);
  return {
    node,
    read: () => choices[Number(input.value)],
    /** @param {T} choice  the first one if it is none of them */
    write(choice) {
      input.value = String(Math.max(0, choices.indexOf(choice)));
    },
  };
}

/* Goes through the steps: buttons for one step and for the ends, a slider, and play. */

import { element, uniqueId } from "../widget/dom.js";
import { player } from "../widget/player.js";

/** @import { StepperWords } from "./types.js" */

const WAIT = 1800; // ms between two steps while playing

/**
 * @param {number} last  step
 * @param {number} start  the step that is shown first
 * @param {StepperWords} words
 * @param {(place: number) => void} show  called with every step that is come to
 */
export function makeControls(last, start, words, show) {
  const motion = player({ last, wait: WAIT, start, show, turned: write });
  const play = button(words.play, "", toggle);
  const ends = [
    button(words.first, "|◀", () => motion.jump(0)),
    button(words.back, `‹ ${words.back}`, () => motion.jump(motion.place - 1)),
    button(words.next, `${words.next} ›`, () => motion.jump(motion.place + 1)),
    button(words.last, "▶|", () => motion.jump(last)),
  ];
  const step = stepSlider(last, words, motion.jump);

  /** Begin with a step at once: who presses play wants to see something move. */
  function toggle() {
    const from = motion.place;
    motion.toggle();
    if (!motion.playing || from === last) return;
    if (from + 1 === last) motion.jump(last);
    else motion.go(from + 1);
  }
  /** @param {boolean} playing */
  function write(playing) {
    const name = playing ? words.pause : words.play;
    play.textContent = `${playing ? "❚❚" : "▶"} ${name}`;
    play.setAttribute("aria-label", name);
    play.title = name;
  }
  write(false);
  const [first, back, next, end] = ends;
  const buttons = element("div", { class: "nn-buttons" }, first, back, play, next, end);
  return {
    node: element("div", { class: "nn-controls" }, buttons, step.row),
    /**
     * Say where the reader is; this is where the next step counts from.
     *
     * @param {number} place
     * @param {string} heading
     */
    show(place, heading) {
      motion.place = place;
      step.show(place, heading);
      ends.forEach((each, i) => {
        each.setAttribute("aria-disabled", String(place === (i < 2 ? 0 : last)));
      });
    },
    focus: () => next?.focus(),
    stop: motion.stop,
  };
}

/**
 * @param {string} label
 * @param {string} text
 * @param {() => void} act
 */
function button(label, text, act) {
  const attributes = { type: "button", class: "nn-button", "aria-label": label, title: label };
  return element("button", { ...attributes, onclick: act }, text);
}

/**
 * @param {number} last
 * @param {StepperWords} words
 * @param {(place: number) => void} go
 */
function stepSlider(last, words, go) {
  const id = uniqueId();
  const input = element("input", {
    type: "range",
    id,
    min: 0,
    max: last,
    step: 1,
    oninput: () => go(Number(input.value)),
  });
  const output = element("output", { for: id, "aria-live": "off" }); // the step's title says more
  const label = element("label", { for: id }, words.step);
  return {
    row: element("div", { class: "nn-control" }, label, input, output),
    /** @param {number} place @param {string} heading */
    show(place, heading) {
      const position = `${place} ${words.of} ${last}`;
      input.value = String(place);
      input.setAttribute("aria-valuetext", `${position}: ${heading}`);
      output.textContent = position;
    },
  };
}

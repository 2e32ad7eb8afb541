/* Goes through the recorded epochs: a slider, and buttons that play and rewind. */

import { element } from "../widget/dom.js";
import { player } from "../widget/player.js";
import { slider } from "../widget/slider.js";

/** @import { PlaygroundWords } from "./types.js" */

const WAIT = 200; // ms between two recorded epochs while playing

/**
 * @param {number[]} epochs
 * @param {number} start  the place of the epoch that is shown first
 * @param {PlaygroundWords} words
 * @param {() => void} show  called with every epoch that is come to
 */
export function makeTimeline(epochs, start, words, show) {
  const epoch = slider({
    label: words.epoch,
    values: epochs,
    start,
    words,
    change: () => motion.jump(epoch.place),
  });
  const play = element("button", {
    type: "button",
    class: "nn-button",
    onclick: () => motion.toggle(),
  });
  const rewind = element(
    "button",
    { type: "button", class: "nn-button", onclick: () => motion.jump(0) },
    `|◀ ${words.rewind}`,
  );
  const motion = player({
    last: epochs.length - 1,
    wait: WAIT,
    start,
    show(place) {
      epoch.value = epochs[place];
      show();
    },
    turned: write,
  });
  /** @param {boolean} playing */
  function write(playing) {
    play.textContent = playing ? `❚❚ ${words.pause}` : `▶ ${words.play}`;
  }
  write(false);
  return {
    rows: [epoch.row, element("div", { class: "nn-buttons" }, play, rewind)],
    /** The place of the epoch that is shown. */
    get place() {
      return motion.place;
    },
    stop: motion.stop,
  };
}

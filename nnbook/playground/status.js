/* Says below the pictures what happens, and offers to ask again where nobody answers. */

import { element } from "../widget/dom.js";

/** @import { PlaygroundWords } from "./types.js" */

/**
 * @param {PlaygroundWords} words
 * @param {() => void} again  called when the reader wants to ask again
 */
export function makeStatus(words, again) {
  const text = element("span", { role: "status" });
  const button = element("button", { type: "button", class: "nn-button", onclick: again });
  /** @type {string[]} */
  let said = [];

  button.append(words.again);
  function write() {
    text.textContent = [...new Set(said)].join(" ");
    button.hidden = true;
  }
  return {
    node: element("p", { class: "nn-status" }, text, " ", button),
    /**
     * Forget what was said, and say what is asked for now.
     *
     * @param {string} question
     */
    begin(question) {
      said = [question];
      write();
      said = [];
    },
    /**
     * Say something about one of the runs beside what is said about the other.
     *
     * @param {number} place
     * @param {string} answer
     */
    say(place, answer) {
      said[place] = answer;
      write();
    },
    /**
     * Say that there is no answer.
     *
     * @param {string} silence
     */
    offer(silence) {
      text.textContent = silence;
      button.hidden = false;
    },
  };
}

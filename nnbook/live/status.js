/* The bar of a live page: how far Python has come, what runs, and what can be pressed. */

import { element, write } from "../widget/dom.js";
import { fill } from "../widget/words.js";

/** @import { Failure, LiveWords } from "./types.js" */

const MEGA = 1e6;

/**
 * @param {HTMLElement} line  says one thing at a time, and is read out
 * @param {HTMLButtonElement[]} buttons  that start Python
 * @param {LiveWords} words
 */
export function makeStatus(line, buttons, words) {
  const counter = element("span", { class: "nn-count" }); // too quick to be read out
  const progress = element("progress", { max: 1, "aria-label": words.downloading });
  const cancel = element("button", { type: "button", class: "nn-button", "data-nn": "cancel" });
  cancel.append(words.cancel);
  const loading = element("span", { class: "nn-loading" }, progress, counter, cancel);

  /** @param {string} text */
  function say(text) {
    write(line, text);
  }
  /** @param {boolean} isLoading */
  function turn(isLoading) {
    for (const button of buttons) button.setAttribute("aria-disabled", String(isLoading));
    if (isLoading) return line.before(loading);
    if (loading.contains(document.activeElement)) buttons[0]?.focus(); // focus is never lost
    loading.remove();
  }
  let before = ""; // what the line said before a cell waited
  return {
    say,
    /** @param {() => void} end  called when the reader would rather not */
    loading(end) {
      cancel.onclick = end;
      progress.removeAttribute("value");
      counter.textContent = "";
      say(words.downloading);
      turn(true);
    },
    /** @param {{ loaded: number, total: number }} _ */
    progress({ loaded, total }) {
      const [done, all] = [loaded, total].map((bytes) => (bytes / MEGA).toFixed(1));
      progress.value = loaded / total;
      counter.textContent = fill(words.count, { done, all });
    },
    starting() {
      progress.removeAttribute("value");
      counter.textContent = "";
      say(words.starting);
    },
    loaded: () => turn(false),
    /** @param {boolean} isWaiting  whether a cell waits for matplotlib */
    waiting(isWaiting) {
      if (!isWaiting) {
        for (const each of [progress, counter]) each.remove();
        if (line.textContent === words.drawing) say(before);
        return;
      }
      before = line.textContent ?? "";
      say(words.drawing);
      line.before(progress, counter);
    },
    /** @param {Failure} failure */
    fail(failure) {
      turn(false);
      say(whyNot(failure, words));
      for (const button of buttons) button.textContent = words.retry;
    },
  };
}

/**
 * @param {Failure} failure
 * @param {LiveWords} words
 */
export function whyNot({ kind, message, host, file }, words) {
  return fill(words.failures[kind], { message, host: host ?? "", file: file ?? "" });
}

/**
 * Make the buttons of a page whose Python is there.
 *
 * @param {LiveWords} words
 * @param {{ runAll: () => void, stop: () => void }} act
 */
export function makeControls(words, { runAll, stop }) {
  /** @param {string} name @param {string} text @param {() => void} act */
  function button(name, text, act) {
    const made = element("button", { type: "button", class: "nn-button", "data-nn": name }, text);
    made.onclick = () => made.getAttribute("aria-disabled") === "true" || act();
    return made;
  }
  const all = button("run-all", words.run_all, runAll);
  const halt = button("stop", words.stop, stop);
  /** @param {boolean} isBusy */
  function turn(isBusy) {
    halt.setAttribute("aria-disabled", String(!isBusy));
    all.setAttribute("aria-disabled", String(isBusy));
  }
  turn(false);
  const keys = element("span", { class: "nn-keys" }, words.keys);
  return { nodes: [all, halt, keys], turn };
}

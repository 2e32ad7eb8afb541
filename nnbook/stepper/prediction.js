/* Prediction: before a backward step the reader is asked for a number that the step will show. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { makeBox } from "./form.js";
import { questionsOf } from "./question.js";

/** @import { Frame, StepperWords } from "./types.js" */

/**
 * @typedef {object} Prediction
 * @property {HTMLElement} row  the switch and the tally; empty where nothing can be asked
 * @property {HTMLElement} box  the question, and what is said to an answer
 * @property {boolean} on
 * @property {number | undefined} asked  the step that is asked about
 * @property {(from: number, to: number) => number | undefined} between  the first step on the way
 *   that must be predicted
 * @property {(place: number, focus: boolean) => void} ask
 * @property {() => void} close  take the question, and what was said, away
 * @property {(frames: Frame[]) => void} renew  take other numbers: nothing is predicted yet
 */

/**
 * @param {Frame[]} frames
 * @param {boolean} on
 * @param {StepperWords} words
 * @param {object} tell
 * @param {() => void} tell.turned  called when the reader turns prediction on or off
 * @param {(place: number) => void} tell.passed  called when a step may be shown
 * @returns {Prediction}
 */
export function makePrediction(frames, on, words, { turned, passed }) {
  let questions = questionsOf(frames);
  /** @type {Map<number, boolean>} */
  const answers = new Map(); // whether each step that was asked about has been predicted
  const choice = makeSwitch(on, words, turned);
  const box = makeBox(words);

  function count() {
    const right = [...answers.values()].filter(Boolean).length;
    choice.show(questions.size, right);
  }
  /** @param {number} step @param {boolean} focus */
  function ask(step, focus) {
    const question = questions.get(step);
    if (!question) return;
    if (box.asked !== step)
      box.ask(step, question, (predicted, text) => {
        answers.set(step, predicted);
        count();
        passed(step);
        box.say(text); // after the step has taken away what was said before
      });
    if (focus) box.focus();
  }
  count();
  return {
    row: choice.node,
    box: box.node,
    get on() {
      return choice.on;
    },
    get asked() {
      return box.asked;
    },
    between(from, to) {
      const steps = choice.on ? [...questions.keys()] : [];
      return steps.find((step) => step > from && step <= to && !answers.has(step));
    },
    ask,
    close: box.close,
    renew(others) {
      const step = box.asked;
      questions = questionsOf(others);
      answers.clear();
      count();
      box.close();
      if (step !== undefined) ask(step, false);
    },
  };
}

/**
 * @param {boolean} on
 * @param {StepperWords} words
 * @param {() => void} turned
 */
function makeSwitch(on, words, turned) {
  const input = element("input", { type: "checkbox", onchange: change });
  const tally = element("span", { class: "nn-tally" });
  const label = element("label", {}, input, " ", words.predict);
  const node = element("div", { class: "nn-predict" }, label, tally);
  input.checked = on;
  tally.hidden = !on;

  function change() {
    tally.hidden = !input.checked;
    turned();
  }
  return {
    node,
    get on() {
      return input.checked;
    },
    /** @param {number} count @param {number} right */
    show(count, right) {
      node.hidden = count === 0;
      tally.textContent = fill(words.predicted, { right, count });
    },
  };
}

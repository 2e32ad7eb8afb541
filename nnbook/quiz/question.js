/* One question: its text, the answer, a button that checks it, and what is said to it. */

import { element, uniqueId } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { makeAnswer } from "./answer.js";
import { judge } from "./judge.js";
import { withCode } from "./text.js";

/** @import { Judgement, Question, QuizWords } from "./types.js" */

/**
 * @typedef {object} Asked
 * @property {HTMLElement} node
 * @property {string} id
 * @property {string} answered  what was checked; empty while the question is open
 * @property {boolean} isRight
 * @property {() => void} clear  make the question open again
 */

/**
 * @param {Question} question
 * @param {number} number
 * @param {string} kept  an earlier answer, or nothing
 * @param {QuizWords} words
 * @param {() => void} change  called when the verdict may be another
 * @returns {Asked}
 */
export function ask(question, number, kept, words, change) {
  const answer = makeAnswer(question, words, open);
  const feedback = element("p", { class: "nn-feedback", id: uniqueId(), role: "status" });
  const again = button(words.again, retry);
  const buttons = element("div", { class: "nn-buttons" }, button(words.check, check), again);
  const node = frame(question, number, [answer.node, buttons, feedback]);
  let answered = "";

  /** @param {Judgement | undefined} judgement */
  function show(judgement) {
    answered = judgement ? answer.value : "";
    again.hidden = !judgement;
    node.dataset.nnVerdict = judgement?.verdict ?? "open";
    feedback.replaceChildren(...(judgement ? said(judgement, question, words) : []));
  }
  /** What was said is said of another answer: take it away. */
  function open() {
    show(undefined);
    change();
  }
  function check() {
    const judgement = judge(question, answer.value);
    show(judgement);
    if (!judgement) feedback.textContent = missing(question, words);
    change();
  }
  function clear() {
    answer.value = "";
    show(undefined);
  }
  function retry() {
    clear();
    answer.focus(); // its own button is gone
    change();
  }
  node.addEventListener("keydown", (event) => {
    const isField = /** @type {Element} */ (event.target).matches("input");
    if (event.key === "Enter" && isField && !event.isComposing) check();
  });
  answer.value = kept;
  show(judge(question, answer.value));
  return {
    node,
    id: question.id,
    get answered() {
      return answered;
    },
    get isRight() {
      return node.dataset.nnVerdict === "right";
    },
    clear,
  };
}

/**
 * @param {Question} question
 * @param {number} number
 * @param {HTMLElement[]} parts  the last is what is said
 */
function frame({ id, text }, number, parts) {
  const legend = element("legend", {}, `${number}. `, ...withCode(text));
  const described = parts.at(-1)?.id ?? "";
  const attributes = { class: "nn-question", "data-nn-question": id };
  return element("fieldset", { ...attributes, "aria-describedby": described }, legend, ...parts);
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  return element("button", { type: "button", class: "nn-button", onclick: act }, text);
}

/**
 * @param {Judgement} judgement
 * @param {Question} question
 * @param {QuizWords} words
 */
function said({ verdict, why }, { section }, words) {
  const where = verdict === "wrong" ? ` ${fill(words.section, { section })}` : "";
  return [element("strong", {}, words[verdict]), " ", ...withCode(why), where];
}

/**
 * @param {Question} question
 * @param {QuizWords} words
 */
function missing({ kind }, words) {
  return { choice: words.choose, shape: words.no_shape, number: words.no_number }[kind];
}

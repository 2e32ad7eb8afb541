/* How a reader answers: radio buttons for a choice, a text field for a shape or a number. */

import { element, uniqueId } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { withCode } from "./text.js";

/** @import { Answer, Choice, NumberQuestion, Question, QuizWords } from "./types.js" */
/** @import { TypedQuestion } from "./types.js" */

/**
 * @param {Question} question
 * @param {QuizWords} words
 * @param {() => void} change  called when the reader changes the answer
 * @returns {Answer}
 */
export function makeAnswer(question, words, change) {
  return question.kind === "choice"
    ? makeOptions(question, change)
    : makeField(question, words, change);
}

/**
 * @param {Choice} question
 * @param {() => void} change
 * @returns {Answer}
 */
function makeOptions({ options }, change) {
  const name = uniqueId();
  const inputs = options.map((_, place) =>
    element("input", { type: "radio", name, value: place, onchange: change }),
  );
  const labels = options.map(({ text }, i) =>
    element("label", {}, inputs[i] ?? "", element("span", {}, ...withCode(text))),
  );
  return {
    node: element("div", { class: "nn-options" }, ...labels),
    get value() {
      return inputs.find((input) => input.checked)?.value ?? "";
    },
    set value(place) {
      for (const input of inputs) input.checked = input.value === place;
    },
    focus: () => inputs[0]?.focus(),
  };
}

/**
 * @param {TypedQuestion} question
 * @param {QuizWords} words
 * @param {() => void} change
 * @returns {Answer}
 */
function makeField(question, words, change) {
  const id = uniqueId();
  const input = element("input", {
    type: "text",
    id,
    inputmode: keyboardFor(question),
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    oninput: change,
  });
  const label = element("label", { for: id }, labelOf(question, words));
  return {
    node: element("div", { class: "nn-field" }, label, input),
    get value() {
      return input.value.trim();
    },
    set value(text) {
      input.value = text;
    },
    focus: () => input.focus(),
  };
}

/**
 * A phone's number pad has no comma, and often no minus.
 *
 * @param {TypedQuestion} question
 */
function keyboardFor(question) {
  if (question.kind === "shape") return "text";
  const answers = [question.answer, ...question.wrong.map(({ answer }) => answer)];
  return answers.some((answer) => answer < 0) ? "text" : "decimal";
}

/**
 * @param {TypedQuestion} question
 * @param {QuizWords} words
 */
function labelOf(question, words) {
  if (question.kind === "shape") return words.shape;
  return fill(words.number, { precision: precisionOf(question, words) });
}

/**
 * @param {NumberQuestion} question
 * @param {QuizWords} words
 */
function precisionOf({ precision, decimals }, words) {
  if (precision === 0) return words.integer;
  if (decimals === null) return fill(words.within, { precision });
  if (decimals === 0) return words.rounded;
  return decimals === 1 ? words.decimal : fill(words.decimals, { count: decimals });
}

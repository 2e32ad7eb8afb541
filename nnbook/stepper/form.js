/* The question about a step: what is known, a field for the answer, and what is said to it. */

import { element, uniqueId } from "../widget/dom.js";
import { readFraction } from "../widget/number.js";
import { fill } from "../widget/words.js";
import { showArray } from "./arrays.js";
import { list, meaningOf, roleIn } from "./explanation.js";
import { textField } from "./field.js";
import { judge } from "./question.js";

/** @import { Question, StepperWords } from "./types.js" */

/** @typedef {(predicted: boolean, text: string) => void} Settle */

/**
 * Make the place of a question, and of what is said, which stays when the question is gone.
 *
 * @param {StepperWords} words
 */
export function makeBox(words) {
  const place = element("div");
  const said = element("div", { class: "nn-said", role: "status" });
  /** @type {{ step: number, focus: () => void } | undefined} */
  let open;
  /** @param {string} text */
  function say(text) {
    said.textContent = text;
  }
  return {
    node: element("div", { class: "nn-prediction" }, place, said),
    say,
    get asked() {
      return open?.step;
    },
    /** @param {number} step @param {Question} question @param {Settle} settle */
    ask(step, question, settle) {
      const form = makeForm(question, words, say, settle);
      say("");
      place.replaceChildren(form.node);
      open = { step, focus: form.focus };
    },
    close() {
      open = undefined;
      place.replaceChildren();
      say("");
    },
    focus: () => open?.focus(),
  };
}

/**
 * Make the question: what is known, a field and two buttons.
 *
 * @param {Question} question
 * @param {StepperWords} words
 * @param {(text: string) => void} say  tells of a wrong answer
 * @param {Settle} settle  called when the step may be shown, with what to say of it
 */
function makeForm(question, words, say, settle) {
  const { entry, wire, step, upstream, known, result } = question;
  const about = element("p", { id: uniqueId() }, fill(words.ask, { wire, kind: step.kind, entry }));
  const field = textField(entry, { "aria-describedby": about.id });
  const label = element("label", { for: field.id }, `${entry} =`);
  const role = roleIn(step);
  const items = [
    ...upstream.map((item) => showArray(item, role).node),
    ...known.map((item) => showArray(item, () => "").node),
  ];

  /** @param {Event} event */
  function check(event) {
    event.preventDefault();
    const given = readFraction(field.value);
    const verdict = given === undefined ? undefined : judge(given, question);
    field.setAttribute("aria-invalid", String(verdict !== "right"));
    if (verdict === "right") settle(true, fill(words.right, { entry, result }));
    else say(verdict ? helpFor(verdict, question, words) : words.no_number);
  }
  const show = () => settle(false, fill(words.revealed, { entry, result }));
  const form = element(
    "form",
    { class: "nn-ask", autocomplete: "off", novalidate: true, onsubmit: check },
    about,
    element("p", {}, words.given),
    element("div", { class: "nn-terms" }, ...items),
    element(
      "div",
      { class: "nn-buttons" },
      label,
      field,
      element("button", { type: "submit", class: "nn-button" }, words.check),
      element("button", { type: "button", class: "nn-button", onclick: show }, words.show),
    ),
  );
  return { node: form, focus: () => field.focus() };
}

/**
 * Say what is wrong as far as it can be told, and the rule.
 *
 * @param {"unchanged" | "sign" | "wrong"} verdict
 * @param {Question} question
 * @param {StepperWords} words
 */
function helpFor(verdict, { upstream, step }, words) {
  const slip = { unchanged: words.unchanged, sign: words.sign, wrong: "" }[verdict];
  const rule = fill(words.rule, { upstream: list(upstream) });
  return [words.wrong, slip, rule, meaningOf(step, words)].filter(Boolean).join(" ");
}

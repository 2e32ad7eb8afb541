/* Reads what was answered, and says whether it is right and why. */

import { readDecimal, tidy } from "../widget/number.js";

/** @import { Judgement, Option, Question, TypedQuestion } from "./types.js" */

const BRACKETS = /^(?:\((.*)\)|\[(.*)\])$/;
const ROUNDING = 1e-12; // relative; what a difference of two decimal numbers may be off

/**
 * Judge an answer; undefined where there is none, or where it can't be read.
 *
 * @param {Question} question
 * @param {string} given  the place of an option, or what was typed
 * @returns {Judgement | undefined}
 */
export function judge(question, given) {
  return question.kind === "choice" ? chosen(question.options, given) : typed(question, given);
}

/**
 * @param {Option[]} options
 * @param {string} given
 * @returns {Judgement | undefined}
 */
function chosen(options, given) {
  const option = given === "" ? undefined : options[Number(given)];
  return option && { verdict: option.right ? "right" : "wrong", why: option.why };
}

/**
 * @param {TypedQuestion} question
 * @param {string} given
 * @returns {Judgement | undefined}
 */
function typed(question, given) {
  const isShape = question.kind === "shape";
  const numbers = isShape ? readShape(given) : readNumber(given);
  if (!numbers) return undefined;
  const precision = isShape ? 0 : question.precision;
  /** @param {number | number[]} answer */
  const isMet = (answer) => agree(numbers, [answer].flat(), precision);
  if (isMet(question.answer)) return { verdict: "right", why: question.why };
  const mistake = question.wrong.find(({ answer }) => isMet(answer));
  return { verdict: "wrong", why: mistake?.why ?? question.hint };
}

/**
 * @param {number[]} given
 * @param {number[]} answer
 * @param {number} precision
 */
function agree(given, answer, precision) {
  const isNear = (/** @type {number} */ each, /** @type {number} */ i) => {
    const right = answer[i] ?? Number.NaN;
    return Math.abs(each - right) <= precision + ROUNDING * Math.abs(right);
  };
  return given.length === answer.length && given.every(isNear);
}

/**
 * Return the lengths of a shape as people write it: "(4, 3)", "4,3", "4x3", "[4, 3]", "(3,)".
 *
 * @param {string} text
 * @returns {number[] | undefined}
 */
export function readShape(text) {
  const plain = tidy(text).replace(/\s*[×x*]\s*/gi, ",");
  if (!plain) return undefined;
  const inner = plain.replace(BRACKETS, "$1$2").trim();
  if (!inner) return [];
  const parts = inner.replace(/\s*,$/, "").split(/\s*,\s*|\s+/);
  return parts.every((part) => /^\d+$/.test(part)) ? parts.map(Number) : undefined;
}

/**
 * Return a number in a list of its own.
 *
 * @param {string} text
 * @returns {[number] | undefined}
 */
export function readNumber(text) {
  const number = readDecimal(text);
  return number === undefined ? undefined : [number];
}

/* What a reader may predict of a backward step: one number, and what is known to work it out. */

import { workOut } from "./arithmetic.js";

/** @import { Frame, Item, Question, Step } from "./types.js" */

const SLACK = 1e-12; // what a sum of decimal numbers may be off; also what may stand for 0

/**
 * Return the question that each frame can be asked about, by its place; none where the node is of
 * an unknown kind, or where an array is too large to be shown.
 *
 * @param {Frame[]} frames
 * @returns {Map<number, Question>}
 */
export function questionsOf(frames) {
  /** @type {Map<number, Question>} */
  const questions = new Map();
  frames.forEach((frame, place) => {
    const question = frame.phase === "backward" ? questionOf(frame, frames) : undefined;
    if (question) questions.set(place, question);
  });
  return questions;
}

/**
 * Ask for the example entry of the first equation of a backward step.
 *
 * @param {Step} step
 * @param {Frame[]} frames
 * @returns {Question | undefined}
 */
function questionOf(step, frames) {
  const [equation] = step.equations;
  if (!equation || !Number.isFinite(Number(equation.result))) return undefined;
  const items = equation.terms.filter((term) => typeof term !== "string");
  const [asked, ...operands] = items;
  if (operands.some((item) => !item.rows)) return undefined;
  const upstream = step.reads.map(
    (read) => operands.find(({ name }) => name === read.name) ?? read,
  );
  const { name, place, numbers, result } = equation;
  return {
    step,
    wire: name.slice(1), // a gradient is named "d" and its wire
    entry: place.length ? `${name}[${place.join(", ")}]` : name,
    upstream,
    known: knownBefore(step, frames),
    numbers,
    result,
    unchanged: upstream.flatMap((item) => entryAt(item, asked?.shape ?? "()", place)),
  };
}

/**
 * Return what a node read and wrote forwards, with its parameters, each array once.
 *
 * @param {Step} step
 * @param {Frame[]} frames
 * @returns {Item[]}
 */
function knownBefore(step, frames) {
  const forward = frames.find((each) => each.phase === "forward" && each.node === step.node);
  if (forward?.phase !== "forward") return [];
  const terms = forward.equations.flatMap(({ terms: [result, ...made] }) => [...made, result]);
  const items = terms.filter((term) => term !== undefined && typeof term !== "string");
  const found = new Set();
  return [...forward.reads, ...items, ...forward.writes].filter(({ name, rows }) => {
    const names = name.split(" = ");
    if (!rows || names.every((each) => found.has(each))) return false;
    for (const each of names) found.add(each);
    return true;
  });
}

/**
 * Return the entry that stands at the same place in an upstream gradient of the same shape, or of
 * a single number that number.
 *
 * @param {Item} upstream
 * @param {string} shape
 * @param {number[]} place
 * @returns {string[]}
 */
function entryAt({ rows, shape: own }, shape, place) {
  const [i, j] = [0, 0, ...(own === "()" ? [] : place)].slice(-2);
  const text = rows?.[Number(i)]?.[Number(j)];
  return text !== undefined && (own === "()" || own === shape) ? [text] : [];
}

/**
 * Say whether a number is right, and if not which slip may have led to it.
 *
 * @param {number} given
 * @param {Question} question
 * @returns {"right" | "unchanged" | "sign" | "wrong"}
 */
export function judge(given, { result, numbers, unchanged }) {
  const right = workOut(numbers) ?? Number(result);
  if (isNear(given, result, right)) return "right";
  if (unchanged.some((text) => isNear(given, text))) return "unchanged";
  return isNear(-given, result, right) ? "sign" : "wrong";
}

/**
 * Whether a number is the one that is shown, to half a unit of its fourth significant digit; or
 * what the rounded numbers beside it give, or lies between the two.
 *
 * @param {number} given
 * @param {string} shown
 * @param {number} [worked]
 */
export function isNear(given, shown, worked = Number(shown)) {
  const value = Number(shown);
  const [, exponent] = value.toExponential().split("e");
  const half = value === 0 ? 0 : 0.5 * 10 ** (Number(exponent) - 3);
  const reach = half * (1 + 1e-9) + SLACK;
  return given >= Math.min(value, worked) - reach && given <= Math.max(value, worked) + reach;
}

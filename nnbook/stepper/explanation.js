/* What is said about a step: its title, its equations, its arrays and the lines that ran. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { isNumber, showArray } from "./arrays.js";
import { showEquation } from "./equation.js";

/** @import { Frame, Item, Role, Step, StepperWords } from "./types.js" */

const PLAIN = /^(N|n|max|[ijk]|∑)$/; // names that have no part in the chain rule

/**
 * Return a step in a few words, and what it reads and writes.
 *
 * @param {Frame} frame
 * @param {StepperWords} words
 * @returns {[string, string]}
 */
export function titleOf(frame, words) {
  if (frame.phase === "start") return [words.start, `${words.known} ${list(frame.reads)}`];
  const [takes, gives] =
    frame.phase === "forward" ? [words.reads, words.writes] : [words.receives, words.sends];
  const fills = frame.fills.length ? `; ${words.fills} ${list(frame.fills)}` : "";
  const wires = `${takes} ${list(frame.reads)}; ${gives} ${list(frame.writes)}${fills}`;
  return [`${words[frame.phase]} · ${frame.kind}`, wires];
}

/**
 * Return what stands below the title.
 *
 * @param {Frame} frame
 * @param {StepperWords} words
 * @returns {HTMLElement[]}
 */
export function explanation(frame, words) {
  if (frame.phase === "start") return arraysOf(frame.reads, () => "");
  const role = roleIn(frame);
  return [
    element("p", { class: "nn-meaning" }, meaningOf(frame, words)),
    ...chainRule(frame, words),
    ...frame.equations.map((each) => showEquation(each, role, words)),
    ...arraysOf([...frame.reads, ...frame.writes], role),
    ...source(frame, words),
  ];
}

/**
 * "z = 6" for a number, "h (3, 4)" for an array.
 *
 * @param {Item} item
 */
function brief(item) {
  const text = isNumber(item)
    ? `${item.name} = ${item.rows?.[0][0]}`
    : `${item.name} ${item.shape}`;
  return text.replaceAll(" ", "\u00a0");
}

/** @param {Item[]} items */
export const list = (items) => items.map(brief).join(", ");

/**
 * Show the arrays that no equation has shown.
 *
 * @param {Item[]} items
 * @param {Role} role
 */
function arraysOf(items, role) {
  const arrays = items.filter((item) => item.rows && !isNumber(item));
  if (!arrays.length) return [];
  return [
    element("div", { class: "nn-terms" }, ...arrays.map((item) => showArray(item, role).node)),
  ];
}

/**
 * Return what a node of this kind does, forwards or backwards.
 *
 * @param {Step} step
 * @param {StepperWords} words
 */
export function meaningOf({ kind, phase, equations }, words) {
  /** @type {Record<string, string[]>} */
  const kinds = words.kinds;
  const sentences = equations.length ? kinds[kind] : undefined;
  return sentences?.[phase === "forward" ? 0 : 1] ?? words.unknown;
}

/**
 * Show the local gradients, and in words what is done with them.
 *
 * @param {Step} step
 * @param {StepperWords} words
 */
function chainRule({ local }, words) {
  if (!local.length) return [];
  const [upstream, own] = words.chain.split(" × ");
  const formulas = local.flatMap((each) => [
    element("span", { class: "nn-formula nn-local" }, each),
    " ",
  ]);
  return [
    element("p", {}, `${words.local}: `, ...formulas),
    element(
      "p",
      { class: "nn-chain" },
      element("span", { class: "nn-upstream" }, upstream),
      " × ",
      element("span", { class: "nn-local" }, own),
    ),
  ];
}

/**
 * Return the role of each name in a step: upstream gradient, part of a local one, or none.
 *
 * @param {Step} step
 * @returns {Role}
 */
export function roleIn({ phase, reads, writes, fills }) {
  if (phase === "forward") return () => "";
  const upstream = new Set(reads.map((item) => item.name));
  const results = new Set([...writes, ...fills].map((item) => item.name));
  return (name) => {
    if (upstream.has(name)) return "nn-upstream";
    const isResult = name.split(" = ").some((part) => results.has(part));
    return isResult || PLAIN.test(name) ? "" : "nn-local";
  };
}

/**
 * Show the lines that ran, and what their names mean in this graph.
 *
 * @param {Step} step
 * @param {StepperWords} words
 */
function source({ file, lines, meaning }, words) {
  if (!lines.length) return [];
  const numbers = lines.map(([number]) => number);
  const range = numbers.length > 1 ? `${numbers[0]}–${numbers[numbers.length - 1]}` : numbers[0];
  const names = Object.entries(meaning).map(([code, name]) => fill(words.is, { code, name }));
  const here = names.length ? ` · ${words.here} ${names.join(", ")}` : "";
  const where = `${file || words.notebook}, ${words.line} ${range}${here}`;
  const code = element("code", {}, ...lines.map(lineOf));
  const text = [element("p", {}, where), element("pre", {}, code)];
  return [element("div", { class: "nn-source" }, ...text)];
}

/** @param {[number, string]} line */
function lineOf([number, text]) {
  const digits = element("span", { class: "nn-number" }, String(number));
  return element("span", { class: "nn-line" }, digits, ` ${text}\n`);
}

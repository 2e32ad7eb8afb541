/* One equation: in names, with its arrays, and worked out for the entry that the reader chooses. */

import { element } from "../widget/dom.js";
import { showArray } from "./arrays.js";

/** @import { Grid } from "./arrays.js" */
/** @import { Equation, Role, StepperWords } from "./types.js" */

const NAME = /([\p{Ll}\p{Lu}\p{Lo}_][\p{L}\d_]*(?:\.T)?)/u;
/** @type {Record<string, [number, number]>} */
const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * @param {Equation} equation
 * @param {Role} role
 * @param {StepperWords} words
 */
export function showEquation(equation, role, words) {
  const { formula, terms, numbers, result } = equation;
  const names = element("p", { class: "nn-formula" }, ...coloured(formula, role));
  if (terms.length)
    return element("div", { class: "nn-equation" }, names, ...worked(equation, role, words));
  names.append(...workedOut(numbers, result));
  return element("div", { class: "nn-equation" }, names);
}

/**
 * Show the arrays, and below them how one entry of the result comes about.
 *
 * @param {Equation} equation
 * @param {Role} role
 * @param {StepperWords} words
 */
function worked(equation, role, words) {
  const { name, place, worked } = equation;
  const { groups, grids } = showTerms(equation.terms, role);
  const line = element("p", { class: "nn-worked", "aria-live": "polite" });
  const [row, column] = [0, 0, ...place].slice(-2); // a vector is shown as one row

  /** @param {number} i @param {number} j */
  function show(i, j) {
    const entry = element("span", { class: "nn-used" }, name + entryText(place, i, j));
    const [numbers, result] = textsAt(equation, i, j);
    line.replaceChildren(entry, ...workedOut(numbers, result));
    for (const grid of grids) grid.light(i, j);
  }
  show(row, column);
  if (worked) letChoose(grids[0], [row, column], show, `${words.choose} ${name}`);
  return [element("div", { class: "nn-terms" }, ...groups), line];
}

/**
 * The numbers behind an entry of the result, and the entry; of a large result only one is known.
 *
 * @param {Equation} equation
 * @param {number} i
 * @param {number} j
 * @returns {[string, string]}
 */
function textsAt({ terms: [result], numbers, result: text, worked }, i, j) {
  if (!worked || typeof result === "string" || !result.rows) return [numbers, text];
  return [worked[i][j], result.rows[i][j]];
}

/**
 * @param {number[]} place
 * @param {number} i
 * @param {number} j
 */
function entryText(place, i, j) {
  if (place.length === 0) return "";
  if (place.length > 2) return `[${place.join(", ")}]`;
  return place.length === 2 ? `[${i}, ${j}]` : `[${j}]`;
}

/**
 * Show arrays and signs; a sign stays with the array that follows it.
 *
 * @param {Equation["terms"]} terms
 * @param {Role} role
 */
function showTerms(terms, role) {
  /** @type {HTMLElement[][]} */
  const groups = [[]];
  /** @type {Grid[]} */
  const grids = [];
  terms.forEach((term, i) => {
    if (typeof term !== "string") {
      const { node, grid } = showArray(term, role);
      groups[groups.length - 1].push(node);
      if (grid) grids.push(grid);
      return;
    }
    if (term !== "," && i < terms.length - 1) groups.push([]);
    groups[groups.length - 1].push(element("span", { class: "nn-sign" }, term));
  });
  return { groups: groups.map((group) => element("span", { class: "nn-group" }, ...group)), grids };
}

/**
 * Split a formula at its names, and colour them by their part in the chain rule.
 *
 * @param {string} formula
 * @param {Role} role
 */
export function coloured(formula, role) {
  return formula.split(NAME).map((part, i) => {
    const name = i % 2 === 1 ? role(part) : "";
    return name ? element("span", { class: name }, part) : part;
  });
}

/**
 * Write " = 2 × 3 = 6" so that it breaks between terms only.
 *
 * @param {string} numbers
 * @param {string} result
 */
export function workedOut(numbers, result) {
  const sum = numbers === result ? [] : numbers.split(" + ");
  const terms = sum.flatMap((term, i) => [" ", unbroken(i === 0 ? term : `+ ${term}`)]);
  return [...(terms.length ? [" =", ...terms] : []), " ", unbroken(`= ${result}`)];
}

/** @param {string} text */
const unbroken = (text) => element("span", { class: "nn-term" }, text);

/**
 * Let the reader choose an entry of the result: by pointer, or by the arrow keys.
 *
 * @param {Grid} grid
 * @param {[number, number]} start
 * @param {(i: number, j: number) => void} show
 * @param {string} label
 */
function letChoose({ node, cells, columns }, [i, j], show, label) {
  const rows = cells.length / columns;
  /** @param {number} row @param {number} column */
  function go(row, column) {
    i = Math.min(Math.max(row, 0), rows - 1);
    j = Math.min(Math.max(column, 0), columns - 1);
    show(i, j);
  }
  node.classList.add("nn-choice");
  const attributes = { tabindex: "0", role: "group", "aria-label": label, title: label };
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.addEventListener("keydown", (event) => {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    go(i + move[0], j + move[1]);
  });
  cells.forEach((cell, n) => {
    cell.addEventListener("click", () => go(Math.floor(n / columns), n % columns));
  });
}

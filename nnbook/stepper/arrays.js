/* One array: its name, its shape, and its cells if they are few. */

import { element } from "../widget/dom.js";

/** @import { Item, Role } from "./types.js" */

/**
 * The cells of an array.
 *
 * @typedef {object} Grid
 * @property {HTMLElement} node
 * @property {HTMLElement[]} cells  row after row; none of a large array
 * @property {number} columns
 * @property {(row: number, column: number) => void} light  mark what an entry of the result uses
 */

/** @param {Item} item */
export const isNumber = (item) => item.shape === "()";

/**
 * Whether a cell of an array is used by the entry in row i and column j of the result.
 *
 * @param {Item} item
 * @param {number} row
 * @param {number} column
 * @param {number} i
 * @param {number} j
 */
export function isUsed({ mark, rows = [] }, row, column, i, j) {
  if (mark === "row") return row === i;
  if (mark === "column") return column === j;
  return mark === "entry" && column === j && (row === i || rows.length === 1);
}

/**
 * @param {Item} item
 * @returns {Grid}
 */
export function makeGrid(item) {
  if (!item.rows) {
    const node = element("span", { class: "nn-matrix nn-large" }, item.shape);
    return { node, cells: [], columns: 0, light() {} };
  }
  const columns = item.rows[0].length;
  const cells = item.rows.flat().map((text) => element("span", { class: "nn-cell" }, text));
  const style = `grid-template-columns: repeat(${columns}, auto)`;
  const spaced = cells.flatMap((cell) => [cell, " "]); // so that copied text keeps them apart
  return {
    node: element("span", { class: "nn-matrix", style }, ...spaced),
    cells,
    columns,
    light(i, j) {
      cells.forEach((cell, n) => {
        const used = isUsed(item, Math.floor(n / columns), n % columns, i, j);
        cell.classList.toggle("nn-used", used);
      });
    },
  };
}

/**
 * Show an array under its name, or a single number.
 *
 * @param {Item} item
 * @param {Role} role
 * @returns {{ node: HTMLElement, grid?: Grid }}
 */
export function showArray(item, role) {
  const name = element("span", { class: role(item.name) }, item.name);
  if (isNumber(item)) {
    const number = element("span", {}, item.rows?.[0][0] ?? "");
    return { node: element("span", { class: "nn-item" }, name, number) };
  }
  name.classList.add("nn-name");
  if (item.rows) name.append(" ", element("small", {}, item.shape));
  const grid = makeGrid(item);
  return { node: element("span", { class: "nn-item" }, name, grid.node), grid };
}

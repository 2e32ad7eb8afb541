/* The stored study as a map of learning rate × hidden size; a cell sets the playground to it. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";

/** @import { PlaygroundSettings, Studied, Words } from "./types.js" */

const STRONGEST = 45; // per cent of colour, so that numbers stay readable on it

/**
 * @param {NonNullable<PlaygroundSettings["study"]>} study
 * @param {Words} words
 * @param {(settings: { learning_rate: number, hidden_size: number }) => void} choose
 */
export function makeHeatmap({ samples, seeds, cells }, words, choose) {
  const rates = unique(cells.map((each) => each.learning_rate));
  const sizes = unique(cells.map((each) => each.hidden_size)).reverse();
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, words.map_corner),
    ...rates.map((rate) => element("th", { scope: "col" }, String(rate))),
  );
  const rows = sizes.map((size) => {
    const own = rates.map((rate) =>
      cells.find((each) => each.learning_rate === rate && each.hidden_size === size),
    );
    const tds = own.map((each) => cell(each, samples, words, choose));
    return element("tr", {}, element("th", { scope: "row" }, String(size)), ...tds);
  });
  const body = element("tbody", {}, ...rows);
  const table = element("table", {}, element("thead", {}, head), body);
  table.setAttribute("aria-label", words.map_title);
  return element(
    "details",
    { class: "nn-study" },
    element("summary", {}, words.map_title),
    element("p", {}, fill(words.map_caption, { seeds, samples })),
    element("div", { class: "nn-scroll" }, table),
  );
}

/**
 * @param {Studied | undefined} studied
 * @param {number} samples
 * @param {Words} words
 * @param {(settings: { learning_rate: number, hidden_size: number }) => void} choose
 */
function cell(studied, samples, words, choose) {
  if (!studied) return element("td");
  const { learning_rate, hidden_size, least, median, most } = studied;
  const share = Math.max(0, (median / samples - 1 / 3) / (2 / 3)); // from a guess to all right
  const name = fill(words.map_cell, { learning_rate, hidden_size });
  const strength = `--nn-strength: ${Math.round(STRONGEST * share)}%`;
  const button = element(
    "button",
    { type: "button", style: strength, onclick: () => choose({ learning_rate, hidden_size }) },
    element("span", { class: "nn-unseen" }, `${name} `),
    element("strong", {}, String(median)),
    " ",
    element("small", {}, `${least}–${most}`),
  );
  return element("td", {}, button);
}

/** @param {number[]} values */
const unique = (values) => [...new Set(values)].sort((a, b) => a - b);

/* An error, as a reader needs it: what it is, the line of theirs that raised it, the rest folded.
 */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";

/** @import { Cell } from "./cell.js" */
/** @import { Cause, ErrorFrame, ErrorOutput, LiveWords } from "./types.js" */

const CELL = /^<cell (.+)>$/;

/**
 * @param {ErrorOutput} error
 * @param {Cell} cell
 */
export function problem({ name, value, causes, text }, cell) {
  const { words } = cell.page;
  /** @type {HTMLElement[]} */
  const parts = [element("p", {}, element("strong", {}, name), value ? `: ${value}` : "")];
  /** @type {Record<string, string>} */
  const hints = words.hints;
  if (text && Object.hasOwn(hints, name))
    // of Python's own errors; the page explains its own
    parts.push(element("p", { class: "nn-note" }, hints[name] ?? ""));
  if (name !== "KeyboardInterrupt")
    parts.push(...causes.flatMap((cause) => raised(cause, cell, words)));
  const node = element("div", { class: "output traceback nn-problem" }, ...parts);
  if (text) node.append(fold(words.traceback, element("pre", {}, text.trimEnd())));
  return node;
}

/**
 * Show where an exception was raised; of one that led to another also what it says.
 *
 * @param {Cause} cause
 * @param {Cell} cell
 * @param {LiveWords} words
 */
function raised({ name, value, link, frames }, cell, words) {
  const own = link ? [element("p", {}, `${name}: ${value}`)] : [];
  const led = link ? [element("p", {}, words[link])] : [];
  return [...grouped(frames).flatMap((group) => shown(group, cell, words)), ...own, ...led];
}

/** Put neighbouring frames of the library together: they are folded as one. */
function grouped(/** @type {ErrorFrame[]} */ frames) {
  /** @type {ErrorFrame[][]} */
  const groups = [];
  for (const frame of frames) {
    const last = groups.at(-1);
    if (last && !isCell(last[0]) && !isCell(frame)) last.push(frame);
    else groups.push([frame]);
  }
  return groups;
}

/** @param {ErrorFrame} frame */
const isCell = (frame) => CELL.test(frame.file);

/**
 * @param {ErrorFrame[]} group
 * @param {Cell} cell
 * @param {LiveWords} words
 * @returns {HTMLElement[]}
 */
function shown(group, cell, words) {
  const frames = group.map((frame) => showFrame(frame, cell, words));
  if (isCell(group[0])) return frames;
  return [fold(fill(words.library, { count: group.length }), ...frames)];
}

/**
 * @param {ErrorFrame} frame
 * @param {Cell} cell
 * @param {LiveWords} words
 */
function showFrame(frame, cell, words) {
  const lines = frame.code.map(([number, text]) => {
    const isHere = number === frame.line;
    const line = `${isHere ? "→" : " "} ${String(number).padStart(3)}  ${text}\n`;
    return isHere ? element("mark", {}, line) : line;
  });
  const where = fill(words.place, { file: nameOf(frame.file, cell, words), line: frame.line });
  return element(
    "div",
    { class: "nn-frame" },
    element("p", {}, where),
    element("pre", {}, ...lines),
  );
}

/**
 * @param {string} file
 * @param {Cell} cell
 * @param {LiveWords} words
 */
function nameOf(file, cell, words) {
  const id = CELL.exec(file)?.[1];
  if (id === cell.id) return words.this_cell;
  if (id) return fill(words.cell, { number: cell.page.numberOf(id) });
  return file.replace(/^.*\/(site-packages|book|python3\.\d+)\//, "");
}

/**
 * @param {string} summary
 * @param {(Node | string)[]} content
 */
function fold(summary, ...content) {
  return element("details", {}, element("summary", {}, summary), ...content);
}

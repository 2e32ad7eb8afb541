/* Cells of a live page as the build writes them, and fakes of what stands around them. */

import { Cell } from "../../nnbook/live/cell.js";
import { element } from "../../nnbook/widget/dom.js";
import { wordsFor } from "../../nnbook/widget/words.js";
import { openPage, setGlobal } from "./page.js";

/**
 * @typedef {object} Written  a cell of the page
 * @property {string} id
 * @property {string} [code]
 * @property {string} [output]  HTML of what it shows
 * @property {boolean} [folded]
 */

/** Turns until all that waits has been done: promises, and nothing that takes time. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Open a page with these cells.
 *
 * @param {Written[]} written
 * @param {string} [lang]
 */
export function openCells(written, lang = "en") {
  openPage("http://book.test/notebooks/1_2_inference.html");
  document.documentElement.lang = lang;
  setGlobal("getSelection", () => ({ isCollapsed: true }));
  document.body.innerHTML = `<article><h1>Title</h1>${written.map(cellHtml).join("")}</article>`;
  const page = new FakePage();
  const cells = nodes().map((node, i) => new Cell(node, i + 1, page));
  return { page, cells };
}

/** @param {Written} cell */
export function cellHtml({ id, code = `${id} = 1`, output = "", folded = false }) {
  const pre = `<pre><span></span>${code}\n</pre>`;
  const highlight = `<div class="highlight-python"><div class="highlight">${pre}</div></div>`;
  const input = `<div class="cell_input docutils container">${highlight}</div>`;
  const placed = folded ? `<details><summary>Show code</summary>${input}</details>` : input;
  const shown = output ? `<div class="cell_output docutils container">${output}</div>` : "";
  return `<div class="cell docutils container" data-nn-cell="${id}">${placed}${shown}</div>`;
}

/** @returns {HTMLElement[]} */
export function nodes() {
  return [...document.querySelectorAll("div.cell[data-nn-cell]")].map(
    (node) => /** @type {HTMLElement} */ (node),
  );
}

/** Writes down what cells ask for. */
export class FakePage {
  /** @type {unknown[][]} */
  asked = [];
  words = wordsFor(document.documentElement, "live");
  numberOf = (/** @type {string} */ id) =>
    nodes().findIndex((node) => node.dataset.nnCell === id) + 1;
  widgets = {
    /** @param {unknown} _ @returns {HTMLElement} */
    open: (_) => element("figure", { class: "nn-widget" }),
  };
  hasEditor = true;
  /** @type {FakeEditor[]} */
  editors = [];

  /** @param {Cell} cell @param {boolean} goOn */
  run(cell, goOn) {
    this.asked.push(["run", cell.id, goOn]);
  }
  /** @param {Cell} cell */
  runAbove(cell) {
    this.asked.push(["run above", cell.id]);
  }
  stop() {
    this.asked.push(["stop"]);
  }
  /** @param {Cell} cell */
  changed(cell) {
    this.asked.push(["changed", cell.id]);
  }
  async editor() {
    if (!this.hasEditor) return null;
    return {
      makeEditor: (
        /** @type {HTMLElement} */ pre,
        /** @type {string} */ doc,
        /** @type {any} */ told,
      ) => {
        this.editors.push(new FakeEditor(pre, doc, told));
        return /** @type {FakeEditor} */ (this.editors.at(-1));
      },
    };
  }
}

export class FakeEditor {
  /** @type {unknown[]} */
  went = [];

  /** @param {HTMLElement} pre @param {string} doc @param {any} told */
  constructor(pre, doc, told) {
    this.doc = doc;
    this.told = told;
    this.area = element("textarea", { "aria-label": told.label });
    pre.hidden = true;
    pre.after(this.area);
  }
  focus(/** @type {unknown} */ at = undefined) {
    this.went.push(at);
    this.area.focus();
  }
  /** @param {string} source */
  write(source) {
    this.doc = source;
    this.told.changed(source);
  }
}

/**
 * The button of a cell, or of the page.
 *
 * @param {ParentNode} node
 * @param {string} name
 */
export function button(node, name) {
  return /** @type {HTMLButtonElement} */ (node.querySelector(`[data-nn="${name}"]`));
}

/** Writes down what a page gives its worker. */
export class FakeWorker {
  /** @type {FakeWorker[]} */
  static all = [];
  /** @type {unknown[]} */
  posted = [];
  isEnded = false;
  onmessage = (/** @type {object} */ _) => {};
  onerror = (/** @type {object} */ _) => {};

  /** @param {URL} url @param {object} options */
  constructor(url, options) {
    this.url = url.href;
    this.options = options;
    FakeWorker.all.push(this);
  }
  static last() {
    return /** @type {FakeWorker} */ (FakeWorker.all.at(-1));
  }
  /** @param {unknown} message */
  postMessage(message) {
    this.posted.push(message);
  }
  terminate() {
    this.isEnded = true;
  }
  /** @param {object} data */
  say(data) {
    this.onmessage({ data });
  }
  /** @param {object} event @returns {boolean} whether the browser need not tell of it too */
  fail(event) {
    let isHandled = false;
    const preventDefault = () => {
      isHandled = true;
    };
    this.onerror({ ...event, preventDefault });
    return isHandled;
  }
}

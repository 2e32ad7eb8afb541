/* What a reader can do with what the browser keeps: save it in a file, take it in, erase it. */

import { element } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";

/** @import { Store } from "./store.js" */
/** @import { ProgressWords } from "./progress.js" */

const FILE = "neural-network-book.json";
const LARGEST = 10_000_000; // bytes of a file; browsers keep about half of this

/**
 * Make a fold that says what is kept and where, with buttons to export, import and erase it.
 *
 * @param {Element} el  an element of the page, for its language
 * @param {Store} store
 */
export function backup(el, store) {
  const words = wordsFor(el, "progress");
  const status = element("p", { class: "nn-status", role: "status" });
  /** @param {string} text */
  const tell = (text) => {
    status.textContent = text;
  };
  const attributes = { type: "button", class: "nn-button" };
  const save = element("button", { ...attributes, onclick: () => download(store) }, words.export);
  return element(
    "details",
    { class: "nn-backup" },
    element("summary", {}, words.fold),
    element("p", {}, words.where),
    element("div", { class: "nn-buttons" }, save, fileInput(store, words, tell)),
    ...eraser(store, words, tell),
    status,
  );
}

/** @param {Store} store */
function download(store) {
  const file = new Blob([store.exported()], { type: "application/json" });
  const link = element("a", { href: URL.createObjectURL(file), download: FILE });
  link.click(); // the browser forgets the file's address with the page
}

/**
 * @param {Store} store
 * @param {ProgressWords} words
 * @param {(text: string) => void} tell
 */
function fileInput(store, words, tell) {
  const input = element("input", { type: "file", accept: ".json,application/json" });
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (!file) return;
    tell(await takeIn(file, store, words));
    input.value = ""; // so that the same file can be chosen again
  });
  return element("label", { class: "nn-file" }, words.import, " ", input);
}

/**
 * Take in a file, and return what to tell the reader.
 *
 * @param {File} file
 * @param {Store} store
 * @param {ProgressWords} words
 */
async function takeIn(file, store, words) {
  try {
    if (file.size > LARGEST) throw new RangeError(`${file.size} bytes`);
    return fill(words.imported, { count: store.imported(await file.text()) });
  } catch (error) {
    console.info(`nnbook: ${error}`); // for whoever looks for the cause
    return words.foreign;
  }
}

/**
 * Make the button that erases, and the question that it asks first. The question begins at "No", so
 * that pressing Enter twice erases nothing.
 *
 * @param {Store} store
 * @param {ProgressWords} words
 * @param {(text: string) => void} tell
 */
function eraser(store, words, tell) {
  const attributes = { type: "button", class: "nn-button" };
  const yes = element("button", { ...attributes, onclick: () => answer(true) }, words.yes);
  const no = element("button", { ...attributes, onclick: () => answer(false) }, words.no);
  const asking = { class: "nn-buttons", role: "group", "aria-label": words.sure, hidden: true };
  const question = element("div", asking, element("span", {}, words.sure), yes, no);
  const erase = element("button", { ...attributes, onclick: ask }, words.erase);

  function ask() {
    tell("");
    question.hidden = false;
    no.focus();
  }
  /** @param {boolean} sure */
  function answer(sure) {
    if (sure) store.erase();
    tell(sure ? words.erased : "");
    erase.focus();
    question.hidden = true;
  }
  return [element("div", { class: "nn-buttons" }, erase), question];
}

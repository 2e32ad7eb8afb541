/* How many exercises a reader has solved: in a chapter, with a mark at each, and in the book. */

import { element, write } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";
import { backup } from "./backup.js";

/** @import { Store } from "./store.js" */

/**
 * @typedef {Record<string, string>} Exercises  from the number of each to its edition
 * @typedef {{ page: string, title: string, exercises: Exercises }} Chapter
 * @typedef {ReturnType<typeof wordsFor<"progress">>} ProgressWords
 * @typedef {{ nodes: HTMLElement[], update: () => void }} Part  of a page, and what renews it
 */

/**
 * Show how many exercises of this page are solved, and mark each at its title.
 *
 * @param {HTMLElement} bar  an element that is for this alone
 * @param {Store} store
 */
export function showProgress(bar, store) {
  const words = wordsFor(bar, "progress");
  const boxes = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-nn-exercise]")
  );
  const marks = [...boxes].map((box) => mark(box, store, words));
  show(bar, [count(exercisesIn(boxes), store, words), ...marks, problems(store, words)], store);
}

/**
 * Show how many exercises of the book are solved, and of each chapter where it has a place.
 *
 * @param {HTMLElement} place  an element that is for this alone
 * @param {Chapter[]} chapters
 * @param {Store} store
 */
export function showProgressOfBook(place, chapters, store) {
  const words = wordsFor(place, "progress");
  const exercises = Object.assign({}, ...chapters.map((each) => each.exercises));
  const parts = [count(exercises, store, words), ...places(chapters, store, words)];
  show(place, [...parts, problems(store, words)], store);
}

/**
 * Put parts into an element, and a fold below; renew them whenever something else is kept: here, in
 * another tab, or while this page waited for the reader to come back to it.
 *
 * @param {HTMLElement} el
 * @param {Part[]} parts
 * @param {Store} store
 */
function show(el, parts, store) {
  const update = () => {
    for (const part of parts) part.update();
  };
  el.classList.add("nn-progress");
  el.replaceChildren(...parts.flatMap((part) => part.nodes), backup(el, store));
  document.addEventListener("nn-kept", update);
  window.addEventListener("storage", update);
  window.addEventListener("pageshow", update);
  update();
}

/** @param {Iterable<HTMLElement>} boxes @returns {Exercises} */
function exercisesIn(boxes) {
  const known = [...boxes].map(({ dataset }) => [dataset.nnExercise, dataset.nnEdition]);
  return Object.fromEntries(known);
}

/**
 * Return how an exercise stands; "earlier" where another edition of it was checked.
 *
 * @param {Store} store
 * @param {string} exercise
 * @param {string} edition
 */
function stateOf(store, exercise, edition) {
  const verdict = store.verdict(exercise);
  if (!verdict) return "open";
  return verdict.edition === edition ? verdict.state : "earlier";
}

/** @param {Exercises} exercises @param {Store} store */
function tally(exercises, store) {
  const states = Object.entries(exercises).map((each) => stateOf(store, ...each));
  const right = states.filter((state) => state === "right").length;
  return { right, count: states.length };
}

/**
 * @param {Exercises} exercises
 * @param {Store} store
 * @param {ProgressWords} words
 * @returns {Part}
 */
function count(exercises, store, words) {
  const node = element("p", { class: "nn-count", "aria-live": "polite" });
  const update = () => {
    const { right, count } = tally(exercises, store);
    write(node, fill(words.count, { right, count }));
  };
  return { nodes: [node], update };
}

/**
 * Make the mark of an exercise, at its title.
 *
 * @param {HTMLElement} box
 * @param {Store} store
 * @param {ProgressWords} words
 * @returns {Part}
 */
function mark(box, store, words) {
  const { nnExercise = "", nnEdition = "" } = box.dataset;
  const node = element("span", { class: "nn-mark" });
  const texts = { open: "", right: words.right, wrong: words.wrong, earlier: words.earlier };
  const update = () => {
    const state = stateOf(store, nnExercise, nnEdition);
    node.dataset.nnMark = state;
    write(node, texts[state]);
  };
  box.querySelector(".rubric")?.append(" ", node);
  return { nodes: [], update };
}

/**
 * Fill the places of single chapters, which stand elsewhere on the page.
 *
 * @param {Chapter[]} chapters
 * @param {Store} store
 * @param {ProgressWords} words
 * @returns {Part[]}
 */
function places(chapters, store, words) {
  const found = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("[data-nn-progress]")
  );
  return [...found].flatMap((place) => {
    const chapter = chapters.find(({ page }) => page === place.dataset.nnProgress);
    return chapter ? [ofChapter(place, chapter, store, words)] : [];
  });
}

/**
 * @param {HTMLElement} place
 * @param {Chapter} chapter
 * @param {Store} store
 * @param {ProgressWords} words
 * @returns {Part}
 */
function ofChapter(place, { title, exercises }, store, words) {
  const bar = element("progress", { "aria-label": title });
  const said = element("span", { class: "nn-of" });
  place.replaceChildren(said, bar);
  const update = () => {
    const { right, count } = tally(exercises, store);
    write(said, fill(words.of, { right, count }));
    bar.max = count;
    bar.value = right;
  };
  return { nodes: [], update };
}

/**
 * Make the line that says why something may be missing.
 *
 * @param {Store} store
 * @param {ProgressWords} words
 * @returns {Part}
 */
function problems(store, words) {
  const node = element("p", { class: "nn-status", "aria-live": "polite" });
  const update = () => {
    const { kept, ignored } = store;
    const unread = ignored ? fill(words.ignored, { count: ignored }) : "";
    write(node, `${kept ? "" : words.closed} ${unread}`.trim());
  };
  return { nodes: [node], update };
}

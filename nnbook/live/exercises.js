/* The exercises of a live page: an answer is checked when it runs, and kept in the browser. */

/** @import { Cell } from "./cell.js" */
/** @import { Store } from "./store.js" */

const ANSWER = /^(ex-.+)-answer$/;
const SAVE = 500; // ms after the last key

export class Exercises {
  /** @type {Map<Cell, number>} */
  #timers = new Map();
  #cells;
  #page;
  #store;

  /**
   * @param {Cell[]} cells
   * @param {string} page  the name of its notebook
   * @param {Store} store
   */
  constructor(cells, page, store) {
    this.#cells = cells;
    this.#page = page;
    this.#store = store;
  }

  /**
   * Bring back what the reader wrote in an earlier visit.
   *
   * @returns {Cell[]} those whose text in the book has changed since
   */
  restore() {
    return this.#cells.filter((cell) => {
      const answer = this.#store.answer(this.#page, cell.id);
      if (answer) cell.write(answer.source);
      return cell.isEdited && answer?.of !== cell.stored;
    });
  }
  /** @param {Cell} cell  was edited */
  changed(cell) {
    clearTimeout(this.#timers.get(cell));
    this.#timers.set(
      cell,
      window.setTimeout(() => this.#keep(cell), SAVE),
    );
  }
  /** Keep at once what waits to be kept: the page is left. */
  save() {
    for (const cell of [...this.#timers.keys()]) this.#keep(cell);
  }
  /**
   * The cells of an exercise that follow its answer, the check among them; of other cells none.
   *
   * @param {Cell} cell
   */
  after(cell) {
    const exercise = ANSWER.exec(cell.id)?.[1];
    const later = exercise ? this.#cells.slice(cell.number) : [];
    return later.filter((each) => each.id.startsWith(`${exercise}-`));
  }
  /**
   * Keep the verdict that a check has given.
   *
   * @param {Cell} cell
   * @returns {string | null} the verdict in words, if the cell was a check
   */
  checked(cell) {
    const box = /** @type {HTMLElement | null} */ (cell.node.closest("[data-nn-exercise]"));
    const verdict = cell.output?.querySelector("[data-nn-verdict]");
    if (!box || !verdict || !cell.id.endsWith("-check")) return null;
    const { nnExercise = "", nnEdition = "" } = box.dataset;
    const state = verdict.getAttribute("data-nn-verdict");
    if (state === "right" || state === "wrong")
      this.#store.keepVerdict(nnExercise, { state, edition: nnEdition });
    return verdict.querySelector("strong")?.textContent ?? state;
  }

  /** @param {Cell} cell */
  #keep(cell) {
    clearTimeout(this.#timers.get(cell));
    this.#timers.delete(cell);
    const { id, isEdited, source, stored } = cell;
    if (source === this.#store.answer(this.#page, id)?.source && isEdited) return; // kept already
    if (isEdited) this.#store.keepAnswer(this.#page, id, { source, of: stored });
    else this.#store.forgetAnswer(this.#page, id);
  }
}

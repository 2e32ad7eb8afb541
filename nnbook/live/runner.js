/* Which cells run, and when: one at a time, those that a cell needs before it. */

/** @import { Cell } from "./cell.js" */
/** @import { Python } from "./python.js" */
/** @import { Done } from "./types.js" */

const PATIENCE = 2500; // ms after which a run that does not stop is ended with its Python

/**
 * @typedef {object} Told  what the page is told
 * @property {() => void} busy  there are cells to run
 * @property {(cell: Cell) => void} running
 * @property {(cell: Cell, done: Done) => void} ran
 * @property {(cell: Cell, failed: Cell) => void} skipped  not run: one that it needs has failed
 * @property {() => void} idle
 * @property {() => void} stuck  the run can't be stopped without ending Python
 */

/**
 * @typedef {object} Run
 * @property {Cell} cell
 * @property {string} pass  revoked to stop the run
 * @property {number} [timer]
 * @property {(done: Done) => void} finish
 */

export class Runner {
  /** @type {Cell[]} */
  #queue = [];
  /** @type {Run | null} */
  #current = null;
  /** @type {number[][]} */
  #needs = [];
  #planned = ""; // the texts that #needs belongs to
  #isWorking = false;
  #cells;
  #python;
  #told;

  /**
   * @param {Cell[]} cells  in the order of the page
   * @param {Python} python
   * @param {Told} told
   */
  constructor(cells, python, told) {
    this.#cells = cells;
    this.#python = python;
    this.#told = told;
  }

  /**
   * Run cells in this order; those that wait or run already are not asked for twice.
   *
   * @param {Cell[]} wanted
   */
  run(wanted) {
    const more = wanted.filter(
      (cell) => !this.#queue.includes(cell) && this.#current?.cell !== cell,
    );
    for (const cell of more) cell.wait();
    this.#queue.push(...more);
    if (!this.#isWorking) this.#work();
  }
  /** Stop: at once in Python's own code; where compiled code goes on, Python must be ended. */
  stop() {
    this.#clear();
    if (!this.#current || this.#current.timer) return;
    URL.revokeObjectURL(this.#current.pass);
    this.#current.timer = window.setTimeout(this.#told.stuck, PATIENCE);
  }
  /** @param {Done} done */
  ended(done) {
    const run = this.#current;
    if (run?.cell.id !== done.cell) return;
    clearTimeout(run.timer);
    URL.revokeObjectURL(run.pass);
    this.#current = null;
    run.finish(done); // whatever the page does now, the queue goes on
    run.cell.end(done);
    for (const each of this.#needing(run.cell)) each.goStale();
    this.#told.ran(run.cell, done);
  }
  /**
   * End the cell that runs with an error that is not Python's.
   *
   * @param {string} name
   * @param {string} value
   */
  fail(name, value) {
    const cell = this.#current?.cell;
    if (!cell) return;
    cell.hear({ type: "error", cell: cell.id, name, value, causes: [], text: "" });
    this.ended({ type: "done", cell: cell.id, ok: false, seconds: Number.NaN });
  }
  /**
   * All that Python knew is gone: the cell that ran has failed, what others show is of the past.
   *
   * @param {string} name
   * @param {string} value
   */
  lose(name, value) {
    this.#clear();
    this.#planned = "";
    for (const each of this.#cells) each.goStale();
    this.fail(name, value);
  }

  async #work() {
    this.#isWorking = true;
    this.#told.busy();
    try {
      while (this.#queue.length) await this.#next();
    } catch (error) {
      console.info(`nnbook: ${error}`); // Python has ended, and whoever ended it says so
      this.#clear();
    }
    this.#isWorking = false;
    this.#told.idle();
  }
  /** Run the first cell of the queue, or first one that it needs. */
  async #next() {
    await this.#plan();
    const target = this.#queue[0];
    if (!target) return;
    const cell = this.#needed(target).find((each) => !each.isFresh) ?? target;
    this.#queue = this.#queue.filter((each) => each !== cell);
    const done = await this.#runOne(cell);
    if (!done.ok) this.#skip(cell);
  }
  /** Ask which cells each cell needs, if one has been edited since. */
  async #plan() {
    const sources = this.#cells.map((cell) => cell.source);
    if (this.#planned === sources.join("\0")) return;
    this.#needs = await this.#python.needs(sources);
    this.#planned = sources.join("\0");
  }
  /** @param {Cell} cell */
  #needed(cell) {
    return (this.#needs[this.#cells.indexOf(cell)] ?? []).map((i) => this.#cells[i]);
  }
  /** @param {Cell} cell */
  #needing(cell) {
    return this.#cells.filter((each) => this.#needed(each).includes(cell));
  }
  /**
   * @param {Cell} cell
   * @returns {Promise<Done>}
   */
  #runOne(cell) {
    const isEdited = [...this.#needed(cell), cell].some((each) => each.isEdited);
    cell.begin(isEdited);
    this.#told.running(cell);
    return new Promise((finish) => {
      this.#current = { cell, finish, pass: this.#python.run(cell.id, cell.source) };
    });
  }
  /** @param {Cell} failed */
  #skip(failed) {
    const dropped = this.#queue.filter((cell) => this.#needed(cell).includes(failed));
    this.#queue = this.#queue.filter((cell) => !dropped.includes(cell));
    for (const cell of dropped) {
      cell.leave();
      this.#told.skipped(cell, failed);
    }
  }
  #clear() {
    for (const cell of this.#queue) cell.leave();
    this.#queue = [];
  }
}

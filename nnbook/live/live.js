/* Makes a page live: starts Python, turns its cells into ones that run, and tells how it goes. */

import { fill, wordsFor } from "../widget/words.js";
import { Cell } from "./cell.js";
import { Exercises } from "./exercises.js";
import { Python, StartError } from "./python.js";
import { Runner } from "./runner.js";
import { makeControls, makeStatus, whyNot } from "./status.js";
import { makeWidgets } from "./widgets.js";

/** @import { EditorModule } from "./editor.js" */
/** @import { Store } from "./store.js" */
/** @import { Done, FromWorker, LiveConfig, LiveWords } from "./types.js" */

/**
 * @typedef {object} Start  what start.js has made
 * @property {HTMLElement} bar
 * @property {HTMLButtonElement[]} buttons
 * @property {HTMLElement} status
 * @property {Store} store
 * @property {URL} folder  of this script
 * @property {LiveConfig} config
 */

/** @param {Start} start */
async function begin({ bar, buttons, status: line, store, folder, config }) {
  const words = wordsFor(document.documentElement, "live");
  const status = makeStatus(line, buttons, words);
  const python = new Python(config, folder);
  python.hear = (message) => {
    if (message.type === "progress") status.progress(message);
    if (message.type === "starting") status.starting();
  };
  status.loading(() => python.end());
  try {
    const version = await python.start();
    status.loaded();
    new Page({ python, status, words, store, folder }).open(bar, buttons);
    status.say(fill(words.ready, { version }));
    tell("ready");
  } catch (error) {
    python.end();
    status.loaded();
    if (!(error instanceof StartError)) throw error;
    console.info(`nnbook: ${error.message}`); // for whoever looks for the cause
    status.fail(error.failure);
    tell(error.failure.kind === "cancelled" ? "off" : "failed");
  }
}

/** The cells of a page and the Python that runs them. */
class Page {
  /** @type {Promise<EditorModule> | undefined} */
  #editor;
  #isWaiting = false; // a cell for Matplotlib
  #python;
  #status;
  #folder;
  #cells;
  #exercises;
  #runner;
  #controls;

  /**
   * @param {object} parts
   * @param {Python} parts.python
   * @param {ReturnType<typeof makeStatus>} parts.status
   * @param {LiveWords} parts.words
   * @param {Store} parts.store
   * @param {URL} parts.folder
   */
  constructor({ python, status, words, store, folder }) {
    this.words = words;
    this.widgets = makeWidgets((number, content) => python.receive(number, content));
    this.#python = python;
    this.#status = status;
    this.#folder = folder;
    this.#cells = codeCells().map((node, i) => new Cell(node, i + 1, this));
    this.#exercises = new Exercises(this.#cells, pageName(), store);
    this.#runner = new Runner(this.#cells, python, {
      busy: () => this.#controls.turn(true),
      running: ({ number }) => status.say(fill(words.running, { number })),
      ran: (cell, done) => this.#ran(cell, done),
      skipped: (cell, failed) => this.#skipped(cell, failed),
      idle: () => this.#controls.turn(false),
      stuck: () => this.#startAnew("KeyboardInterrupt", words.stuck),
    });
    this.#controls = makeControls(words, {
      runAll: () => this.#runner.run(this.#cells),
      stop: () => this.stop(),
    });
    python.hear = (message) => this.#hear(message);
  }

  /**
   * Open the page for the reader.
   *
   * @param {HTMLElement} bar
   * @param {HTMLButtonElement[]} buttons  that have started it
   */
  open(bar, buttons) {
    const hadFocus = buttons.some((button) => button === document.activeElement);
    for (const button of buttons) button.remove();
    bar.prepend(...this.#controls.nodes);
    bar.classList.add("nn-open");
    if (hadFocus) this.#controls.nodes[0].focus();
    for (const cell of this.#exercises.restore()) cell.note(this.words.newer);
    this.editor(); // it is there before the reader types
    window.addEventListener("pagehide", () => this.#exercises.save());
  }

  // ---------------------------------------------------------------- what cells ask for

  /**
   * @param {Cell} cell
   * @param {boolean} goOn  whether to go on to the next cell
   */
  run(cell, goOn) {
    this.#runner.run([cell, ...this.#exercises.after(cell)]);
    if (goOn)
      this.#cells
        .slice(cell.number)
        .find((each) => each.isVisible)
        ?.edit();
  }
  /** @param {Cell} cell */
  runAbove(cell) {
    this.#runner.run(this.#cells.slice(0, cell.number - 1));
  }
  stop() {
    this.#runner.stop();
    if (this.#isWaiting) this.#runner.fail("KeyboardInterrupt", "");
    this.#wait(false);
  }
  /** @param {string} id  of a cell @returns {number} */
  numberOf(id) {
    return this.#cells.find((cell) => cell.id === id)?.number ?? 0;
  }
  /** @param {Cell} cell */
  changed(cell) {
    this.#exercises.changed(cell);
  }
  /** Load the editor once; where that fails, say so, and the next one who asks tries again. */
  async editor() {
    this.#editor ??= import(new URL("editor.js", this.#folder).href);
    try {
      return await this.#editor;
    } catch (error) {
      console.info(`nnbook: ${error}`); // for whoever looks for the cause
      this.#editor = undefined;
      this.#status.say(this.words.no_editor);
      return null;
    }
  }

  // ---------------------------------------------------------------- what the runner tells

  /** @param {Cell} cell @param {Done} done */
  #ran(cell, { ok }) {
    const said = this.#exercises.checked(cell) ?? (ok ? this.words.ran : this.words.failed);
    this.#status.say(fill(this.words.cell_says, { number: cell.number, said }));
  }
  /** @param {Cell} cell @param {Cell} failed */
  #skipped(cell, failed) {
    const numbers = { number: cell.number, failed: failed.number };
    this.#status.say(fill(this.words.skipped, numbers));
  }

  // ---------------------------------------------------------------- what Python says

  /** @param {boolean} isWaiting  whether a cell waits for Matplotlib */
  #wait(isWaiting) {
    this.#isWaiting = isWaiting;
    this.#status.waiting(isWaiting);
  }
  /** @param {FromWorker} message */
  #hear(message) {
    switch (message.type) {
      case "done":
        return this.#runner.ended(message);
      case "crashed":
        console.info(`nnbook: ${message.message}`);
        return this.#startAnew("MemoryError", this.words.crashed);
      case "widget":
        return this.widgets.hear(message.number, message.content, message.buffers);
      case "widget-error":
        return this.#status.say(message.message);
      case "failed-cell":
        this.#wait(false);
        return this.#runner.fail("ImportError", whyNot(message, this.words));
      case "drawing":
        return this.#wait(message.state === "waiting");
      case "progress":
        return this.#status.progress(message);
      default:
        if ("cell" in message) this.#cells.find(({ id }) => id === message.cell)?.hear(message);
    }
  }
  /**
   * @param {string} name  of the error below the cell that ran
   * @param {string} why
   */
  async #startAnew(name, why) {
    this.#python.end();
    this.#wait(false);
    this.widgets.leave();
    this.#runner.lose(name, why);
    this.#status.say(why);
    tell("loading");
    try {
      await this.#python.start();
      this.#status.say(this.words.anew);
      tell("ready");
    } catch {
      this.#status.say(this.words.not_anew);
      tell("failed");
    }
  }
}

/**
 * Tell styles and scripts how far the page is.
 *
 * @param {"off" | "loading" | "ready" | "failed"} state
 */
function tell(state) {
  document.documentElement.dataset.nnLive = state;
}

/** The code cells of the page, folded ones too. */
function codeCells() {
  const nodes = /** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("div.cell[data-nn-cell]")
  );
  return [...nodes].filter((node) => node.querySelector(".cell_input pre"));
}

/** The name of the page's notebook. */
function pageName() {
  const file = location.pathname.split("/").at(-1) ?? "";
  return decodeURIComponent(file).replace(/\.html$/, "");
}

export default { begin };

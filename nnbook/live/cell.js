/* A code cell of a live page: its text, its controls, and what it shows. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { makeOutput } from "./output.js";

/** @import { Done, LiveWords, Output } from "./types.js" */
/** @import { Editor, EditorModule } from "./editor.js" */
/** @import { Shown, Widgets } from "./output.js" */

/** @typedef {"stored" | "queued" | "running" | "ran" | "error" | "stale"} State */

/**
 * @typedef {object} Page  what a cell asks of its page
 * @property {LiveWords} words
 * @property {(cell: Cell, goOn: boolean) => void} run
 * @property {(cell: Cell) => void} runAbove
 * @property {() => void} stop
 * @property {(cell: Cell) => void} changed
 * @property {(id: string) => number} numberOf
 * @property {() => Promise<EditorModule | null>} editor  null where it can't be loaded
 * @property {Widgets} widgets
 */

export class Cell {
  /** @type {State} */
  #state = "stored";
  /** @type {State} */
  #before = "stored"; // it entered the queue
  #shows = ""; // the text whose output it shows
  /** @type {Editor | null} */
  #editor = null;
  /** @type {Shown | null} */
  #shown = null;

  /**
   * @param {HTMLElement} node
   * @param {number} number  counted from 1 on its page
   * @param {Page} page
   */
  constructor(node, number, page) {
    this.node = node;
    this.number = number;
    this.page = page;
    this.id = node.dataset.nnCell ?? "";
    this.pre = /** @type {HTMLElement} */ (node.querySelector(".cell_input pre"));
    this.stored = (this.pre.textContent ?? "").replace(/\n$/, "");
    this.source = this.stored;
    this.#shows = this.stored;
    this.storedOutput = node.querySelector(".cell_output");
    this.output = this.storedOutput;
    this.bar = makeBar(this);
    this.#place();
    this.#show();
  }

  get isFresh() {
    return this.#state === "ran" && this.#shows === this.source;
  }
  get isEdited() {
    return this.source !== this.stored;
  }
  get state() {
    return this.#state;
  }
  get isVisible() {
    return this.pre.closest("details:not([open])") === null;
  }

  // ---------------------------------------------------------------- its text

  /** Turn its text into an editor, and go there. */
  async edit(/** @type {MouseEvent | undefined} */ at = undefined) {
    if (!this.#editor) {
      const editor = await this.page.editor();
      if (!editor) return;
      for (const name of ["tabindex", "role", "aria-multiline", "aria-label"])
        this.pre.parentElement?.removeAttribute(name); // the editor has its own
      this.#editor ??= editor.makeEditor(this.pre, this.source, {
        label: fill(this.page.words.code, { number: this.number }),
        run: (goOn) => this.page.run(this, goOn),
        changed: (source) => this.#changed(source),
        leave: () => this.bar.run.focus(),
      });
    }
    this.#editor.focus(at);
  }
  /** @param {string} source */
  write(source) {
    if (this.#editor) this.#editor.write(source);
    else {
      this.pre.textContent = source;
      this.#changed(source);
    }
  }
  /** @param {string} source */
  #changed(source) {
    this.source = source;
    if (this.#editor) this.pre.textContent = source; // what the copy button takes
    this.#show();
    this.page.changed(this);
  }
  /** Bring the book's own text and output back. */
  reset() {
    this.write(this.stored);
    this.#put(this.storedOutput);
    this.#shown = null;
    this.#shows = this.stored;
    this.#enter("stored");
  }

  /**
   * Say something about the cell, below its controls.
   *
   * @param {string} text
   */
  note(text) {
    this.bar.node.append(element("p", { class: "nn-note" }, text));
  }

  // ---------------------------------------------------------------- its state

  /** Enter the queue. */
  wait() {
    this.#before = this.#state;
    this.#enter("queued");
  }
  /** Leave the queue. */
  leave() {
    if (this.#state === "queued") this.#enter(this.#before);
  }
  /** What it shows is of the past. In the queue it stays there. */
  goStale() {
    if (this.#state === "queued") this.#before = staleAfter(this.#before);
    else this.#enter(staleAfter(this.#state));
  }
  /** @param {State} state */
  #enter(state) {
    this.#state = state;
    this.#show();
  }
  /** @param {string} [time] */
  #show(time = "") {
    const { words } = this.page;
    this.node.dataset.nnState = this.#state;
    const said = { ...words.states, stored: "", ran: `${words.states.ran} ${time}`.trim() };
    const edited = this.source === this.#shows ? "" : words.edited;
    this.bar.say([said[this.#state], edited].filter(Boolean).join(" · "));
    this.bar.turn(this.#state, this.isEdited || this.output !== this.storedOutput);
  }

  // ---------------------------------------------------------------- a run

  /** @param {boolean} isEdited  whether its text, or one that it needs, is not the book's */
  begin(isEdited) {
    this.#shows = this.source;
    this.#shown = makeOutput(this, this.page.widgets, isEdited);
    this.#enter("running");
  }
  /** @param {Output} output */
  hear(output) {
    if (!this.#shown) return;
    this.#shown.add(output);
    this.#put(this.#shown.node); // the old output stays until there is a new one
  }
  /** @param {Done} done */
  end({ ok, seconds }) {
    this.#put(this.#shown?.node.childNodes.length ? this.#shown.node : null);
    this.#state = ok ? "ran" : "error";
    this.#show(Number.isNaN(seconds) ? "" : timeText(seconds));
  }
  /** @param {Element | null} output */
  #put(output) {
    if (output === this.output) return;
    this.output?.remove();
    if (output) this.node.append(output);
    this.output = output;
  }
  #place() {
    const input = this.pre.closest("details") ?? this.pre.closest(".cell_input");
    input?.after(this.bar.node);
    const box = /** @type {HTMLElement} */ (this.pre.parentElement); // the theme sets pre's own
    const label = fill(this.page.words.code, { number: this.number });
    const attributes = { tabindex: "0", role: "textbox", "aria-multiline": "true" };
    for (const [name, value] of Object.entries({ ...attributes, "aria-label": label }))
      box.setAttribute(name, value);
    this.#listen(box);
  }
  /** @param {HTMLElement} box */
  #listen(box) {
    let isPressed = false; // by a pointer: what it selects is known at its end
    const release = () => {
      isPressed = false;
    };
    this.pre.addEventListener("pointerdown", () => {
      isPressed = true;
    });
    this.pre.addEventListener("pointercancel", release);
    box.addEventListener("blur", release);
    box.addEventListener("focus", () => {
      if (!isPressed) this.edit();
    });
    this.pre.addEventListener("click", (event) => {
      release();
      if (getSelection()?.isCollapsed) this.edit(event);
    });
  }
}

/** @param {State} state */
function staleAfter(state) {
  return state === "ran" || state === "error" ? "stale" : state;
}

/** @param {number} seconds */
function timeText(seconds) {
  return seconds < 1 ? `${Math.round(1000 * seconds)} ms` : `${seconds.toFixed(1)} s`;
}

/**
 * Make the controls below a cell's text.
 *
 * @param {Cell} cell
 */
function makeBar(cell) {
  const { words } = cell.page;
  /** @param {string} name @param {string} word @param {() => void} act */
  const button = (name, word, act) => {
    const label = fill(words.of_cell, { action: word, number: cell.number });
    const attributes = { type: "button", class: "nn-button", "aria-label": label, onclick: act };
    return element("button", { ...attributes, "data-nn": name }, word);
  };
  const run = button("run", words.run, () => cell.page.run(cell, false));
  const above = button("run-above", words.above, () => cell.page.runAbove(cell));
  const stop = button("stop-here", words.stop, () => cell.page.stop());
  const reset = button("reset", words.reset, () => cell.reset());
  const number = element("span", {}, fill(words.cell, { number: cell.number })); // messages name it
  const state = element("span", { class: "nn-cell-state" });
  const node = element("div", { class: "nn-cell-bar" }, run, stop, reset, above, number, state);
  /** @param {HTMLButtonElement} each @param {boolean} isHidden */
  function hide(each, isHidden) {
    if (isHidden && document.activeElement === each) run.focus(); // focus is never lost
    each.hidden = isHidden;
  }
  return {
    node,
    run,
    say: (/** @type {string} */ text) => {
      state.textContent = text;
    },
    turn(/** @type {State} */ now, /** @type {boolean} */ isOwn) {
      const isBusy = now === "running" || now === "queued";
      run.setAttribute("aria-disabled", String(isBusy));
      hide(stop, now !== "running");
      hide(reset, !isOwn || isBusy);
      hide(above, cell.number === 1);
    },
  };
}

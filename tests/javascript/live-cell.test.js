import assert from "node:assert/strict";
import { test } from "node:test";
import { button, openCells, settle } from "./live-page.js";
import { setGlobal } from "./page.js";

/** @import { Cell } from "../../nnbook/live/cell.js" */

const STORED = '<div class="output stream"><pre>1\n</pre></div>';

/** @param {string} [lang] */
function open(lang) {
  const { page, cells } = openCells(
    [
      { id: "data", code: "x = 1\nprint(x)", output: STORED },
      { id: "model", code: "y = x", folded: true },
      { id: "train", code: "y" },
    ],
    lang,
  );
  const [cell, folded] = /** @type {[Cell, Cell]} */ (/** @type {unknown} */ (cells));
  return { page, cells, cell, folded };
}
/** @param {Cell} cell @param {string} text */
function print(cell, text) {
  cell.hear({ type: "stream", cell: cell.id, name: "stdout", text });
}
/** @param {Cell} cell @param {{ ok?: boolean, seconds?: number }} [how] */
function end(cell, { ok = true, seconds = 0.25 } = {}) {
  cell.end({ type: "done", cell: cell.id, ok, seconds });
}
/** @param {Cell} cell */
const said = (cell) => cell.bar.node.querySelector(".nn-cell-state")?.textContent;
/** @param {Cell} cell */
const shown = (cell) => cell.node.querySelector(".cell_output")?.textContent ?? null;
/** @param {Cell} cell */
const visible = (cell) =>
  [...cell.bar.node.querySelectorAll("button")]
    .filter((each) => !each.hidden)
    .map((each) => each.textContent);
/** @param {Cell} cell @returns {HTMLElement} */
const box = (cell) => /** @type {HTMLElement} */ (cell.pre.parentElement);

// ---------------------------------------------------------------- states

test("every state is told in words, to scripts and in the controls", () => {
  const { cell } = open();
  const isBusy = () => cell.bar.run.getAttribute("aria-disabled");
  const steps = /** @type {[() => void, string, string, string, string[]][]} */ ([
    [() => {}, "stored", "", "false", ["Run"]],
    [() => cell.wait(), "queued", "waiting", "true", ["Run"]],
    [() => cell.leave(), "stored", "", "false", ["Run"]],
    [() => cell.begin(false), "running", "running…", "true", ["Run", "Stop"]],
    [() => end(cell), "ran", "ran 250 ms", "false", ["Run", "Reset"]],
    [() => cell.goStale(), "stale", "out of date", "false", ["Run", "Reset"]],
    [() => cell.begin(false), "running", "running…", "true", ["Run", "Stop"]],
    [() => end(cell, { ok: false }), "error", "error", "false", ["Run", "Reset"]],
    [() => cell.wait(), "queued", "waiting", "true", ["Run"]],
    [() => cell.leave(), "error", "error", "false", ["Run", "Reset"]],
    [() => cell.reset(), "stored", "", "false", ["Run"]],
    [() => cell.goStale(), "stored", "", "false", ["Run"]],
  ]);
  for (const [step, state, words, busy, buttons] of steps) {
    step();
    assert.equal(cell.state, state);
    assert.equal(cell.node.dataset.nnState, state);
    assert.equal(said(cell), words);
    assert.equal(isBusy(), busy, state);
    assert.deepEqual(visible(cell), buttons, state);
  }
});

test("seconds are told when there are some", () => {
  const { cell } = open();
  const told = [0.0004, 0.9, 1, 83.26].map((seconds) => {
    cell.begin(false);
    end(cell, { seconds });
    return said(cell);
  });
  assert.deepEqual(told, ["ran 0 ms", "ran 900 ms", "ran 1.0 s", "ran 83.3 s"]);
  cell.begin(false);
  end(cell, { ok: false, seconds: Number.NaN });
  assert.equal(said(cell), "error");
});

test("leaving the queue changes nothing for a cell that is not in it", () => {
  const { cell } = open();
  cell.begin(false);
  cell.leave();
  assert.equal(cell.state, "running");
});

test("a text that has not run is told, one that has run is not", () => {
  const { cell } = open();
  cell.write("x = 2");
  assert.equal(said(cell), "changed, not run");
  cell.begin(false);
  assert.equal(said(cell), "running…");
  end(cell);
  assert.equal(said(cell), "ran 250 ms");
  assert.ok(cell.isFresh);
  cell.write(cell.stored); // the book's text, but not the one whose output is shown
  assert.equal(said(cell), "ran · changed, not run");
  assert.ok(!cell.isFresh);
  cell.write("x = 2");
  assert.equal(said(cell), "ran");
  cell.begin(false);
  end(cell, { ok: false });
  assert.equal(said(cell), "error");
});

test("a text that is edited while it runs has not run", () => {
  const { cell } = open();
  cell.begin(false);
  cell.write("x = 3");
  end(cell);
  assert.equal(said(cell), "ran 250 ms · changed, not run");
  assert.ok(!cell.isFresh);
});

// ---------------------------------------------------------------- controls

test("the controls of every cell have names of their own, which begin with what they show", () => {
  const { cells } = open();
  const buttons = cells.flatMap(({ bar }) => [...bar.node.querySelectorAll("button")]);
  const names = buttons.map((each) => each.getAttribute("aria-label") ?? "");
  assert.equal(new Set(names).size, buttons.length);
  for (const each of buttons) {
    assert.ok(each.getAttribute("aria-label")?.startsWith(`${each.textContent}: cell `));
    assert.equal(each.type, "button");
  }
  assert.deepEqual(
    names.filter((name) => name.endsWith("cell 2")),
    ["Run: cell 2", "Stop: cell 2", "Reset: cell 2", "Run above: cell 2"],
  );
});

test("the first cell has none above it", () => {
  const { cells } = open();
  assert.deepEqual(
    cells.map(({ bar }) => button(bar.node, "run-above").hidden),
    [true, false, false],
  );
});

test("buttons ask the page", () => {
  const { page, cell, folded } = open();
  button(cell.bar.node, "run").click();
  button(folded.bar.node, "run-above").click();
  cell.begin(false);
  button(cell.bar.node, "stop-here").click();
  assert.deepEqual(page.asked, [["run", "data", false], ["run above", "model"], ["stop"]]);
});

test("a button that hides gives the focus to Run", () => {
  const { cell } = open();
  cell.begin(false);
  button(cell.bar.node, "stop-here").focus();
  end(cell);
  assert.ok(document.activeElement === cell.bar.run);
  button(cell.bar.node, "reset").focus();
  button(cell.bar.node, "reset").click();
  assert.ok(document.activeElement === cell.bar.run);
  cell.write("x = 2");
  button(cell.bar.node, "reset").focus();
  cell.wait();
  assert.ok(document.activeElement === cell.bar.run);
});

test("the controls stand between text and output, below a folded text", () => {
  const { cell, folded } = open();
  assert.deepEqual(
    [...cell.node.children].map((each) => each.className.split(" ")[0]),
    ["cell_input", "nn-cell-bar", "cell_output"],
  );
  assert.deepEqual(
    [...folded.node.children].map((each) => each.tagName),
    ["DETAILS", "DIV"],
  );
  assert.deepEqual([cell.isVisible, folded.isVisible], [true, false]);
  folded.node.querySelector("details")?.setAttribute("open", "");
  assert.equal(folded.isVisible, true);
});

// ---------------------------------------------------------------- output

test("the old output stays until a new one comes", () => {
  const { cell } = open();
  cell.begin(false);
  assert.equal(shown(cell), "1\n");
  print(cell, "2\n");
  assert.equal(shown(cell), "2\n");
  assert.equal(cell.node.querySelectorAll(".cell_output").length, 1);
  end(cell);
  cell.begin(false);
  assert.equal(shown(cell), "2\n");
  end(cell);
  assert.equal(shown(cell), null); // it has shown nothing this time
});

test("a reset brings the book's text and output back", () => {
  const { page, cell } = open();
  const stored = cell.output;
  cell.write("print(2)");
  cell.begin(false);
  print(cell, "2\n");
  end(cell);
  page.asked = [];
  cell.reset();
  assert.deepEqual([cell.source, cell.pre.textContent], ["x = 1\nprint(x)", "x = 1\nprint(x)"]);
  assert.ok(cell.output === stored);
  assert.equal(shown(cell), "1\n");
  assert.ok(!cell.isEdited && !cell.isFresh);
  assert.deepEqual(page.asked, [["changed", "data"]]);
  print(cell, "too late");
  assert.equal(shown(cell), "1\n");
});

test("output of a cell that has not run yet is dropped", () => {
  const { folded } = open();
  print(folded, "2\n");
  assert.equal(shown(folded), null);
});

// ---------------------------------------------------------------- text and editor

test("the text is a control that becomes an editor when the keyboard reaches it", async () => {
  const { page, cell } = open();
  const attributes = ["tabindex", "role", "aria-multiline", "aria-label"];
  assert.deepEqual(
    attributes.map((name) => box(cell).getAttribute(name)),
    ["0", "textbox", "true", "Code of cell 1"],
  );
  box(cell).focus();
  await settle();
  const [editor] = page.editors;
  assert.equal(editor?.doc, "x = 1\nprint(x)");
  assert.ok(document.activeElement === editor?.area);
  assert.equal(editor?.area.getAttribute("aria-label"), "Code of cell 1");
  assert.ok(attributes.every((name) => !box(cell).hasAttribute(name))); // one control, not two
});

test("two who want the editor at once get one", async () => {
  const { page, cell } = open();
  await Promise.all([cell.edit(), cell.edit()]);
  assert.equal(page.editors.length, 1);
});

test("a click goes to where it points, and text can be selected without an editor", async () => {
  const { page, cell } = open();
  /** @param {string} type */
  const point = (type) => cell.pre.dispatchEvent(new Event(type, { bubbles: true }));
  point("pointerdown");
  box(cell).focus(); // what a press does
  await settle();
  assert.equal(page.editors.length, 0);
  setGlobal("getSelection", () => ({ isCollapsed: false }));
  point("click");
  await settle();
  assert.equal(page.editors.length, 0);
  setGlobal("getSelection", () => ({ isCollapsed: true }));
  point("click");
  await settle();
  assert.equal(page.editors.length, 1);
  const at = /** @type {Event} */ (page.editors[0]?.went.at(-1));
  assert.equal(at.type, "click");
});

for (const how of ["pointercancel", "blur"])
  test(`after a press that came to nothing (${how}) the keyboard opens the editor`, async () => {
    const { page, cell } = open();
    cell.pre.dispatchEvent(new Event("pointerdown", { bubbles: true }));
    (how === "blur" ? box(cell) : cell.pre).dispatchEvent(new Event(how));
    box(cell).focus();
    await settle();
    assert.equal(page.editors.length, 1);
  });

test("what is typed is the text of the cell, and what the copy button takes", async () => {
  const { page, cell } = open();
  await cell.edit();
  page.editors[0]?.told.changed("x = 5");
  assert.deepEqual([cell.source, cell.pre.textContent], ["x = 5", "x = 5"]);
  assert.deepEqual(page.asked, [["changed", "data"]]);
  cell.reset();
  assert.equal(page.editors[0]?.doc, cell.stored);
});

test("the keys of the editor run the cell, go on, or leave to Run", async () => {
  const { page, cell } = open();
  await cell.edit();
  const told = page.editors[0]?.told;
  told.run(true);
  told.run(false);
  assert.deepEqual(page.asked, [
    ["run", "data", true],
    ["run", "data", false],
  ]);
  told.leave();
  assert.ok(document.activeElement === cell.bar.run);
});

test("without an editor the text stays as it is, and the next press tries again", async () => {
  const { page, cell } = open();
  page.hasEditor = false;
  await cell.edit();
  assert.equal(box(cell).getAttribute("role"), "textbox");
  assert.equal(cell.pre.hidden, false);
  page.hasEditor = true;
  await cell.edit();
  assert.equal(page.editors.length, 1);
});

// ---------------------------------------------------------------- Korean

test("on a Korean page every word of a cell is Korean", () => {
  const { cells } = open("ko");
  for (const cell of cells) {
    cell.write("y = 2");
    cell.begin(false);
    end(cell);
    cell.write("y = 3");
    cell.note(cell.page.words.newer);
    const names = [...cell.node.querySelectorAll("[aria-label]")].map(
      (each) => each.getAttribute("aria-label") ?? "",
    );
    const words = [...cell.bar.node.children].map((each) => each.textContent ?? "");
    for (const text of [...names, ...words]) assert.match(text, /[가-힣]/);
    assert.doesNotMatch([...names, ...words].join(" ").replace(/250 ms/g, ""), /[A-Za-z]/);
  }
});

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Exercises } from "../../nnbook/live/exercises.js";
import { openStoreOfBrowser } from "../../nnbook/live/store.js";
import { openCells } from "./live-page.js";
import { setGlobal } from "./page.js";
import { FakeStorage } from "./storage.js";

/** @import { Cell } from "../../nnbook/live/cell.js" */

const PAGE = "1_2_inference";
const SAVE = 500; // ms after the last key
const EDITION = "0123abcd";
const KEY = `nnbook/1/answer/${PAGE}/`;
const VERDICT = "nnbook/1/verdict/1.2.1-a";

let storage = new FakeStorage();
beforeEach(() => {
  storage = new FakeStorage();
  setGlobal("localStorage", storage);
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

function open() {
  const { cells, page } = openCells([
    { id: "data", code: "x = 1" },
    { id: "ex-1-2-1-a-answer", code: "answer = ..." },
    { id: "ex-1-2-1-a-check", code: 'check("1.2.1-a", answer)' },
    { id: "ex-1-2-1-b-answer", code: "answer = ..." },
    { id: "ex-1-2-1-b-check", code: 'check("1.2.1-b", answer)' },
  ]);
  const exercises = new Exercises(cells, PAGE, openStoreOfBrowser());
  page.changed = (cell) => exercises.changed(cell);
  const [data, answer, check] = /** @type {[Cell, Cell, Cell]} */ (/** @type {any} */ (cells));
  return { cells, exercises, data, answer, check };
}
/** @param {string} id */
const kept = (id) => JSON.parse(storage.getItem(KEY + id) ?? "null");
/** @param {string} id @param {string} source @param {string} of */
function keep(id, source, of) {
  storage.setItem(KEY + id, JSON.stringify({ source, of }));
}
/** @param {(Cell | undefined)[]} cells */
const ids = (cells) => cells.map((cell) => cell?.id);

// ---------------------------------------------------------------- what the reader wrote

test("what a reader wrote comes back, and other cells are left as they are", () => {
  keep("data", "x = 2", "x = 1");
  keep("gone", "y = 1", "y = 0");
  const { exercises, data, answer } = open();
  assert.deepEqual(ids(exercises.restore()), []);
  assert.deepEqual([data.source, data.pre.textContent], ["x = 2", "x = 2"]);
  assert.equal(data.state, "stored");
  assert.ok(!answer.isEdited);
});

test("a cell whose text in the book has changed since is named, at every visit", () => {
  keep("data", "x = 2", "x = 0");
  for (const _ of [1, 2]) {
    const { exercises, data } = open();
    assert.deepEqual(ids(exercises.restore()), ["data"]);
    assert.equal(data.source, "x = 2");
    mock.timers.tick(SAVE);
  }
  assert.deepEqual(kept("data"), { source: "x = 2", of: "x = 0" });
});

test("a text that the book has taken over is nobody's own", () => {
  keep("data", "x = 1", "x = 0");
  const { exercises } = open();
  assert.deepEqual(ids(exercises.restore()), []);
  mock.timers.tick(SAVE);
  assert.equal(kept("data"), null);
});

test("a text is kept once, some time after the last key", () => {
  const { answer } = open();
  answer.write("answer = 1");
  mock.timers.tick(SAVE - 1);
  answer.write("answer = 12");
  mock.timers.tick(SAVE - 1);
  assert.equal(storage.written, 0);
  mock.timers.tick(1);
  assert.deepEqual(kept(answer.id), { source: "answer = 12", of: "answer = ..." });
  mock.timers.tick(10 * SAVE);
  assert.equal(storage.written, 1);
});

test("what is written into two cells is kept for both", () => {
  const { data, answer } = open();
  data.write("x = 2");
  answer.write("answer = 2");
  mock.timers.tick(SAVE);
  assert.deepEqual([kept("data").source, kept(answer.id).source], ["x = 2", "answer = 2"]);
});

test("a page that is left keeps at once what waits", () => {
  const { exercises, answer } = open();
  answer.write("answer = 1");
  exercises.save();
  assert.equal(kept(answer.id).source, "answer = 1");
  exercises.save();
  mock.timers.tick(SAVE);
  assert.equal(storage.written, 1);
});

test("a cell that has the book's text again is forgotten", () => {
  const { data } = open();
  data.write("x = 2");
  mock.timers.tick(SAVE);
  data.reset();
  mock.timers.tick(SAVE);
  assert.equal(kept("data"), null);
});

test("without a storage everything works as long as the page is open", () => {
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get() {
      throw new Error("SecurityError");
    },
  });
  const { exercises, data } = open();
  assert.deepEqual(ids(exercises.restore()), []);
  data.write("x = 2");
  mock.timers.tick(SAVE);
  assert.equal(data.source, "x = 2");
});

// ---------------------------------------------------------------- checks

test("an answer is followed by its check and by no other cell", () => {
  const { cells, exercises } = open();
  assert.deepEqual(
    cells.map((cell) => ids(exercises.after(cell))),
    [[], ["ex-1-2-1-a-check"], [], ["ex-1-2-1-b-check"], []],
  );
});

/**
 * Put a check into the box of its exercise, and let it show a verdict.
 *
 * @param {Cell} cell
 * @param {string} state
 */
function showVerdict(cell, state) {
  const box = document.createElement("div");
  Object.assign(box.dataset, { nnExercise: "1.2.1-a", nnEdition: EDITION });
  cell.node.before(box);
  box.append(cell.node);
  cell.begin(false);
  const html = `<div data-nn-verdict="${state}"><strong>✓ ${state}</strong><p>Why.</p></div>`;
  cell.hear({ type: "result", cell: cell.id, data: { "text/html": html } });
}

for (const state of ["right", "wrong"])
  test(`the verdict "${state}" is kept with the edition of the exercise`, () => {
    const { exercises, check } = open();
    showVerdict(check, state);
    assert.equal(exercises.checked(check), `✓ ${state}`);
    assert.deepEqual(JSON.parse(storage.getItem(VERDICT) ?? ""), { state, edition: EDITION });
  });

test("an exercise that is not answered yet has no verdict to keep", () => {
  const { exercises, check } = open();
  showVerdict(check, "open");
  assert.equal(exercises.checked(check), "✓ open");
  assert.equal(storage.written, 0);
});

test("a cell that is no check, or outside an exercise, or shows no verdict, has none", () => {
  const { exercises, answer, check } = open();
  assert.equal(exercises.checked(check), null);
  check.begin(false);
  check.hear({
    type: "result",
    cell: check.id,
    data: { "text/html": '<p data-nn-verdict="right"></p>' },
  });
  assert.equal(exercises.checked(check), null);
  showVerdict(answer, "right");
  assert.equal(exercises.checked(answer), null);
  assert.equal(storage.written, 0);
});

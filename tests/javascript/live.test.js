import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import live from "../../nnbook/live/live.js";
import { offerLive } from "../../nnbook/live/start.js";
import { openStoreOfBrowser } from "../../nnbook/live/store.js";
import { button, cellHtml, FakeWorker, nodes, settle } from "./live-page.js";
import { openPage, setGlobal } from "./page.js";
import { FakeStorage } from "./storage.js";

const FOLDER = new URL("http://book.test/_static/nnbook/live-0/");
const CONFIG = /** @type {any} */ ({ folder: "live-0/", megabytes: { python: 9.8, drawing: 8.1 } });
const PATIENCE = 2500;
const SAVE = 500;

let stored = new FakeStorage();
beforeEach(() => {
  stored = new FakeStorage();
  FakeWorker.all = [];
  setGlobal("Worker", FakeWorker);
  setGlobal("localStorage", stored);
  mock.restoreAll();
  mock.method(console, "info", () => {});
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

const CELLS = [
  { id: "data", code: "x = 1" },
  { id: "ex-1-2-1-a-answer", code: "answer = ..." },
  { id: "ex-1-2-1-a-check", code: "check(answer)", folded: true },
];

/** Offer a page, and begin as its button does. */
function begin() {
  openPage("http://book.test/notebooks/1_2_inference.html");
  setGlobal("getSelection", () => ({ isCollapsed: true }));
  document.body.innerHTML = `<article><h1>Inference</h1>${CELLS.map(cellHtml).join("")}</article>`;
  offerLive(FOLDER, CONFIG);
  return again();
}
function again() {
  const bar = /** @type {HTMLElement} */ (document.querySelector(".nn-live-bar"));
  const status = /** @type {HTMLElement} */ (bar.querySelector("[role=status]"));
  const buttons = [button(document, "start"), button(document, "start-here")];
  const store = openStoreOfBrowser();
  return live.begin({ bar, status, buttons, store, folder: FOLDER, config: CONFIG });
}
async function open() {
  const begun = begin();
  ready();
  await begun;
}
const ready = () => FakeWorker.last().say({ type: "ready", version: "3.12.7" });
/** Answer the plan that the worker was asked for: the check needs the answer. */
async function plan() {
  await settle();
  const asked = /** @type {any[]} */ (FakeWorker.last().posted).findLast(({ needs }) => needs);
  FakeWorker.last().say({ type: "answer", ticket: asked.needs.ticket, value: [[], [], [1]] });
  await settle();
}
/** @param {string} cell @param {boolean} [ok] */
async function done(cell, ok = true) {
  FakeWorker.last().say({ type: "done", cell, ok, seconds: 0.1 });
  await settle();
  await settle();
}
const ran = () =>
  /** @type {any[]} */ (FakeWorker.last().posted).flatMap(({ run }) => (run ? [run.cell] : []));
const said = () => document.querySelector(".nn-live-bar [role=status]")?.textContent ?? "";
const stateOfPage = () => document.documentElement.dataset.nnLive;
/** @param {string} name */
const isOff = (name) => button(document, name).getAttribute("aria-disabled");
/** @param {number} i */
const cell = (i) => /** @type {HTMLElement} */ (nodes()[i]);
/** @param {number} i */
const press = (i) => button(cell(i), "run").click();
const states = () => nodes().map(({ dataset }) => dataset.nnState);

// ---------------------------------------------------------------- starting

test("what is downloaded is counted, until Python is there", async () => {
  const begun = begin();
  assert.equal(said(), "Downloading Python…");
  assert.equal(isOff("start"), "true");
  const progress = document.querySelector("progress");
  const worker = FakeWorker.last();
  worker.say({ type: "progress", part: "python", loaded: 2_450_000, total: 9_800_000 });
  assert.equal(progress?.value, 0.25);
  assert.equal(document.querySelector(".nn-count")?.textContent, "2.5 of 9.8 MB");
  worker.say({ type: "starting" });
  assert.equal(said(), "Starting Python…");
  ready();
  await begun;
  assert.equal(said(), "Python 3.12.7 is ready: change a cell and run it.");
  assert.ok(!document.querySelector("progress"));
  assert.deepEqual([stateOfPage(), states()], ["ready", ["stored", "stored", "stored"]]);
});

test("the focus goes from the button that started to the first that can be pressed", async () => {
  for (const name of ["start", "start-here", "cancel"]) {
    const begun = begin();
    button(document, name).focus();
    ready();
    await begun;
    assert.ok(document.activeElement === button(document, "run-all"), name);
    assert.ok(!button(document, "start") && !button(document, "start-here"));
  }
});

test("a reader may cancel, and is where they can start again", async () => {
  const begun = begin();
  button(document, "cancel").focus();
  button(document, "cancel").click();
  await begun;
  assert.equal(stateOfPage(), "off");
  assert.match(said(), /^Python was not started/);
  assert.ok(document.activeElement === button(document, "start"));
  assert.equal(isOff("start"), "false");
  assert.ok(FakeWorker.last().isEnded);
  const second = again();
  ready();
  await second;
  assert.ok(button(document, "run-all"));
});

test("a start that fails says why, and leaves the page as it was", async () => {
  const begun = begin();
  const failure = { kind: "changed", message: "", host: "cdn.test", file: "a.whl" };
  FakeWorker.last().say({ type: "failed", ...failure });
  await begun;
  assert.equal(stateOfPage(), "failed");
  assert.match(said(), /^a\.whl from cdn\.test is not the file/);
  assert.equal(button(document, "start").textContent, "Try again");
  assert.deepEqual([isOff("start"), states()], ["false", [undefined, undefined, undefined]]);
  assert.ok(!document.querySelector("progress"));
});

test("what nobody has foreseen leaves no bar behind and is passed on", async () => {
  setGlobal("Worker", function Worker() {
    throw new Error("not allowed here");
  });
  await assert.rejects(begin(), /not allowed here/);
  assert.equal(isOff("start"), "false");
  assert.ok(!document.querySelector("progress"));
});

// ---------------------------------------------------------------- running

test("a cell runs at a press and the page tells how it goes", async () => {
  await open();
  assert.deepEqual([isOff("stop"), isOff("run-all")], ["true", "false"]);
  press(0);
  assert.deepEqual([isOff("stop"), isOff("run-all")], ["false", "true"]); // also before the plan
  await plan();
  assert.equal(said(), "Cell 1 is running…");
  FakeWorker.last().say({ type: "stream", cell: "data", name: "stdout", text: "1\n" });
  await done("data");
  assert.equal(cell(0).querySelector(".cell_output")?.textContent, "1\n");
  assert.equal(said(), "Cell 1: ran.");
  assert.deepEqual([isOff("stop"), isOff("run-all")], ["true", "false"]);
  press(0);
  await settle();
  await done("data", false);
  assert.equal(said(), "Cell 1: ended with an error.");
});

test("an answer is checked when it runs, and not when it fails", async () => {
  await open();
  press(1);
  press(1);
  await plan();
  await done("ex-1-2-1-a-answer");
  assert.deepEqual(ran(), ["ex-1-2-1-a-answer", "ex-1-2-1-a-check"]);
  await done("ex-1-2-1-a-check");
  press(1);
  await settle();
  await done("ex-1-2-1-a-answer", false);
  assert.equal(ran().length, 3);
  assert.equal(said(), "Cell 3 was not run: it needs cell 2, which ended with an error.");
});

test("all cells run in their order, and those above one", async () => {
  await open();
  button(document, "run-all").click();
  button(document, "run-all").click();
  await plan();
  for (const { id } of CELLS) await done(id);
  button(cell(2), "run-above").click();
  await settle();
  await done("data");
  assert.deepEqual(ran(), [...CELLS.map(({ id }) => id), "data", "ex-1-2-1-a-answer"]);
});

test("an editor that can't be loaded is told, and nothing else breaks", async () => {
  await open();
  const box = /** @type {HTMLElement} */ (cell(0).querySelector("[role=textbox]"));
  const written = new Promise((resolve) => {
    mock.method(console, "info", resolve);
  });
  box.focus();
  await written;
  await settle();
  assert.match(said(), /^The editor could not be loaded/);
  assert.equal(box.getAttribute("role"), "textbox");
});

test("what was written is kept when the page is left, and comes back", async () => {
  stored.setItem(
    "nnbook/1/answer/1_2_inference/data",
    JSON.stringify({ source: "x = 2", of: "x = 0" }),
  );
  await open();
  assert.equal(cell(0).querySelector("pre")?.textContent, "x = 2");
  assert.match(cell(0).querySelector(".nn-note")?.textContent ?? "", /earlier edition/);
  button(cell(0), "reset").click();
  window.dispatchEvent(new Event("pagehide"));
  assert.equal(stored.length, 0);
  mock.timers.tick(SAVE);
});

// ---------------------------------------------------------------- Matplotlib that is on its way

test("a cell that waits for Matplotlib says so, and then that it runs", async () => {
  await open();
  press(0);
  await plan();
  const worker = FakeWorker.last();
  worker.say({ type: "drawing", state: "waiting" });
  worker.say({ type: "progress", part: "drawing", loaded: 4_050_000, total: 8_100_000 });
  assert.match(said(), /^Downloading Matplotlib/);
  assert.equal(document.querySelector("progress")?.value, 0.5);
  worker.say({ type: "drawing", state: "ready" });
  assert.equal(said(), "Cell 1 is running…");
  assert.ok(!document.querySelector("progress"));
});

test("a cell whose Matplotlib can't be had says why, and the next one runs", async () => {
  await open();
  press(0);
  press(1);
  await plan();
  const worker = FakeWorker.last();
  worker.say({ type: "drawing", state: "waiting" });
  worker.say({ type: "failed-cell", cell: "data", kind: "network", message: "", host: "cdn.test" });
  await settle();
  assert.match(cell(0).textContent ?? "", /ImportError: cdn\.test can't be reached/);
  assert.ok(!document.querySelector("progress"));
  assert.deepEqual(states(), ["error", "running", "queued"]);
});

// ---------------------------------------------------------------- a Python that is lost

test("a Python that crashes is started anew, and the page goes on", async () => {
  await open();
  press(0);
  await plan();
  FakeWorker.last().say({ type: "drawing", state: "waiting" });
  FakeWorker.last().fail({ message: "out of memory" });
  await settle();
  assert.equal(FakeWorker.all.length, 2);
  assert.equal(stateOfPage(), "loading");
  assert.match(said(), /has run out of memory or crashed/);
  assert.equal(states()[0], "error");
  assert.match(cell(0).textContent ?? "", /MemoryError: Python has run out of memory/);
  assert.ok(!document.querySelector("progress"));
  ready();
  await settle();
  assert.deepEqual([stateOfPage(), isOff("stop")], ["ready", "true"]);
  assert.match(said(), /^Python is ready again/);
  press(0);
  await plan();
  assert.deepEqual(ran(), ["data"]);
});

test("a run that can't be stopped ends with its Python, and promises nothing else", async () => {
  await open();
  press(0);
  await plan();
  button(cell(0), "stop-here").click();
  mock.timers.tick(PATIENCE);
  await settle();
  assert.equal(FakeWorker.all[0]?.isEnded, true);
  assert.match(said(), /Python was started anew: what the cells had made is gone/);
  assert.doesNotMatch(cell(0).textContent ?? "", /still there/);
});

test("where Python can't be started anew, a press waits for nothing", async () => {
  await open();
  press(0);
  await plan();
  FakeWorker.last().fail({ message: "out of memory" });
  FakeWorker.last().say({ type: "failed", kind: "network", message: "" });
  await settle();
  assert.equal(stateOfPage(), "failed");
  assert.match(said(), /could not be started anew/);
  press(1);
  for (let turn = 0; turn < 4; turn += 1) await settle();
  assert.deepEqual(states(), ["error", "stored", "stored"]);
  assert.equal(isOff("stop"), "true");
});

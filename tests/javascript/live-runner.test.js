import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Runner } from "../../nnbook/live/runner.js";
import { openCells, settle } from "./live-page.js";

/** @import { Cell } from "../../nnbook/live/cell.js" */
/** @import { Output } from "../../nnbook/live/types.js" */

const PICTURE = '<div class="nn-figure"><svg role="img" aria-label="A line."></svg></div>';
const PATIENCE = 2500;
const NEEDS = [[], [0], [0, 1], []]; // b needs a, c needs both, d nothing

/** @type {string[]} */
let revoked = [];
beforeEach(() => {
  revoked = [];
  mock.restoreAll();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  mock.method(URL, "revokeObjectURL", (/** @type {string} */ pass) => revoked.push(pass));
  mock.method(console, "info", () => {});
});

class FakePython {
  /** @type {string[]} */
  ran = [];
  /** @type {string[]} */
  sources = [];
  asked = 0;
  isEnded = false;

  /** @returns {Promise<number[][]>} */
  async needs() {
    this.asked += 1;
    await settle();
    if (this.isEnded) throw new Error("Python has ended");
    return NEEDS;
  }
  /** @param {string} cell @param {string} source */
  run(cell, source) {
    this.ran.push(cell);
    this.sources.push(source);
    return `pass ${this.ran.length}`;
  }
}

function open() {
  const { cells } = openCells([
    { id: "a" },
    { id: "b", output: PICTURE },
    { id: "c", code: "c = b" },
    { id: "d" },
  ]);
  const python = new FakePython();
  /** @type {string[]} */
  const told = [];
  const tell = {
    busy: () => told.push("busy"),
    running: (/** @type {Cell} */ { id }) => told.push(`running ${id}`),
    ran: (/** @type {Cell} */ { id }, /** @type {{ ok: boolean }} */ { ok }) => {
      told.push(`${ok ? "ran" : "failed"} ${id}`);
    },
    skipped: (/** @type {Cell} */ cell, /** @type {Cell} */ failed) => {
      told.push(`skipped ${cell.id} for ${failed.id}`);
    },
    idle: () => told.push("idle"),
    stuck: () => told.push("stuck"),
  };
  const runner = new Runner(cells, /** @type {any} */ (python), tell);
  const [a, b, c, d] = /** @type {[Cell, Cell, Cell, Cell]} */ (/** @type {unknown} */ (cells));
  /** End the cell that runs, and let the next one begin. */
  async function end(ok = true) {
    const cell = python.ran.at(-1) ?? "";
    runner.ended({ type: "done", cell, ok, seconds: 0.5 });
    await begun();
  }
  /** @param {Cell[]} wanted */
  async function run(...wanted) {
    runner.run(wanted);
    await begun();
  }
  return { runner, python, told, tell, cells, a, b, c, d, run, end };
}
/** Until the plan is there and the next cell runs, or none is left. */
async function begun() {
  for (let turn = 0; turn < 4; turn += 1) await settle();
}
/** @param {ReturnType<typeof open>} page */
const states = ({ cells }) => cells.map(({ state }) => state);

// ---------------------------------------------------------------- which cells run, and when

test("what a cell needs runs before it, one at a time, and nothing else", async () => {
  const page = open();
  await page.run(page.c);
  assert.deepEqual(page.python.ran, ["a"]);
  assert.deepEqual(states(page), ["running", "stored", "queued", "stored"]);
  await page.end();
  await page.end();
  assert.deepEqual(page.python.ran, ["a", "b", "c"]);
  await page.end();
  assert.deepEqual(states(page), ["ran", "ran", "ran", "stored"]);
  assert.deepEqual(page.told.slice(0, 3), ["busy", "running a", "ran a"]);
  assert.equal(page.told.filter((each) => each === "idle").length, 1);
});

test("what is fresh does not run again for another cell, but by its own press", async () => {
  const page = open();
  await page.run(page.b);
  await page.end();
  await page.end();
  await page.run(page.c);
  await page.end();
  assert.deepEqual(page.python.ran, ["a", "b", "c"]);
  await page.run(page.c);
  assert.deepEqual(page.python.ran, ["a", "b", "c", "c"]);
});

test("a second press on a cell that waits or runs is none", async () => {
  const page = open();
  page.runner.run([page.d]);
  await page.run(page.d);
  await page.run(page.d, page.a);
  await page.run(page.a);
  await page.end();
  await page.end();
  assert.deepEqual(page.python.ran, ["d", "a"]);
  assert.deepEqual(page.told, ["busy", "running d", "ran d", "running a", "ran a", "idle"]);
});

test("all cells run in their order, also those that are fresh", async () => {
  const page = open();
  await page.run(page.a);
  await page.end();
  await page.run(...page.cells);
  for (const _ of page.cells) await page.end();
  assert.deepEqual(page.python.ran, ["a", "a", "b", "c", "d"]);
  assert.deepEqual(states(page), ["ran", "ran", "ran", "ran"]);
});

test("Python is asked for a plan only when a text has changed", async () => {
  const page = open();
  await page.run(page.b);
  await page.end();
  await page.end();
  await page.run(page.d);
  await page.end();
  assert.equal(page.python.asked, 1);
  page.d.write("d = 2");
  await page.run(page.d);
  assert.equal(page.python.asked, 2);
  assert.equal(page.python.sources.at(-1), "d = 2");
});

test("a cell that is edited while it runs has to run again", async () => {
  const page = open();
  await page.run(page.a);
  page.a.write("a = 2");
  await page.end();
  assert.deepEqual([page.a.state, page.a.isFresh], ["ran", false]);
  await page.run(page.b);
  await page.end();
  assert.deepEqual(page.python.ran, ["a", "a", "b"]);
  assert.deepEqual(page.python.sources.slice(0, 2), ["a = 1", "a = 2"]);
});

// ---------------------------------------------------------------- what has become stale

test("what needs a cell is stale when the cell has run again", async () => {
  const page = open();
  await page.run(...page.cells);
  for (const _ of page.cells) await page.end();
  await page.run(page.b);
  await page.end();
  assert.deepEqual(states(page), ["ran", "ran", "stale", "ran"]);
});

test("a cell that waits becomes stale too, which shows when it leaves the queue", async () => {
  const page = open();
  await page.run(page.b);
  await page.end();
  await page.end();
  await page.run(page.a, page.d, page.b);
  await page.end();
  assert.deepEqual(states(page), ["ran", "queued", "stored", "running"]);
  page.runner.stop();
  assert.deepEqual([page.b.state, page.b.isFresh], ["stale", false]);
});

test("a picture keeps the book's words while all that it comes from is the book's", async () => {
  const page = open();
  const drawn = () => page.b.output?.querySelector("svg")?.getAttribute("aria-label");
  /** @type {Output} */
  const picture = {
    type: "display",
    cell: "b",
    data: { "image/svg+xml": '<svg role="img"></svg>', alt: "x – y" },
  };
  await page.run(page.b);
  await page.end();
  page.b.hear(picture);
  assert.equal(drawn(), "A line.");
  await page.end();
  page.a.write("a = 2");
  await page.run(page.b);
  await page.end();
  page.b.hear(picture);
  assert.equal(drawn(), "x – y");
});

// ---------------------------------------------------------------- errors

test("an error drops those that need the cell, and only those", async () => {
  const page = open();
  await page.run(...page.cells);
  await page.end(false);
  assert.deepEqual(page.python.ran, ["a", "d"]);
  assert.deepEqual(states(page), ["error", "stored", "stored", "running"]);
  assert.deepEqual(
    page.told.filter((each) => each.startsWith("skipped")),
    ["skipped b for a", "skipped c for a"],
  );
});

test("a cell does not run after an error in one that it needs", async () => {
  const page = open();
  await page.run(page.c);
  await page.end();
  await page.end(false);
  assert.deepEqual(page.python.ran, ["a", "b"]);
  assert.deepEqual(states(page), ["ran", "error", "stored", "stored"]);
  assert.equal(page.told.at(-1), "idle");
  await page.run(page.c);
  assert.deepEqual(page.python.ran, ["a", "b", "b"]); // what failed is tried again
});

test("an error that is not Python's is shown below the cell, and the queue goes on", async () => {
  const page = open();
  await page.run(page.a, page.d);
  page.runner.fail("ImportError", "The host can't be reached.");
  await begun();
  assert.match(page.a.output?.textContent ?? "", /ImportError: The host can't be reached\./);
  assert.deepEqual(states(page), ["error", "stored", "stored", "running"]);
  page.runner.ended({ type: "done", cell: "a", ok: true, seconds: 1 }); // too late
  assert.equal(page.a.state, "error");
});

test("the queue goes on when the page stumbles over what a cell gave", async () => {
  const page = open();
  page.tell.ran = () => {
    throw new Error("no such verdict");
  };
  await page.run(page.a, page.d);
  await assert.rejects(page.end(), /no such verdict/);
  await begun();
  assert.deepEqual(page.python.ran, ["a", "d"]);
});

test("what Python says of another cell ends nothing", async () => {
  const page = open();
  page.runner.ended({ type: "done", cell: "a", ok: true, seconds: 1 });
  await page.run(page.a);
  page.runner.ended({ type: "done", cell: "b", ok: true, seconds: 1 });
  assert.equal(page.a.state, "running");
  page.runner.fail("ImportError", "");
  page.runner.fail("ImportError", ""); // nothing runs any more
  assert.equal(page.a.state, "error");
});

// ---------------------------------------------------------------- stopping

test("stopping empties the queue and revokes the pass of the cell that runs", async () => {
  const page = open();
  await page.run(page.d);
  await page.end();
  revoked = [];
  await page.run(page.a, page.b, page.d);
  page.runner.stop();
  assert.deepEqual(states(page), ["running", "stored", "stored", "ran"]);
  assert.deepEqual(revoked, ["pass 2"]);
  await page.end(false);
  assert.deepEqual(page.python.ran, ["d", "a"]);
  assert.equal(page.told.at(-1), "idle");
});

test("a run that does not stop is told once, when patience is at its end", async () => {
  const page = open();
  await page.run(page.a);
  page.runner.stop();
  mock.timers.tick(PATIENCE - 1);
  page.runner.stop(); // a second press gives it no more time
  assert.equal(page.told.includes("stuck"), false);
  mock.timers.tick(1);
  mock.timers.tick(PATIENCE);
  assert.equal(page.told.filter((each) => each === "stuck").length, 1);
});

test("a run that stops in time is not stuck", async () => {
  const page = open();
  await page.run(page.a);
  page.runner.stop();
  await page.end(false);
  mock.timers.tick(2 * PATIENCE);
  assert.equal(page.told.includes("stuck"), false);
  await page.run(page.d);
  mock.timers.tick(2 * PATIENCE);
  assert.equal(page.told.includes("stuck"), false);
});

test("stopping before the first cell runs leaves all as it was", async () => {
  const page = open();
  page.runner.run([page.c]);
  assert.deepEqual([page.c.state, page.told], ["queued", ["busy"]]);
  page.runner.stop();
  await begun();
  assert.deepEqual([page.c.state, page.told], ["stored", ["busy", "idle"]]);
  assert.deepEqual(page.python.ran, []);
  page.runner.stop(); // nothing runs
  mock.timers.tick(2 * PATIENCE);
  assert.deepEqual(page.told, ["busy", "idle"]);
});

// ---------------------------------------------------------------- Python ends

test("when Python is lost, the cell that ran has failed and the others are stale", async () => {
  const page = open();
  await page.run(page.b, page.d);
  await page.end();
  await page.end();
  await page.end();
  await page.run(page.c, page.d);
  page.runner.lose("MemoryError", "Python has crashed.");
  await begun();
  assert.deepEqual(states(page), ["stale", "stale", "error", "stale"]);
  assert.match(page.c.output?.textContent ?? "", /MemoryError: Python has crashed\./);
  assert.equal(page.told.at(-1), "idle");
  const before = page.python.asked;
  await page.run(page.b);
  await page.end();
  assert.deepEqual(page.python.ran, ["a", "b", "d", "c", "a", "b"]);
  assert.equal(page.python.asked, before + 1); // the new Python has made no plan
});

test("a run that was stuck leaves no timer behind when Python is lost", async () => {
  const page = open();
  await page.run(page.a);
  page.runner.stop();
  page.runner.lose("KeyboardInterrupt", "Stopped.");
  mock.timers.tick(2 * PATIENCE);
  assert.equal(page.told.includes("stuck"), false);
});

test("where Python ends before the plan is made, nothing waits for ever", async () => {
  const page = open();
  page.python.isEnded = true;
  await page.run(page.a, page.b);
  assert.deepEqual(states(page), ["stored", "stored", "stored", "stored"]);
  assert.deepEqual(page.told, ["busy", "idle"]);
  page.python.isEnded = false;
  await page.run(page.a);
  assert.equal(page.a.state, "running");
});

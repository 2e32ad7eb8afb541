import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { sizeOf } from "../../nnbook/playground/forward.js";
import playground from "../../nnbook/playground/playground.js";
import { openPage } from "./page.js";

/** @import { Answer, Request } from "../../nnbook/playground/protocol.js" */

const DATA = { x: [[0.5, 0.5]], t: [1] };
const SETTINGS = {
  data: { training: DATA, held_out: DATA },
  grid: { learning_rates: [0.1, 1, 3], hidden_sizes: [2, 10], seeds: [0, 1, 2] },
  start: { learning_rate: 1, hidden_size: 10, seed: 2 },
  epochs: [0, 2, 5],
  free: true,
};

/** What a widget is given in a notebook, and what a test says in Python's place. */
class FakeModel {
  /** @param {object} [settings] @param {object} [state] */
  constructor(settings, state) {
    this.values = { settings: { ...SETTINGS, ...settings }, state };
    /** @type {Request[]} */
    this.sent = [];
    /** @type {Record<string, Function>} */
    this.listeners = {};
  }
  /** @param {"settings" | "state"} name */
  get(name) {
    return /** @type {any} */ (this.values[name]);
  }
  /** @param {"state"} name @param {any} value */
  set(name, value) {
    this.values[name] = value;
  }
  /** @param {Request} request */
  send(request) {
    this.sent.push(request);
  }
  /** @param {string} event @param {Function} hear */
  on(event, hear) {
    this.listeners[event] = hear;
  }
  /** @param {Partial<Answer>} content @param {DataView[]} [buffers] */
  say(content, buffers = []) {
    this.listeners["msg:custom"](content, buffers);
  }
  /** Answer the newest request with a run whose losses and weights count up. */
  run(more = {}) {
    const request = /** @type {Request} */ (this.sent.at(-1));
    const [loss, weights] = [5, 3 * sizeOf(request.hidden_size)].map(
      (count) => new DataView(new Float32Array(count).map((_, i) => i / 8).buffer),
    );
    const content = { ...request, type: "run", epochs: [0, 2, 5], message: "", seconds: 0.25 };
    this.say(/** @type {any} */ ({ ...content, ...more }), [loss, weights]);
  }
}

/** @type {HTMLElement} */
let el;

/** @param {FakeModel} model */
function open(model) {
  const end = playground.render({ model: /** @type {any} */ (model), el });
  return { model, end };
}
const status = () => el.querySelector("[role=status]")?.textContent;
const panel = (i = 0) => el.querySelectorAll(".nn-panel")[i].textContent;
const again = () => /** @type {HTMLButtonElement} */ (el.querySelector(".nn-status button"));
/** @param {string} name @returns {HTMLInputElement} */
const control = (name) => {
  const label = [...el.querySelectorAll("label")].find((each) => each.textContent?.trim() === name);
  return /** @type {any} */ (
    el.querySelector(`#${label?.htmlFor}`) ?? label?.querySelector("input")
  );
};
/** @param {string} name @param {number} place */
function slide(name, place) {
  control(name).value = String(place);
  control(name).dispatchEvent(new Event("input"));
}
function compare() {
  const box = /** @type {HTMLInputElement} */ (el.querySelector(".nn-check input"));
  box.checked = !box.checked;
  box.dispatchEvent(new Event("change"));
}

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  el = openPage();
});

test("what the settings say is asked for first", () => {
  const { model } = open(new FakeModel());
  assert.deepEqual(model.sent, [{ ...SETTINGS.start, number: 1 }]);
  assert.equal(status(), "Training…");
  model.run();
  assert.equal(status(), "Trained now (0.25 s).");
  assert.match(panel(), /learning rate 1epoch 5 · loss 0\.5000/);
});

test("a grid of one learning rate has two sliders", () => {
  const grid = { learning_rates: [0.5], hidden_sizes: [3], seeds: [9] };
  const start = { learning_rate: 0.5, hidden_size: 3, seed: 9 };
  const { model } = open(new FakeModel({ grid, start, free: false }));
  model.run();
  compare();
  model.run();
  model.run();
  assert.deepEqual(
    model.sent.map((each) => each.learning_rate),
    [0.5, 0.5, 0.5],
  );
  assert.match(String(panel(1)), /^second run: learning rate 0\.5/);
});

test("an error is shown instead of waiting for ever, and the next run takes its place", () => {
  const { model } = open(new FakeModel());
  model.say({ type: "error", number: 1, message: "out of memory" });
  assert.equal(status(), "out of memory");
  slide("hidden neurons", 3);
  assert.equal(status(), "Training…");
  model.run();
  assert.equal(status(), "Trained now (0.25 s).");
});

test("an error of the first run is not lost when the second one arrives", () => {
  const { model } = open(new FakeModel());
  model.run();
  compare();
  model.say({ type: "error", number: 2, message: "out of memory" });
  model.run();
  assert.equal(status(), "out of memory Trained now (0.25 s).");
});

test("what a run says about itself is shown", () => {
  const { model } = open(new FakeModel());
  model.run({ message: "the loss became inf in epoch 3" });
  assert.equal(status(), "Trained now (0.25 s). the loss became inf in epoch 3");
});

test("a kernel that does not answer is told, and can be asked again", () => {
  const { model } = open(new FakeModel());
  mock.timers.tick(60_000);
  assert.match(String(status()), /^Waiting for Python\. If the kernel was restarted/);
  again().click();
  assert.deepEqual(
    model.sent.map((each) => each.number),
    [1, 2],
  );
  assert.equal(status(), "Training…");
  assert.equal(again().hidden, true);
  mock.timers.tick(60_000);
  assert.match(String(status()), /^Waiting for Python/);
  model.run();
  assert.equal(status(), "Trained now (0.25 s).");
  assert.equal(again().hidden, true);
  mock.timers.tick(60_000);
  assert.equal(status(), "Trained now (0.25 s).");
});

test("a kernel that has answered is not waited for", () => {
  const { model } = open(new FakeModel());
  model.run();
  mock.timers.tick(60_000);
  assert.equal(status(), "Trained now (0.25 s).");
});

test("a late answer to what was asked before does not hide that the newer one is missing", () => {
  const { model } = open(new FakeModel());
  mock.timers.tick(60_000);
  again().click();
  model.say({ type: "error", number: 1, message: "late" });
  assert.equal(status(), "Training…");
  mock.timers.tick(60_000);
  assert.match(String(status()), /^Waiting for Python/);
});

test("a slow answer counts after all", () => {
  const { model } = open(new FakeModel());
  mock.timers.tick(60_000);
  model.run();
  assert.equal(status(), "Trained now (0.25 s).");
});

test("silence about the second run is told too", () => {
  const { model } = open(new FakeModel());
  compare();
  model.run();
  model.run();
  mock.timers.tick(60_000);
  assert.match(String(status()), /^Waiting for Python/);
});

test("a kernel that answers after all is asked one thing at a time again", () => {
  const { model } = open(new FakeModel());
  model.run();
  compare();
  mock.timers.tick(60_000);
  model.run();
  slide("hidden neurons", 3);
  assert.deepEqual(
    model.sent.map((each) => each.number),
    [1, 2, 3],
  );
});

test("a move after a silence is asked at once", () => {
  const { model } = open(new FakeModel());
  mock.timers.tick(60_000);
  slide("hidden neurons", 3);
  assert.deepEqual(
    model.sent.map((each) => [each.number, each.hidden_size]),
    [
      [1, 10],
      [2, 4],
    ],
  );
});

test("a kernel that is gone is told at once, also when it is asked later", () => {
  const { model } = open(new FakeModel());
  model.run();
  model.listeners.comm_live_update();
  assert.match(String(status()), /kernel that answered here is gone/);
  slide("hidden neurons", 3);
  assert.match(String(status()), /kernel that answered here is gone/);
});

test("a closed channel is told", () => {
  const model = new FakeModel();
  model.send = () => {
    throw new Error("Comm is closed");
  };
  open(model);
  mock.timers.tick(60_000);
  assert.match(String(status()), /kernel that answered here is gone/);
  assert.equal(again().hidden, false);
});

test("where Python comes and goes, the stored runs go on", () => {
  const { model } = open(new FakeModel({ free: false }));
  model.run({ seconds: undefined });
  assert.equal(status(), "Stored run.");
  model.say({ type: "trainer" });
  model.run();
  const field = /** @type {HTMLInputElement} */ (el.querySelector("input[type=number]"));
  field.value = "2.5";
  field.dispatchEvent(new Event("change"));
  assert.equal(model.sent.at(-1)?.learning_rate, 2.5);
  model.say({ type: "failed", message: "memory" });
  assert.equal(model.sent.at(-1)?.learning_rate, 3);
  assert.equal(el.querySelector("input[type=number]"), null);
  model.run({ seconds: undefined });
  assert.equal(status(), "Stored run.");
  assert.match(String(panel()), /learning rate 3/);
});

test("a page without a kernel waits for its data without a word of kernels", () => {
  open(new FakeModel({ free: false }));
  mock.timers.tick(60_000);
  assert.equal(status(), "");
});

test("what is shown is kept, and shown again", () => {
  const { model } = open(new FakeModel());
  compare();
  slide("epoch", 1);
  const state = { learning_rate: 1, hidden_size: 10, seed: 2, epoch: 2, second: 1 };
  assert.deepEqual(model.get("state"), state);
  const other = open(
    new FakeModel({}, { ...state, learning_rate: 0.7, second: 3, epoch: 0 }),
  ).model;
  other.run();
  other.run();
  assert.deepEqual(
    other.sent.map((each) => each.learning_rate),
    [0.7, 3],
  );
  assert.match(String(panel()), /epoch 0 · loss –/);
});

test("an address that names no stored run shows the nearest one", () => {
  const state = { learning_rate: 0.12, hidden_size: 9, seed: 1, epoch: 4 };
  const { model } = open(new FakeModel({ free: false }, state));
  assert.deepEqual(model.sent[0], { learning_rate: 0.1, hidden_size: 10, seed: 1, number: 1 });
  assert.equal(model.get("state").epoch, 5);
});

test("a run that stopped early shows its last epoch, and the marker the chosen one", () => {
  const { model } = open(new FakeModel());
  model.run({ epochs: [0, 2] });
  assert.match(String(panel()), /epoch 2 · loss 0\.1250/);
});

test("playing goes through the epochs and ends with them", () => {
  const { model } = open(new FakeModel());
  model.run();
  const play = /** @type {HTMLButtonElement} */ (el.querySelector(".nn-buttons button"));
  play.click();
  assert.match(String(panel()), /epoch 0/);
  assert.match(play.textContent, /Pause/);
  mock.timers.tick(1000);
  assert.match(String(panel()), /epoch 2/);
  mock.timers.tick(1000);
  assert.match(String(panel()), /epoch 5/);
  assert.match(play.textContent, /Play/);
});

test("nothing happens any more after the end", () => {
  const { model, end } = open(new FakeModel());
  model.run();
  /** @type {HTMLButtonElement} */ (el.querySelector(".nn-buttons button")).click();
  end?.();
  const before = el.innerHTML;
  mock.timers.tick(60_000);
  assert.equal(el.innerHTML, before);
});

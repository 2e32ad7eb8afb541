import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { offerPython } from "../../nnbook/playground/python.js";
import { openPage, setGlobal } from "./page.js";

const REQUEST = { number: 2, learning_rate: 1, hidden_size: 3, seed: 0 };

class FakeWorker {
  /** @type {FakeWorker[]} */
  static all = [];
  /** @type {unknown[]} */
  posted = [];
  ended = false;
  onmessage = (/** @type {object} */ _) => {};
  onerror = (/** @type {object} */ _) => {};

  /** @param {URL} url */
  constructor(url) {
    this.url = url.href;
    FakeWorker.all.push(this);
  }
  /** @param {unknown} message */
  postMessage(message) {
    this.posted.push(message);
  }
  terminate() {
    this.ended = true;
  }
  /** @param {object} content @param {ArrayBuffer[]} buffers */
  say(content, buffers = []) {
    this.onmessage({ data: { content, buffers } });
  }
}

/** @type {[object, DataView[]][]} */
let heard = [];
beforeEach(() => {
  heard = [];
  FakeWorker.all = [];
  setGlobal("Worker", FakeWorker);
  mock.method(console, "info", () => {});
});

function offer() {
  /** @type {any} */
  const place = {
    figure: openPage(),
    folder: new URL("http://book.test/_static/"),
    config: { pyodide: "../pyodide/", megabytes: 13 },
  };
  const python = offerPython(place, (answer, buffers) => heard.push([answer, buffers]));
  const button = /** @type {HTMLButtonElement} */ (python.offer.querySelector("button"));
  const said = () => python.offer.querySelector("[role=status]")?.textContent;
  return { send: python.send, button, said };
}
function started() {
  const made = offer();
  made.button.click();
  const worker = /** @type {FakeWorker} */ (FakeWorker.all.at(-1));
  return { ...made, worker };
}
function ready() {
  const made = started();
  made.worker.say({ type: "trainer", versions: "Python 3.12" });
  return made;
}

test("nothing is loaded before the reader asks", () => {
  const { send, button } = offer();
  assert.match(button.textContent ?? "", /downloads about 13 MB/);
  assert.equal(send(REQUEST), false);
  assert.equal(FakeWorker.all.length, 0);
});

test("the worker is told where Pyodide is, and then takes requests", () => {
  const { send, button, said, worker } = ready();
  assert.equal(worker.url, "http://book.test/_static/worker.js");
  assert.equal(send(REQUEST), true);
  assert.deepEqual(worker.posted, [{ start: { pyodide: "http://book.test/pyodide/" } }, REQUEST]);
  assert.equal(button.hidden, true);
  assert.match(said() ?? "", /Python is ready.*Python 3.12/);
  const run = { type: "run", number: 2 };
  worker.say(run, [new ArrayBuffer(8)]);
  assert.deepEqual(heard.at(-1)?.[0], run);
  assert.equal(heard.at(-1)?.[1][0]?.byteLength, 8);
});

for (const [how, fail] of /** @type {[string, (worker: FakeWorker) => void][]} */ ([
  ["an error of the script", (worker) => worker.onerror({ message: "no network" })],
  ["a message", (worker) => worker.say({ type: "failed", message: "no network" })],
]))
  test(`a start that fails by ${how} can be tried again`, () => {
    const { send, button, said, worker } = started();
    assert.equal(button.disabled, true);
    fail(worker);
    assert.equal(worker.ended, true);
    assert.match(said() ?? "", /^Python could not start/);
    assert.deepEqual([button.disabled, button.textContent], [false, "Try again"]);
    assert.equal(send(REQUEST), false);
    button.click();
    FakeWorker.all[1]?.say({ type: "trainer", versions: "" });
    assert.equal(send(REQUEST), true);
  });

test("a worker that ends later is reported, and can be started again", () => {
  const { send, button, said, worker } = ready();
  worker.onerror({ message: "out of memory" });
  assert.match(said() ?? "", /^Python stopped/);
  assert.deepEqual(heard.at(-1)?.[0], { type: "failed", message: "out of memory" });
  assert.equal(send(REQUEST), false);
  assert.deepEqual([button.hidden, button.textContent], [false, "Try again"]);
  button.click();
  FakeWorker.all[1]?.say({ type: "trainer", versions: "" });
  assert.equal(send(REQUEST), true);
  assert.equal(worker.posted.includes(REQUEST), false);
});

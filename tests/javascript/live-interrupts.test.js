import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Interrupts } from "../../nnbook/live/interrupts.js";
import { setGlobal } from "./page.js";

const SIGINT = 2;
let now = 0;
/** @type {string[]} */
let looked = [];
/** @type {Set<string>} */
let revoked = new Set();

class FakeRequest {
  #address = "";

  /** @param {string} method @param {string} address @param {boolean} isAsync */
  open(method, address, isAsync) {
    assert.deepEqual([method, isAsync], ["GET", false]); // nobody can wait inside Python
    this.#address = address;
  }
  send() {
    looked.push(this.#address);
    if (revoked.has(this.#address)) throw new Error("no such blob");
  }
}

beforeEach(() => {
  now = 0;
  looked = [];
  revoked = new Set();
  mock.restoreAll();
  mock.method(performance, "now", () => now);
  setGlobal("XMLHttpRequest", FakeRequest);
});

/** @param {Interrupts} interrupts @param {number} time */
function readAt(interrupts, time) {
  now = time;
  return interrupts[0];
}

test("a run whose pass holds is not interrupted, and looks only now and then", () => {
  const interrupts = new Interrupts();
  interrupts.watch("pass");
  const read = Array.from({ length: 1000 }, (_, i) => readAt(interrupts, i));
  assert.ok(read.every((signal) => signal === 0));
  assert.equal(looked.length, 9);
});

test("a run whose pass is revoked is interrupted within two looks, once", () => {
  const interrupts = new Interrupts();
  interrupts.watch("pass");
  revoked.add("pass");
  assert.deepEqual(
    [0, 50, 99, 100, 200, 300].map((time) => readAt(interrupts, time)),
    [0, 0, 0, SIGINT, 0, 0],
  );
  assert.equal(looked.length, 1);
});

test("outside a run nothing is asked", () => {
  const interrupts = new Interrupts();
  assert.equal(readAt(interrupts, 1000), 0);
  interrupts.watch("pass");
  interrupts.watch(null);
  revoked.add("pass");
  assert.equal(readAt(interrupts, 2000), 0);
  assert.deepEqual(looked, []);
});

test("the next run has a pass of its own", () => {
  const interrupts = new Interrupts();
  interrupts.watch("first");
  revoked.add("first");
  assert.equal(readAt(interrupts, 100), SIGINT);
  interrupts.watch("second");
  assert.equal(readAt(interrupts, 250), 0);
  revoked.add("second");
  assert.equal(readAt(interrupts, 400), SIGINT);
  assert.deepEqual(looked, ["first", "second", "second"]);
});

test("Python may write that it has seen a signal", () => {
  const interrupts = new Interrupts();
  interrupts[0] = 0;
  assert.equal(interrupts[0], 0);
});

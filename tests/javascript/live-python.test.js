import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Python, StartError } from "../../nnbook/live/python.js";
import { FakeWorker, settle } from "./live-page.js";
import { setGlobal } from "./page.js";

/** @import { Failure, FromWorker } from "../../nnbook/live/types.js" */

const FOLDER = new URL("http://book.test/_static/nnbook/live-0/");
const CONFIG = /** @type {any} */ ({ folder: "live-0/" });
/** @type {Failure} */
const FAILURE = { kind: "network", message: "no network", host: "cdn.test", file: "a.whl" };

beforeEach(() => {
  FakeWorker.all = [];
  setGlobal("Worker", FakeWorker);
});

function open() {
  const python = new Python(CONFIG, FOLDER);
  /** @type {FromWorker[]} */
  const heard = [];
  python.hear = (message) => heard.push(message);
  return { python, heard };
}
function begun() {
  const made = open();
  const version = made.python.start();
  return { ...made, version, worker: FakeWorker.last() };
}
async function ready() {
  const made = begun();
  made.worker.say({ type: "ready", version: "3.12.7" });
  await made.version;
  return made;
}
/** @param {Promise<unknown>} promise @param {Failure["kind"]} kind */
function fails(promise, kind) {
  const soon = Promise.race([promise, settle()]); // what never comes is a fault too
  return assert.rejects(soon, (error) => {
    assert.ok(error instanceof StartError);
    assert.equal(error.failure.kind, kind);
    assert.equal(error.message, error.failure.message);
    return true;
  });
}

test("no worker is there before Python starts", async () => {
  const { python } = open();
  python.receive(1, "hello");
  await fails(python.needs(["x = 1"]), "cancelled");
  assert.equal(FakeWorker.all.length, 0);
});

test("the worker is told what it needs, and gives its version", async () => {
  const { version, worker, heard } = begun();
  assert.equal(worker.url, `${FOLDER.href}worker.js`);
  assert.deepEqual(worker.options, { type: "module" });
  assert.deepEqual(worker.posted, [{ start: { config: CONFIG, folder: FOLDER.href } }]);
  worker.say({ type: "progress", part: "python", loaded: 1, total: 2 });
  worker.say({ type: "starting" });
  worker.say({ type: "ready", version: "3.12.7" });
  assert.equal(await version, "3.12.7");
  assert.deepEqual(
    heard.map(({ type }) => type),
    ["progress", "starting"],
  );
});

test("a start that fails says why and ends its worker, and another can be tried", async () => {
  const { python, version, worker } = begun();
  worker.say({ type: "failed", ...FAILURE });
  await fails(version, "network");
  assert.equal(worker.isEnded, true);
  const again = python.start();
  FakeWorker.last().say({ type: "ready", version: "3.12.7" });
  assert.equal(await again, "3.12.7");
});

test("a worker whose script can't be loaded has not started", async () => {
  for (const event of [{}, { message: "syntax" }]) {
    const { version, worker, heard } = begun();
    assert.equal(worker.fail(event), true); // nothing else tells of it
    await fails(version, "start");
    assert.deepEqual(heard, []);
    assert.equal(worker.isEnded, true);
  }
});

test("starting can be cancelled, also twice", async () => {
  const { python, version, worker } = begun();
  python.end();
  python.end();
  await fails(version, "cancelled");
  assert.equal(worker.isEnded, true);
});

test("a worker that crashes later is heard", async () => {
  const { worker, heard } = await ready();
  worker.fail({ message: "out of memory" });
  assert.deepEqual(heard, [{ type: "crashed", message: "out of memory" }]);
});

test("answers find their questions, in whatever order they come", async () => {
  const { python, worker } = await ready();
  const first = python.needs(["a"]);
  const second = python.needs(["a", "b"]);
  await settle();
  const [, one, two] = /** @type {any[]} */ (worker.posted);
  assert.deepEqual([one.needs.sources, two.needs.sources], [["a"], ["a", "b"]]);
  worker.say({ type: "answer", ticket: two.needs.ticket, value: [[], [0]] });
  worker.say({ type: "answer", ticket: one.needs.ticket, value: [[]] });
  worker.say({ type: "answer", ticket: 99, value: [] });
  assert.deepEqual(await first, [[]]);
  assert.deepEqual(await second, [[], [0]]);
});

test("whoever waits for an answer is told when Python ends, and so is who asks later", async () => {
  const { python } = await ready();
  const asked = python.needs(["a"]);
  python.end();
  await fails(asked, "cancelled");
  await fails(python.needs(["a"]), "cancelled");
});

test("a cell runs with a pass of its own, which holds until it is revoked", async () => {
  const { python, worker } = await ready();
  const passes = [python.run("a", "x = 1"), python.run("b", "x")];
  assert.deepEqual(worker.posted.slice(1), [
    { run: { cell: "a", source: "x = 1", stop: passes[0] } },
    { run: { cell: "b", source: "x", stop: passes[1] } },
  ]);
  const [first = "", second = ""] = passes;
  assert.notEqual(first, second);
  URL.revokeObjectURL(first);
  await assert.rejects(fetch(first));
  assert.ok((await fetch(second)).ok);
  URL.revokeObjectURL(second);
});

test("outputs and messages of widgets go to and fro", async () => {
  const { python, worker, heard } = await ready();
  const output = { type: "stream", cell: "a", name: "stdout", text: "1" };
  worker.say(output);
  python.receive(3, { value: 1 });
  assert.deepEqual(heard, [output]);
  assert.deepEqual(worker.posted.at(-1), { receive: { number: 3, content: { value: 1 } } });
});

test("a new start ends the old worker, which is not heard any more", async () => {
  const { python, worker, heard } = await ready();
  const version = python.start();
  assert.equal(worker.isEnded, true);
  worker.say({ type: "ready", version: "old" });
  worker.say({ type: "starting" });
  worker.fail({ message: "old" });
  FakeWorker.last().say({ type: "ready", version: "new" });
  assert.equal(await version, "new");
  assert.deepEqual(heard, []);
});

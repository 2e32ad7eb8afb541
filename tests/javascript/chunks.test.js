import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { loadChunk, receiveChunks } from "../../nnbook/widget/chunks.js";
import { openPage } from "./page.js";

const FOLDER = new URL("http://book.test/_static/nnbook/");
/** @type {HTMLScriptElement[]} */
let scripts = [];

beforeEach(() => {
  openPage();
  receiveChunks();
  scripts = [];
  document.head.append = (...nodes) => {
    scripts.push(.../** @type {HTMLScriptElement[]} */ (nodes));
  };
});
/** @param {string} id @param {unknown} data */
function arrive(id, data) {
  Reflect.get(window, "nnChunk")(id, data);
  scripts.at(-1)?.onload?.(new Event("load"));
}

test("a chunk in the figure needs no request", async () => {
  document.body.innerHTML = '<script type="application/json" data-nn-chunk="in1">[1,2]</script>';
  assert.deepEqual(await loadChunk(document.body, "in1", FOLDER), [1, 2]);
  assert.equal(scripts.length, 0);
});

test("a chunk is fetched once, however often it is asked for", async () => {
  const asked = [1, 2].map(() => loadChunk(document.body, "out1", FOLDER));
  assert.equal(scripts.length, 1);
  assert.equal(scripts[0]?.src, `${FOLDER.href}chunks/out1.js`);
  arrive("out1", { a: 1 });
  assert.deepEqual(await Promise.all(asked), [{ a: 1 }, { a: 1 }]);
  assert.deepEqual(await loadChunk(document.body, "out1", FOLDER), { a: 1 });
  assert.equal(scripts.length, 1);
});

test("a chunk that could not be loaded is asked for again", async () => {
  const asked = loadChunk(document.body, "out2", FOLDER);
  scripts[0]?.onerror?.(new Event("error"));
  await assert.rejects(asked, /chunk out2 could not be loaded/);
  const again = loadChunk(document.body, "out2", FOLDER);
  assert.equal(scripts.length, 2);
  arrive("out2", 7);
  assert.equal(await again, 7);
});

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { afterEach, beforeEach, test } from "node:test";
import { DownloadError, download } from "../../nnbook/live/download.js";
import { setGlobal } from "./page.js";

/** @typedef {Uint8Array[] | number | Error} Answer  pieces of a file, a status, or no connection */

const HOST = "https://cdn.test/pyodide/";
const own = { fetch: globalThis.fetch, crypto: globalThis.crypto };
/** @type {Record<string, Answer[]>} */
let answers = {};
/** @type {{ name: string, cache: string, credentials: string }[]} */
let asked = [];
let cancelled = 0;

beforeEach(() => {
  answers = {};
  asked = [];
  cancelled = 0;
  setGlobal("fetch", answer);
});
afterEach(() => {
  setGlobal("fetch", own.fetch);
  setGlobal("crypto", own.crypto);
});

/** @param {URL} url @param {{ cache: string, credentials: string }} options */
async function answer(url, { cache, credentials }) {
  const name = url.href.slice(HOST.length);
  asked.push({ name, cache, credentials });
  const next = answers[name]?.shift();
  if (next === undefined) throw new Error(`${name} was asked for too often`);
  if (next instanceof Error) throw next;
  if (typeof next === "number") return new Response("no such file", { status: next });
  return new Response(streamOf(next));
}
/** @param {Uint8Array[]} pieces  an empty one breaks the connection */
function streamOf(pieces) {
  const left = [...pieces];
  return new ReadableStream({
    pull(controller) {
      const piece = left.shift();
      if (!piece) controller.close();
      else if (piece.length) controller.enqueue(piece);
      else controller.error(new Error("connection lost"));
    },
    cancel() {
      cancelled += 1;
    },
  });
}
/** @param {number[]} numbers */
const bytes = (...numbers) => new Uint8Array(numbers);
const RIGHT = bytes(1, 2, 3, 4);
const CHANGED = bytes(1, 2, 3, 5);

/** @param {string} name @param {Uint8Array} [content] @param {number} [wire] */
function wanted(name, content = RIGHT, wire = content.length) {
  const sha256 = createHash("sha256").update(content).digest("hex");
  const file = { name, sha256, bytes: content.length, wire };
  return { file, url: new URL(name, HOST) };
}
/** @param {Promise<unknown>} refused @param {DownloadError["kind"]} kind */
async function isRefused(refused, kind) {
  await assert.rejects(refused, (error) => {
    assert.ok(error instanceof DownloadError);
    assert.deepEqual([error.kind, error.host, error.file], [kind, "cdn.test", "a.whl"]);
    assert.match(error.message, /https:\/\/cdn\.test\/pyodide\/a\.whl/);
    return true;
  });
}
const ignore = () => {};

test("files come by their names, from the browser's cache where it has them", async () => {
  answers = { "a.whl": [[RIGHT]], "b.whl": [[bytes(9), bytes(8, 7)]] };
  const files = await download([wanted("a.whl"), wanted("b.whl", bytes(9, 8, 7))], ignore);
  assert.deepEqual(Object.fromEntries(files), { "a.whl": RIGHT, "b.whl": bytes(9, 8, 7) });
  assert.deepEqual(asked, [
    { name: "a.whl", cache: "force-cache", credentials: "omit" },
    { name: "b.whl", cache: "force-cache", credentials: "omit" },
  ]);
});

test("what has come is counted over all files, in bytes that travel", async () => {
  answers = { "a.whl": [[bytes(1, 2), bytes(3), bytes(4)]], "b.whl": [[RIGHT]] };
  /** @type {number[][]} */
  const heard = [];
  const files = [wanted("a.whl", RIGHT, 100), wanted("b.whl", RIGHT, 60)];
  await download(files, (loaded, total) => heard.push([loaded, total]));
  assert.ok(heard.every(([, total]) => total === 160));
  const loaded = heard.map(([each = 0]) => each);
  assert.deepEqual(
    loaded,
    [...loaded].sort((a, b) => a - b),
  );
  assert.equal(loaded.at(-1), 160);
  assert.equal(loaded.length, 4);
});

test("a changed byte is asked for again past every cache", async () => {
  answers = { "a.whl": [[CHANGED], [RIGHT]] };
  const files = await download([wanted("a.whl")], ignore);
  assert.deepEqual(files.get("a.whl"), RIGHT);
  assert.deepEqual(
    asked.map(({ cache }) => cache),
    ["force-cache", "reload"],
  );
});

for (const [what, pieces] of /** @type {[string, Uint8Array[]][]} */ ([
  ["a changed byte", [CHANGED]],
  ["a byte too many", [RIGHT, bytes(5)]],
  ["a byte too few", [bytes(1, 2, 3)]],
  ["an empty file", []],
]))
  test(`${what} is refused when it comes twice`, async () => {
    answers = { "a.whl": [pieces, pieces] };
    await isRefused(download([wanted("a.whl")], ignore), "changed");
    assert.equal(asked.length, 2);
  });

test("the rest of a file that is too long is not fetched", async () => {
  const long = [RIGHT, RIGHT, RIGHT, RIGHT];
  answers = { "a.whl": [long, long] };
  await isRefused(download([wanted("a.whl")], ignore), "changed");
  assert.equal(cancelled, 2);
});

test("one file that is refused refuses all", async () => {
  answers = { "a.whl": [[CHANGED], [CHANGED]], "b.whl": [[RIGHT]] };
  await isRefused(download([wanted("b.whl"), wanted("a.whl")], ignore), "changed");
});

test("a host that can't be reached, or goes away in the middle, is told", async () => {
  answers = { "a.whl": [new TypeError("Failed to fetch")] };
  await isRefused(download([wanted("a.whl")], ignore), "network");
  answers = { "a.whl": [[bytes(1, 2), bytes()]] };
  await isRefused(download([wanted("a.whl")], ignore), "network");
});

test("a file that the host does not have is told", async () => {
  for (const status of [404, 403, 503]) {
    answers = { "a.whl": [status] };
    await isRefused(download([wanted("a.whl")], ignore), "missing");
  }
});

test("a site without HTTPS checks its files too", async () => {
  setGlobal("crypto", {});
  answers = { "a.whl": [[RIGHT]] };
  const files = await download([wanted("a.whl")], ignore);
  assert.deepEqual(files.get("a.whl"), RIGHT);
  answers = { "a.whl": [[CHANGED], [CHANGED]] };
  await isRefused(download([wanted("a.whl")], ignore), "changed");
});

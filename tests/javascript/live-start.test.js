import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, beforeEach, mock, test } from "node:test";
import { pathToFileURL } from "node:url";
import { offerLive } from "../../nnbook/live/start.js";
import { button, cellHtml, settle } from "./live-page.js";
import { openPage, setGlobal } from "./page.js";

// What stands for the scripts of live pages: a folder that a test can fill.
const FOLDER = mkdtempSync(join(tmpdir(), "live-start-"));
after(() => rmSync(FOLDER, { recursive: true }));

const PAGE = "http://book.test/notebooks/1_2_inference.html";
const LIVE = `export default { async begin(start) { await globalThis.beginLive(start); } };`;
const CONFIG = { megabytes: { python: 9.8, drawing: 8.1 } };

/** @type {any[]} */
let begun = [];
/** @type {() => unknown} */
let begin = () => {};
/** @type {(value?: unknown) => void} */
let come = () => {};
let edition = 0;
beforeEach(() => {
  begun = [];
  begin = () => {};
  edition += 1; // a script that was loaded once is not loaded again
  setGlobal("Worker", class {});
  setGlobal("beginLive", (/** @type {any} */ start) => {
    begun.push(start);
    come();
    return begin();
  });
  mock.restoreAll();
  mock.method(console, "info", () => come());
});

/** @param {{ url?: string, lang?: string, html?: string }} [page] */
function open({ url = PAGE, lang = "en", html = cellHtml({ id: "data" }) } = {}) {
  openPage(url);
  document.documentElement.lang = lang;
  document.body.innerHTML = `<article><h1>Inference</h1><p>Text.</p>${html}</article>`;
}
const script = () => join(FOLDER, `live-${edition}`, "live.js");
function offer() {
  const config = /** @type {any} */ ({ ...CONFIG, folder: `live-${edition}/` });
  offerLive(pathToFileURL(`${FOLDER}/`), config);
}

const root = () => document.documentElement;
const status = () => document.querySelector(".nn-live-bar [role=status]")?.textContent ?? "";
const names = () =>
  [...document.querySelectorAll("[data-nn]")].map((each) => Reflect.get(each, "dataset").nn);
/** @param {string} name */
const press = (name) => button(document, name).click();
/** Until the script has been loaded and has begun, or has failed, which is written down. */
async function loaded() {
  await new Promise((resolve) => {
    come = resolve;
  });
  await settle();
}
function writeScript() {
  mkdirSync(join(FOLDER, `live-${edition}`), { recursive: true });
  writeFileSync(script(), LIVE);
}

test("a bar below the title says what a press costs, and nothing is fetched", () => {
  writeScript();
  const fetched = mock.method(globalThis, "fetch", () => {});
  open();
  offer();
  const bar = document.querySelector("h1 + .nn-live-bar");
  assert.equal(bar?.getAttribute("role"), "region");
  assert.equal(bar?.getAttribute("aria-label"), "Run this page");
  assert.match(status(), /9\.8 MB to download, and 8\.1 MB more/);
  assert.equal(root().dataset.nnLive, "off");
  assert.deepEqual(begun, []);
  assert.equal(fetched.mock.callCount(), 0);
});

test("there is a button in the bar and one before the first cell that can be seen", () => {
  const folded = cellHtml({ id: "setup", folded: true });
  open({ html: folded + cellHtml({ id: "data" }) + cellHtml({ id: "model" }) });
  offer();
  assert.deepEqual(names(), ["start", "start-here"]);
  const here = button(document, "start-here").parentElement;
  assert.equal(/** @type {any} */ (here?.nextElementSibling)?.dataset.nnCell, "data");
});

test("a page without code or without a title is left alone", () => {
  for (const html of ["", "<p>no code</p>"]) {
    open({ html });
    offer();
    assert.deepEqual([names(), root().dataset.nnLive], [[], undefined]);
  }
  document.body.innerHTML = cellHtml({ id: "data" });
  offer();
  assert.deepEqual([names(), root().dataset.nnLive], [[], undefined]);
});

test("a press hands over what has been made", async () => {
  writeScript();
  open();
  offer();
  press("start-here");
  assert.equal(root().dataset.nnLive, "loading");
  await loaded();
  const [start] = begun;
  assert.equal(start.folder.href, pathToFileURL(`${FOLDER}/live-${edition}/`).href);
  assert.equal(start.config.megabytes.python, 9.8);
  assert.ok(start.bar.contains(start.status));
  assert.deepEqual(
    start.buttons.map((/** @type {HTMLElement} */ { dataset }) => dataset.nn),
    ["start", "start-here"],
  );
});

test("pressing twice, or both buttons, starts once, also when Python is there", async () => {
  writeScript();
  open();
  offer();
  for (const name of ["start", "start", "start-here"]) press(name);
  await loaded();
  root().dataset.nnLive = "ready";
  press("start");
  await settle();
  assert.equal(begun.length, 1);
});

test("a script that can't be loaded is told, and the next press tries again", async () => {
  open();
  offer();
  press("start");
  await loaded();
  assert.equal(root().dataset.nnLive, "failed");
  assert.match(status(), /could not be loaded\. Check the connection and press again/);
  writeScript();
  press("start");
  await loaded();
  assert.equal(begun.length, 1);
});

test("a start that fails in an unforeseen way is told, and can be tried again", async () => {
  writeScript();
  open();
  offer();
  begin = () => {
    throw new Error("no worker");
  };
  press("start");
  await loaded();
  assert.equal(root().dataset.nnLive, "failed");
  assert.match(status(), /could not be loaded/);
  begin = () => {};
  press("start");
  await settle();
  assert.equal(begun.length, 2);
});

test("a page that was opened from a file says how to serve it", () => {
  open({ url: "file:///home/reader/book/notebooks/1_2_inference.html" });
  offer();
  assert.match(status(), /opened from a file.*make serve/);
  assert.deepEqual(names(), []);
  assert.equal(root().dataset.nnLive, "off");
});

test("a browser that can't run Python says so", () => {
  setGlobal("Worker", undefined);
  open();
  offer();
  assert.match(status(), /no WebAssembly/);
  assert.deepEqual(names(), []);
});

test("the offer is Korean on a Korean page", () => {
  open({ lang: "ko" });
  offer();
  const buttons = [...document.querySelectorAll("button")].map((each) => each.textContent);
  assert.deepEqual(buttons, ["이 페이지 실행하기", "이 페이지를 실행해 코드 고쳐 보기"]);
  assert.match(status(), /9\.8 MB를 내려받고, 그래프에 8\.1 MB가 더/);
});

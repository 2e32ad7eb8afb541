import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { showProgress, showProgressOfBook } from "../../nnbook/live/progress.js";
import { openStore } from "../../nnbook/live/store.js";
import { openPage, setGlobal } from "./page.js";
import { FakeStorage } from "./storage.js";

const [OLD, NEW] = ["0123abcd", "9876fedc"];
const CHAPTERS = [
  { page: "one", title: "1.1 Arrays", exercises: { "1.1.1-a": NEW, "1.1.2-a": NEW } },
  { page: "six", title: "1.6 <Summary>", exercises: { "1.6-a": NEW } },
];

let el = openPage();
let storage = new FakeStorage();
let store = openStore(storage);
beforeEach(() => {
  el = openPage();
  storage = new FakeStorage();
  store = openStore(storage);
});

/** @param {string} exercise @param {"right" | "wrong"} state @param {string} [edition] */
const check = (exercise, state, edition = NEW) => store.keepVerdict(exercise, { state, edition });
/** @param {string} name @returns {HTMLElement} */
const part = (name) => /** @type {HTMLElement} */ (el.querySelector(name));
const said = () => part(".nn-count").textContent;
/** @param {string} name */
function button(name) {
  const found = [...el.querySelectorAll("button")].find((each) => each.textContent === name);
  return /** @type {HTMLButtonElement} */ (found);
}
const told = () => part("[role=status]").textContent;

function openChapter() {
  for (const number of ["1.1.1-a", "1.1.2-a", "1.6-a"]) {
    const box = document.body.appendChild(document.createElement("div"));
    Object.assign(box.dataset, { nnExercise: number, nnEdition: NEW });
    box.innerHTML = `<p class="rubric">Exercise ${number} · <em>Title</em></p><p>Text</p>`;
  }
  showProgress(el, store);
}
/** @param {string} exercise */
const title = (exercise) =>
  document.querySelector(`[data-nn-exercise="${exercise}"] .rubric`)?.textContent?.trim();

// ---------------------------------------------------------------- a chapter

test("a chapter counts what is right, and marks each exercise at its title", () => {
  check("1.1.1-a", "right");
  check("1.1.2-a", "wrong");
  openChapter();
  assert.equal(said(), "1 of 3 exercises right");
  assert.equal(title("1.1.1-a"), "Exercise 1.1.1-a · Title ✓ right");
  assert.equal(title("1.1.2-a"), "Exercise 1.1.2-a · Title ✗ not yet right");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title");
  const states = [...document.querySelectorAll(".nn-mark")].map((each) =>
    each.getAttribute("data-nn-mark"),
  );
  assert.deepEqual(states, ["right", "wrong", "open"]);
});

test("a verdict counts at once, and the same count is not read out twice", async () => {
  openChapter();
  const line = part(".nn-count");
  assert.equal(line.getAttribute("aria-live"), "polite");
  const observer = new MutationObserver(() => {});
  observer.observe(line, { childList: true, characterData: true, subtree: true });
  check("1.6-a", "wrong");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title ✗ not yet right");
  assert.equal(observer.takeRecords().length, 0);
  check("1.6-a", "right");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title ✓ right");
  assert.equal(said(), "1 of 3 exercises right");
  assert.ok(observer.takeRecords().length > 0);
  observer.disconnect();
});

test("what another tab keeps is shown", () => {
  openChapter();
  for (const [i, name] of ["storage", "pageshow"].entries()) {
    const key = `nnbook/1/verdict/${["1.6-a", "1.1.1-a"][i]}`;
    storage.setItem(key, JSON.stringify({ state: "right", edition: NEW }));
    document.defaultView?.dispatchEvent(new Event(name));
    assert.equal(said(), `${i + 1} of 3 exercises right`, name);
  }
});

test("a verdict on another edition doesn't count", () => {
  check("1.6-a", "right", OLD);
  check("1.1.1-a", "wrong", OLD);
  openChapter();
  assert.equal(said(), "0 of 3 exercises right");
  for (const number of ["1.6-a", "1.1.1-a"])
    assert.equal(title(number), `Exercise ${number} · Title ○ checked in an earlier edition`);
  check("1.6-a", "wrong");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title ✗ not yet right");
});

test("verdicts of other pages don't count", () => {
  check("1.2.1-a", "right");
  openChapter();
  assert.equal(said(), "0 of 3 exercises right");
});

test("words are Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  check("1.6-a", "right");
  openChapter();
  assert.equal(said(), "연습 문제 3개 중 1개 정답");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title ✓ 정답");
  assert.ok(button("내보내기"));
});

// ---------------------------------------------------------------- the book

/** @param {string[]} pages */
function addPlaces(...pages) {
  for (const page of pages) {
    const place = document.body.appendChild(document.createElement("div"));
    place.dataset.nnProgress = page;
  }
}
const places = () =>
  [...document.querySelectorAll("[data-nn-progress]")].map((place) => {
    const bar = place.querySelector("progress");
    if (!bar) return place.textContent;
    return [place.textContent, bar.getAttribute("aria-label"), `${bar.value}/${bar.max}`];
  });

test("each chapter is told at its own place, from the start on", () => {
  addPlaces("six", "one");
  showProgressOfBook(el, CHAPTERS, store);
  assert.equal(said(), "0 of 3 exercises right");
  const none = ["0 of 2 exercises", "1.1 Arrays", "0/2"];
  assert.deepEqual(places(), [["0 of 1 exercises", "1.6 <Summary>", "0/1"], none]);
  check("1.1.2-a", "right");
  check("1.6-a", "wrong");
  const half = ["1 of 2 exercises", "1.1 Arrays", "1/2"];
  assert.deepEqual(places(), [["0 of 1 exercises", "1.6 <Summary>", "0/1"], half]);
  check("1.6-a", "right");
  assert.equal(said(), "2 of 3 exercises right");
  assert.deepEqual(places()[0], ["1 of 1 exercises", "1.6 <Summary>", "1/1"]);
  button("Erase").click();
  button("Yes").click();
  assert.deepEqual(places()[1], none);
});

test("the place of a page without exercises stays empty, and a chapter needs no place", () => {
  addPlaces("glossary", "six");
  showProgressOfBook(el, CHAPTERS, store);
  check("1.1.1-a", "right");
  assert.equal(said(), "1 of 3 exercises right");
  assert.deepEqual(places(), ["", ["0 of 1 exercises", "1.6 <Summary>", "0/1"]]);
});

test("places are told in Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  addPlaces("one");
  check("1.1.1-a", "right");
  showProgressOfBook(el, CHAPTERS, store);
  assert.deepEqual(places(), [["연습 문제 2개 중 1개", "1.1 Arrays", "1/2"]]);
});

test("the landing page is filled from its own data", async () => {
  check("1.6-a", "right");
  setGlobal("localStorage", storage);
  el.setAttribute("data-nn", "progress");
  el.dataset.nnChapters = JSON.stringify(CHAPTERS);
  await import("../../nnbook/live/landing.js");
  assert.equal(said(), "1 of 3 exercises right");
});

// ---------------------------------------------------------------- problems

test("what is missing is said", () => {
  storage.setItem("nnbook/1/verdict/1.6-a", "{");
  storage.setItem("nnbook/1/other", "{}");
  openChapter();
  const problems = part(".nn-count").nextElementSibling;
  assert.equal(problems?.textContent, "Entries that could not be read and are ignored: 2.");
  storage.room = 0;
  check("1.1.1-a", "right");
  assert.match(problems?.textContent ?? "", /^This browser's storage is closed or full: .* 2\.$/);
  assert.equal(said(), "1 of 3 exercises right");
  storage.room = 1000;
  check("1.1.1-a", "right");
  store.erase();
  assert.equal(problems?.textContent, "");
});

test("a browser that keeps nothing is named before anything is lost", () => {
  store = openStore(null);
  openChapter();
  assert.match(el.textContent ?? "", /storage is closed or full/);
});

// ---------------------------------------------------------------- export, import, erase

test("an export is a file with everything", async () => {
  check("1.6-a", "right");
  openChapter();
  /** @type {HTMLAnchorElement[]} */
  const clicked = [];
  const { prototype } = /** @type {any} */ (document.createElement("a").constructor);
  prototype.click = /** @this {HTMLAnchorElement} */ function () {
    clicked.push(this);
  };
  button("Export").click();
  assert.equal(clicked[0]?.getAttribute("download"), "neural-network-book.json");
  const file = await fetch(clicked[0]?.getAttribute("href") ?? "");
  assert.equal(file.headers.get("content-type"), "application/json");
  assert.equal(await file.text(), store.exported());
});

/** @param {string} text @param {number} [size] */
async function choose(text, size) {
  const input = /** @type {HTMLInputElement} */ (part("label > input[type=file]"));
  const file = new File([text], "kept.json");
  if (size) Object.defineProperty(file, "size", { value: size });
  Object.defineProperty(input, "files", { value: [file], configurable: true });
  const before = told();
  input.dispatchEvent(new Event("change"));
  for (let i = 0; i < 1000 && told() === before; i++)
    await new Promise((resolve) => setImmediate(resolve)); // a file is read in its own time
}

test("an import is taken in and counted", async () => {
  check("1.6-a", "right");
  check("1.1.1-a", "wrong");
  const text = store.exported();
  store.erase();
  openChapter();
  await choose(text);
  assert.equal(told(), "Entries taken in: 2.");
  assert.equal(said(), "1 of 3 exercises right");
});

test("a foreign file is refused in words", async () => {
  check("1.6-a", "right");
  openChapter();
  const before = [...storage.texts];
  for (const [text, size] of /** @type {[string, number?][]} */ ([
    ["{}"],
    [store.exported().slice(1)],
    [store.exported(), 20_000_000],
  ])) {
    part("[role=status]").textContent = "";
    await choose(text, size);
    assert.match(told() ?? "", /^This file was not exported by this book/);
    assert.deepEqual([...storage.texts], before);
  }
});

test("nothing is erased before the question is answered", () => {
  check("1.6-a", "right");
  openChapter();
  const question = part("[role=group]");
  assert.equal(question.hidden, true);
  button("Erase").click();
  button("Erase").click();
  assert.equal(question.hidden, false);
  assert.equal(question.getAttribute("aria-label"), "Erase everything, on all pages?");
  assert.equal(document.activeElement?.textContent, "No");
  assert.equal(storage.length, 1);
  button("No").click();
  assert.equal(question.hidden, true);
  assert.equal(document.activeElement?.textContent, "Erase");
  assert.deepEqual([storage.length, told()], [1, ""]);
});

test("after a Yes everything is gone, and a second Yes does no harm", () => {
  check("1.6-a", "right");
  storage.setItem("theme", "dark");
  openChapter();
  button("Erase").click();
  for (const _ of [1, 2]) button("Yes").click();
  assert.deepEqual([...storage.texts.keys()], ["theme"]);
  assert.equal(told(), "Everything is erased.");
  assert.equal(part("[role=group]").hidden, true);
  assert.equal(document.activeElement?.textContent, "Erase");
  assert.equal(said(), "0 of 3 exercises right");
  assert.equal(title("1.6-a"), "Exercise 1.6-a · Title");
});

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openStore, openStoreOfBrowser } from "../../nnbook/live/store.js";
import { openPage, setGlobal } from "./page.js";
import { FakeStorage } from "./storage.js";

const OLD = "0123abcd";
const NEW = "9876fedc";
/** @type {{ state: "right", edition: string }} */
const RIGHT = { state: "right", edition: NEW };
/** @type {{ state: "wrong", edition: string }} */
const WRONG = { state: "wrong", edition: NEW };
const ANSWER = { source: "x = 1\n# é, 한글", of: "x = ..." };
const LONG = "x".repeat(100_001);

let storage = new FakeStorage();
let heard = 0;
beforeEach(() => {
  openPage();
  storage = new FakeStorage();
  heard = 0;
  document.addEventListener("nn-kept", () => heard++);
});

/** @param {object} file */
const fileOf = (file) =>
  JSON.stringify({ format: "nnbook progress", version: 1, answers: {}, verdicts: {}, ...file });

// ---------------------------------------------------------------- keeping

test("each item has a key of its own", () => {
  const store = openStore(storage);
  assert.equal(store.keepAnswer("1_4_spiral", "ex-1-4-1-a-answer", ANSWER), true);
  assert.equal(store.keepVerdict("1.4.1-a", RIGHT), true);
  assert.deepEqual(
    [...storage.texts],
    [
      ["nnbook/1/answer/1_4_spiral/ex-1-4-1-a-answer", JSON.stringify(ANSWER)],
      ["nnbook/1/verdict/1.4.1-a", JSON.stringify(RIGHT)],
    ],
  );
  assert.deepEqual(store.answer("1_4_spiral", "ex-1-4-1-a-answer"), ANSWER);
  assert.deepEqual(store.verdict("1.4.1-a"), RIGHT);
  assert.equal(store.kept, true);
  assert.equal(store.ignored, 0);
});

test("what was never kept is not there", () => {
  const store = openStore(storage);
  assert.equal(store.answer("1_4_spiral", "a"), undefined);
  assert.equal(store.verdict("1.4.1-a"), undefined);
  assert.equal(store.kept, true);
});

test("a forgotten answer is gone, and only this one", () => {
  const store = openStore(storage);
  for (const cell of ["a", "b"]) store.keepAnswer("page", cell, ANSWER);
  store.forgetAnswer("page", "a");
  assert.equal(store.answer("page", "a"), undefined);
  assert.deepEqual(store.answer("page", "b"), ANSWER);
});

test("the page hears of every change, once", () => {
  const store = openStore(storage);
  const changes = [
    () => store.keepAnswer("page", "a", ANSWER),
    () => store.keepVerdict("1.6-a", RIGHT),
    () => store.forgetAnswer("page", "a"),
    () => store.imported(store.exported()),
    () => store.erase(),
  ];
  for (const [i, change] of changes.entries()) {
    change();
    assert.equal(heard, i + 1);
  }
});

test("what was solved stays solved, as long as the exercise is the same", () => {
  const store = openStore(storage);
  store.keepVerdict("1.6-a", WRONG);
  store.keepVerdict("1.6-a", RIGHT);
  assert.equal(store.keepVerdict("1.6-a", WRONG), true);
  assert.deepEqual(store.verdict("1.6-a"), RIGHT);
  const later = { ...WRONG, edition: OLD };
  store.keepVerdict("1.6-a", later);
  assert.deepEqual(store.verdict("1.6-a"), later);
});

test("two tabs don't write over each other", () => {
  const [one, two] = [openStore(storage), openStore(storage)];
  one.keepAnswer("page", "a", ANSWER);
  two.keepAnswer("page", "b", { ...ANSWER, source: "b" });
  one.keepVerdict("1.6-a", RIGHT);
  two.keepVerdict("1.6-b", WRONG);
  two.keepVerdict("1.6-a", WRONG);
  assert.equal(one.answer("page", "b")?.source, "b");
  assert.deepEqual(two.answer("page", "a"), ANSWER);
  assert.deepEqual([two.verdict("1.6-a"), one.verdict("1.6-b")], [RIGHT, WRONG]);
});

test("what can't be read back is not kept", () => {
  const store = openStore(storage);
  /** @type {any[][]} */
  const answers = [
    ["page", "a", { source: "x" }],
    ["page", "a", { source: "x", of: 1 }],
    ["page", "a", { source: "x", of: LONG }],
    ["a/page", "a", ANSWER],
    ["page", "a b", ANSWER],
    ["", "a", ANSWER],
  ];
  for (const [page, cell, answer] of answers)
    assert.throws(() => store.keepAnswer(page, cell, answer), /must be \{source, of\}.*got \{/s);
  /** @type {any[][]} */
  const verdicts = [
    ["1.6-a", { state: "open", edition: NEW }],
    ["1.6-a", { state: "right" }],
    ["1.6-a", { state: "right", edition: "123" }],
    ["1.6-a", { state: "right", edition: [NEW] }],
    ["ex-1-6-a", RIGHT],
  ];
  for (const [exercise, verdict] of verdicts)
    assert.throws(() => store.keepVerdict(exercise, verdict), /8 hexadecimal digits.*got \{/s);
  assert.deepEqual([storage.length, heard], [0, 0]);
});

test("an answer has at most 100 000 characters", () => {
  const store = openStore(storage);
  const longest = { source: LONG.slice(1), of: "" };
  assert.equal(store.keepAnswer("page", "a", longest), true);
  assert.equal(store.keepAnswer("page", "a", { source: LONG, of: "" }), false);
  assert.deepEqual(store.answer("page", "a"), longest);
});

// ---------------------------------------------------------------- what others wrote

const DAMAGED = [
  ["answer/page/a", '{"source": "x", "of": '],
  ["answer/page/b", '{"source": "x", "of": 1}'],
  ["answer/page/c", JSON.stringify({ source: LONG, of: "" })],
  ["answer/page", JSON.stringify(ANSWER)],
  ["answer/page/a b", JSON.stringify(ANSWER)],
  ["verdict/1.6-a", "null"],
  ["verdict/1.6-b", '"right"'],
  ["verdict/1.6-c", '{"state": "open", "edition": "0123abcd"}'],
  ["verdict/1.6-d", '{"state": "right", "edition": "0123ABCD"}'],
  ["verdict/1.6-e", '{"state": "right", "edition": 12345678}'],
  ["verdict/1-a", JSON.stringify(RIGHT)],
  ["other", "{}"],
  ["", ""],
];

test("damaged entries are counted, left alone, and read as nothing", () => {
  for (const [key, text] of DAMAGED) storage.setItem(`nnbook/1/${key}`, text ?? "");
  const before = [...storage.texts];
  const store = openStore(storage);
  assert.equal(store.ignored, DAMAGED.length);
  for (const cell of ["a", "b", "c", "a b"]) assert.equal(store.answer("page", cell), undefined);
  for (const letter of "abcde") assert.equal(store.verdict(`1.6-${letter}`), undefined);
  assert.deepEqual(JSON.parse(store.exported()), JSON.parse(fileOf({})));
  assert.deepEqual([...storage.texts], before);
  store.keepVerdict("1.6-a", RIGHT);
  assert.equal(store.ignored, DAMAGED.length - 1);
});

test("erasing takes everything of the book and nothing else", () => {
  const foreign = ["theme", "nnbook", "nnbook/2/verdict/1.6-a", "x/nnbook/1/verdict/1.6-a"];
  for (const key of foreign) storage.setItem(key, "{}");
  for (const [key, text] of DAMAGED) storage.setItem(`nnbook/1/${key}`, text ?? "");
  const store = openStore(storage);
  for (const cell of ["a", "b", "c"]) store.keepAnswer("page", cell, ANSWER);
  store.erase();
  assert.deepEqual([...storage.texts.keys()], foreign);
  assert.deepEqual([store.ignored, heard], [0, 4]);
});

// ---------------------------------------------------------------- files

test("what is exported, erased and imported is the same again", () => {
  const store = openStore(storage);
  store.keepAnswer("1_4_spiral", "a-1", ANSWER);
  store.keepAnswer("1_1_math", "b", { source: "", of: '"\\' });
  store.keepVerdict("1.6-a", RIGHT);
  store.keepVerdict("1.3.4-d", WRONG);
  const before = new Map([...storage.texts].sort());
  const text = store.exported();
  const file = JSON.parse(text);
  assert.deepEqual(Object.keys(file), ["format", "version", "answers", "verdicts"]);
  assert.deepEqual(Object.keys(file.answers), ["1_1_math/b", "1_4_spiral/a-1"]);
  store.erase();
  assert.equal(storage.length, 0);
  assert.equal(store.imported(text), 4);
  assert.deepEqual(new Map([...storage.texts].sort()), before);
  assert.equal(openStore(new FakeStorage()).imported(text), 4);
});

test("a file is taken in beside what is there, and solves nothing less", () => {
  const store = openStore(storage);
  for (const cell of ["a", "b"]) store.keepAnswer("page", cell, ANSWER);
  store.keepVerdict("1.6-a", RIGHT);
  const other = { source: "other", of: "" };
  const file = { answers: { "page/b": other, "page/c": other }, verdicts: { "1.6-a": WRONG } };
  assert.equal(store.imported(fileOf(file)), 3);
  const sources = ["a", "b", "c"].map((cell) => store.answer("page", cell)?.source);
  assert.deepEqual(sources, [ANSWER.source, "other", "other"]);
  assert.deepEqual(store.verdict("1.6-a"), RIGHT);
});

test("a file that is not the book's changes nothing", () => {
  const store = openStore(storage);
  const good = { "page/a": ANSWER };
  const files = [
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "{}",
    fileOf({ format: "other" }),
    fileOf({ version: 2 }),
    fileOf({ answers: undefined }),
    fileOf({ verdicts: [] }),
    fileOf({ verdicts: "none" }),
    fileOf({ answers: good, verdicts: { "1.6-a": { state: "right" } } }),
    fileOf({ answers: { ...good, "page/b": { source: LONG, of: "" } } }),
    fileOf({ answers: { ...good, "../theme": ANSWER } }),
    fileOf({ answers: good }).replace("page/a", "__proto__"),
    fileOf({ answers: good }).slice(0, -1),
  ];
  for (const text of files)
    assert.throws(
      () => store.imported(text),
      { name: "TypeError", message: /must be .*got / },
      text,
    );
  assert.deepEqual([storage.length, heard], [0, 0]);
});

// ---------------------------------------------------------------- storages that refuse

test("without a storage everything works as long as the page is open", () => {
  const closed = new FakeStorage();
  closed.closed = true;
  for (const refusing of [null, undefined, closed]) {
    const store = openStore(refusing);
    assert.equal(store.kept, false);
    assert.equal(store.keepAnswer("page", "a", ANSWER), false);
    assert.equal(store.keepVerdict("1.6-a", RIGHT), false);
    assert.deepEqual([store.answer("page", "a"), store.verdict("1.6-a")], [ANSWER, RIGHT]);
    assert.equal(openStore(storage).imported(store.exported()), 2);
    store.erase();
    assert.deepEqual([store.answer("page", "a"), store.kept], [undefined, false]);
  }
});

test("what a full storage refuses is held, said and exported", () => {
  storage.room = 400;
  const store = openStore(storage);
  assert.equal(store.keepAnswer("page", "a", ANSWER), true);
  const long = { source: "x".repeat(400), of: "" };
  assert.equal(store.keepAnswer("page", "a", long), false);
  assert.deepEqual([store.answer("page", "a"), store.kept, store.ignored], [long, false, 0]);
  assert.equal(store.keepVerdict("1.6-a", RIGHT), true);
  assert.equal(store.kept, false); // the answer is still in danger
  assert.deepEqual(JSON.parse(store.exported()).answers, { "page/a": long });
  storage.room = 1000;
  assert.equal(store.keepAnswer("page", "a", long), true);
  assert.deepEqual([store.kept, openStore(storage).answer("page", "a")], [true, long]);
});

test("items for which there is no room are not counted as taken in", () => {
  const store = openStore(storage);
  for (const letter of "abc") store.keepVerdict(`1.6-${letter}`, RIGHT);
  const text = store.exported();
  const small = new FakeStorage();
  small.room = 150;
  assert.equal(openStore(small).imported(text), 2);
});

test("a browser that refuses even the name of its storage keeps nothing", () => {
  setGlobal("localStorage", storage);
  openStoreOfBrowser().keepVerdict("1.6-a", RIGHT);
  assert.equal(storage.length, 1);
  const get = () => {
    throw new Error("SecurityError");
  };
  Object.defineProperty(globalThis, "localStorage", { get, configurable: true });
  assert.equal(openStoreOfBrowser().kept, false);
});

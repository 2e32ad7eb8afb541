import assert from "node:assert/strict";
import { test } from "node:test";
import { problem } from "../../nnbook/live/problem.js";
import { openCells } from "./live-page.js";

/** @import { Cause, ErrorFrame } from "../../nnbook/live/types.js" */

/**
 * @param {string} file
 * @param {number} line
 * @param {[number, string][]} code
 * @returns {ErrorFrame}
 */
const frame = (file, line, code) => ({ file, line, function: "<module>", code });

const HERE = frame("<cell model>", 2, [
  [1, "import numpy as np"],
  [2, 'f("<b>")'],
  [3, "done = True"],
]);
const ABOVE = frame("<cell data>", 1, [[1, "def f(x): return g(x)"]]);
const LIBRARY = [
  frame("/book/nnlib/layers.py", 10, [[10, "return x @ W"]]),
  frame("/lib/python3.12/site-packages/numpy/core.py", 99, [[99, "raise ValueError"]]),
];
const TEXT = "Traceback (most recent call last):\n  …\nValueError: no\n";

/**
 * @param {{ name?: string, value?: string, causes?: Cause[], text?: string }} error
 * @param {string} [lang]
 */
function show({ name = "ValueError", value = "no", causes = [], text = TEXT }, lang) {
  const { cells } = openCells([{ id: "data" }, { id: "model" }], lang);
  const cell = /** @type {any} */ (cells[1]);
  const node = problem({ type: "error", cell: "model", name, value, causes, text }, cell);
  return { node, words: cell.page.words };
}
/** @param {ErrorFrame[]} frames @param {Partial<Cause>} [more] @returns {Cause} */
const cause = (frames, more) => ({ name: "ValueError", value: "no", link: null, frames, ...more });
/** @param {Element} node */
const paragraphs = (node) => [...node.querySelectorAll("p")].map((each) => each.textContent);
/** @param {Element} node */
const folds = (node) => [...node.querySelectorAll("summary")].map((each) => each.textContent);

test("the reader's line is marked by a sign, not by colour alone", () => {
  const { node } = show({ causes: [cause([HERE])] });
  const lines = node.querySelector(".nn-frame pre")?.textContent?.split("\n") ?? [];
  assert.deepEqual(lines.slice(0, 3), [
    "    1  import numpy as np",
    '→   2  f("<b>")',
    "    3  done = True",
  ]);
  const marks = [...node.querySelectorAll("mark")].map((each) => each.textContent);
  assert.deepEqual(marks, ['→   2  f("<b>")\n']);
  assert.deepEqual(paragraphs(node).slice(0, 2), ["ValueError: no", "This cell, line 2"]);
});

test("neighbouring frames of the library are folded as one", () => {
  const { node } = show({ causes: [cause([HERE, ...LIBRARY])] });
  assert.deepEqual(folds(node), ["In the library (2)", "The whole traceback"]);
  const fold = node.querySelector("details");
  assert.equal(fold?.hasAttribute("open"), false);
  assert.equal(fold?.querySelectorAll(".nn-frame").length, 2);
  assert.deepEqual(fold && paragraphs(fold), [
    "nnlib/layers.py, line 10",
    "numpy/core.py, line 99",
  ]);
});

test("a library that calls the reader back is folded in two", () => {
  const causes = [cause([HERE, ...LIBRARY, ABOVE, ...LIBRARY.slice(0, 1)])];
  const { node } = show({ causes });
  assert.deepEqual(folds(node).slice(0, 2), ["In the library (2)", "In the library (1)"]);
  const own = [...node.children].filter((each) => each.className === "nn-frame");
  assert.deepEqual(
    own.map((each) => paragraphs(each)[0]),
    ["This cell, line 2", "Cell 1, line 1"],
  );
});

test("the whole traceback is folded at the end, and nothing of it becomes HTML", () => {
  const text = `${TEXT}<script>alert(1)</script>\n`;
  const { node } = show({ name: "<b>", value: "<img src=x>", causes: [cause([HERE])], text });
  const last = node.lastElementChild;
  assert.equal(last?.tagName, "DETAILS");
  assert.equal(last?.querySelector("pre")?.textContent, text.trimEnd());
  assert.ok(!node.querySelector("script, img, b"));
  assert.equal(paragraphs(node)[0], "<b>: <img src=x>");
});

test("an error without a message has no colon", () => {
  const { node } = show({ name: "StopIteration", value: "" });
  assert.deepEqual(paragraphs(node), ["StopIteration"]);
});

test("what led to an error is told first, with what it says", () => {
  for (const [link, said] of /** @type {const} */ ([
    ["cause", "This led to:"],
    ["context", "While this was handled, another error occurred:"],
  ])) {
    const first = cause([ABOVE], { name: "KeyError", value: "'W'", link });
    const { node } = show({ causes: [first, cause([HERE])] });
    assert.deepEqual(paragraphs(node), [
      "ValueError: no",
      "Cell 1, line 1",
      "KeyError: 'W'",
      said,
      "This cell, line 2",
    ]);
  }
});

test("an error that readers often meet has a hint, another has none", () => {
  const { node, words } = show({ name: "ModuleNotFoundError", value: "No module named 'torch'" });
  assert.equal(node.querySelector(".nn-note")?.textContent, words.hints.ModuleNotFoundError);
  for (const name of ["ValueError", "toString", "constructor"])
    assert.ok(!show({ name }).node.querySelector(".nn-note"));
});

test("what the page itself says of an end needs no hint", () => {
  const { node, words } = show({ name: "KeyboardInterrupt", value: "Python is new.", text: "" });
  assert.deepEqual(paragraphs(node), ["KeyboardInterrupt: Python is new."]);
  assert.ok(words.hints.KeyboardInterrupt.includes("still there")); // which it is not
  assert.ok(!node.querySelector("details"));
});

test("a cell that was stopped is short", () => {
  const { node, words } = show({
    name: "KeyboardInterrupt",
    value: "",
    causes: [cause([HERE, ...LIBRARY], { name: "KeyboardInterrupt", value: "" })],
  });
  assert.deepEqual(paragraphs(node), ["KeyboardInterrupt", words.hints.KeyboardInterrupt]);
  assert.deepEqual(folds(node), ["The whole traceback"]);
});

test("a text that is no Python marks its line", () => {
  const broken = frame("<cell model>", 3, [
    [2, "x = 1"],
    [3, "if x"],
  ]);
  const { node } = show({
    name: "SyntaxError",
    value: "expected ':'",
    causes: [cause([broken], { name: "SyntaxError", value: "expected ':'" })],
  });
  assert.deepEqual(paragraphs(node), ["SyntaxError: expected ':'", "This cell, line 3"]);
  assert.equal(node.querySelector("mark")?.textContent, "→   3  if x\n");
});

test("on a Korean page all but Python's own words is Korean", () => {
  const first = cause([ABOVE], { name: "KeyError", value: "'W'", link: "context" });
  const { node } = show({ causes: [first, cause([HERE, ...LIBRARY])] }, "ko");
  assert.deepEqual(paragraphs(node).slice(1, 5), [
    "셀 1, 1행",
    "KeyError: 'W'",
    "이 오류를 처리하다가 다른 오류가 났습니다:",
    "이 셀, 2행",
  ]);
  assert.deepEqual(folds(node), ["라이브러리 안(2)", "전체 트레이스백"]);
});

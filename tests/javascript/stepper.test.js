import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { isUsed, makeGrid } from "../../nnbook/stepper/arrays.js";
import { light } from "../../nnbook/stepper/drawing.js";
import { coloured, showEquation, workedOut } from "../../nnbook/stepper/equation.js";
import { explanation, roleIn, titleOf } from "../../nnbook/stepper/explanation.js";
import { wordsFor } from "../../nnbook/widget/words.js";
import { openPage } from "./page.js";
import { BACKWARD, FORWARD, FRAMES, openStepper, SVG } from "./stepper.js";

/** @import { Equation, Frame, Item } from "../../nnbook/stepper/types.js" */

/** @type {HTMLElement} */
let el;
/** @type {import("../../nnbook/stepper/types.js").StepperWords} */
let words;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  el = openPage();
  words = wordsFor(el, "stepper");
});

/** @param {object} [state] */
const open = (state) => openStepper(el, { svg: SVG, frames: FRAMES, caption: "A caption." }, state);
const heading = () => el.querySelector(".nn-step strong")?.textContent;
/** @param {string} name @returns {HTMLButtonElement} */
const button = (name) => /** @type {any} */ (el.querySelector(`button[aria-label="${name}"]`));
/** @param {ParentNode} parent @param {string} selector */
const texts = (parent, selector) =>
  [...parent.querySelectorAll(selector)].map((each) => each.textContent);

test("each step shows its own frame", () => {
  const { kept } = open();
  assert.equal(heading(), "Start");
  button("Next").click();
  assert.equal(heading(), "Forward · Multiply");
  assert.deepEqual(kept.state, { step: 1 });
  button("Last step").click();
  assert.equal(heading(), "Backward · Multiply");
  button("Next").click();
  assert.deepEqual(kept.state, { step: 2 });
  button("Back").click();
  assert.equal(heading(), "Forward · Multiply");
  button("First step").click();
  assert.equal(heading(), "Start");
});

test("the slider goes to a step and says where it is", () => {
  open();
  const slider = /** @type {HTMLInputElement} */ (el.querySelector("input[type=range]"));
  slider.value = "2";
  slider.dispatchEvent(new Event("input"));
  assert.equal(heading(), "Backward · Multiply");
  assert.equal(slider.getAttribute("aria-valuetext"), "2 of 2: Backward · Multiply");
  assert.equal(button("Next").getAttribute("aria-disabled"), "true");
  assert.equal(button("Back").getAttribute("aria-disabled"), "false");
});

test("what was kept is where it begins, if there is such a step", () => {
  for (const [step, place] of /** @type {[unknown, string][]} */ ([
    ["1", "Forward · Multiply"],
    [9, "Backward · Multiply"],
    [-3, "Start"],
    ["one", "Start"],
    [null, "Start"],
  ])) {
    open({ step });
    assert.equal(heading(), place);
  }
});

test("playing begins at once, goes on by itself and stops at the end", () => {
  open();
  button("Play").click();
  assert.equal(heading(), "Forward · Multiply");
  assert.equal(button("Pause").textContent, "❚❚ Pause");
  mock.timers.tick(1800);
  assert.equal(heading(), "Backward · Multiply");
  button("Play").click();
  assert.equal(heading(), "Start");
  button("Pause").click();
  mock.timers.tick(10_000);
  assert.equal(heading(), "Start");
  button("Next").click();
  button("Play").click();
  assert.equal(heading(), "Backward · Multiply");
  assert.ok(button("Play"));
});

test("nothing plays on after the end", () => {
  const { end } = open();
  button("Play").click();
  end?.();
  mock.timers.tick(10_000);
  assert.equal(heading(), "Forward · Multiply");
});

test("a caption is shown where the page has none", () => {
  open();
  assert.equal(el.querySelector(".nn-caption")?.textContent, "A caption.");
});

test("the drawing shows what is known at a step, and lights the node at work and its wires", () => {
  el.innerHTML = SVG;
  const svg = /** @type {SVGElement} */ (el.querySelector("svg"));
  const classes = () => [...svg.children].map((each) => each.getAttribute("class") ?? "");
  light(svg, FRAMES[1], 1);
  assert.deepEqual(classes(), [
    "nn-node",
    "nn-node nn-on",
    "nn-wire nn-on",
    "nn-wire nn-on",
    "nn-wire nn-on",
    "",
    "nn-new",
    "nn-later",
  ]);
  light(svg, FRAMES[0], 0);
  assert.deepEqual(classes(), [
    "nn-node",
    "nn-node",
    "nn-wire nn-on",
    "nn-wire nn-on",
    "nn-wire",
    "nn-new",
    "nn-later",
    "nn-later",
  ]);
  assert.equal(svg.dataset.phase, "start");
});

test("titles name what a step reads and writes, no line breaking inside a name", () => {
  const shown = (/** @type {Frame} */ frame) =>
    titleOf(frame, words).map((text) => text.replaceAll("\u00a0", "~"));
  assert.deepEqual(shown(FRAMES[0]), ["Start", "The inputs are known: x~=~2, y~=~3"]);
  assert.deepEqual(shown(FORWARD), ["Forward · Multiply", "reads x~=~2, y~=~3; gives z~=~6"]);
  const fills = [{ name: "dW", shape: "(2, 3)" }];
  assert.deepEqual(shown({ ...BACKWARD, fills }), [
    "Backward · Multiply",
    "receives dz~=~10; passes on dx~=~30, dy~=~20; fills dW~(2,~3)",
  ]);
});

test("an explanation has a meaning, equations and the lines that ran", () => {
  el.replaceChildren(...explanation(BACKWARD, words));
  assert.match(texts(el, ".nn-meaning")[0], /^A multiplication swaps/);
  assert.deepEqual(texts(el, "p > .nn-formula"), ["∂z/∂x = y", "∂z/∂y = x"]);
  assert.equal(texts(el, ".nn-chain")[0], "upstream × local gradient");
  assert.equal(texts(el, ".nn-equation")[0], "dx = dz y = 10 × 3 = 30");
  assert.equal(texts(el, ".nn-source p")[0], "nnlib/nodes.py, line 7–8 · Here x is a, y is b");
  assert.deepEqual(texts(el, ".nn-line"), ["7 def forward(self, x, y):\n", "8     return x * y\n"]);
});

test("a node of a kind that nobody has described is shown as it is", () => {
  const own = { ...FORWARD, kind: "Own", equations: [], lines: [], local: [] };
  el.replaceChildren(...explanation(own, words));
  assert.equal(el.textContent, words.unknown);
  el.replaceChildren(...explanation({ ...own, kind: "Multiply" }, words));
  assert.equal(el.textContent, words.unknown);
});

test("backwards, names are upstream or local or neither", () => {
  const role = roleIn(BACKWARD);
  const names = ["dz", "dx", "dy", "y", "N", "∑", "dx = dy"];
  const expected = ["nn-upstream", "", "", "nn-local", "", "", ""];
  assert.deepEqual(names.map(role), expected);
  assert.deepEqual(
    names.map(roleIn(FORWARD)),
    names.map(() => ""),
  );
});

test("names in a formula are found and coloured", () => {
  const parts = coloured("dW = x.T dout_1 + 2 σ(h)", (name) => (name === "x.T" ? "lit" : ""));
  el.replaceChildren(...parts);
  assert.equal(el.innerHTML, 'dW = <span class="lit">x.T</span> dout_1 + 2 σ(h)');
});

test("numbers are worked out term by term", () => {
  const shown = (/** @type {[string, string]} */ pair) => {
    el.replaceChildren(...workedOut(...pair));
    return [el.textContent, el.querySelectorAll(".nn-term").length];
  };
  assert.deepEqual(shown(["2 × 3 + 4", "10"]), [" = 2 × 3 + 4 = 10", 3]);
  assert.deepEqual(shown(["6", "6"]), [" = 6", 1]);
});

test("which cells an entry of the result uses", () => {
  const rows = [
    ["1", "2"],
    ["3", "4"],
  ];
  /** @param {Item["mark"]} mark @param {string[][]} [cells] */
  const used = (mark, cells = rows) => {
    const item = { name: "x", shape: "(2, 2)", rows: cells, ...(mark && { mark }) };
    return cells.map((row, i) => row.map((_, j) => isUsed(item, i, j, 1, 0)));
  };
  assert.deepEqual(used("row"), [
    [false, false],
    [true, true],
  ]);
  assert.deepEqual(used("column"), [
    [true, false],
    [true, false],
  ]);
  assert.deepEqual(used("entry"), [
    [false, false],
    [true, false],
  ]);
  assert.deepEqual(used("entry", [["1", "2"]]), [[true, false]]); // one row served every row
  assert.deepEqual(used(undefined), [
    [false, false],
    [false, false],
  ]);
});

test("a large array shows its shape alone", () => {
  const grid = makeGrid({ name: "x", shape: "(30, 10)" });
  assert.equal(grid.node.textContent, "(30, 10)");
  grid.light(0, 0);
  assert.equal(grid.node.querySelector(".nn-used"), null);
});

/** y = x W for x (2, 2) and W (2, 3), with y's entries named after their places. */
const PRODUCT = /** @type {Equation} */ ({
  formula: "y = x W",
  terms: [
    {
      name: "y",
      shape: "(2, 3)",
      mark: "entry",
      rows: [
        ["00", "01", "02"],
        ["10", "11", "12"],
      ],
    },
    "=",
    {
      name: "x",
      shape: "(2, 2)",
      mark: "row",
      rows: [
        ["a", "b"],
        ["c", "d"],
      ],
    },
    {
      name: "W",
      shape: "(2, 3)",
      mark: "column",
      rows: [
        ["e", "f", "g"],
        ["h", "i", "j"],
      ],
    },
  ],
  name: "y",
  place: [0, 0],
  numbers: "a e + b h",
  result: "00",
  worked: [
    ["a e + b h", "a f + b i", "a g + b j"],
    ["c e + d h", "c f + d i", "c g + d j"],
  ],
});

test("any entry of a result can be chosen, by arrow keys and by pointer", () => {
  el.replaceChildren(showEquation(PRODUCT, () => "", words));
  const line = () => texts(el, ".nn-worked")[0];
  const lit = () => texts(el, ".nn-cell.nn-used");
  const grid = /** @type {HTMLElement} */ (el.querySelector(".nn-choice"));
  const press = (/** @type {string} */ key) =>
    grid.dispatchEvent(new KeyboardEvent("keydown", { key }));
  assert.equal(line(), "y[0, 0] = a e + b h = 00");
  assert.deepEqual(lit(), ["00", "a", "b", "e", "h"]);
  press("ArrowRight");
  press("ArrowDown");
  press("ArrowDown");
  press("Enter");
  assert.equal(line(), "y[1, 1] = c f + d i = 11");
  assert.deepEqual(lit(), ["11", "c", "d", "f", "i"]);
  /** @type {HTMLElement} */ (grid.querySelectorAll(".nn-cell")[5]).click();
  assert.equal(line(), "y[1, 2] = c g + d j = 12");
  press("ArrowLeft");
  press("ArrowUp");
  assert.equal(line(), "y[0, 1] = a f + b i = 01");
});

test("of a large result the one entry that is known is worked out", () => {
  const [, ...rest] = PRODUCT.terms;
  const { worked: _, ...large } = PRODUCT;
  const terms = [{ name: "y", shape: "(30, 3)" }, ...rest];
  el.replaceChildren(showEquation({ ...large, terms }, () => "", words));
  assert.equal(texts(el, ".nn-worked")[0], "y[0, 0] = a e + b h = 00");
  assert.equal(el.querySelector(".nn-choice"), null);
});

test("an entry of a vector has one place, and a number none", () => {
  const vector = { name: "b", shape: "(2)", mark: "entry", rows: [["1", "2"]] };
  const equation = { ...PRODUCT, terms: [vector], name: "b", place: [1], worked: [["1", "2"]] };
  el.replaceChildren(showEquation(/** @type {Equation} */ (equation), () => "", words));
  assert.equal(texts(el, ".nn-worked")[0], "b[1] = 2");
  const { worked: _, ...single } = { ...equation, place: [], numbers: "1 + 2", result: "3" };
  el.replaceChildren(showEquation(/** @type {Equation} */ (single), () => "", words));
  assert.equal(texts(el, ".nn-worked")[0], "b = 1 + 2 = 3");
});

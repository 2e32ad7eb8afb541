import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { workOut } from "../../nnbook/stepper/arithmetic.js";
import { isNear, judge, questionsOf } from "../../nnbook/stepper/question.js";
import { openPage } from "./page.js";
import { BACKWARD, FORWARD, number, openStepper } from "./stepper.js";

/** @import { Equation, Frame, Item, Question, Step } from "../../nnbook/stepper/types.js" */

/** @type {HTMLElement} */
let el;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  el = openPage();
});

/** @param {string} name @param {string} numbers @param {string} result @returns {Equation} */
const equation = (name, numbers, result) => ({
  formula: `${name} = …`,
  terms: [],
  name,
  place: [],
  numbers,
  result,
});
/** Twice a product: z = x y, L = z w. @type {Frame[]} */
const FRAMES = [
  { phase: "start", wires: ["x", "y", "w"], reads: [...FORWARD.reads, number("w", "-7")] },
  { ...FORWARD, node: 0 },
  {
    ...FORWARD,
    wires: ["z", "w", "L"],
    reads: [number("z", "6"), number("w", "-7")],
    writes: [number("L", "-42")],
    equations: [equation("L", "6 × (-7)", "-42")],
  },
  {
    ...BACKWARD,
    wires: ["z", "w", "L"],
    reads: [number("dL", "1.5")],
    writes: [number("dz", "-10.5"), number("dw", "9")],
    equations: [equation("dz", "1.5 × (-7)", "-10.5"), equation("dw", "1.5 × 6", "9")],
  },
  {
    ...BACKWARD,
    node: 0,
    reads: [number("dz", "-10.5")],
    writes: [number("dx", "-31.5"), number("dy", "-21")],
    equations: [equation("dx", "(-10.5) × 3", "-31.5"), equation("dy", "(-10.5) × 2", "-21")],
  },
];
const DRAWN = `<svg aria-label="× → ×"><g class="nn-node" data-nn-node="0"></g>
  <g class="nn-node" data-nn-node="1"></g>${[3, 4]
    .map((step) => `<text data-nn-from="${step}"></text>`)
    .join("")}</svg>`;
const ON = { step: 2, predict: true };

/** @param {object} [state] @param {Frame[]} [frames] */
const open = (state = ON, frames = FRAMES) => openStepper(el, { svg: DRAWN, frames }, state);
/** @param {string} name @returns {HTMLButtonElement} */
const button = (name) => {
  const all = [...el.querySelectorAll("button")];
  const found = all.find((each) =>
    [each.textContent, each.getAttribute("aria-label")].includes(name),
  );
  return /** @type {HTMLButtonElement} */ (found);
};
const press = (/** @type {string} */ name) => button(name).click();
const field = () => /** @type {HTMLInputElement} */ (el.querySelector(".nn-ask input"));
/** @param {string} text */
function answer(text) {
  field().value = text;
  press("Check");
}
/** @param {string} selector */
const text = (selector) => el.querySelector(selector)?.textContent?.replaceAll("\u00a0", " ");
const heading = () => text(".nn-step strong");
const said = () => text(".nn-prediction > .nn-said");
/** @param {boolean} on */
function turn(on) {
  const input = /** @type {HTMLInputElement} */ (el.querySelector(".nn-predict input"));
  input.checked = on;
  input.dispatchEvent(new Event("change"));
}

test("arithmetic is worked out as it is written", () => {
  for (const [written, value] of /** @type {[string, number | undefined][]} */ ([
    ["10 × 3", 30],
    ["2 + 3 × (-4) - 5", -15],
    ["1 × (0.25 - 1) / 3", -0.25],
    ["8 / 2 / 2", 2],
    ["2 × (1 - (3 - 0.5))", -3],
    ["1.5e-03 + 1e+3", 1000.0015],
    ["-(2 - 5)", 3],
    ["7", 7],
    ["exp(2)", undefined],
    ["1 + … + 2", undefined],
    ["(1 + 2", undefined],
    ["1 + 2)", undefined],
    ["1 / 0", undefined],
    ["", undefined],
  ]))
    assert.equal(workOut(written), value, written);
});

test("an answer is right to half a unit of the fourth digit", () => {
  for (const [given, shown, near] of /** @type {[number, string, boolean][]} */ ([
    [1 / 3, "0.3333", true],
    [0.33335, "0.3333", true],
    [0.3334, "0.3333", false],
    [30.0049, "30", true],
    [30.0051, "30", false],
    [-21, "-21", true],
    [21, "-21", false],
    [999.51, "1000", true],
    [999.49, "1000", false],
    [1.2346e-7, "1.235e-07", true],
    [1.2343e-7, "1.235e-07", false],
    [0, "0", true],
    [1e-9, "0", false],
    [0, "1.388e-17", true],
  ]))
    assert.equal(isNear(given, shown), near, `${given} for ${shown}`);
});

/** @param {Partial<Question>} more @returns {Question} */
const question = (more) => ({
  step: BACKWARD,
  wire: "x",
  entry: "dx",
  upstream: [],
  known: [],
  numbers: "10 × 3",
  result: "30",
  unchanged: ["10"],
  ...more,
});

test("likely slips are recognised, and a right answer is never one", () => {
  const verdicts = [30, -30, 10, -10, 31].map((given) => judge(given, question({})));
  assert.deepEqual(verdicts, ["right", "sign", "unchanged", "wrong", "wrong"]);
  const passed = question({ numbers: "10 × 1", result: "10" });
  assert.equal(judge(10, passed), "right");
  const turned = question({ numbers: "4 × (-1)", result: "-4", unchanged: ["4"] });
  assert.equal(judge(4, turned), "unchanged"); // which says more than that the sign is wrong
  assert.equal(judge(0, question({ numbers: "0 × 3", result: "0", unchanged: ["0"] })), "right");
});

test("what the rounded numbers give is as right as what is shown", () => {
  // 0.9999 and 0.6666 are rounded, as the result is: exactly it is 0.66664
  const rounded = question({ numbers: "0.9999 × 0.6666", result: "0.6667" });
  const given = [0.6667, 0.66653, 0.6666, 0.6664, 0.6669];
  const verdicts = given.map((each) => judge(each, rounded));
  assert.deepEqual(verdicts, ["right", "right", "right", "wrong", "wrong"]);
});

/** @param {string} name @param {string} shape @param {string[][]} [rows] @returns {Item} */
const array = (name, shape, rows) => ({ name, shape, ...(rows && { rows }) });
const X = array("x", "(2, 2)", [
  ["1", "2"],
  ["3", "4"],
]);
const DY = array("dy", "(2, 2)", [
  ["5", "6"],
  ["7", "8"],
]);
/** @type {Step} */
const LAYER = {
  ...FORWARD,
  kind: "Affine",
  reads: [array("x", "(2, 2)")],
  writes: [array("y", "(2, 2)")],
  equations: [
    {
      ...equation("y", "", ""),
      terms: [array("y", "(2, 2)", DY.rows), "=", X, "@", array("W", "(1, 1)", [["9"]])],
    },
  ],
};
/** @param {(Item | string)[]} terms @returns {Step} */
const back = (terms) => ({
  ...BACKWARD,
  reads: [array("dy", "(2, 2)")],
  equations: [{ ...equation("dx", "6 × 9", "54"), terms, place: [0, 1] }],
});

test("a question about an array asks for one entry, and shows all that is needed", () => {
  const step = back([array("dx", "(2, 2)"), "=", DY, "@", array("W.T", "(1, 1)", [["9"]])]);
  const asked = questionsOf([LAYER, step]).get(1);
  assert.equal(asked?.entry, "dx[0, 1]");
  assert.deepEqual(asked?.upstream, [DY]);
  assert.deepEqual(
    asked?.known.map(({ name, rows }) => [name, rows !== undefined]),
    [
      ["x", true],
      ["W", true],
      ["y", true],
    ],
  );
  assert.deepEqual(asked?.unchanged, ["6"]); // the entry at the same place
  const wide = back([array("dx", "(2, 3)"), "=", DY]);
  assert.deepEqual(questionsOf([LAYER, wide]).get(1)?.unchanged, []);
});

test("nothing is asked that can't be worked out from what is shown", () => {
  const large = back([array("dx", "(2, 2)"), "=", array("dy", "(30, 2)"), "@", X]);
  const unknown = { ...BACKWARD, equations: [] };
  const infinite = { ...BACKWARD, equations: [equation("dx", "inf × 3", "inf")] };
  const none = { ...BACKWARD, equations: [equation("dx", "nan × 3", "nan")] };
  assert.equal(questionsOf([FORWARD, large, unknown, infinite, none, FORWARD]).size, 0);
  open({}, [FRAMES[0], FORWARD, unknown]);
  const row = /** @type {HTMLElement} */ (el.querySelector(".nn-predict"));
  assert.equal(row.hidden, true);
});

test("before a backward step the reader is asked, and nothing of it is shown", () => {
  const { kept } = open();
  press("Next");
  assert.equal(heading(), "Forward · Multiply");
  assert.deepEqual(kept.state, ON);
  assert.match(text(".nn-ask p") ?? "", /Multiply.* along the wire z\. What is dz\?$/);
  assert.equal(text(".nn-ask .nn-terms"), "dL1.5z6w-7L-42");
  assert.equal(document.activeElement, field());
  assert.equal(field().getAttribute("aria-label"), "dz");
  assert.equal(said(), "");
  assert.doesNotMatch(el.textContent ?? "", /10\.5/);
  const later = [...el.querySelectorAll("[data-nn-from]")].map((each) =>
    each.getAttribute("class"),
  );
  assert.deepEqual(later, ["nn-later", "nn-later"]);
  assert.equal(el.querySelector(".nn-node.nn-on")?.getAttribute("data-nn-node"), "1");
});

test("a right answer shows the step, and the keyboard is back at Next", () => {
  const { kept } = open();
  press("Next");
  answer("-10.5");
  assert.equal(heading(), "Backward · Multiply");
  assert.equal(said(), "✓ Right: dz = -10.5.");
  assert.equal(document.activeElement, button("Next"));
  assert.equal(el.querySelector(".nn-ask"), null);
  assert.equal(text(".nn-tally"), "1 of 2 predicted");
  assert.deepEqual(kept.state, { step: 3, predict: true });
  press("Next");
  answer("-63/2");
  assert.equal(heading(), "Backward · Multiply");
  assert.equal(text(".nn-tally"), "2 of 2 predicted");
  assert.deepEqual(kept.state, { step: 4, predict: true });
});

test("a wrong answer is told with what is known, and can be tried again", () => {
  open();
  press("Next");
  answer("4");
  assert.match(said() ?? "", /^✗ Not right\. Take the upstream gradient, dL = 1\.5, times/);
  assert.match(said() ?? "", /A multiplication swaps/);
  assert.equal(field().getAttribute("aria-invalid"), "true");
  answer("10.5");
  assert.match(said() ?? "", /The size is right, the sign is not/);
  answer("1.5");
  assert.match(said() ?? "", /the upstream gradient itself, passed on unchanged/);
  for (const nothing of ["", "two", "1,5"]) {
    answer(nothing);
    assert.match(said() ?? "", /^Write a number/);
  }
  assert.doesNotMatch(said() ?? "", /10\.5/);
  assert.equal(heading(), "Forward · Multiply");
  assert.equal(text(".nn-tally"), "0 of 2 predicted");
  answer("-10.5");
  assert.equal(text(".nn-tally"), "1 of 2 predicted");
});

test("Enter is the same as Check", () => {
  open();
  press("Next");
  field().value = "-10.5";
  const form = /** @type {HTMLFormElement} */ (el.querySelector(".nn-ask"));
  form.requestSubmit();
  assert.equal(heading(), "Backward · Multiply");
});

test("a step can be shown without an answer, which does not count", () => {
  open();
  press("Next");
  press("Show");
  assert.equal(heading(), "Backward · Multiply");
  assert.equal(said(), "dz = -10.5.");
  assert.equal(document.activeElement, button("Next"));
  assert.equal(text(".nn-tally"), "0 of 2 predicted");
});

test("no way forward leads past a question, and back all ways are free", () => {
  const { kept } = open({ step: 0, predict: true });
  const slider = /** @type {HTMLInputElement} */ (el.querySelector("input[type=range]"));
  const drag = (/** @type {number} */ place) => {
    slider.value = String(place);
    slider.dispatchEvent(new Event("input"));
  };
  for (const go of [() => press("Last step"), () => drag(4), () => drag(3), () => press("Next")]) {
    go();
    assert.equal(kept.state.step, 2);
    assert.equal(slider.value, "2");
    assert.equal(document.activeElement, field());
    assert.ok(!el.textContent?.includes("10.5"));
  }
  field().value = "-10";
  press("Next");
  assert.equal(field().value, "-10"); // what is typed is not lost
  press("Back");
  assert.equal(kept.state.step, 1);
  assert.equal(el.querySelector(".nn-ask"), null);
  press("Last step");
  answer("-10.5");
  drag(4);
  assert.equal(kept.state.step, 3); // the next question
  press("First step");
  assert.equal(kept.state.step, 0);
  drag(3);
  assert.equal(heading(), "Backward · Multiply"); // is not asked twice
  assert.equal(said(), "");
});

test("a question stops what plays, and an answer does not start it", () => {
  open({ step: 1, predict: true });
  press("Play");
  assert.ok(button("Pause"));
  mock.timers.tick(1800);
  assert.ok(button("Play"));
  assert.equal(document.activeElement, field());
  answer("-10.5");
  mock.timers.tick(60_000);
  assert.ok(el.querySelector(".nn-ask") === null);
  press("Play"); // straight into the next question
  assert.ok(button("Play"));
  assert.equal(document.activeElement, field());
});

test("prediction is kept while it is on, and gone when it is off", () => {
  const { kept } = open({ step: "2", predict: "true" }); // as an address says it
  press("Next");
  assert.ok(field());
  turn(false);
  assert.deepEqual(kept.state, { step: 2 });
  assert.equal(field(), null);
  const tally = /** @type {HTMLElement} */ (el.querySelector(".nn-tally"));
  assert.equal(tally.hidden, true);
  press("Last step");
  assert.deepEqual(kept.state, { step: 4 });
  turn(true);
  assert.deepEqual(kept.state, { step: 4, predict: true });
  assert.equal(tally.hidden, false);
  for (const state of [{}, { predict: "false" }, { predict: false }]) {
    open(state);
    press("Last step");
    assert.equal(heading(), "Backward · Multiply");
  }
});

test("the question is Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  open();
  press("다음");
  field().value = "5";
  press("확인");
  assert.match(said() ?? "", /^✗ 아직 아닙니다\. 상류 기울기\(dL = 1\.5\)에/);
  press("답 보기");
  assert.equal(said(), "dz = -10.5");
  assert.equal(text(".nn-tally"), "2개 중 0개 예측함");
});

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { openPage } from "./page.js";
import { BACKWARD, FORWARD, FRAMES, number, openStepper, SVG } from "./stepper.js";

/** @import { Frame, Input } from "../../nnbook/stepper/types.js" */

/** @type {HTMLElement} */
let el;
beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  el = openPage();
});

/** @type {Input[]} */
const INPUTS = [
  { name: "x", shape: [], rows: [["0.1234567"]] },
  { name: "b", shape: [2], rows: [["1", "2"]] },
  {
    name: "W",
    shape: [2, 3],
    rows: [
      ["1", "2", "3"],
      ["4", "5", "6"],
    ],
  },
];
/** The same steps at x = 5. @type {Frame[]} */
const OTHERS = [
  { phase: "start", wires: ["x", "y"], reads: [number("x", "5"), number("y", "3")] },
  { ...FORWARD, reads: [number("x", "5"), number("y", "3")], writes: [number("z", "15")] },
  { ...BACKWARD, writes: [number("dx", "30"), number("dy", "50")] },
];
const RUN = { type: "frames", svg: SVG.replace("times", "times again"), frames: OTHERS };

/** @param {object} [state] */
const open = (state) => openStepper(el, { svg: SVG, frames: FRAMES, inputs: INPUTS }, state);
/** @param {string} name */
const field = (name) =>
  /** @type {HTMLInputElement} */ (el.querySelector(`.nn-inputs input[aria-label="${name}"]`));
/** @param {string} name @param {string} text */
function type(name, text) {
  field(name).value = text;
  field(name).dispatchEvent(new Event("change"));
}
const wires = () => el.querySelector(".nn-step span")?.textContent?.replaceAll("\u00a0", " ");
const status = () => el.querySelector(".nn-inputs .nn-status")?.textContent;
const beside = () => [...el.querySelectorAll(".nn-input .nn-said")].map((each) => each.textContent);
/** @param {string} name */
const press = (name) =>
  /** @type {HTMLElement} */ (el.querySelector(`button[aria-label="${name}"]`)).click();

test("a page without Python has no fields", () => {
  openStepper(el, { svg: SVG, frames: FRAMES });
  assert.equal(el.querySelector(".nn-inputs"), null);
});

test("every entry has a field with its name, in a fold", () => {
  open();
  const fold = /** @type {HTMLDetailsElement} */ (el.querySelector("details.nn-inputs"));
  assert.equal(fold.open, false);
  assert.equal(fold.querySelector("summary")?.textContent, "Your own numbers");
  const fields = [...fold.querySelectorAll("input")];
  assert.deepEqual(
    fields.map((each) => [each.getAttribute("aria-label"), each.value].join(" = ")),
    [
      "x = 0.1234567",
      "b[0] = 1",
      "b[1] = 2",
      ...["W[0, 0] = 1", "W[0, 1] = 2", "W[0, 2] = 3"],
      ...["W[1, 0] = 4", "W[1, 1] = 5", "W[1, 2] = 6"],
    ],
  );
});

test("a changed number is sent with all others, in their shapes", () => {
  const { asked } = open();
  type("W[1, 0]", "-4.5");
  type("b[1]", "1/4");
  const last = { x: 0.1234567, b: [1, 0.25] };
  assert.deepEqual(asked, [
    {
      number: 1,
      inputs: {
        x: 0.1234567,
        b: [1, 2],
        W: [
          [1, 2, 3],
          [-4.5, 5, 6],
        ],
      },
    },
    {
      number: 2,
      inputs: {
        ...last,
        W: [
          [1, 2, 3],
          [-4.5, 5, 6],
        ],
      },
    },
  ]);
});

test("the answer is shown at the same step", () => {
  const { asked, answer, kept } = open({ step: 1 });
  type("x", "5");
  answer({ ...RUN, number: asked[0].number });
  assert.equal(wires(), "reads x = 5, y = 3; gives z = 15");
  const drawn = /** @type {SVGElement} */ (el.querySelector(".nn-view svg"));
  assert.match(drawn.getAttribute("aria-label") ?? "", /^times again\. Forward/);
  assert.equal(el.querySelectorAll("svg").length, 1);
  assert.equal(drawn.querySelector(".nn-node.nn-on")?.getAttribute("data-nn-node"), "1");
  press("Next");
  assert.equal(wires(), "receives dz = 10; passes on dx = 30, dy = 50");
  assert.deepEqual(kept.state, { step: 2 });
});

test("what is no number is told beside its field, and nothing is sent or lost", () => {
  const { asked } = open();
  for (const bad of ["", "one", "1,5", "1e999"]) {
    type("b[1]", bad);
    assert.equal(asked.length, 0);
    assert.match(beside()[1] ?? "", /^b\[1\]: Write a number/);
    assert.deepEqual([beside()[0], beside()[2]], ["", ""]);
    assert.equal(field("b[1]").value, bad);
    assert.equal(field("b[1]").getAttribute("aria-invalid"), "true");
    assert.equal(field("b[0]").getAttribute("aria-invalid"), "false");
  }
  type("x", "7"); // waits for the other
  assert.equal(asked.length, 0);
  type("b[1]", "3");
  assert.deepEqual(beside(), ["", "", ""]);
  const sent = asked.map(({ inputs }) => [inputs.x, inputs.b]);
  assert.deepEqual(sent, [[7, [1, 3]]]);
});

test("what Python says of the numbers is text and no HTML, and the steps stay", () => {
  const { answer } = open({ step: 1 });
  type("x", "5");
  answer({ type: "error", number: 1, message: "ValueError: <img src=x> must be 1; got 5" });
  assert.match(status() ?? "", /refused.* ValueError: <img src=x> must be 1; got 5$/);
  assert.equal(el.querySelector("img"), null);
  assert.equal(wires(), "reads x = 2, y = 3; gives z = 6");
  assert.equal(field("x").value, "5");
  type("x", "6");
  answer({ ...RUN, number: 2 });
  assert.equal(status(), "");
});

test("an older answer never replaces a newer one", () => {
  const { answer } = open();
  type("x", "5");
  type("x", "2");
  answer({ type: "frames", number: 2, svg: SVG, frames: FRAMES });
  answer({ ...RUN, number: 1 });
  assert.equal(wires(), "The inputs are known: x = 2, y = 3");
});

test("a silent kernel is reported, and one that is gone", () => {
  const { answer, leave, end } = open();
  type("x", "5");
  mock.timers.tick(4000);
  assert.match(status() ?? "", /^Waiting for Python/);
  answer({ ...RUN, number: 1 });
  assert.equal(status(), "");
  leave();
  assert.match(status() ?? "", /kernel that answered here is gone/);
  end?.();
});

test("nothing is reported once the widget is gone", () => {
  const { end } = open();
  type("x", "5");
  end?.();
  mock.timers.tick(60_000);
  assert.equal(status(), "");
});

test("with other numbers nothing is predicted yet, and an open question is about them", () => {
  const { answer } = open({ step: 1, predict: true });
  press("Next");
  const check = (/** @type {string} */ text) => {
    const asked = /** @type {HTMLInputElement} */ (el.querySelector(".nn-ask input"));
    asked.value = text;
    /** @type {HTMLElement} */ (el.querySelector(".nn-ask button")).click();
  };
  check("30");
  assert.equal(el.querySelector(".nn-tally")?.textContent, "1 of 1 predicted");
  press("Back");
  field("x").focus();
  type("x", "5");
  answer({ ...RUN, number: 1 });
  assert.equal(el.querySelector(".nn-tally")?.textContent, "0 of 1 predicted");
  press("Next");
  check("7");
  assert.match(el.querySelector(".nn-ask .nn-terms")?.textContent ?? "", /^dz10x5y3z15$/);
  type("x", "2");
  answer({ type: "frames", number: 2, svg: SVG, frames: FRAMES });
  assert.match(el.querySelector(".nn-ask .nn-terms")?.textContent ?? "", /^dz10x2y3z6$/);
  assert.equal(el.querySelector(".nn-prediction > .nn-said")?.textContent, "");
  assert.notEqual(document.activeElement, el.querySelector(".nn-ask input"));
});

test("the fold is Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  open();
  assert.equal(el.querySelector("summary")?.textContent, "내 숫자로 해 보기");
  type("x", "");
  assert.match(beside()[0] ?? "", /^x: 소수점이나 분수로 숫자를 적으세요/);
});

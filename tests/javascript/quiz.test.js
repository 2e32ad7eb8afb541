import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { judge, readNumber, readShape } from "../../nnbook/quiz/judge.js";
import { render } from "../../nnbook/quiz/quiz.js";
import { open } from "../../nnbook/quiz/stored.js";
import { withCode } from "../../nnbook/quiz/text.js";
import { openPage } from "./page.js";

/** @import { Choice, NumberQuestion, Shape } from "../../nnbook/quiz/types.js" */

/** @type {Choice} */
const CHOICE = {
  id: "a-choice",
  section: "1.1.3",
  kind: "choice",
  text: "What is `1 < 2`?",
  options: [
    { text: "`False`", why: "Look again.", right: false },
    { text: "`True`", why: "1 is `less`.", right: true },
    { text: "An error", why: "Numbers can be compared.", right: false },
  ],
};
/** @type {Shape} */
const SHAPE = {
  id: "a-shape",
  section: "1.1.1",
  kind: "shape",
  text: "Which shape?",
  answer: [4, 3],
  why: "Rows first.",
  wrong: [
    { answer: [3, 4], why: "Turned around." },
    { answer: [12], why: "Flat." },
  ],
  hint: "Count the rows.",
};
/** @type {NumberQuestion} */
const NUMBER = {
  id: "a-number",
  section: "1.2.1",
  kind: "number",
  text: "How much?",
  answer: 0.525,
  precision: 0.0005,
  decimals: 3,
  why: "So it is.",
  wrong: [{ answer: 0.475, why: "The other side." }],
  hint: "Use the sigmoid.",
};

let el = openPage();
beforeEach(() => {
  el = openPage();
});

/** @param {Record<string, string>} [state] */
function show(state = {}) {
  const questions = [CHOICE, SHAPE, NUMBER];
  const kept = { settings: { chapter: "1.1", questions }, state };
  /** @type {any} */
  const model = {
    get: (/** @type {"settings" | "state"} */ name) => kept[name],
    set: (/** @type {"state"} */ name, /** @type {any} */ value) => (kept[name] = value),
  };
  render({ model, el });
  return kept;
}
/** @param {string} id @returns {any} */
const question = (id) => el.querySelector(`[data-nn-question="${id}"]`);
/** @param {string} id */
const verdict = (id) => question(id).dataset.nnVerdict;
/** @param {string} id */
const feedback = (id) => question(id).querySelector("[role=status]").textContent;
/** @param {string} id @param {string} name @returns {HTMLButtonElement} */
function button(id, name) {
  const buttons = [...question(id).querySelectorAll("button")];
  return buttons.find((each) => each.textContent === name);
}
/** @param {string} id @param {string} value */
function answer(id, value) {
  const inputs = [...question(id).querySelectorAll("input")];
  if (inputs.length === 1) inputs[0].value = value;
  else inputs[Number(value)].checked = true;
  const changed = inputs.length === 1 ? "input" : "change";
  (inputs[Number(value)] ?? inputs[0]).dispatchEvent(new Event(changed, { bubbles: true }));
}
/** @param {string} id @param {string} value */
function check(id, value) {
  answer(id, value);
  button(id, "Check").click();
}
const tally = () => el.querySelector(".nn-tally")?.textContent;

// ---------------------------------------------------------------- reading and judging

test("a shape is read as people write it", () => {
  for (const text of [
    "(4, 3)",
    "4,3",
    "4x3",
    "4 × 3",
    " [4, 3] ",
    "4 3",
    "(4,3,)",
    "（4，3）",
    "4*3",
  ])
    assert.deepEqual(readShape(text), [4, 3], text);
  for (const text of ["(3,)", "3,", "3", "[3]", "(3)"])
    assert.deepEqual(readShape(text), [3], text);
  for (const text of ["()", "[]", "( )"]) assert.deepEqual(readShape(text), [], text);
  assert.deepEqual(readShape("(2, 10, 0)"), [2, 10, 0]);
});

test("what is no shape is not guessed", () => {
  for (const text of ["", "  ", ",", "(4; 3)", "4.5", "-3", "four", "(4, 3", "4,,3", "(N, 3)"])
    assert.equal(readShape(text), undefined, text);
});

test("a number is read, and a comma refused", () => {
  const read = {
    0.525: 0.525,
    ".5": 0.5,
    "5.": 5,
    "+3": 3,
    "−0.5": -0.5,
    "１２": 12,
    "1e-3": 1e-3,
  };
  for (const [text, value] of Object.entries(read))
    assert.deepEqual(readNumber(text), [value], text);
  for (const text of ["", "0,525", "1,000", "1/4", "1 000", "0x10", "Infinity", "NaN", "."])
    assert.equal(readNumber(text), undefined, text);
});

test("a number counts to its precision and no farther", () => {
  const verdicts = ["0.525", "0.5255", "0.5245", "0.5256", "0.5244", "0.53"].map(
    (text) => judge(NUMBER, text)?.verdict,
  );
  assert.deepEqual(verdicts, ["right", "right", "right", "wrong", "wrong", "wrong"]);
  assert.equal(judge({ ...NUMBER, answer: 0, precision: 0 }, "0")?.verdict, "right");
  const whole = { ...NUMBER, answer: 8, precision: 0, decimals: null };
  assert.deepEqual(
    ["8", "8.0", "8.4", "7"].map((text) => judge(whole, text)?.verdict),
    ["right", "right", "wrong", "wrong"],
  );
});

test("every answer gets its own words", () => {
  assert.deepEqual(judge(CHOICE, "1"), { verdict: "right", why: "1 is `less`." });
  assert.deepEqual(judge(CHOICE, "2"), { verdict: "wrong", why: "Numbers can be compared." });
  assert.deepEqual(judge(SHAPE, "4,3"), { verdict: "right", why: "Rows first." });
  assert.deepEqual(judge(SHAPE, "12,"), { verdict: "wrong", why: "Flat." });
  assert.deepEqual(judge(SHAPE, "(4,)"), { verdict: "wrong", why: "Count the rows." });
  assert.deepEqual(judge(SHAPE, "(4, 3, 1)"), { verdict: "wrong", why: "Count the rows." });
  assert.deepEqual(judge(NUMBER, "0.475"), { verdict: "wrong", why: "The other side." });
  assert.deepEqual(judge(NUMBER, "7"), { verdict: "wrong", why: "Use the sigmoid." });
  for (const given of ["", "3", "x"]) assert.equal(judge(CHOICE, given), undefined);
});

test("what stands between backticks is code, and everything else is text", () => {
  el.append(...withCode("<b> `x < 1` and `y`"));
  assert.equal(el.innerHTML, "&lt;b&gt; <code>x &lt; 1</code> and <code>y</code>");
});

// ---------------------------------------------------------------- the widget

test("questions are native controls with names", () => {
  show();
  assert.equal(el.dataset.nnQuiz, "1.1");
  assert.deepEqual(
    [...el.querySelectorAll("fieldset > legend")].map((each) => each.textContent),
    ["1. What is 1 < 2?", "2. Which shape?", "3. How much?"],
  );
  const radios = [...question("a-choice").querySelectorAll("label > input[type=radio]")];
  assert.equal(radios.length, 3);
  assert.equal(new Set(radios.map((each) => each.name)).size, 1);
  const labels = ["a-shape", "a-number"].map((id) => question(id).querySelector("label"));
  assert.deepEqual(
    labels.map((each) => each.textContent),
    ["Your answer (a shape)", "Your answer (to 3 decimals)"],
  );
  for (const label of labels)
    assert.equal(document.getElementById(label.htmlFor)?.tagName, "INPUT");
  const described = question("a-shape").getAttribute("aria-describedby");
  assert.equal(document.getElementById(described)?.getAttribute("role"), "status");
  assert.equal(tally(), "0 of 3 right");
});

test("a phone shows the keys that an answer needs", () => {
  show();
  const modes = ["a-shape", "a-number"].map((id) =>
    question(id).querySelector("input").getAttribute("inputmode"),
  );
  assert.deepEqual(modes, ["text", "decimal"]);
  NUMBER.wrong.push({ answer: -1, why: "Below zero." });
  show();
  NUMBER.wrong.pop();
  assert.equal(question("a-number").querySelector("input").getAttribute("inputmode"), "text");
});

test("each precision is said in words", () => {
  const said = [
    [0, null, "Your answer (a whole number)"],
    [0.5, 0, "Your answer (rounded to a whole number)"],
    [0.05, 1, "Your answer (to 1 decimal)"],
    [0.01, null, "Your answer (within ±0.01)"],
  ];
  const before = { ...NUMBER };
  for (const [precision, decimals, text] of said) {
    Object.assign(NUMBER, { precision, decimals });
    show();
    assert.equal(question("a-number").querySelector("label").textContent, text);
  }
  Object.assign(NUMBER, before);
});

test("a right answer is marked in words, a wrong one names its section", () => {
  show();
  check("a-choice", "1");
  assert.equal(verdict("a-choice"), "right");
  assert.equal(feedback("a-choice"), "✓ Right. 1 is less.");
  check("a-shape", "3x4");
  assert.equal(verdict("a-shape"), "wrong");
  assert.equal(feedback("a-shape"), "✗ Not right. Turned around. Section 1.1.1 explains it.");
  assert.equal(verdict("a-number"), "open");
  assert.equal(tally(), "1 of 3 right");
});

test("nothing is judged before there is an answer that can be read", () => {
  const kept = show();
  button("a-choice", "Check").click();
  assert.equal(feedback("a-choice"), "Choose an answer first.");
  check("a-shape", "four by three");
  assert.match(feedback("a-shape"), /^Write a shape in numbers/);
  check("a-number", "0,525");
  assert.match(feedback("a-number"), /^Write a number with a point/);
  assert.deepEqual(["a-choice", "a-shape", "a-number"].map(verdict), ["open", "open", "open"]);
  assert.deepEqual(kept.state, {});
});

test("pressing twice is harmless", () => {
  const kept = show();
  check("a-number", "0.525");
  button("a-number", "Check").click();
  assert.equal(verdict("a-number"), "right");
  assert.equal(tally(), "1 of 3 right");
  assert.deepEqual(kept.state, { "a-number": "0.525" });
  button("a-number", "Try again").click();
  button("a-number", "Try again").click();
  assert.equal(verdict("a-number"), "open");
  assert.equal(tally(), "0 of 3 right");
});

test("a changed answer takes the verdict away until it is checked", () => {
  const kept = show();
  check("a-shape", "(4, 3)");
  answer("a-shape", "(4, 33)");
  assert.equal(verdict("a-shape"), "open");
  assert.equal(feedback("a-shape"), "");
  assert.equal(tally(), "0 of 3 right");
  assert.deepEqual(kept.state, {});
  check("a-choice", "0");
  answer("a-choice", "1");
  assert.equal(verdict("a-choice"), "open");
});

test("trying again empties the question and gives it the keyboard", () => {
  show();
  const again = button("a-choice", "Try again");
  assert.equal(again.hidden, true);
  check("a-choice", "2");
  assert.equal(again.hidden, false);
  again.focus();
  again.click();
  const [first, ...others] = question("a-choice").querySelectorAll("input");
  assert.equal(document.activeElement, first);
  assert.ok([first, ...others].every((each) => !each.checked));
  assert.equal(again.hidden, true);
  check("a-shape", "9");
  button("a-shape", "Try again").click();
  assert.equal(document.activeElement, question("a-shape").querySelector("input"));
  assert.equal(question("a-shape").querySelector("input").value, "");
});

test("starting again empties everything and keeps the keyboard", () => {
  const kept = show();
  check("a-choice", "1");
  check("a-shape", "4x3");
  const buttons = [...el.querySelectorAll("button")];
  const restart = buttons.at(-1);
  assert.equal(restart?.textContent, "Start again");
  restart?.focus();
  for (const _ of [1, 2]) restart?.click();
  assert.equal(document.activeElement, restart);
  assert.equal(tally(), "0 of 3 right");
  assert.deepEqual(kept.state, {});
  assert.equal(question("a-shape").querySelector("input").value, "");
  assert.equal(feedback("a-choice"), "");
});

test("Enter checks, but not while a syllable is being composed", () => {
  show();
  answer("a-shape", "4,3");
  const input = question("a-shape").querySelector("input");
  const press = (/** @type {object} */ more) =>
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, ...more }));
  press({ isComposing: true });
  assert.equal(verdict("a-shape"), "open");
  press({ key: "a" });
  assert.equal(verdict("a-shape"), "open");
  press({});
  assert.equal(verdict("a-shape"), "right");
});

test("Enter on a button does not check a second time", () => {
  show();
  check("a-shape", "4,3");
  const again = button("a-shape", "Try again");
  again.click();
  again.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
  assert.equal(feedback("a-shape"), "");
});

test("what was answered is kept, small, and shown again", () => {
  const kept = show();
  check("a-choice", "2");
  check("a-number", "0.525");
  assert.deepEqual(kept.state, { "a-choice": "2", "a-number": "0.525" });
  el = openPage();
  show(kept.state);
  assert.deepEqual(["a-choice", "a-shape", "a-number"].map(verdict), ["wrong", "open", "right"]);
  assert.equal(question("a-choice").querySelectorAll("input")[2].checked, true);
  assert.equal(tally(), "1 of 3 right");
});

test("a kept answer that is none is left open", () => {
  for (const given of ["7", " ", "1.0", "-1", "x"]) {
    show({ "a-choice": given, "a-shape": "no shape", gone: "1" });
    assert.equal(verdict("a-choice"), "open", given);
    assert.equal(verdict("a-shape"), "open");
  }
});

test("the same count is not read out twice", async () => {
  show();
  /** @type {unknown[]} */
  const changes = [];
  const watched = /** @type {Element} */ (el.querySelector(".nn-tally"));
  const observer = new MutationObserver((all) => changes.push(...all));
  observer.observe(watched, { childList: true, characterData: true, subtree: true });
  check("a-choice", "0");
  check("a-shape", "9");
  await Promise.resolve();
  assert.equal(observer.takeRecords().length + changes.length, 0);
  check("a-choice", "1");
  assert.equal(tally(), "1 of 3 right");
  assert.ok(observer.takeRecords().length + changes.length > 0);
  observer.disconnect();
});

test("words are Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  show();
  assert.equal(question("a-shape").querySelector("button").textContent, "확인");
  assert.equal(tally(), "3문제 중 0문제 정답");
});

test("a page has the questions in its figure", async () => {
  const settings = { chapter: "1.1", questions: [CHOICE] };
  /** @type {any} */
  const place = { settings };
  assert.deepEqual((await open(place, () => {})).settings, settings);
});

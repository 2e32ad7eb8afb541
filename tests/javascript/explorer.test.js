import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { render } from "../../nnbook/explorer/explorer.js";
import { frameOf, open } from "../../nnbook/explorer/stored.js";
import { openPage } from "./page.js";

/** @import { Control } from "../../nnbook/explorer/control.js" */
/** @import { Answer, Request, Settings } from "../../nnbook/explorer/explorer.js" */

/** @type {Control} */
const SIZE = { name: "size", label: "size", kind: "slider", texts: ["2", "3", "9"], start: 1 };
/** @type {Control} */
const BIAS = { name: "bias", label: "bias", kind: "checkbox", texts: ["False", "True"], start: 1 };
/** @type {Control} */
const RULE = { name: "rule", label: "the rule", kind: "menu", texts: ["SGD", "Adam"], start: 0 };
/** @type {Control} */
const RATE = {
  name: "rate",
  label: "rate",
  kind: "slider",
  texts: [],
  start: 1,
  numbers: [0.1, 0.5, 1],
  range: { low: 0.1, high: 1, whole: false },
};
/** @type {Answer} */
const FIRST = { type: "picture", number: 0, html: "<p>first</p>" };

let el = openPage();
beforeEach(() => {
  el = openPage();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

/**
 * Show an explorer whose questions are kept, and answered when the test says so.
 *
 * @param {Control[]} controls
 * @param {Record<string, string>} [state]
 * @param {Partial<Settings>} [settings]
 */
function show(controls, state = {}, settings = {}) {
  /** @type {Request[]} */
  const asked = [];
  /** @type {Record<string, Function>} */
  const heard = {};
  const kept = { settings: { controls, first: FIRST, ...settings }, state };
  /** @type {any} */
  const model = {
    get: (/** @type {"settings" | "state"} */ name) => kept[name],
    set: (/** @type {"state"} */ name, /** @type {any} */ value) => (kept[name] = value),
    send: (/** @type {Request} */ request) => asked.push(request),
    on: (/** @type {string} */ event, /** @type {Function} */ hear) => (heard[event] = hear),
  };
  const end = render({ model, el });
  const answer = (/** @type {object} */ content) => heard["msg:custom"]?.(content, []);
  return { asked, answer, kept, end, model, leave: () => heard.comm_live_update?.() };
}
/** @param {string} label @returns {any} */
function control(label) {
  const labels = [...document.querySelectorAll("label")];
  const found = labels.find((each) => each.textContent === label);
  return document.getElementById(found?.htmlFor ?? "");
}
/** @param {string} label @param {number} place */
function move(label, place) {
  const input = control(label);
  if (input.type === "checkbox") input.checked = place === 1;
  else if (input.type === "range") input.value = String(place);
  else input.selectedIndex = place;
  input.dispatchEvent(new Event("input"));
}
const picture = () => el.querySelector(".nn-picture")?.innerHTML;
const status = () => el.querySelector("[role=status]");

test("the frame of a combination is that of itertools.product", () => {
  const frames = [];
  for (const size of SIZE.texts.keys())
    for (const bias of BIAS.texts.keys())
      for (const rule of RULE.texts.keys()) frames.push({ size, bias, rule });
  assert.deepEqual(
    frames.map((places) => frameOf([SIZE, BIAS, RULE], places)),
    [...frames.keys()],
  );
});

test("controls are labelled and show the first values", () => {
  const { asked } = show([SIZE, BIAS, RULE]);
  assert.equal(control("size").value, "1");
  assert.equal(control("bias").checked, true);
  assert.equal(control("the rule").selectedIndex, 0);
  assert.equal(picture(), "<p>first</p>");
  assert.deepEqual(asked, []);
});

test("a moved control asks for a picture, and the address gets its text", () => {
  const { asked, answer, kept } = show([SIZE, BIAS, RULE]);
  move("size", 2);
  move("bias", 0);
  move("the rule", 1);
  assert.deepEqual(asked.at(-1), { number: 3, values: { size: 2, bias: 0, rule: 1 } });
  assert.deepEqual(kept.state, { size: "9", bias: "False", rule: "Adam" });
  answer({ type: "picture", number: 3, html: "<p>new</p>" });
  assert.equal(picture(), "<p>new</p>");
  assert.equal(status()?.textContent, "size 9, bias False, the rule Adam");
});

test("an older answer never replaces a newer one", () => {
  const { answer } = show([SIZE]);
  move("size", 2);
  move("size", 0);
  answer({ type: "picture", number: 2, html: "<p>2</p>" });
  answer({ type: "picture", number: 1, html: "<p>1</p>" });
  assert.equal(picture(), "<p>2</p>");
});

test("with a kernel a slider takes numbers between those listed", () => {
  const { asked, kept } = show([RATE]);
  const field = /** @type {HTMLInputElement} */ (el.querySelector("input[type=number]"));
  assert.equal(field.value, "0.5");
  field.value = "0.77";
  field.dispatchEvent(new Event("change"));
  assert.deepEqual(asked, [{ number: 1, values: { rate: 0.77 } }]);
  assert.deepEqual(kept.state, { rate: "0.77" });
});

test("an earlier choice is shown again, an impossible one is not", () => {
  const { asked } = show([SIZE, RULE, RATE], { size: "9", rule: "Adagrad", rate: "0.3" });
  assert.deepEqual(asked, [{ number: 1, values: { size: 2, rule: 0, rate: 0.3 } }]);
  el = openPage();
  assert.deepEqual(show([SIZE, RATE], { size: "4", rate: "7" }).asked, []);
});

test("what an error says is text and no HTML, and a picture replaces it", () => {
  const { answer } = show([SIZE]);
  const message = "ValueError: <img src=x onerror=alert(1)> & more";
  answer({ type: "error", number: 0, message });
  assert.equal(el.querySelector("[role=alert]")?.textContent, message);
  assert.equal(el.querySelectorAll("img").length, 0);
  answer({ type: "picture", number: 0, html: "<svg></svg>" });
  assert.equal(picture(), "<svg></svg>");
});

test("a caption is text and no HTML", () => {
  show([SIZE], {}, { caption: "Loss <b>1</b> & falling" });
  assert.equal(el.querySelector(".nn-caption")?.textContent, "Loss <b>1</b> & falling");
});

test("a silent kernel is reported, and one that is gone", () => {
  const { answer, leave } = show([SIZE], {}, { live: true });
  move("size", 2);
  mock.timers.tick(4000);
  assert.match(status()?.textContent ?? "", /^Waiting for Python/);
  assert.equal(status()?.classList.contains("nn-unseen"), false);
  answer({ type: "picture", number: 1, html: "<p>late</p>" });
  assert.equal(status()?.textContent, "size 9");
  assert.equal(status()?.classList.contains("nn-unseen"), true);
  leave();
  assert.match(status()?.textContent ?? "", /kernel that answered here is gone/);
});

test("a page without a kernel never waits for one", () => {
  show([SIZE]);
  move("size", 2);
  mock.timers.tick(60_000);
  assert.equal(status()?.textContent, "");
});

test("a closed channel to the kernel is reported", () => {
  const { model } = show([SIZE], {}, { live: true });
  model.send = () => {
    throw new Error("Canceled");
  };
  move("size", 2);
  assert.match(status()?.textContent ?? "", /kernel that answered here is gone/);
});

test("playing shows one value after the other to the end", () => {
  const { asked, end } = show([SIZE]);
  const play = /** @type {HTMLElement} */ (el.querySelector("button"));
  assert.equal(play.getAttribute("aria-label"), "Play: size");
  move("size", 0);
  play.click();
  assert.equal(play.getAttribute("aria-label"), "Pause: size");
  for (const wait of [700, 700, 700]) mock.timers.tick(wait);
  assert.deepEqual(
    asked.map(({ values }) => values.size),
    [0, 1, 2],
  );
  assert.equal(play.getAttribute("aria-label"), "Play: size");
  play.click();
  end();
  for (const wait of [700, 700]) mock.timers.tick(wait);
  assert.equal(asked.length, 4);
});

test("words are Korean on a Korean page", () => {
  document.documentElement.lang = "ko";
  show([SIZE]);
  assert.equal(el.querySelector("button")?.getAttribute("aria-label"), "재생: size");
});

test("a page answers with its stored pictures, and says where they are missing", async () => {
  /** @type {object[]} */
  const answers = [];
  let frames = Promise.resolve(["a", "b", "c", "d", "e", "f"]);
  /** @type {any} */
  const place = {
    figure: el,
    settings: { controls: [SIZE, RULE] },
    still: "<p>still</p>",
    near: Promise.resolve(),
    load: () => frames,
  };
  const { settings, start, send } = await open(place, (answer) => answers.push(answer));
  assert.deepEqual(settings, {
    controls: [SIZE, RULE],
    first: { type: "picture", number: 0, html: "<p>still</p>" },
  });
  assert.deepEqual(start, { size: "3", rule: "SGD" });
  send({ number: 1, values: { size: 2, rule: 1 } });
  await frames;
  frames = Promise.reject(new Error("no network"));
  send({ number: 2, values: { size: 0, rule: 0 } });
  await frames.catch(() => {});
  await Promise.resolve();
  assert.deepEqual(answers[0], { type: "picture", number: 1, html: "f" });
  assert.deepEqual(Object.values(answers[1] ?? {}).slice(0, 2), ["lost", 2]);
});

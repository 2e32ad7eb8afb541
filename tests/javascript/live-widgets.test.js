import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { makeWidgets } from "../../nnbook/live/widgets.js";
import { settle } from "./live-page.js";
import { openPage } from "./page.js";

const SETTINGS = {
  controls: [{ name: "size", label: "size", kind: "slider", texts: ["2", "3"], start: 0 }],
  first: { type: "picture", number: 0, html: "<p>first</p>" },
  live: true,
};

let place = openPage();
/** @type {[number, any][]} */
let sent = [];
beforeEach(() => {
  place = openPage();
  sent = [];
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

const make = () => makeWidgets((number, content) => sent.push([number, content]));
/** @param {ReturnType<typeof makeWidgets>} widgets @param {number} number */
async function open(widgets, number) {
  const figure = widgets.open({ number, kind: "explorer", settings: SETTINGS });
  place.append(figure);
  await settle();
  return {
    move() {
      const input = /** @type {HTMLInputElement} */ (figure.querySelector("input"));
      input.value = String(1 - Number(input.value));
      input.dispatchEvent(new Event("input"));
    },
    picture: () => figure.querySelector(".nn-picture")?.textContent,
    said: () => figure.querySelector("[role=status]")?.textContent,
  };
}
/** @param {number} number */
const answer = (number) => ({ type: "picture", number, html: `<p>answer ${number}</p>` });

test("a widget is rendered once it stands in the page, and talks with its own Python", async () => {
  const widgets = make();
  const one = await open(widgets, 1);
  const two = await open(widgets, 2);
  assert.equal(one.picture(), "first");
  two.move();
  assert.deepEqual(sent, [[2, { number: 1, values: { size: 1 } }]]);
  widgets.hear(2, answer(1), []);
  assert.deepEqual([one.picture(), two.picture()], ["first", "answer 1"]);
  widgets.hear(9, answer(2), []); // nobody's
});

test("a kind that is not known stays empty", async () => {
  const figure = make().open({ number: 1, kind: "oracle", settings: {} });
  await settle();
  assert.equal(figure.textContent, "");
});

test("when Python has ended, its widgets say so and no other takes their place", async () => {
  const widgets = make();
  const old = await open(widgets, 1);
  old.move();
  widgets.leave();
  assert.match(old.said() ?? "", /is gone\. Run this cell again/);
  sent = [];
  const young = await open(widgets, 1); // the new Python counts from 1 again
  old.move();
  assert.deepEqual(sent, []);
  young.move();
  assert.equal(sent.length, 1);
  widgets.hear(1, answer(1), []);
  assert.deepEqual([old.picture(), young.picture()], ["first", "answer 1"]);
  assert.doesNotMatch(young.said() ?? "", /is gone/);
});

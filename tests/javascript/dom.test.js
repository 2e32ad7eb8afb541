import assert from "node:assert/strict";
import { test } from "node:test";
import { element, keepKeys, svgElement, uniqueId } from "../../nnbook/widget/dom.js";
import { openPage } from "./page.js";

test("an element has its attributes, its listeners and its children", () => {
  openPage();
  let clicks = 0;
  const attributes = { class: "a", tabindex: 0, hidden: true, disabled: false };
  const button = element("button", { ...attributes, onclick: () => clicks++ }, "one ", "<b>");
  button.click();
  assert.equal(clicks, 1);
  assert.deepEqual([...button.attributes].map(({ name }) => name).sort(), [
    "class",
    "hidden",
    "tabindex",
  ]);
  assert.equal(button.innerHTML, "one &lt;b&gt;");
});

test("an element of a drawing is one of SVG", () => {
  openPage();
  const line = svgElement("line", { x1: 3 });
  assert.equal(line.namespaceURI, "http://www.w3.org/2000/svg");
  assert.equal(line.getAttribute("x1"), "3");
});

test("ids do not repeat when a script is loaded again for each widget", async () => {
  const copies = await Promise.all([1, 2].map((n) => import(`../../nnbook/widget/dom.js?${n}`)));
  const ids = copies.flatMap((copy) => [copy.uniqueId(), copy.uniqueId()]);
  assert.equal(new Set([...ids, uniqueId()]).size, 5);
});

test("a widget keeps the keys that a notebook would take", () => {
  const el = openPage();
  /** @type {string[]} */
  const heard = [];
  document.body.addEventListener("keydown", () => heard.push("notebook"));
  const input = el.appendChild(element("input"));
  const press = () => input.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true }));
  press();
  keepKeys(el);
  press();
  assert.deepEqual(heard, ["notebook"]);
});

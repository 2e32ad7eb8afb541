import assert from "node:assert/strict";
import { test } from "node:test";
import { prefixes, read, write } from "../../nnbook/widget/address.js";
import { openPage } from "./page.js";

const cell = (/** @type {string} */ id, count = 1) =>
  `<div class="cell" data-nn-cell="${id}">${"<figure></figure>".repeat(count)}</div>`;
/** @param {string} html */
function prefixesOf(html) {
  openPage();
  document.body.innerHTML = html;
  return prefixes([...document.querySelectorAll("figure")]);
}

test("a widget keeps its prefix when others come before it", () => {
  assert.deepEqual(prefixesOf(cell("shapes")), ["shapes."]);
  assert.deepEqual(prefixesOf(cell("new") + cell("shapes")), ["new.", "shapes."]);
});

test("two widgets of a cell differ, and so do those outside of all cells", () => {
  const html = `<figure></figure>${cell("a", 2)}<figure></figure>`;
  assert.deepEqual(prefixesOf(html), ["w1.", "a.", "a.2.", "w4."]);
});

test("a widget reads its own part alone", () => {
  openPage("http://book.test/page.html?a.size=3&a.2.size=4&ab.size=5");
  assert.deepEqual(read("a.2."), { size: "4" });
  assert.deepEqual(read("a."), { size: "3" });
  assert.equal(read("ab.").size, "5");
});

test("what is as at the start is left out, and the rest of the address stays", () => {
  openPage("http://book.test/page.html?q=x&a.size=3&a.second=1&a.2.size=4#here");
  write("a.", { size: 7, rate: "1" }, { size: "3", rate: 1 });
  assert.equal(location.search + location.hash, "?q=x&a.2.size=4&a.size=7#here");
  write("a.", { size: 3, rate: 1 }, { size: "3", rate: 1 });
  assert.equal(location.search, "?q=x&a.2.size=4");
});

test("an address with nothing left has no question mark", () => {
  openPage("http://book.test/page.html?a.size=3#here");
  write("a.", { size: 1 }, { size: 1 });
  assert.equal(location.href, "http://book.test/page.html#here");
});

import assert from "node:assert/strict";
import { test } from "node:test";
import { makeOutput } from "../../nnbook/live/output.js";
import { openCells } from "./live-page.js";

/** @import { Bundle, Output } from "../../nnbook/live/types.js" */

const ESC = "\u001b";
const SVG = '<?xml version="1.0"?>\n<svg role="img"><text>loss</text></svg>';
const STORED = `<figure class="align-default">
  <div class="nn-figure"><svg role="img" aria-label="The loss falls to 0.12."></svg></div>
  <figcaption><span>Fig. 1.4.3-1</span> Loss</figcaption></figure>
  <img class="nn-still" alt="A still."><figure><img alt="Two rows of points."
  src="x.png"></figure>`;
const CUT = { type: /** @type {const} */ ("cut"), cell: "a", characters: 100_000 };

/** @param {{ stored?: string, isEdited?: boolean, lang?: string }} [page] */
function open({ stored = "", isEdited = false, lang = "en" } = {}) {
  const { cells, page } = openCells([{ id: "a", output: stored }], lang);
  const { node, add } = makeOutput(/** @type {any} */ (cells[0]), page.widgets, isEdited);
  return {
    node,
    add,
    page,
    /** @param {string} text @param {"stdout" | "stderr"} [name] */
    print: (text, name = "stdout") => add({ type: "stream", cell: "a", name, text }),
    /** @param {Bundle} data */
    show: (data) => add({ type: "display", cell: "a", data }),
    texts: () => [...node.querySelectorAll("pre")].map((each) => each.textContent),
    html: () => node.querySelector("pre")?.innerHTML,
  };
}
/** @param {Element} node */
const kinds = (node) => [...node.children].map((each) => each.className.split(" ")[1]);

// ---------------------------------------------------------------- text

test("pieces of a stream are joined until something else comes", () => {
  const { node, print, show, texts } = open();
  print("a");
  print("b\n");
  print("an error\n", "stderr");
  print("c");
  show({ "text/plain": "{'d': 4}" });
  print("e");
  print("f");
  assert.deepEqual(texts(), ["ab\n", "an error\n", "c", "{'d': 4}", "ef"]);
  assert.deepEqual(kinds(node), ["stream", "stderr", "stream", "text_plain", "stream"]);
});

test("a line that returns to its start is written over, also piece by piece", () => {
  const cases = [
    [["10%\r20%\r30%"], "30%"],
    [["10%", "\r", "20%", "\r"], "20%\r"],
    [["10%\r", "20%", "\rdone\n", "next"], "done\nnext"],
    [["kept\n1\r2\r3\nkept"], "kept\n3\nkept"],
    [["windows\r\n", "lines\r\n"], "windows\r\nlines\r\n"],
    [["windows\r", "\nlines"], "windows\r\nlines"],
    [["\rstep 1", "\rstep 2"], "step 2"],
    [["\r"], ""],
    [[""], ""],
  ];
  for (const [pieces, text] of /** @type {[string[], string][]} */ (cases)) {
    const { print, texts } = open();
    for (const piece of pieces) print(piece);
    assert.deepEqual(texts(), [text], JSON.stringify(pieces));
  }
});

test("a bar of many steps takes no room", () => {
  const { print, texts } = open();
  for (let i = 0; i < 1000; i += 1) print(`\r${"#".repeat(i % 50)} ${i}`);
  assert.equal(texts()[0]?.length, 53);
});

test("colours of a terminal become classes", () => {
  const { print, node } = open();
  print(`${ESC}[31mred${ESC}[0m and ${ESC}[1;3`);
  print(`2mgreen${ESC}[0m`); // cut in the middle of a code
  assert.equal(node.querySelector(".ansi-red-fg")?.textContent, "red");
  assert.equal(node.querySelector(".ansi-green-fg")?.textContent, "green");
  assert.equal(node.textContent, "red and green");
});

test("printed text never becomes HTML, with colours or without", () => {
  const hostile = '<script>alert(1)</script><img src=x onerror="alert(2)">&amp;';
  for (const start of ["", `${ESC}[31m`]) {
    for (const name of /** @type {const} */ (["stdout", "stderr"])) {
      const { print, node } = open();
      print(start + hostile, name);
      assert.equal(node.textContent, hostile);
      assert.ok(!node.querySelector("script, img"));
    }
    const { show, node } = open();
    show({ "text/plain": start + hostile });
    assert.equal(node.textContent, hostile);
    assert.ok(!node.querySelector("script, img"));
  }
});

test("a link of a terminal can't run a script", () => {
  const { print, node } = open();
  print(`${ESC}]8;;javascript:alert(1)${ESC}\\press${ESC}]8;;${ESC}\\ ${ESC}[31m!${ESC}[0m`);
  assert.ok(!node.querySelector("a"));
});

test("a text that was cut says so, in its place", () => {
  const { node, print, add } = open();
  print("again\n");
  add(CUT);
  print("a warning", "stderr");
  const note = /** @type {Element} */ (node.children[1]);
  assert.match(note.textContent ?? "", /has printed more than 100000 characters/);
  assert.equal(node.children.length, 3);
  const korean = open({ lang: "ko" });
  korean.add(CUT);
  assert.equal(korean.node.textContent, korean.page.words.cut.replace("{characters}", "100000"));
});

// ---------------------------------------------------------------- values

test("the richest form of a value is shown", () => {
  const { node, show } = open();
  const all = {
    "text/plain": "plain",
    "image/png": "AAAA",
    "image/svg+xml": SVG,
    "text/html": "<table><tr><td>1</td></tr></table>",
    "application/vnd.nnbook.widget": { number: 1, kind: "quiz", settings: {} },
  };
  show(all);
  const { "application/vnd.nnbook.widget": _, ...html } = all;
  show(html);
  const { "text/html": __, ...picture } = html;
  show(picture);
  const { "image/svg+xml": ___, ...png } = picture;
  show(png);
  show({ "image/jpeg": "BBBB", "text/plain": "plain" });
  show({ "text/plain": "plain" });
  const found = [...node.children].map((each) => `${each.tagName} ${each.className}`.trim());
  assert.deepEqual(found.slice(0, 5), [
    "FIGURE nn-widget",
    "DIV output text_html",
    "DIV nn-figure",
    "IMG",
    "IMG",
  ]);
  assert.deepEqual(
    [...node.querySelectorAll("img")].map((each) => each.getAttribute("src")),
    ["data:image/png;base64,AAAA", "data:image/jpeg;base64,BBBB"],
  );
  assert.equal(node.querySelector("td")?.textContent, "1");
  assert.equal(node.lastElementChild?.textContent, "plain");
});

test("a widget is opened with what Python says of it", () => {
  const { show, page } = open();
  /** @type {unknown[]} */
  const opened = [];
  page.widgets.open = (/** @type {unknown} */ given) => {
    opened.push(given);
    return document.createElement("figure");
  };
  const widget = { number: 7, kind: "stepper", settings: { frames: [] } };
  show({ "application/vnd.nnbook.widget": widget });
  assert.deepEqual(opened, [widget]);
});

// ---------------------------------------------------------------- pictures

/** @param {Element | null | undefined} picture */
function wordsOf(picture) {
  return picture?.getAttribute("aria-label") ?? picture?.getAttribute("alt");
}

test("a picture takes the place of the stored one, with its caption and its words", () => {
  const { node, show } = open({ stored: STORED });
  show({ "image/svg+xml": SVG, alt: "epoch – loss" });
  show({ "image/png": "AAAA", alt: "x – y" });
  const [figure, image] = /** @type {[Element, Element]} */ (/** @type {any} */ (node.children));
  assert.equal(wordsOf(figure.querySelector("svg")), "The loss falls to 0.12.");
  assert.equal(figure.querySelector("figcaption")?.textContent, "Fig. 1.4.3-1 Loss");
  assert.equal(figure.querySelector("svg")?.textContent, "loss");
  assert.equal(wordsOf(image), "Two rows of points."); // no still picture of a widget
});

test("a picture of edited code keeps the caption but not the words", () => {
  const { node, show } = open({ stored: STORED, isEdited: true });
  show({ "image/svg+xml": SVG, alt: "epoch – loss" });
  show({ "image/png": "AAAA" });
  assert.equal(wordsOf(node.querySelector("svg")), "epoch – loss");
  assert.ok(node.querySelector("figcaption"));
  assert.equal(node.querySelector("img")?.getAttribute("alt"), "");
});

test("the caption of a second run is still there, for the stored figure is not used up", () => {
  for (const { node, show } of [open({ stored: STORED }), open({ stored: STORED })]) {
    show({ "image/svg+xml": SVG });
    assert.ok(node.querySelector("figcaption"));
  }
});

test("more pictures than the book has are shown with their own words", () => {
  const { node, show } = open();
  show({ "image/svg+xml": SVG, alt: "epoch – loss" });
  show({ "image/png": "AAAA", alt: "x – y" });
  assert.ok(!node.querySelector("figure"));
  assert.deepEqual([...node.querySelectorAll("svg, img")].map(wordsOf), ["epoch – loss", "x – y"]);
});

test("an error stands below what was shown before it", () => {
  const { node, print, add } = open();
  print("so far\n");
  /** @type {Output} */
  const error = { type: "error", cell: "a", name: "KeyError", value: "'x'", causes: [], text: "" };
  add(error);
  assert.deepEqual(kinds(node), ["stream", "traceback"]);
});

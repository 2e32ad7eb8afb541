/* What a run of a cell shows, piece by piece: text, pictures, tables, widgets, errors. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { makeText } from "./printed.js";
import { problem } from "./problem.js";

/** @import { Cell } from "./cell.js" */
/** @import { Bundle, LiveWidget, Output } from "./types.js" */

/** @typedef {{ node: HTMLElement, add: (output: Output) => void }} Shown */
/** @typedef {{ open: (widget: LiveWidget) => HTMLElement }} Widgets */

/**
 * @param {Cell} cell
 * @param {Widgets} widgets
 * @param {boolean} isEdited  whether anything that it comes from is not the book's
 * @returns {Shown}
 */
export function makeOutput(cell, widgets, isEdited) {
  const { words } = cell.page;
  const node = element("div", { class: "cell_output docutils container nn-live-output" });
  /** @type {ReturnType<typeof makeText> | null} */
  let text = null;
  let pictures = 0;

  /** @param {Output & { type: "stream" }} stream */
  function print(stream) {
    if (text?.name !== stream.name) {
      text = makeText(stream.name);
      node.append(text.node);
    }
    text.add(stream.text);
  }
  /** @param {Bundle} data */
  function shown(data) {
    if (data["application/vnd.nnbook.widget"])
      return widgets.open(data["application/vnd.nnbook.widget"]);
    if (data["text/html"]) return html(data["text/html"]);
    const picture = pictureOf(data);
    if (!picture) return makeText("plain", data["text/plain"]).node;
    pictures += 1;
    return framed(picture, data.alt, storedFigure(cell, pictures - 1), isEdited);
  }
  return {
    node,
    add(output) {
      if (output.type === "stream") return print(output);
      if (output.type === "cut") {
        const said = fill(words.cut, { characters: output.characters });
        return node.append(element("p", { class: "nn-note" }, said));
      }
      text = null;
      node.append(output.type === "error" ? problem(output, cell) : shown(output.data));
    },
  };
}

/** @param {string} text */
function html(text) {
  const box = element("div", { class: "output text_html" });
  box.innerHTML = text;
  return box;
}

/** @param {Bundle} data */
function pictureOf(data) {
  const svg = data["image/svg+xml"];
  if (svg) {
    const box = element("div", { class: "nn-figure" });
    box.innerHTML = svg.slice(Math.max(svg.indexOf("<svg"), 0));
    return box;
  }
  for (const media of /** @type {const} */ (["image/png", "image/jpeg"])) {
    if (data[media]) return element("img", { src: `data:${media};base64,${data[media]}` });
  }
  return null;
}

/**
 * The stored picture whose place a new one takes.
 *
 * @param {Cell} cell
 * @param {number} place
 */
function storedFigure(cell, place) {
  return cell.storedOutput?.querySelectorAll(".nn-figure, img:not(.nn-still)")[place];
}

/**
 * Give a picture its words: of the stored one as long as the code is the book's, else its own.
 *
 * @param {HTMLElement} picture
 * @param {string | undefined} alt
 * @param {Element | undefined} stored
 * @param {boolean} isEdited
 */
function framed(picture, alt, stored, isEdited) {
  const old =
    stored?.querySelector("svg")?.getAttribute("aria-label") || stored?.getAttribute("alt");
  const words = (isEdited ? alt : old || alt) ?? "";
  const target = picture.querySelector("svg") ?? picture;
  target.setAttribute(target === picture ? "alt" : "aria-label", words);
  const caption = stored?.closest("figure")?.querySelector("figcaption");
  if (!caption) return picture;
  return element("figure", { class: "align-default" }, picture, caption.cloneNode(true));
}

/* Printed text: in colours if it asks for them, and with lines that are written over. */

import { element } from "../widget/dom.js";
import { AnsiUp } from "./vendor/ansi.js";

/**
 * @param {"stdout" | "stderr" | "plain"} name
 * @param {string} [start]
 */
export function makeText(name, start = "") {
  const pre = element("pre");
  const kind = name === "plain" ? "text_plain" : name === "stderr" ? "stderr" : "stream";
  const box = element("div", { class: "highlight" }, pre);
  const node = element("div", { class: `output ${kind} highlight-myst-ansi notranslate` }, box);
  let text = "";
  /** @param {string} more */
  function add(more) {
    text = (text + more).split("\n").map(lastWritten).join("\n");
    const colours = new AnsiUp();
    colours.use_classes = true;
    if (text.includes("\u001b")) pre.innerHTML = colours.ansi_to_html(text);
    else pre.textContent = text;
  }
  add(start);
  return { name, node, add };
}

/**
 * What stands in a line that returns to its start: the last text. A return at its end has not
 * written over anything yet.
 *
 * @param {string} line
 */
function lastWritten(line) {
  return line.slice(line.lastIndexOf("\r", line.length - 2) + 1);
}

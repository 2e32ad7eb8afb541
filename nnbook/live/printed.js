/* Printed text: in colours if it asks for them, and with lines that are written over. */

import { element } from "../widget/dom.js";
import { AnsiUp } from "./vendor/ansi.js";

const RETURN = /[^\n]*\r(?!\n)(?=[^\n])/g; // a line that is written again from its start

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
    text = (text + more).replace(RETURN, "");
    const colours = new AnsiUp();
    colours.use_classes = true;
    if (text.includes("\u001b")) pre.innerHTML = colours.ansi_to_html(text);
    else pre.textContent = text;
  }
  add(start);
  return { name, node, add };
}

/* The explorer: controls that the reader moves, and the picture of what they say.
 *
 * One script serves a notebook, where Python draws every picture, and the built page, which has the
 * pictures of all listed values (stored.js).
 */

import { element, keepKeys } from "../widget/dom.js";
import { NO_KERNEL, watchKernel } from "../widget/kernel.js";
import { wordsFor } from "../widget/words.js";
import { makeControl } from "./control.js";

/** @import { Model } from "../widget/types.js" */
/** @import { Control } from "./control.js" */

/**
 * @typedef {object} Settings
 * @property {Control[]} controls
 * @property {Answer} first   the picture of the first values
 * @property {boolean} [live]  whether a kernel draws, which may be slow or gone
 * @property {string} [caption]  where the page has none of its own
 */

/**
 * @typedef {object} Request
 * @property {number} number  higher than that of every request before
 * @property {Record<string, number>} values  of each control its place, or its number if it has any
 */

/**
 * A picture; or why it can't be drawn; or that it could not be fetched.
 *
 * @typedef {{ type: "picture", number: number, html: string }
 *   | { type: "error" | "lost", number: number, message: string }} Answer
 */

/**
 * @param {{ model: Model<Settings, Record<string, string>, Request, Answer>, el: HTMLElement }} _
 * @returns {() => void}
 */
export function render({ model, el }) {
  const words = wordsFor(el, "explorer");
  const { controls: described, first, live, caption } = model.get("settings");
  const state = model.get("state") ?? {};
  const view = makeView();
  const controls = described.map((each) => makeControl(each, state[each.name], words, ask));
  const tell = { waiting: () => view.say(words.waiting), gone: () => view.say(words.gone) };
  const kernel = live ? watchKernel(model, tell) : NO_KERNEL;
  let asked = 0;
  let shown = 0;

  function ask() {
    asked += 1;
    model.set("state", Object.fromEntries(controls.map((each) => [each.name, each.text])));
    const values = Object.fromEntries(controls.map((each) => [each.name, each.value]));
    kernel.ask(() => model.send({ number: asked, values }));
  }
  model.on("msg:custom", (answer) => {
    if (answer.number < shown) return;
    shown = answer.number;
    if (shown === asked) kernel.answered();
    view.show(answer, controls.map(({ label, text }) => `${label} ${text}`).join(", "));
    el.dataset.shown = String(shown);
  });

  el.classList.add("nn-explorer");
  keepKeys(el);
  const rows = controls.map((each) => each.row);
  el.replaceChildren(element("div", { class: "nn-controls" }, ...rows), ...view.parts);
  if (caption) el.append(element("p", { class: "nn-caption" }, caption));
  view.show(first, "");
  if (controls.some((each) => each.moved)) ask();
  return () => {
    kernel.stop();
    for (const each of controls) each.stop();
  };
}

/** Make the picture and the line above it: hidden where it only repeats what the controls say. */
function makeView() {
  const picture = element("div", { class: "nn-picture" });
  const status = element("p", { class: "nn-status nn-unseen", role: "status" });
  /** @param {string} text @param {boolean} seen */
  function say(text, seen = true) {
    status.textContent = text;
    status.classList.toggle("nn-unseen", !seen);
  }
  return {
    parts: [status, picture],
    say,
    /** @param {Answer} answer @param {string} text */
    show(answer, text) {
      if (answer.type === "lost") return say(answer.message);
      say(text, false);
      if (answer.type === "picture") picture.innerHTML = answer.html;
      else picture.replaceChildren(element("p", { role: "alert" }, answer.message));
    },
  };
}

export default { render };

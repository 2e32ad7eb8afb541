/* The graph stepper: shows the steps of a computational graph, forwards and then backwards.
 *
 * A notebook (anywidget) and the built page load this module; what its model holds is described in
 * types.d.ts. All numbers are texts that the library has written; nothing is computed here.
 */

import { element, keepKeys } from "../widget/dom.js";
import { wordsFor } from "../widget/words.js";
import { makeControls } from "./controls.js";
import { makeDrawing } from "./drawing.js";
import { explanation, titleOf } from "./explanation.js";

/** @import { StepperModel } from "./types.js" */

/** @param {{ model: StepperModel, el: HTMLElement }} context */
export function render({ model, el }) {
  const { svg, frames, caption } = model.get("settings");
  const words = wordsFor(el, "stepper");
  const last = frames.length - 1;
  const start = stepIn(last, model.get("state")?.step);
  const drawing = makeDrawing(svg, words.graph);
  const controls = makeControls(last, start, words, go);
  const title = element("strong");
  const wires = element("span");
  const text = element("div", { class: "nn-explanation" });

  /** @param {number} place */
  function show(place) {
    const [heading, summary] = titleOf(frames[place], words);
    title.textContent = heading;
    wires.textContent = summary;
    text.replaceChildren(...explanation(frames[place], words));
    controls.show(place, heading);
    drawing.show(frames[place], place, `${heading}. ${summary}`);
  }
  /** @param {number} place */
  function go(place) {
    show(place);
    model.set("state", { step: place });
  }

  el.classList.add("nn-widget", "nn-stepper");
  keepKeys(el);
  const status = element("p", { class: "nn-step", role: "status" }, title, " ", wires);
  const said = element("div", { class: "nn-text" }, status, text);
  el.replaceChildren(controls.node, element("div", { class: "nn-columns" }, drawing.view, said));
  if (caption) el.append(element("p", { class: "nn-caption" }, caption));
  show(start);
  return () => {
    controls.stop();
    drawing.stop();
  };
}

/**
 * The step that an address or a notebook has kept, or the first.
 *
 * @param {number} last
 * @param {unknown} kept
 */
function stepIn(last, kept) {
  const step = Math.trunc(Number(kept ?? 0)) || 0;
  return Math.min(Math.max(step, 0), last);
}

export default { render };

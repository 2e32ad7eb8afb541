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
import { makeInputs } from "./inputs.js";
import { makePrediction } from "./prediction.js";

/** @import { Frame, StepperModel, StepperWords } from "./types.js" */

/** @param {{ model: StepperModel, el: HTMLElement }} context */
export function render({ model, el }) {
  const { svg, frames: given, caption, inputs = [] } = model.get("settings");
  const kept = model.get("state");
  const words = wordsFor(el, "stepper");
  const last = given.length - 1;
  let frames = given;
  let place = stepIn(last, kept?.step);
  const controls = makeControls(last, place, words, go);
  const isOn = String(kept?.predict) === "true"; // an address holds texts
  const prediction = makePrediction(given, isOn, words, { turned, passed });
  const view = makeView(svg, prediction.box, words);
  const fold = inputs.length ? makeInputs(model, inputs, words, renew) : undefined;

  function show() {
    controls.show(place, view.show(frames, place, prediction.asked));
  }
  /** @param {number} wanted */
  function go(wanted) {
    const asked = prediction.between(place, wanted);
    place = asked === undefined ? wanted : asked - 1;
    if (asked === undefined) prediction.close();
    else {
      controls.stop();
      prediction.ask(asked, true);
    }
    show();
    keep();
  }
  function keep() {
    model.set("state", { step: place, ...(prediction.on && { predict: true }) });
  }
  function turned() {
    prediction.close();
    show();
    keep();
  }
  /** @param {number} step */
  function passed(step) {
    go(step);
    controls.focus();
  }
  /** @param {{ svg: string, frames: Frame[] }} run */
  function renew(run) {
    frames = run.frames;
    prediction.renew(frames);
    view.renew(run.svg);
    show();
  }

  el.classList.add("nn-widget", "nn-stepper");
  keepKeys(el);
  el.replaceChildren(controls.node, prediction.row, ...(fold ? [fold.node] : []), view.node);
  if (caption) el.append(element("p", { class: "nn-caption" }, caption));
  show();
  return () => {
    controls.stop();
    view.stop();
    fold?.stop();
  };
}

/**
 * Make the drawing, and beside it what is said about a step.
 *
 * @param {string} svg
 * @param {HTMLElement} box  of the question about the next step
 * @param {StepperWords} words
 */
function makeView(svg, box, words) {
  const drawing = makeDrawing(svg, words.graph);
  const title = element("strong");
  const wires = element("span");
  const text = element("div", { class: "nn-explanation" });
  const status = element("p", { class: "nn-step", role: "status" }, title, " ", wires);
  const said = element("div", { class: "nn-text" }, box, status, text);
  return {
    node: element("div", { class: "nn-columns" }, drawing.view, said),
    renew: drawing.renew,
    stop: drawing.stop,
    /**
     * Show a step, or light the node that a question is about; return the step's title.
     *
     * @param {Frame[]} frames
     * @param {number} place
     * @param {number} [asked]
     */
    show(frames, place, asked) {
      const frame = /** @type {Frame} */ (frames[place]);
      const [heading, summary] = titleOf(frame, words);
      title.textContent = heading;
      wires.textContent = summary;
      text.replaceChildren(...explanation(frame, words));
      const lit = /** @type {Frame} */ (frames[asked ?? place]);
      drawing.show(lit, place, `${heading}. ${summary}`);
      return heading;
    },
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

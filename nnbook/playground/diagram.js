/* The network as it is: neurons with their maps of the plane, weights as lines between them. */

import { element, uniqueId } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { colourOf } from "./colours.js";
import { biasOf, neuronsOf, weightsOf } from "./layout.js";
import { contextOf, paintMap } from "./paint.js";
import { colourNameOf, rangeOf } from "./plane.js";
import { neuronName, numberText } from "./speech.js";
import { neuronMaps } from "./surface.js";

/** @import { Neuron, Weight } from "./layout.js" */
/** @import { Frame, Shown, Words } from "./types.js" */

const SIDE = 640; // pixels of the canvas: sharp at twice the size of the picture
const THICKEST = 12; // of a line, in these pixels
const STEPS = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 };

/**
 * @param {Frame} frame
 * @param {Words} words
 * @param {(neuron: Neuron | undefined) => void} look  called when the reader looks at a neuron
 */
export function makeDiagram(frame, words, look) {
  const canvas = element("canvas", { width: SIDE, height: SIDE });
  const buttons = element("div", { class: "nn-neurons" });
  const said = element("p", { class: "nn-weights-of", id: uniqueId() });
  const map = document.createElement("canvas");
  const picture = element("div", { class: "nn-network" }, canvas, buttons);
  canvas.setAttribute("aria-hidden", "true");
  buttons.setAttribute("role", "group");
  buttons.setAttribute("aria-label", words.network);
  /** @type {Shown | undefined} */
  let run;
  /** @type {Neuron[]} */
  let neurons = [];
  /** @type {Neuron | undefined} */
  let seen;

  const focused = () => neurons.find((_, i) => buttons.children[i] === document.activeElement);
  /** @param {Neuron | undefined} neuron */
  function see(neuron) {
    if (neuron === seen) return;
    seen = neuron;
    paint();
    look(neuron);
  }
  function paint() {
    if (!run) return;
    const weights = weightsOf(run.network, neurons);
    const lit = weights.filter(({ from, to }) => from === seen || to === seen);
    paintNetwork(canvas, map, run, frame, { neurons, weights, seen, lit });
    said.textContent = seen ? textOf(seen, run, lit, words) : words.look;
  }
  buttons.addEventListener("keydown", (event) => walk(buttons, event));
  return {
    node: element("div", { class: "nn-diagram" }, picture, said),
    /** @param {Shown} shown */
    show(shown) {
      const { hidden, classes } = shown.network;
      const before = run?.network;
      const isOther = before?.hidden !== hidden || before?.classes !== classes;
      run = shown;
      if (isOther) {
        neurons = neuronsOf(shown.network);
        buttons.replaceChildren(
          ...neurons.map((each) => buttonOf(each, said.id, words, see, focused)),
        );
      }
      if (isOther && seen) see(undefined);
      else paint();
    },
  };
}

/**
 * @param {Neuron} neuron
 * @param {string} described  the id of what tells its numbers
 * @param {Words} words
 * @param {(neuron: Neuron | undefined) => void} see
 * @param {() => Neuron | undefined} focused
 */
function buttonOf(neuron, described, words, see, focused) {
  const { layer, i, u, v, side } = neuron;
  const button = element("button", {
    type: "button",
    "aria-label": neuronName(neuron, words),
    "aria-describedby": described,
    "data-nn-neuron": `${layer}-${i}`,
    tabindex: layer === "inputs" && i === 0 ? 0 : -1,
    style: `left: ${100 * (u - side / 2)}%; top: ${100 * (v - side / 2)}%; width: ${100 * side}%`,
    onfocus: () => see(neuron),
    onblur: () => see(undefined),
    onpointerenter: () => see(neuron),
    onpointerleave: () => see(focused()),
    onclick: () => button.focus(), // which some browsers leave out
  });
  return button;
}

/**
 * Go from neuron to neuron with the arrow keys; Tab leaves them all.
 *
 * @param {HTMLElement} group
 * @param {KeyboardEvent} event
 */
function walk(group, event) {
  const all = /** @type {HTMLElement[]} */ ([...group.children]);
  const now = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
  const ends = { Home: 0, End: all.length - 1 };
  const place = step ? now + step : ends[/** @type {keyof typeof ends} */ (event.key)];
  const next = all[place ?? -1];
  if (!next) return;
  event.preventDefault();
  for (const each of all) each.tabIndex = each === next ? 0 : -1;
  next.focus();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} map  for one neuron at a time
 * @param {Shown} run
 * @param {Frame} frame
 * @param {{ neurons: Neuron[], weights: Weight[], lit: Weight[], seen: Neuron | undefined }} drawn
 */
function paintNetwork(canvas, map, { network }, frame, { neurons, weights, lit, seen }) {
  const context = contextOf(canvas);
  const maps = neuronMaps(network, frame);
  context.clearRect(0, 0, SIDE, SIDE);
  const ink = { positive: colourOf(canvas, "local"), negative: colourOf(canvas, "upstream") };
  const most = Math.max(1, ...weights.map(({ value }) => Math.abs(value)));
  for (const each of weights) paintWeight(canvas, each, most, seen !== undefined, ink);
  for (const each of lit) paintWeight(canvas, each, most, false, ink);
  for (const each of neurons) {
    const own = /** @type {Float64Array} */ (maps[each.layer][each.i]);
    paintMapOf(canvas, map, each, own, network.activation);
  }
  for (const each of lit) paintNumber(canvas, each, each.from === seen);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Weight} weight
 * @param {number} most  the largest of all weights
 * @param {boolean} isFaint
 * @param {{ positive: string, negative: string }} ink
 */
function paintWeight(canvas, { from, to, value }, most, isFaint, ink) {
  const context = contextOf(canvas);
  const strength = Math.abs(value) / most;
  context.globalAlpha = isFaint ? 0.12 : 0.25 + 0.75 * strength;
  context.strokeStyle = value < 0 ? ink.negative : ink.positive;
  context.setLineDash(value < 0 ? [10, 7] : []);
  context.lineWidth = 0.7 + THICKEST * strength;
  context.beginPath();
  context.moveTo(SIDE * from.u, SIDE * from.v);
  const bend = (SIDE * (to.u - from.u)) / 2;
  const [u, v] = [SIDE * to.u, SIDE * to.v];
  context.bezierCurveTo(SIDE * from.u + bend, SIDE * from.v, u - bend, v, u, v);
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {HTMLCanvasElement} map
 * @param {Neuron} neuron
 * @param {Float64Array} values
 * @param {string} activation
 */
function paintMapOf(canvas, map, { layer, i, u, v, side }, values, activation) {
  const context = contextOf(canvas);
  const size = SIDE * side;
  const [left, top] = [SIDE * u - size / 2, SIDE * v - size / 2];
  paintMap(map, values, rangeOf(layer, values, activation), {
    low: colourOf(canvas, "paper"),
    high: colourOf(canvas, colourNameOf({ layer, i })),
  });
  context.imageSmoothingEnabled = true;
  context.drawImage(map, left, top, size, size);
  context.strokeStyle = colourOf(canvas, "line");
  context.lineWidth = 2;
  context.strokeRect(left, top, size, size);
}

/**
 * Write a weight on its line, near the end that is not looked at.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Weight} weight
 * @param {boolean} goesOut
 */
function paintNumber(canvas, { from, to, value }, goesOut) {
  const context = contextOf(canvas);
  const share = goesOut ? 0.72 : 0.28;
  const u = SIDE * (from.u + (to.u - from.u) * share);
  const v = SIDE * (from.v + (to.v - from.v) * share);
  const text = numberText(value);
  context.font = `bold ${SIDE / 30}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 6;
  context.strokeStyle = colourOf(canvas, "paper");
  context.fillStyle = colourOf(canvas, "ink");
  context.strokeText(text, u, v);
  context.fillText(text, u, v);
}

/**
 * @param {Neuron} neuron
 * @param {Shown} run
 * @param {Weight[]} weights  of this neuron
 * @param {Words} words
 */
function textOf(neuron, { network }, weights, words) {
  const bias = biasOf(network, neuron);
  const parts = weights.map(({ from, to, value }) => {
    const isFrom = to === neuron;
    const name = neuronName(isFrom ? from : to, words);
    return fill(isFrom ? words.weight_from : words.weight_to, { name, value: numberText(value) });
  });
  const own = bias === undefined ? [] : [fill(words.bias, { value: numberText(bias) })];
  return `${neuronName(neuron, words)}: ${[...own, ...parts].join(", ")}`;
}

/* The plane of one run: its regions, or what one neuron sees, with the points over it. */

import { element } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { colourOf } from "./colours.js";
import { paintMap, paintPoints, paintRegions } from "./paint.js";
import { described, neuronName } from "./speech.js";
import { CELLS, mistakes, neuronMaps, regions } from "./surface.js";

/** @import { Frame, Shown, Words } from "./types.js" */
/** @import { Neuron } from "./layout.js" */

const POINTS = 720; // pixels of the canvas of the points: sharp at twice the size of the plane

/**
 * @param {Frame} frame
 * @param {Words} words
 */
export function makePlane(frame, words) {
  const ground = element("canvas", { width: CELLS, height: CELLS, class: "nn-regions" });
  const points = element("canvas", { width: POINTS, height: POINTS, class: "nn-points" });
  const title = element("strong");
  const node = element("div", { class: "nn-run" }, title);
  const picture = element("div", { class: "nn-plane", role: "img" }, ground, points);
  node.append(picture);
  return {
    node,
    /**
     * @param {Shown} run
     * @param {object} view
     * @param {string} view.name  what stands above it
     * @param {string} view.points  which are drawn
     * @param {Neuron | undefined} view.neuron  whose map is drawn in place of the regions
     */
    show(run, { name, points: which, neuron }) {
      const map = neuron && fill(words.map_of, { name: neuronName(neuron, words) });
      title.textContent = map ?? name;
      picture.setAttribute("aria-label", map ?? described(run, words));
      if (neuron) paintNeuron(ground, run, frame, neuron);
      else paintRegions(ground, regions(run.network, frame), run.data.classes);
      paintPoints(points, frame, run.data.classes, groupsOf(run, which));
    },
  };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Shown} run
 * @param {Frame} frame
 * @param {Neuron} neuron
 */
function paintNeuron(canvas, { network }, frame, { layer, i }) {
  const map = /** @type {Float64Array} */ (neuronMaps(network, frame, CELLS)[layer][i]);
  paintMap(canvas, map, rangeOf(layer, map, network.activation), {
    low: colourOf(canvas, "paper"),
    high: colourOf(canvas, colourNameOf({ layer, i })),
  });
}

/**
 * The colour of a neuron's map where it gives the most: that of its class, or plain ink.
 *
 * @param {Pick<Neuron, "layer" | "i">} neuron
 */
export function colourNameOf({ layer, i }) {
  return layer === "outputs" ? `class-${i}` : "ink";
}

/**
 * The least and the most that a neuron's map can show.
 *
 * @param {Neuron["layer"]} layer
 * @param {Float64Array} map
 * @param {string} activation
 */
export function rangeOf(layer, map, activation) {
  if (layer === "outputs") return { low: 0, high: 1 };
  if (layer === "hidden" && activation === "sigmoid") return { low: 0, high: 1 };
  if (layer === "hidden" && activation === "tanh") return { low: -1, high: 1 };
  const low = layer === "hidden" ? 0 : map.reduce((a, b) => Math.min(a, b));
  return { low, high: map.reduce((a, b) => Math.max(a, b)) };
}

/**
 * @param {Shown} run
 * @param {string} which
 */
function groupsOf({ network, data }, which) {
  const groups = [
    { samples: data.held_out, held_out: true },
    { samples: data.training, held_out: false },
  ];
  const all = data.held_out || which === "none" ? which : "training";
  return groups.flatMap(({ samples, held_out }) => {
    const isWanted = all === "both" || all === (held_out ? "held_out" : "training");
    if (!samples || !isWanted) return [];
    return [{ samples, held_out, wrong: mistakes(network, samples) }];
  });
}

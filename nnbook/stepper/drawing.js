/* The drawing of the graph: all is there, a step shows and lights its part. */

import { element } from "../widget/dom.js";

/** @import { Frame } from "./types.js" */

/**
 * @param {string} drawing  an SVG
 * @param {string} label
 */
export function makeDrawing(drawing, label) {
  const view = element("div", {
    class: "nn-view",
    tabindex: 0,
    role: "group",
    "aria-label": label,
  });
  let [svg, nodes] = put(drawing);
  const watcher = new ResizeObserver(() => follow(view, svg));

  /** @param {string} text @returns {[SVGElement, string | null]} */
  function put(text) {
    view.innerHTML = text;
    const svg = /** @type {SVGElement} */ (view.querySelector("svg"));
    return [svg, svg.getAttribute("aria-label")];
  }
  watcher.observe(view);
  return {
    view,
    /** @param {string} text  an SVG of the same graph with other numbers */
    renew(text) {
      [svg, nodes] = put(text);
    },
    /**
     * @param {Frame} frame  whose node is lit
     * @param {number} place  up to which numbers are shown
     * @param {string} said
     */
    show(frame, place, said) {
      light(svg, frame, place);
      svg.setAttribute("aria-label", `${nodes}. ${said}`);
      follow(view, svg);
    },
    stop: () => watcher.disconnect(),
  };
}

/**
 * @param {SVGElement} svg
 * @param {Frame} frame
 * @param {number} place
 */
export function light(svg, frame, place) {
  const node = frame.phase === "start" ? -1 : frame.node;
  svg.dataset.phase = frame.phase;
  for (const part of partsOf(svg, "[data-nn-from]")) {
    const from = Number(part.dataset.nnFrom);
    part.classList.toggle("nn-later", from > place);
    part.classList.toggle("nn-new", from === place);
  }
  for (const part of partsOf(svg, ".nn-node"))
    part.classList.toggle("nn-on", Number(part.dataset.nnNode) === node);
  for (const part of partsOf(svg, ".nn-wire"))
    part.classList.toggle("nn-on", frame.wires.includes(part.dataset.nnWire ?? ""));
}

/**
 * @param {SVGElement} svg
 * @param {string} selector
 * @returns {NodeListOf<SVGElement>}
 */
const partsOf = (svg, selector) => svg.querySelectorAll(selector);

/**
 * Keep the node at work in sight where the drawing is higher than its window.
 *
 * @param {HTMLElement} view
 * @param {SVGElement} svg
 */
function follow(view, svg) {
  const node = svg.querySelector(".nn-node.nn-on");
  if (!node) {
    view.scrollTop = 0;
    return;
  }
  const [here, there] = [view.getBoundingClientRect(), node.getBoundingClientRect()];
  view.scrollTop += there.top + there.height / 2 - here.top - here.height / 2;
}

/* A stepper for tests: z = x y at x = 2, y = 3, with the upstream gradient 10. */

import stepper from "../../nnbook/stepper/stepper.js";

/** @import { Frame, Item, Settings, Step } from "../../nnbook/stepper/types.js" */

/** @param {string} name @param {string} value @returns {Item} */
export const number = (name, value) => ({ name, shape: "()", rows: [[value]] });

export const SVG = `<svg aria-label="times">
  <g class="nn-node" data-nn-node="0"></g><g class="nn-node" data-nn-node="1"></g>
  <g class="nn-wire" data-nn-wire="x"></g><g class="nn-wire" data-nn-wire="y"></g>
  <g class="nn-wire" data-nn-wire="z"></g>
  <text data-nn-from="0"></text><text data-nn-from="1"></text><text data-nn-from="2"></text></svg>`;
/** @type {Step} */
export const FORWARD = {
  phase: "forward",
  node: 1,
  kind: "Multiply",
  wires: ["x", "y", "z"],
  reads: [number("x", "2"), number("y", "3")],
  writes: [number("z", "6")],
  fills: [],
  local: [],
  equations: [
    { formula: "z = x y", terms: [], name: "z", place: [], numbers: "2 × 3", result: "6" },
  ],
  file: "nnlib/nodes.py",
  lines: [
    [7, "def forward(self, x, y):"],
    [8, "    return x * y"],
  ],
  meaning: { x: "a", y: "b" },
};
/** @type {Step} */
export const BACKWARD = {
  ...FORWARD,
  phase: "backward",
  reads: [number("dz", "10")],
  writes: [number("dx", "30"), number("dy", "20")],
  local: ["∂z/∂x = y", "∂z/∂y = x"],
  equations: [
    { formula: "dx = dz y", terms: [], name: "dx", place: [], numbers: "10 × 3", result: "30" },
  ],
};
/** @type {Frame[]} */
export const FRAMES = [
  { phase: "start", wires: ["x", "y"], reads: FORWARD.reads },
  FORWARD,
  BACKWARD,
];

/**
 * Show a stepper whose state is kept, and whose requests are answered when the test says so.
 *
 * @param {HTMLElement} el
 * @param {Settings} settings
 * @param {object} [state]
 */
export function openStepper(el, settings, state) {
  /** @type {any} */
  const kept = { settings, state };
  /** @type {any[]} */
  const asked = [];
  /** @type {Record<string, Function>} */
  const heard = {};
  /** @type {any} */
  const model = {
    get: (/** @type {string} */ name) => kept[name],
    set: (/** @type {string} */ name, /** @type {object} */ value) => (kept[name] = value),
    send: (/** @type {object} */ request) => asked.push(request),
    on: (/** @type {string} */ event, /** @type {Function} */ hear) => (heard[event] = hear),
  };
  const end = stepper.render({ model, el });
  const answer = (/** @type {object} */ content) => heard["msg:custom"]?.(content, []);
  return { kept, asked, answer, leave: () => heard.comm_live_update?.(), end, model };
}

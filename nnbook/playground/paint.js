/* Paints the plane: regions, the map of a neuron, the points over them, and the axes. */

import { axisTicks } from "./axis.js";
import { between, colourOf, parse } from "./colours.js";

/** @import { Colour } from "./colours.js" */
/** @import { Samples } from "./data.js" */
/** @import { Frame } from "./types.js" */

/** A marker for every class, in units of its radius: classes differ not by colour alone. */
const MARKERS = [
  null, // a circle
  [
    [0, -1.3],
    [1.2, 0.9],
    [-1.2, 0.9],
  ],
  [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ],
  [
    [0, -1.4],
    [1.2, 0],
    [0, 1.4],
    [-1.2, 0],
  ],
  [
    [0, 1.3],
    [1.2, -0.9],
    [-1.2, -0.9],
  ],
  [
    [-0.4, -1.3],
    [0.4, -1.3],
    [0.4, -0.4],
    [1.3, -0.4],
    [1.3, 0.4],
    [0.4, 0.4],
    [0.4, 1.3],
    [-0.4, 1.3],
    [-0.4, 0.4],
    [-1.3, 0.4],
    [-1.3, -0.4],
    [-0.4, -0.4],
  ],
];
const FAINT = 0.14; // how much colour a region has where the network only guesses
const STRONG = 0.55; // and where it is certain

/** Around the plane there is room for the numbers of its axes, in parts of the picture's side. */
const EDGES = { left: 0.09, bottom: 0.08 };

/**
 * Paint the regions: the hue says which class, its strength how certain the network is.
 *
 * @param {HTMLCanvasElement} canvas  a pixel for a cell
 * @param {{ classes: Uint8Array, certainty: Float32Array }} regions
 * @param {number} count  of classes
 */
export function paintRegions(canvas, { classes, certainty }, count) {
  const paper = parse(colourOf(canvas, "paper"));
  const colours = Array.from({ length: count }, (_, k) => parse(colourOf(canvas, `class-${k}`)));
  paintPixels(canvas, classes.length, (i) => {
    const share = FAINT + (STRONG - FAINT) * certainty[i];
    return between(paper, /** @type {Colour} */ (colours[classes[i] ?? 0]), share);
  });
}

/**
 * Paint what a neuron gives, from the colour of its least value to that of its most.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Float64Array} map
 * @param {{ low: number, high: number }} range
 * @param {{ low: string, high: string }} colours
 */
export function paintMap(canvas, map, { low, high }, colours) {
  const [from, to] = [parse(colours.low), parse(colours.high)];
  paintPixels(canvas, map.length, (i) => {
    const share = (map[i] - low) / (high - low || 1);
    return between(from, to, Math.min(1, Math.max(0, share)));
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} count  of pixels
 * @param {(i: number) => Colour} colour
 */
function paintPixels(canvas, count, colour) {
  const side = Math.sqrt(count);
  if (canvas.width !== side) {
    canvas.width = side;
    canvas.height = side;
  }
  const context = contextOf(canvas);
  const image = context.createImageData(side, side);
  for (let i = 0; i < count; i++) {
    image.data.set(colour(i), 4 * i);
    image.data[4 * i + 3] = 255;
  }
  context.putImageData(image, 0, 0);
}

/**
 * Paint the points that lie over the regions, wrong ones with a ring, and clear what was there.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 * @param {number} classes
 * @param {{ samples: Samples, wrong: boolean[], held_out: boolean }[]} groups
 */
export function paintPoints(canvas, frame, classes, groups) {
  const context = contextOf(canvas);
  const { place, size } = placesOn(canvas, frame);
  context.clearRect(0, 0, canvas.width, canvas.height);
  paintAxes(canvas, frame);
  for (const { samples, wrong, held_out } of groups) {
    const radius = size / (held_out ? 120 : 95);
    const colours = Array.from({ length: classes }, (_, k) => colourOf(canvas, `class-${k}`));
    const paper = colourOf(canvas, held_out ? "paper" : "point-edge");
    const ink = colourOf(canvas, "ink");
    samples.t.forEach((label, n) => {
      const [x1, x2] = [samples.x[2 * n], samples.x[2 * n + 1]];
      const [u, v] = place(x1, x2);
      const own = /** @type {string} */ (colours[label]);
      context.fillStyle = held_out ? paper : own;
      context.strokeStyle = held_out ? own : paper;
      context.lineWidth = radius / (held_out ? 1.6 : 3);
      trace(context, label, u, v, radius);
      if (wrong[n]) ring(context, ink, u, v, radius);
    });
  }
}

/**
 * Where points stand on a canvas.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 */
function placesOn(canvas, { left, right, bottom, top }) {
  const edge = canvas.width * EDGES.left;
  const size = canvas.width - edge;
  const height = canvas.height * (1 - EDGES.bottom);
  /** @type {(x1: number, x2: number) => [number, number]} */
  const place = (x1, x2) => [
    edge + ((x1 - left) / (right - left)) * size,
    ((top - x2) / (top - bottom)) * height,
  ];
  return { place, size, edge, height };
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Frame} frame
 */
function paintAxes(canvas, frame) {
  const context = contextOf(canvas);
  const { place, edge, height } = placesOn(canvas, frame);
  const text = Math.round(canvas.width / 30);
  context.fillStyle = colourOf(canvas, "ink");
  context.font = `${text}px sans-serif`;
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, text: written } of axisTicks(frame.left, frame.right))
    context.fillText(written, place(value, 0)[0], height + text / 3);
  context.fillText("x₁", canvas.width - text, height + text / 3);
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (const { value, text: written } of axisTicks(frame.bottom, frame.top))
    context.fillText(written, edge - text / 3, place(0, value)[1]);
  context.fillText("x₂", edge - text / 3, text);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} label  the class
 * @param {number} u
 * @param {number} v
 * @param {number} radius
 */
function trace(context, label, u, v, radius) {
  const corners = MARKERS[label % MARKERS.length];
  context.beginPath();
  if (!corners) context.arc(u, v, radius, 0, 2 * Math.PI);
  else for (const [a = 0, b = 0] of corners) context.lineTo(u + a * radius, v + b * radius);
  context.closePath();
  context.fill();
  context.stroke();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} colour
 * @param {number} u
 * @param {number} v
 * @param {number} radius
 */
function ring(context, colour, u, v, radius) {
  context.strokeStyle = colour;
  context.lineWidth = radius / 3;
  context.beginPath();
  context.arc(u, v, 2 * radius, 0, 2 * Math.PI);
  context.stroke();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D}
 */
export function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot paint on a canvas");
  return context;
}

/* Paints the plane: the class of every cell, and the samples over it. */

import { CELLS, EDGE } from "./forward.js";

/** @import { Samples } from "./types.js" */

const TRIANGLE = [
  [0, -1.3],
  [1.2, 0.9],
  [-1.2, 0.9],
];

/**
 * @param {HTMLCanvasElement} canvas  of CELLS × CELLS pixels
 * @param {Uint8Array} classes  of the cells, row after row from the top
 */
export function paintRegions(canvas, classes) {
  const context = contextOf(canvas);
  for (const k of [0, 1, 2]) {
    context.fillStyle = colourOf(canvas, `region-${k}`);
    classes.forEach((each, i) => {
      if (each === k) context.fillRect(i % CELLS, Math.floor(i / CELLS), 1, 1);
    });
  }
}

/**
 * Paint circles, triangles and squares: the classes differ in shape as well as in colour.
 *
 * @param {HTMLCanvasElement} canvas
 * @param {Samples} samples
 */
export function paintPoints(canvas, { x, t }) {
  const context = contextOf(canvas);
  const size = canvas.width;
  const radius = size / 110;
  const colours = [0, 1, 2].map((k) => colourOf(canvas, `class-${k}`));
  context.clearRect(0, 0, size, size);
  context.strokeStyle = colourOf(canvas, "point-edge");
  context.lineWidth = radius / 3;
  x.forEach(([x1, x2], n) => {
    const u = ((x1 + EDGE) / (2 * EDGE)) * size;
    const v = ((EDGE - x2) / (2 * EDGE)) * size;
    context.fillStyle = colours[t[n]];
    trace(context, t[n], u, v, radius);
    context.fill();
    context.stroke();
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} label  the class
 * @param {number} u
 * @param {number} v
 * @param {number} radius
 */
function trace(context, label, u, v, radius) {
  context.beginPath();
  if (label === 0) context.arc(u, v, radius, 0, 2 * Math.PI);
  else if (label === 1)
    for (const [a, b] of TRIANGLE) context.lineTo(u + a * radius, v + b * radius);
  else context.rect(u - radius, v - radius, 2 * radius, 2 * radius);
  context.closePath();
}

/**
 * @param {HTMLCanvasElement} canvas
 * @returns {CanvasRenderingContext2D}
 */
function contextOf(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser cannot paint on a canvas");
  return context;
}

/**
 * @param {Element} el
 * @param {string} name  in the palette of the book
 */
function colourOf(el, name) {
  return getComputedStyle(el).getPropertyValue(`--nn-${name}`).trim();
}

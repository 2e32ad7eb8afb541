import assert from "node:assert/strict";
import { test } from "node:test";
import { CELLS } from "../../nnbook/playground/forward.js";
import { paintPoints, paintRegions } from "../../nnbook/playground/paint.js";
import { openPage } from "./page.js";

/** @param {number} size */
function canvasOf(size) {
  openPage();
  const canvas = document.createElement("canvas");
  const names = ["region-0", "region-1", "region-2", "class-0", "class-1", "class-2"];
  for (const name of names) canvas.style.setProperty(`--nn-${name}`, name);
  document.body.append(canvas);
  canvas.width = size;
  const painting = /** @type {import("./page.js").Painting} */ (
    /** @type {unknown} */ (canvas.getContext("2d"))
  );
  return { canvas, painting };
}

test("every cell is painted once, in the colour of its class", () => {
  const { canvas, painting } = canvasOf(CELLS);
  const classes = Uint8Array.from({ length: CELLS * CELLS }, (_, i) => (i * i + i) % 3);
  paintRegions(canvas, classes);
  const painted = new Map(painting.rectangles.map(({ x, y, colour }) => [y * CELLS + x, colour]));
  assert.equal(painting.rectangles.length, CELLS * CELLS);
  assert.ok(painting.rectangles.every(({ width, height }) => width === 1 && height === 1));
  for (const [i, k] of classes.entries()) assert.equal(painted.get(i), `region-${k}`);
});

test("samples stand at their place, each class with its colour and shape", () => {
  const { canvas, painting } = canvasOf(240);
  const x = /** @type {[number, number][]} */ ([
    [-1.2, 1.2],
    [0, 0],
    [1.2, -1.2],
  ]);
  paintPoints(canvas, { x, t: [0, 1, 2] });
  const [circle, triangle, square] = painting.shapes;
  assert.deepEqual([circle.colour, ...circle.path[0].slice(0, 3)], ["class-0", "arc", 0, 0]);
  assert.equal(triangle.colour, "class-1");
  assert.deepEqual(
    triangle.path.map(([name]) => name),
    ["lineTo", "lineTo", "lineTo"],
  );
  assert.equal(triangle.path[0][1], 120);
  const [name, left, top, width, height] = square.path[0];
  assert.deepEqual([square.colour, name], ["class-2", "rect"]);
  assert.deepEqual(
    [Number(left) + Number(width) / 2, Number(top) + Number(height) / 2],
    [240, 240],
  );
});

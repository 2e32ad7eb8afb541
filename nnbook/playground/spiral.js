/* The spiral of section 1.4.1, as nnlib's make_spiral. */

import { Generator } from "./random.js";

/** @import { Data, Samples } from "./data.js" */

const SEED = 1984; // of the book's data
const SAMPLES = 100; // of each class
const CLASSES = 3;

/**
 * The playground's data: training and held-out samples from the same spiral.
 *
 * @param {number} noise
 * @returns {Data}
 */
export function spiralData(noise) {
  const generator = new Generator(SEED);
  const [training, held_out] = [makeSpiral(noise, generator), makeSpiral(noise, generator)];
  return { training, held_out, classes: CLASSES };
}

/**
 * Sample i of class j has radius r = i / n and angle 4 j + 4 r + noise · ε.
 *
 * @param {number} noise
 * @param {Generator} generator
 * @returns {Samples}
 */
function makeSpiral(noise, generator) {
  const x = new Float64Array(2 * SAMPLES * CLASSES);
  const t = Uint8Array.from({ length: SAMPLES * CLASSES }, (_, n) => Math.floor(n / SAMPLES));
  t.forEach((label, n) => {
    const radius = (n % SAMPLES) / SAMPLES;
    const angle = 4 * label + 4 * radius + noise * generator.standardNormal();
    x[2 * n] = radius * Math.sin(angle);
    x[2 * n + 1] = radius * Math.cos(angle);
  });
  return { x, t };
}

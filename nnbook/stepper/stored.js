/* The graph stepper of a built page: the drawing is in the figure, the explanations are a chunk. */

/** @import { Stored } from "../widget/types.js" */

/** @type {Stored} */
export async function open(place) {
  await place.near;
  const frames = await place.load("frames");
  return { settings: { svg: place.still, frames }, start: { step: 0 }, send() {} };
}

/* The explorer of a built page: a chunk holds the pictures of all combinations of its values. */

import { wordsFor } from "../widget/words.js";

/** @import { Control } from "./control.js" */
/** @import { Stored } from "../widget/types.js" */
/** @import { Answer, Request } from "./explorer.js" */

/** @type {Stored<{ controls: Control[] }, Request, Answer>} */
export async function open(place, hear) {
  const { controls } = place.settings;
  const frames = async () => /** @type {string[]} */ (await place.load("frames"));
  place.near.then(frames).catch(() => {}); // ahead of the reader; a failure is told when it counts
  return {
    settings: { controls, first: { type: "picture", number: 0, html: place.still } },
    start: Object.fromEntries(controls.map(({ name, texts, start }) => [name, texts[start]])),
    send({ number, values }) {
      frames().then(
        (all) => hear({ type: "picture", number, html: all[frameOf(controls, values)] ?? "" }, []),
        () => hear({ type: "lost", number, message: wordsFor(place.figure, "explorer").lost }, []),
      );
    },
  };
}

/**
 * Return the number of the picture of a combination: the last control changes fastest.
 *
 * @param {Control[]} controls
 * @param {Request["values"]} places  the place of the value of each control
 * @returns {number}
 */
export function frameOf(controls, places) {
  return controls.reduce((sum, { name, texts }) => sum * texts.length + (places[name] ?? 0), 0);
}

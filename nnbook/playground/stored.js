/* The playground of a built page: runs that nnlib has trained, and Python if the reader asks. */

import { wordsFor } from "../widget/words.js";
import { offerPython } from "./python.js";

/** @import { Hear, Place, Stored } from "../widget/types.js" */
/** @import { Answer, Request, StoredRuns, StoredSettings } from "./protocol.js" */

/** @type {Stored<StoredSettings, Request, Answer>} */
export async function open(place, hear) {
  const data = await place.load("data");
  const { start, epochs, grid } = place.settings;
  const python = location.protocol === "file:" ? null : offerPython(place, hear);
  return {
    settings: { ...place.settings, data },
    start: { ...start, epoch: epochs.at(-1) },
    below: python ? [python.offer] : [],
    restored: (state) => storedOnly(state, grid),
    send(request) {
      if (!python?.send(request)) answer(request, place, hear);
    },
  };
}

/**
 * Answer with a stored run.
 *
 * @param {Request} request
 * @param {Place} place
 * @param {Hear<Answer>} hear
 */
async function answer(request, place, hear) {
  const { number, seed, hidden_size, learning_rate } = request;
  const words = wordsFor(place.figure, "python");
  try {
    const runs = await place.load(`${hidden_size}-${seed}`);
    const run = /** @type {StoredRuns | undefined} */ (runs)?.[learning_rate];
    if (run) {
      const { loss, weights, ...described } = run;
      hear({ ...described, type: "run", number }, [bytes(loss), bytes(weights)]);
    } else hear({ type: "error", number, message: words.unstored }, []);
  } catch {
    hear({ type: "error", number, message: words.lost }, []);
  }
}

/** @param {string} text */
function bytes(text) {
  return new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
}

/**
 * Return what a shared address asks for, less the values that only Python can train: the first
 * picture is a stored one.
 *
 * @param {Record<string, string>} state
 * @param {StoredSettings["grid"]} grid
 */
function storedOnly(state, { learning_rates, hidden_sizes, seeds }) {
  /** @type {Record<string, number[]>} */
  const allowed = {
    learning_rate: learning_rates,
    second: learning_rates,
    hidden_size: hidden_sizes,
    seed: seeds,
  };
  const numbers = Object.entries(state).map(([name, text]) => ({ name, value: Number(text) }));
  const kept = numbers.filter(
    ({ name, value }) => allowed[name]?.includes(value) ?? name === "epoch",
  );
  return Object.fromEntries(kept.map(({ name, value }) => [name, value]));
}

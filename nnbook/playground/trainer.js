/* The side of the conversation with whoever trains: asks, takes answers, and notices silence. */

import { NO_KERNEL, watchKernel } from "../widget/kernel.js";
import { makeRequests } from "./requests.js";

/** @import { Answer, Request, Run, RunError } from "./protocol.js" */
/** @import { Choice, PlaygroundModel, RecordedRun } from "./types.js" */

/**
 * What the trainer calls.
 *
 * @typedef {object} Hearer
 * @property {(place: number, run: RecordedRun) => void} run
 * @property {(place: number, message: string) => void} error
 * @property {(why: "waiting" | "gone") => void} silence  no answer comes
 * @property {(free: boolean) => void} turned  from now on any value can be trained, or no longer
 */

/**
 * @param {PlaygroundModel} model
 * @param {boolean} hasKernel  whether a kernel trains, which may be restarted at any time
 * @param {Hearer} hearer
 */
export function makeTrainer(model, hasKernel, hearer) {
  let silent = false;
  const requests = makeRequests(send);
  const kernel = hasKernel
    ? watchKernel(model, { waiting: () => silence("waiting"), gone: () => silence("gone") })
    : NO_KERNEL;

  /** @param {"waiting" | "gone"} why */
  function silence(why) {
    silent = true;
    hearer.silence(why);
  }
  /** @param {Request} request */
  function send(request) {
    kernel.ask(() => model.send(request));
  }
  /**
   * @param {Run | RunError} answer
   * @param {DataView[]} buffers
   */
  function take(answer, buffers) {
    silent = false;
    kernel.answered();
    const place = requests.answered(answer);
    if (requests.waiting) kernel.asked();
    if (place < 0) return;
    if (answer.type === "error") hearer.error(place, answer.message);
    else hearer.run(place, recorded(answer, buffers));
  }
  model.on("msg:custom", (/** @type {Answer} */ answer, buffers) => {
    if (answer.type === "run" || answer.type === "error") return take(answer, buffers);
    requests.forget();
    hearer.turned(answer.type === "trainer");
  });
  return {
    /** @param {Choice[]} choices */
    ask(choices) {
      if (silent) requests.forget();
      silent = false;
      requests.ask(choices);
    },
    stop: kernel.stop,
  };
}

/**
 * @param {Run} run
 * @param {DataView[]} buffers
 * @returns {RecordedRun}
 */
function recorded(run, [loss, weights]) {
  return { ...run, loss: floats(loss), weights: floats(weights) };
}

/**
 * Copy a view, which may begin anywhere in its buffer.
 *
 * @param {DataView} view
 */
function floats({ buffer, byteOffset, byteLength }) {
  return new Float32Array(buffer.slice(byteOffset, byteOffset + byteLength));
}

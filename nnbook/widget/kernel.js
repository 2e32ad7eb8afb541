/* Says so when Python does not answer: at once where its kernel is gone, else after a while. */

const PATIENCE = 4000; // ms without an answer before the reader is told

/**
 * @typedef {object} Kernel
 * @property {() => void} asked     a question was sent
 * @property {() => void} answered  all questions have been answered
 * @property {() => void} stop      nobody listens any more
 */

/**
 * Watch whether questions are answered.
 *
 * @param {{ on(event: "comm_live_update", hear: () => void): void }} model
 * @param {object} tell
 * @param {() => void} tell.waiting  called when an answer takes long
 * @param {() => void} tell.gone     called when no answer can come any more
 * @returns {Kernel}
 */
export function watchKernel(model, { waiting, gone }) {
  let isGone = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const stop = () => clearTimeout(timer);
  model.on("comm_live_update", () => {
    isGone = true;
    stop();
    gone();
  });
  return {
    asked() {
      stop();
      if (isGone) gone();
      else timer = setTimeout(waiting, PATIENCE);
    },
    answered: stop,
    stop,
  };
}

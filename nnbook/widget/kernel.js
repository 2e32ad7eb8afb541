/* Says so when Python does not answer: at once where its kernel is gone, else after a while. */

const PATIENCE = 4000; // ms without an answer before the reader is told

/**
 * @typedef {object} Kernel
 * @property {(send: () => void) => void} ask  send a question; its failure is the kernel's end
 * @property {() => void} asked     a question was sent
 * @property {() => void} answered  all questions have been answered
 * @property {() => void} stop      nobody listens any more
 */

/** @type {Kernel} */
export const NO_KERNEL = { ask: (send) => send(), asked() {}, answered() {}, stop() {} };

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
  function leave() {
    isGone = true;
    stop();
    gone();
  }
  function asked() {
    stop();
    if (isGone) gone();
    else timer = setTimeout(waiting, PATIENCE);
  }
  model.on("comm_live_update", leave);
  return {
    ask(send) {
      asked();
      try {
        send();
      } catch {
        leave(); // the channel to the kernel is closed
      }
    },
    asked,
    answered: stop,
    stop,
  };
}

/* Python in a built page: a worker that trains any value, started when the reader asks for it. */

import { element } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";

/** @import { Hear, Place } from "../widget/types.js" */
/** @import { Answer, Posted, Request } from "./protocol.js" */

/**
 * @typedef {object} Python
 * @property {HTMLElement} offer  the button that starts it, and how it goes
 * @property {(request: Request) => boolean} send  whether Python is there to take the request
 */

/**
 * Offer to start Python; where it fails or stops, say so and offer it again.
 *
 * @param {Place} place
 * @param {Hear<Answer>} hear  told what the worker answers, and of its end
 * @returns {Python}
 */
export function offerPython({ figure, folder, config }, hear) {
  const words = wordsFor(figure, "python");
  const status = element("p", { class: "nn-status", role: "status" });
  const button = element("button", { type: "button", class: "nn-button", onclick: begin });
  button.textContent = fill(words.offer, { megabytes: config.megabytes });
  /** @type {Worker | null} */
  let trainer = null;

  /** @param {Worker} worker @param {string} message */
  function fail(worker, message) {
    worker.terminate();
    status.textContent = trainer ? words.crashed : words.failed;
    trainer = null;
    button.disabled = button.hidden = false;
    button.textContent = words.retry;
    console.info(`nnbook: ${message}`); // for whoever looks for the cause
    hear({ type: "failed", message }, []);
  }
  /** @param {Worker} worker @param {Posted} posted */
  function receive(worker, { content, buffers }) {
    if (content.type === "failed") return fail(worker, content.message);
    if (content.type === "trainer") {
      trainer = worker;
      button.hidden = true;
      status.textContent = fill(words.ready, { versions: content.versions ?? "" });
    }
    hear(
      content,
      buffers.map((buffer) => new DataView(buffer)),
    );
  }
  function begin() {
    button.disabled = true;
    status.textContent = words.loading;
    const worker = new Worker(new URL("worker.js", folder));
    worker.onerror = (event) => fail(worker, event.message);
    worker.onmessage = ({ data }) => receive(worker, data);
    worker.postMessage({ start: { pyodide: new URL(config.pyodide, folder).href } });
  }
  return {
    offer: element("div", { class: "nn-live" }, button, status),
    send(request) {
      trainer?.postMessage(request);
      return trainer !== null;
    },
  };
}

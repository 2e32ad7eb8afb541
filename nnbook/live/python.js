/* The page's side of Python: starts the worker, gives it tasks, hears it. */

/** @import { Failure, FromWorker, LiveConfig, ToWorker } from "./types.js" */

/** Python could not start, or has ended; `failure` says why. */
export class StartError extends Error {
  /** @param {Failure} failure */
  constructor(failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** @typedef {{ resolve: (value: any) => void, reject: (why: StartError) => void }} Waiting */

/** @type {Failure} */
const ENDED = { kind: "cancelled", message: "Python has ended" };
const START = 0; // the ticket of starting

export class Python {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {Map<number, Waiting>} */
  #waiting = new Map();
  #asked = START;
  #config;
  #folder;

  /**
   * @param {LiveConfig} config
   * @param {URL} folder  of the worker's script
   */
  constructor(config, folder) {
    this.#config = config;
    this.#folder = folder;
    /** @type {(message: FromWorker) => void} */
    this.hear = () => {}; // told all but what answers a question
  }

  /**
   * Start anew: all that an earlier Python knew is gone.
   *
   * @returns {Promise<string>} its version
   */
  start() {
    this.end();
    const worker = new Worker(new URL("worker.js", this.#folder), { type: "module" });
    this.#worker = worker;
    worker.onmessage = ({ data }) => {
      if (worker === this.#worker) this.#receive(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      if (worker === this.#worker) this.#broken(event.message ?? "the worker could not be loaded");
    };
    this.#give({ start: { config: this.#config, folder: this.#folder.href } });
    return this.#answerTo(START);
  }
  end() {
    this.#worker?.terminate();
    this.#worker = null;
    this.#reject(ENDED);
  }
  /**
   * Let a cell run.
   *
   * @param {string} cell
   * @param {string} source
   * @returns {string} the run's pass: revoking it stops the run
   */
  run(cell, source) {
    const stop = URL.createObjectURL(new Blob(["go on"]));
    this.#give({ run: { cell, source, stop } });
    return stop;
  }
  /**
   * Ask which earlier cells each cell needs.
   *
   * @param {string[]} sources
   * @returns {Promise<number[][]>}
   * @throws {StartError} where there is no Python
   */
  async needs(sources) {
    if (!this.#worker) throw new StartError(ENDED);
    this.#asked += 1;
    this.#give({ needs: { sources, ticket: this.#asked } });
    return this.#answerTo(this.#asked);
  }
  /**
   * Hand a message to a widget.
   *
   * @param {number} number
   * @param {unknown} content
   */
  receive(number, content) {
    this.#give({ receive: { number, content } });
  }

  /** @param {ToWorker} task */
  #give(task) {
    this.#worker?.postMessage(task);
  }
  /** @param {number} ticket @returns {Promise<any>} */
  #answerTo(ticket) {
    return new Promise((resolve, reject) => this.#waiting.set(ticket, { resolve, reject }));
  }
  /** @param {FromWorker} message */
  #receive(message) {
    if (message.type === "failed") return this.#fail(message);
    if (message.type === "ready") return this.#resolve(START, message.version);
    if (message.type === "answer") return this.#resolve(message.ticket, message.value);
    return this.hear(message);
  }
  /** @param {number} ticket @param {unknown} value */
  #resolve(ticket, value) {
    this.#waiting.get(ticket)?.resolve(value);
    this.#waiting.delete(ticket);
  }
  /** @param {Failure} failure */
  #fail(failure) {
    this.#reject(failure);
    this.end();
  }
  /** @param {Failure} failure */
  #reject(failure) {
    for (const { reject } of this.#waiting.values()) reject(new StartError(failure));
    this.#waiting.clear();
  }
  /** @param {string} message */
  #broken(message) {
    if (this.#waiting.has(START)) this.#fail({ kind: "start", message });
    else this.hear({ type: "crashed", message });
  }
}

/* Stops a cell without shared memory, which only few sites may use.
 *
 * The page gives every run a pass, the address of a blob, and revokes it to stop the run. Python
 * looks into its interrupt buffer between its steps; here a request to a revoked address fails, and
 * that is Ctrl-C.
 */

const LOOK = 100; // ms between two requests
const SIGINT = 2;

export class Interrupts {
  /** @type {string | null} */
  #pass = null;
  #looked = 0;

  /** @param {string | null} pass  of the run that begins; null when it has ended */
  watch(pass) {
    this.#pass = pass;
    this.#looked = performance.now();
  }

  /** What Python reads: the number of a signal, or 0. */
  get 0() {
    if (!this.#pass || performance.now() - this.#looked < LOOK) return 0;
    this.#looked = performance.now();
    if (isValid(this.#pass)) return 0;
    this.#pass = null;
    return SIGINT;
  }

  /** Python writes 0 when it has seen a signal. */
  set 0(_) {}
}

/**
 * Tell whether a pass has not been revoked.
 *
 * @param {string} address
 */
export function isValid(address) {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  try {
    request.send();
    return true;
  } catch {
    return false;
  }
}

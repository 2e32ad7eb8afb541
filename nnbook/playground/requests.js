/* Asks for runs, one at a time; of what is wished meanwhile the newest counts. */

/** @import { Request } from "./protocol.js" */
/** @import { Choice } from "./types.js" */

/**
 * A request that was sent.
 *
 * @typedef {object} Sent
 * @property {number} place
 * @property {Choice} choice
 * @property {boolean} wanted  whether it still is what the reader wishes
 */

/**
 * Make what asks for the runs that a reader wishes to see beside each other.
 *
 * @param {(request: Request) => void} send
 */
export function makeRequests(send) {
  /** @type {(Choice | undefined)[]} */
  let wishes = [];
  /** @type {Sent | undefined} */
  let sent;
  let number = 0;

  function next() {
    const place = wishes.findIndex(Boolean);
    const choice = wishes[place];
    if (sent || !choice) return;
    wishes[place] = undefined;
    sent = { place, choice, wanted: true };
    number += 1;
    send({ ...choice, number });
  }
  return {
    /** Whether an answer is still to come. */
    get waiting() {
      return sent !== undefined;
    },
    /**
     * Ask for these runs; what was wished before no longer counts.
     *
     * @param {Choice[]} choices
     */
    ask(choices) {
      wishes = [...choices];
      if (sent) sent.wanted = false;
      next();
    },
    /**
     * Take an answer: return the place of its run, or -1 if it is not wished any more.
     *
     * @param {{ number: number }} answer
     */
    answered(answer) {
      if (!sent || answer.number !== number) return -1;
      const { place, wanted } = sent;
      sent = undefined;
      next();
      return wanted ? place : -1;
    },
    /** Whoever was asked is gone: what was asked may be asked again. */
    forget() {
      sent = undefined;
    },
  };
}

/* What a reader has written and solved, kept by the browser.
 *
 * Every item has a key of its own, so that two tabs never write over each other's work:
 *
 *   nnbook/1/answer/<page>/<cell>    {"source": …, "of": …}
 *   nnbook/1/verdict/<exercise>      {"state": "right" or "wrong", "edition": …}
 *
 * The 1 is the version of this format. Anything may stand under these keys, written by another
 * script or a later book, so whatever is read is checked first.
 */

import { SafeStorage } from "./storage.js";

/**
 * @typedef {{ source: string, of: string }} Answer
 *   What the reader wrote into a cell, and the book's own text of the cell at that time.
 * @typedef {{ state: "right" | "wrong", edition: string }} Verdict
 *   How the last check went, and the edition of the exercise that was checked.
 * @typedef {[key: string, value: Answer | Verdict]} Item
 */

const PREFIX = "nnbook/1/";
const FORMAT = "nnbook progress";
const VERSION = 1;
const LONGEST = 100_000; // characters of one text
const ANSWER = /^answer\/[\w-]+\/[\w-]{1,64}$/;
const VERDICT = /^verdict\/\d+(\.\d+)+-[a-z]$/;

/** @param {unknown} value @returns {Answer | undefined} */
function asAnswer(value) {
  const { source, of } = Object(value);
  const valid = [source, of].every((text) => typeof text === "string" && text.length <= LONGEST);
  return valid ? { source, of } : undefined;
}

/** @param {unknown} value @returns {Verdict | undefined} */
function asVerdict(value) {
  const { state, edition } = Object(value);
  const valid = typeof edition === "string" && /^[0-9a-f]{8}$/.test(edition);
  return valid && (state === "right" || state === "wrong") ? { state, edition } : undefined;
}

/** @param {string} key @param {unknown} value */
function valid(key, value) {
  if (ANSWER.test(key)) return asAnswer(value);
  return VERDICT.test(key) ? asVerdict(value) : undefined;
}

/**
 * Return what is kept of an item, after a check of all of it.
 *
 * @param {string} key
 * @param {unknown} value
 * @returns {Item}
 */
function item(key, value) {
  const kept = valid(key, value);
  if (kept) return [key, kept];
  throw new TypeError(
    `what is kept must be {source, of} of "answer/page/cell", at most ${LONGEST} characters ` +
      'each, or {state: "right" or "wrong", edition: 8 hexadecimal digits} of "verdict/1.3.4-d"; ' +
      `got ${short(JSON.stringify(value))} of "${short(key)}"`,
  );
}

/** @param {unknown} value */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {string} text @returns {Item[]} */
function itemsOf(text) {
  const { format, version, answers, verdicts } = Object(parsed(text));
  if (format !== FORMAT || version !== VERSION || !isRecord(answers) || !isRecord(verdicts))
    throw new TypeError(`text must be "${FORMAT}", version ${VERSION}; got ${short(text)}`);
  return [
    ...Object.entries(answers).map(([name, value]) => item(`answer/${name}`, value)),
    ...Object.entries(verdicts).map(([name, value]) => item(`verdict/${name}`, value)),
  ];
}

/** @param {unknown} value */
function short(value) {
  return String(value).slice(0, 80);
}

/** @param {string | null} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text ?? "");
  } catch {
    return undefined;
  }
}

/** What is kept. The document hears "nn-kept" after each change, other tabs hear "storage". */
export class Store {
  #texts;

  /** @param {Storage | null | undefined} storage */
  constructor(storage) {
    this.#texts = new SafeStorage(storage, PREFIX);
  }

  /** Whether everything stays when the page is closed. */
  get kept() {
    return this.#texts.lasts;
  }

  /** How many entries under the book's keys can't be read. They stay, but count for nothing. */
  get ignored() {
    return this.#texts.keys.length - this.#items().length;
  }

  /**
   * Return what the reader wrote into a cell.
   *
   * @param {string} page  name of the notebook, such as "1_4_spiral"
   * @param {string} cell  id of the cell
   * @returns {Answer | undefined}
   */
  answer(page, cell) {
    return /** @type {Answer | undefined} */ (this.#read(`answer/${page}/${cell}`));
  }

  /**
   * Keep what the reader wrote into a cell; a text that is too long changes nothing.
   *
   * @param {string} page
   * @param {string} cell
   * @param {Answer} answer
   * @returns {boolean} whether it stays when the page is closed
   */
  keepAnswer(page, cell, answer) {
    if (answer.source.length > LONGEST) return false;
    return this.#keep([item(`answer/${page}/${cell}`, answer)]) === 1;
  }

  /** @param {string} page @param {string} cell */
  forgetAnswer(page, cell) {
    this.#remove([`answer/${page}/${cell}`]);
  }

  /**
   * Return how the last check of an exercise went.
   *
   * @param {string} exercise  such as "1.3.4-d"
   * @returns {Verdict | undefined}
   */
  verdict(exercise) {
    return /** @type {Verdict | undefined} */ (this.#read(`verdict/${exercise}`));
  }

  /**
   * Keep how a check went. What was solved stays solved: "wrong" doesn't replace the "right" of the
   * same edition.
   *
   * @param {string} exercise
   * @param {Verdict} verdict
   * @returns {boolean} whether a verdict on this edition stays when the page is closed
   */
  keepVerdict(exercise, verdict) {
    return this.#keep([item(`verdict/${exercise}`, verdict)]) === 1;
  }

  /** Return everything that is kept, as the text of a file. */
  exported() {
    const items = this.#items();
    const named = (/** @type {string} */ start) =>
      Object.fromEntries(
        items
          .filter(([key]) => key.startsWith(start))
          .map(([key, value]) => [key.slice(start.length), value]),
      );
    const file = { format: FORMAT, version: VERSION };
    const kept = { answers: named("answer/"), verdicts: named("verdict/") };
    return `${JSON.stringify({ ...file, ...kept }, null, 1)}\n`;
  }

  /**
   * Take in what a file holds, beside what is kept already; an answer of the file replaces the one
   * that is kept.
   *
   * @param {string} text  what `exported` gave, here or in another browser
   * @returns {number} of items that were taken in and stay when the page is closed
   * @throws {TypeError} where the text is anything else; nothing has changed then
   */
  imported(text) {
    return this.#keep(itemsOf(text));
  }

  /** Remove every entry of the book, also those that can't be read, and nothing else. */
  erase() {
    this.#remove(this.#texts.keys);
  }

  /** @returns {Item[]} */
  #items() {
    return this.#texts.keys.flatMap((key) => {
      const value = this.#read(key);
      return value ? [/** @type {Item} */ ([key, value])] : [];
    });
  }

  /** @param {string} key */
  #read(key) {
    return valid(key, parsed(this.#texts.get(key)));
  }

  /** @param {Item[]} items */
  #keep(items) {
    const lasting = items.filter(
      ([key, value]) => this.#isSolved(key, value) || this.#texts.set(key, JSON.stringify(value)),
    );
    announce();
    return lasting.length;
  }

  /** @param {string} key @param {Answer | Verdict} value */
  #isSolved(key, value) {
    const before = asVerdict(this.#read(key));
    return before?.state === "right" && before.edition === Object(value).edition;
  }

  /** @param {string[]} keys */
  #remove(keys) {
    for (const key of keys) this.#texts.remove(key);
    announce();
  }
}

function announce() {
  document.dispatchEvent(new Event("nn-kept"));
}

/**
 * Open what is kept in a storage. Without one, or where it refuses, everything works as long as the
 * page is open, and `kept` is false.
 *
 * @param {Storage | null | undefined} storage
 */
export function openStore(storage) {
  return new Store(storage);
}

/** Open what this browser keeps. Where storage is forbidden, even its name may not be read. */
export function openStoreOfBrowser() {
  try {
    return openStore(localStorage);
  } catch {
    return openStore(null);
  }
}

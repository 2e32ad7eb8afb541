/* Storages for tests: one that works, and ones that refuse as browsers do. */

/** A storage in memory, with what goes wrong in real ones. */
export class FakeStorage {
  /** @type {Map<string, string>} */
  texts = new Map();
  /** How many times something was written. */
  written = 0;
  /** How many characters it takes at most. */
  room = Number.POSITIVE_INFINITY;
  /** Whether it refuses everything, as in a private window. */
  closed = false;

  #open() {
    if (this.closed) throw new Error("SecurityError");
    return this.texts;
  }
  get length() {
    return this.#open().size;
  }
  /** @param {number} index */
  key(index) {
    return [...this.#open().keys()][index] ?? null;
  }
  /** @param {string} key */
  getItem(key) {
    return this.#open().get(key) ?? null;
  }
  /** @param {string} key @param {string} text */
  setItem(key, text) {
    const others = [...this.#open()].filter(([each]) => each !== key);
    const used = others.reduce((sum, each) => sum + each.join("").length, 0);
    if (used + key.length + text.length > this.room) throw new Error("QuotaExceededError");
    this.written += 1;
    this.texts.set(key, text);
  }
  /** @param {string} key */
  removeItem(key) {
    this.#open().delete(key);
  }
  clear() {
    this.#open().clear();
  }
}

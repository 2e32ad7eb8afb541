/* A storage that never throws. Browsers refuse theirs in private windows, or when it is full. */

/**
 * The texts of a storage whose keys have a common beginning. What the storage refuses is held as
 * long as the page is open.
 */
export class SafeStorage {
  #storage;
  #prefix;
  /** @type {Map<string, string>} */
  #refused = new Map();

  /**
   * @param {Storage | null | undefined} storage
   * @param {string} prefix
   */
  constructor(storage, prefix) {
    this.#storage = storage;
    this.#prefix = prefix;
  }

  /** Whether everything stays when the page is closed: there is a storage, and it had room. */
  get lasts() {
    return this.#ask((storage) => storage.length >= 0, false) && this.#refused.size === 0;
  }

  /** Every key, in order and without the prefix. */
  get keys() {
    const listed = this.#ask((storage) => {
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? "");
      return keys.filter((key) => key.startsWith(this.#prefix));
    }, []);
    const keys = new Set([
      ...listed.map((key) => key.slice(this.#prefix.length)),
      ...this.#refused.keys(),
    ]);
    return [...keys].sort();
  }

  /** @param {string} key */
  get(key) {
    return this.#refused.get(key) ?? this.#ask((all) => all.getItem(this.#prefix + key), null);
  }

  /**
   * @param {string} key
   * @param {string} text
   * @returns {boolean} whether it stays when the page is closed
   */
  set(key, text) {
    const set = (/** @type {Storage} */ storage) => {
      storage.setItem(this.#prefix + key, text);
      return true;
    };
    const lasts = this.#ask(set, false);
    if (lasts) this.#refused.delete(key);
    else this.#refused.set(key, text);
    return lasts;
  }

  /** @param {string} key */
  remove(key) {
    this.#refused.delete(key);
    this.#ask((storage) => storage.removeItem(this.#prefix + key), undefined);
  }

  /**
   * @template T
   * @param {(storage: Storage) => T} question
   * @param {T} otherwise  the answer where there is no storage, or it refuses
   * @returns {T}
   */
  #ask(question, otherwise) {
    try {
      return this.#storage ? question(this.#storage) : otherwise;
    } catch {
      return otherwise;
    }
  }
}

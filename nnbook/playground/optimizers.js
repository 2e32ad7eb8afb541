/* The optimizers: how a gradient g becomes a step of a parameter w. Rules and usual numbers are
 * those of nnlib's classes of the same names.
 */

/**
 * @typedef {object} Rule
 * @property {number} slots  numbers that it remembers of every parameter
 * @property {(w: Float64Array, g: Float64Array, rate: number, memory: Float64Array[],
 *   updates: number) => void} step  moves all parameters
 */

/** @type {Record<string, Rule>} */
const RULES = {
  /** w ← w − η g */
  SGD: {
    slots: 0,
    step(w, g, rate) {
      for (let i = 0; i < w.length; i++) w[i] -= rate * g[i];
    },
  },
  /** v ← α v − η g, w ← w + v */
  Momentum: {
    slots: 1,
    step(w, g, rate, [v]) {
      for (let i = 0; i < w.length; i++) {
        v[i] = 0.9 * v[i] - rate * g[i];
        w[i] += v[i];
      }
    },
  },
  /** s ← s + g², w ← w − η g / (√s + ε) */
  AdaGrad: {
    slots: 1,
    step(w, g, rate, [s]) {
      for (let i = 0; i < w.length; i++) {
        s[i] += g[i] * g[i];
        w[i] -= (rate * g[i]) / (Math.sqrt(s[i]) + 1e-7);
      }
    },
  },
  /** s ← ρ s + (1 − ρ) g², w ← w − η g / (√s + ε) */
  RMSprop: {
    slots: 1,
    step(w, g, rate, [s]) {
      for (let i = 0; i < w.length; i++) {
        s[i] = 0.99 * s[i] + (1 - 0.99) * g[i] * g[i];
        w[i] -= (rate * g[i]) / (Math.sqrt(s[i]) + 1e-7);
      }
    },
  },
  /** m ← β₁ m + (1 − β₁) g, s ← β₂ s + (1 − β₂) g², both corrected, w ← w − η m / (√s + ε) */
  Adam: {
    slots: 2,
    step(w, g, rate, [m, s], updates) {
      const [first, second] = [1 - 0.9 ** updates, 1 - 0.999 ** updates];
      for (let i = 0; i < w.length; i++) {
        m[i] = 0.9 * m[i] + (1 - 0.9) * g[i];
        s[i] = 0.999 * s[i] + (1 - 0.999) * g[i] * g[i];
        w[i] -= (rate * (m[i] / first)) / (Math.sqrt(s[i] / second) + 1e-8);
      }
    },
  },
};

export const OPTIMIZERS = Object.keys(RULES);

export class Optimizer {
  updates = 0;
  /** @type {Float64Array[]} */
  #memory;

  /**
   * @param {string} name
   * @param {number} learning_rate
   * @param {number} size  of the parameters
   */
  constructor(name, learning_rate, size) {
    this.rule = RULES[name];
    this.learning_rate = learning_rate;
    this.#memory = Array.from({ length: this.rule.slots }, () => new Float64Array(size));
  }

  /**
   * Move all parameters, in place.
   *
   * @param {Float64Array} params
   * @param {Float64Array} grads
   */
  update(params, grads) {
    this.updates += 1;
    this.rule.step(params, grads, this.learning_rate, this.#memory, this.updates);
  }

  state() {
    return { updates: this.updates, memory: this.#memory.map((each) => each.slice()) };
  }

  /** @param {{ updates: number, memory: Float64Array[] }} state */
  restore({ updates, memory }) {
    this.updates = updates;
    this.#memory = memory.map((each) => each.slice());
  }
}

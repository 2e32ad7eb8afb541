/* Random numbers: those of NumPy's default_rng, bit for bit. (A normal number beyond 3.65 takes a
 * logarithm; where a browser rounds it otherwise than NumPy, one in 10⁸ differs in its last bit.)
 *
 * A seed is stirred into 256 bits (SeedSequence), these start a generator of 64-bit words (PCG64,
 * O'Neill 2014), and words become normal numbers (ziggurat, Marsaglia and Tsang 2000) and orders.
 */

import { WIDTHS } from "./ziggurat.js";

/** What a generator must remember to go on as it would have. */
/** @typedef {{ state: bigint, increment: bigint, half: number | undefined }} GeneratorState */

/** The generator that `numpy.random.default_rng(seed)` makes. */
export class Generator {
  /** @type {bigint} */
  #state;
  /** @type {bigint} */
  #increment;
  /** The upper half of a word whose lower half was used. @type {number | undefined} */
  #half;
  /** The word that was drawn last: its upper and its lower 32 bits. */
  #high = 0;
  #low = 0;

  /** @param {number} seed  a whole number from 0 to 2**53 */
  constructor(seed) {
    const [stateHigh, stateLow, streamHigh, streamLow] = stirred(seed);
    const start = (stateHigh << 64n) | stateLow;
    this.#increment = BigInt.asUintN(128, (((streamHigh << 64n) | streamLow) << 1n) | 1n);
    this.#state = BigInt.asUintN(128, (start + this.#increment) * MULTIPLIER + this.#increment);
  }

  /** @returns {GeneratorState} */
  state() {
    return { state: this.#state, increment: this.#increment, half: this.#half };
  }

  /** @param {GeneratorState} state */
  restore({ state, increment, half }) {
    this.#state = state;
    this.#increment = increment;
    this.#half = half;
  }

  /** Draw a word: the two halves of 128 bits, mixed and turned by their top six bits. */
  #draw() {
    this.#state = BigInt.asUintN(128, this.#state * MULTIPLIER + this.#increment);
    const upper = BigInt.asUintN(64, this.#state >> 64n);
    const mixed = upper ^ BigInt.asUintN(64, this.#state);
    const turn = Number(upper >> 58n);
    const high = Number(mixed >> 32n) | 0;
    const low = Number(mixed & 0xffffffffn) | 0;
    const [one, other] = turn & 32 ? [low, high] : [high, low]; // turned by 32 bits
    const rest = turn & 31;
    this.#high = (rest ? (one >>> rest) | (other << (32 - rest)) : one) >>> 0;
    this.#low = (rest ? (other >>> rest) | (one << (32 - rest)) : other) >>> 0;
  }

  /** A whole number below 2**32: half a word; the other half comes next. */
  #integer() {
    const half = this.#half;
    this.#half = undefined;
    if (half !== undefined) return half;
    this.#draw();
    this.#half = this.#high;
    return this.#low;
  }

  /** A number from 0 up to 1, of 53 random bits. */
  #uniform() {
    this.#draw();
    return (this.#high * 2 ** 21 + (this.#low >>> 11)) / 2 ** 53;
  }

  /**
   * A number from the standard normal distribution.
   *
   * The bell is cut into 256 layers of equal area: 8 bits choose one, 52 bits a point along it, one
   * bit the sign. Nearly every point lies under the bell; the others are looked at more closely.
   */
  standardNormal() {
    for (;;) {
      this.#draw();
      const layer = this.#low & 0xff;
      const sign = this.#low & 0x100 ? -1 : 1;
      const bits = (this.#high & 0x1fffffff) * 2 ** 23 + (this.#low >>> 9);
      const x = bits * widths[layer];
      if (bits < inside[layer]) return sign * x;
      if (layer === 0) return this.#tail(bits);
      const step = heights[layer - 1] - heights[layer];
      if (step * this.#uniform() + heights[layer] < Math.exp(-0.5 * x * x)) return sign * x;
    }
  }

  /**
   * A number beyond the last layer; another of the bits chooses its sign.
   *
   * @param {number} bits
   */
  #tail(bits) {
    for (;;) {
      const x = -INVERSE_EDGE * Math.log1p(-this.#uniform());
      const y = -Math.log1p(-this.#uniform());
      if (y + y > x * x) return Math.floor(bits / 256) % 2 ? -(EDGE + x) : EDGE + x;
    }
  }

  /**
   * The whole numbers 0 … n − 1 in a random order.
   *
   * @param {number} n
   */
  permutation(n) {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  /**
   * A whole number from 0 to a largest one: so many bits as that one has, drawn until they fit.
   *
   * @param {number} largest
   */
  #upTo(largest) {
    const shift = Math.clz32(largest);
    for (;;) {
      const value = (this.#integer() << shift) >>> shift;
      if (value <= largest) return value;
    }
  }
}

const MULTIPLIER = 0x2360ed051fc65da44385df649fccf645n;

/**
 * Stir a seed into four words of 64 bits, so that near seeds
 * give words that have nothing in common.
 *
 * @param {number} seed
 * @returns {[bigint, bigint, bigint, bigint]}
 */
function stirred(seed) {
  const pool = poolOf([seed >>> 0, Math.floor(seed / 2 ** 32)]);
  let factor = 0x8b51f9dd;
  const words = Array.from({ length: 8 }, (_, i) => {
    const mixed = pool[i % 4] ^ factor;
    factor = Math.imul(factor, 0x58f38ded);
    const product = Math.imul(mixed, factor);
    return (product ^ (product >>> 16)) >>> 0;
  });
  const word = (/** @type {number} */ i) =>
    (BigInt(words[2 * i + 1]) << 32n) | BigInt(words[2 * i]);
  return [word(0), word(1), word(2), word(3)];
}

/**
 * @param {number[]} entropy  at most four numbers of 32 bits
 */
function poolOf(entropy) {
  let factor = 0x43b0d7e5;
  const hash = (/** @type {number} */ value) => {
    const mixed = value ^ factor;
    factor = Math.imul(factor, 0x931e8875);
    const product = Math.imul(mixed, factor);
    return product ^ (product >>> 16);
  };
  const pool = Array.from({ length: 4 }, (_, i) => hash(entropy[i] ?? 0));
  for (let source = 0; source < 4; source++)
    for (let target = 0; target < 4; target++) {
      if (source === target) continue;
      const hashed = hash(pool[source]);
      const mixed = Math.imul(0xca01f9dd, pool[target]) - Math.imul(0x4973f715, hashed);
      pool[target] = (mixed | 0) ^ ((mixed | 0) >>> 16);
    }
  return pool;
}

// The layers: how wide a step of the 52 bits is, which of them lie under the bell without a closer
// look, and how high the bell is at the end of each layer.
const EDGE = 3.6541528853610088; // where the tail begins
const INVERSE_EDGE = 0.27366123732975828;
const STEPS = 2 ** 52;
const widths = new Float64Array(
  Uint8Array.from(atob(WIDTHS), (character) => character.charCodeAt(0)).buffer,
);
const heights = widths.map((width, i) => (i === 0 ? 1 : Math.exp(-0.5 * (width * STEPS) ** 2)));
const inside = widths.map((width, i) =>
  i === 1 ? 0 : Math.floor((i === 0 ? EDGE / (width * STEPS) : widths[i - 1] / width) * STEPS),
);

/* Reads numbers as people type them. */

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/**
 * Turn what a Korean or Japanese keyboard writes, and a typeset minus, into plain signs.
 *
 * @param {string} text
 */
export function tidy(text) {
  return text.normalize("NFKC").replace(/[−–]/g, "-").trim();
}

/**
 * Return a number, or undefined. A comma is refused: it divides decimals in one country and
 * thousands in the other.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export function readDecimal(text) {
  const plain = tidy(text);
  const number = Number(plain);
  return DECIMAL.test(plain) && Number.isFinite(number) ? number : undefined;
}

/**
 * Return a number that is written as a decimal number or as a fraction, "1/3"; or undefined.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export function readFraction(text) {
  const [above, below, ...more] = tidy(text).split("/").map(readDecimal);
  if (below === undefined || above === undefined || more.length) return readDecimal(text);
  return below === 0 ? undefined : above / below;
}

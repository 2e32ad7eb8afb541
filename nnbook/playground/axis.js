/* Round numbers along an axis that begins at 0, and how they are written. */

const FACTORS = [1, 2, 5, 10];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/**
 * Return multiples of 1, 2 or 5 × 10^k from 0 to `high`, at most `most` numbers.
 *
 * @param {number} high
 * @param {number} [most]
 */
export function ticks(high, most = 8) {
  const step = roundUp(high / (most - 1));
  if (!(step > 0 && Number.isFinite(step))) return [0];
  const count = Math.floor(high / step + 1e-9) + 1; // 1.2 / 0.2 is 5.999…
  return Array.from({ length: count }, (_, i) => i * step);
}

/**
 * The smallest of 1, 2 and 5 × 10^k that is not below a number.
 *
 * @param {number} number
 */
function roundUp(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  const factor = FACTORS.find((each) => each * power >= number) ?? 10;
  return factor * power;
}

/**
 * Write the ticks of one axis alike: as decimals, or with a power of ten where those get too long.
 *
 * @param {number[]} values
 */
export function tickTexts(values) {
  const high = Math.max(...values.map(Math.abs));
  const plain = high === 0 || (high >= 0.01 && high < 1e5);
  return values.map((value) => (plain || value === 0 ? decimal(value) : scientific(value)));
}

/** @param {number} value */
const decimal = (value) => String(rounded(value));

/** @param {number} value */
function scientific(value) {
  const [digits, power] = rounded(value).toExponential().split("e");
  const raised = power.replace("+", "").replace("-", "⁻");
  return `${digits}×10${raised.replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)])}`;
}

/**
 * Without the last bits of a float: 0.3, not 0.30000000000000004.
 *
 * @param {number} value
 */
const rounded = (value) => Number(value.toPrecision(6));

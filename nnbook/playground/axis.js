/* Round numbers along an axis, and how they are written. */

const FACTORS = [1, 2, 5, 10];
const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** @typedef {{ value: number, text: string }} Tick */

/**
 * Return multiples of 1, 2 or 5 × 10^k between two numbers, at most `most` of them.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} [most]
 * @returns {Tick[]}
 */
export function axisTicks(low, high, most = 6) {
  const step = roundUp((high - low) / (most - 1));
  if (!(step > 0 && Number.isFinite(step))) return [{ value: low, text: decimal(low) }];
  const first = Math.ceil(low / step - 1e-9); // 1.2 / 0.2 is 5.999…
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return written(Array.from({ length: count }, (_, i) => (first + i) * step));
}

/**
 * Return powers of ten between two numbers above 0, every so manieth; where there are less than
 * two, numbers between them.
 *
 * @param {number} low
 * @param {number} high
 * @param {number} [most]
 * @returns {Tick[]}
 */
export function logTicks(low, high, most = 6) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) return axisTicks(low, high, most).filter(({ value }) => value > 0);
  const every = Math.ceil((last - first + 1) / most);
  const count = Math.floor((last - first) / every) + 1;
  const values = Array.from({ length: count }, (_, i) => 10 ** (first + i * every));
  return values.map((value) => ({ value, text: tickText(value) }));
}

/**
 * The smallest of 1, 2 and 5 × 10^k that is not below a number.
 *
 * @param {number} number
 */
function roundUp(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  const factor = FACTORS.find((each) => each * power >= number * (1 - 1e-12)) ?? 10;
  return factor * power;
}

/**
 * Write the ticks of one axis alike: as decimals, or with a power of ten where those get too long.
 *
 * @param {number[]} values
 * @returns {Tick[]}
 */
function written(values) {
  const high = Math.max(...values.map(Math.abs));
  const plain = isPlain(high);
  return values.map((value) => ({
    value,
    text: plain || value === 0 ? decimal(value) : scientific(value),
  }));
}

/** @param {number} value */
const tickText = (value) => (isPlain(value) ? decimal(value) : scientific(value));

/** @param {number} value */
const isPlain = (value) => value === 0 || (value >= 0.01 && value < 1e5);

/** @param {number} value */
const decimal = (value) => String(rounded(value)).replace("-", "−");

/** @param {number} value */
function scientific(value) {
  const [digits = "", power = ""] = rounded(value).toExponential().split("e");
  const raised = power.replace("+", "").replace("-", "⁻");
  const exponent = `10${raised.replace(/\d/g, (digit) => SUPERSCRIPTS[Number(digit)] ?? "")}`;
  return digits === "1" ? exponent : `${digits.replace("-", "−")}×${exponent}`;
}

/**
 * Without the last bits of a float: 0.3, not 0.30000000000000004.
 *
 * @param {number} value
 */
const rounded = (value) => Number(value.toPrecision(6));

/* Why a run ended early, in the very words of nnlib's DivergenceError. */

/** @import { Training } from "./training.js" */

const NAMES = { sigmoid: "Sigmoid", tanh: "Tanh", relu: "ReLU" };

/**
 * Say where a number stopped being finite, and what to try; "" if every number is finite.
 *
 * @param {Training} training  as it stands
 * @param {Float64Array} x  the samples with which it arose
 * @param {number} [loss]  of a minibatch; without one, its last update went too far
 */
export function divergence({ network, epoch, update, settings }, x, loss) {
  const found = fault(network, x);
  if (!found && loss === undefined) return "";
  const where =
    loss === undefined
      ? `the last update of epoch ${epoch + 1} went too far`
      : `the loss became ${written(loss)} in epoch ${epoch + 1}, batch ${update + 1}`;
  const what = found || "the scores are finite, the loss itself is too large for its type";
  const rate = settings.learning_rate;
  return (
    `${where}: ${what}. Try a learning rate below ${general(rate)}, for example ` +
    `${general(rate / 10)}, and a new model. This one is as it was before that epoch; ` +
    `trainer.history has the ${epoch} finished ones.`
  );
}

/**
 * Name the first layer with a number that is not finite on the way of samples.
 *
 * @param {Training["network"]} network
 * @param {Float64Array} x
 */
function fault({ layers, activation }, x) {
  const names = ["Affine", NAMES[/** @type {keyof typeof NAMES} */ (activation)], "Affine"];
  let values = x;
  for (const [i, layer] of layers.entries()) {
    const name = `layer ${i + 1} (${names[i]})`;
    const params = "W" in layer ? [layer.W, layer.b] : [];
    if (!params.every((param) => param.every(Number.isFinite)))
      return `the parameters of ${name} are no longer finite`;
    values = layer.forward(values);
    if (!values.every(Number.isFinite))
      return `the output of ${name} is the first that is not finite`;
  }
  return "";
}

/**
 * Write a number that is not finite as Python does.
 *
 * @param {number} value
 */
const written = (value) => (Number.isNaN(value) ? "nan" : String(value).replace("Infinity", "inf"));

/**
 * Write a number as Python's format "g" does: six digits, 1e-05 and 1e+06 with two in the exponent.
 *
 * @param {number} value
 */
export function general(value) {
  const rounded = toSixDigits(value);
  const [digits, exponent] = rounded.split("e");
  const power = Number(exponent);
  if (power >= -4 && power < 6) return String(Number(rounded));
  const sign = power < 0 ? "-" : "+";
  return `${Number(digits)}e${sign}${String(Math.abs(power)).padStart(2, "0")}`;
}

/**
 * Round a number to six digits; halfway between two, as 1484.125 is, to the even one, as Python.
 *
 * @param {number} value
 */
function toSixDigits(value) {
  const up = value.toExponential(5); // of two that are equally near, the larger
  const exact = value.toExponential(100);
  const isHalfway = /^\d\.\d{5}50*e/.test(exact);
  return isHalfway && /[13579]e/.test(up) ? exact.replace(/(\.\d{5})\d*/, "$1") : up;
}

/* The two-layer network: affine, activation, affine, as nnlib's TwoLayerNet. */

import { Affine, ReLU, Sigmoid, SoftmaxWithLoss, Tanh } from "./layers.js";

/** @import { Samples } from "./data.js" */
/** @import { Generator } from "./random.js" */

const LAYERS = { sigmoid: Sigmoid, tanh: Tanh, relu: ReLU };

export const ACTIVATIONS = Object.keys(LAYERS);

export class TwoLayerNet {
  /**
   * @param {object} sizes
   * @param {number} sizes.hidden  H
   * @param {number} sizes.classes  C
   * @param {string} sizes.activation
   * @param {Float64Array} params  W1 (2, H), b1 (H,), W2 (H, C), b2 (C,) in a row; not copied
   */
  constructor({ hidden, classes, activation }, params) {
    this.hidden = hidden;
    this.classes = classes;
    this.activation = activation;
    this.params = params;
    this.grads = new Float64Array(params.length);
    const ends = [2 * hidden, 3 * hidden, (3 + classes) * hidden, params.length];
    const parts = (/** @type {Float64Array} */ array) =>
      ends.map((end, i) => array.subarray(i ? ends[i - 1] : 0, end));
    const [W1, b1, W2, b2] = parts(params);
    const [dW1, db1, dW2, db2] = parts(this.grads);
    const Between = LAYERS[/** @type {keyof typeof LAYERS} */ (activation)];
    this.layers = [new Affine(W1, b1, dW1, db1), new Between(), new Affine(W2, b2, dW2, db2)];
    this.lossLayer = new SoftmaxWithLoss();
  }

  /**
   * What the hidden neurons give for samples: (N, H).
   *
   * @param {Float64Array} x  (N, 2)
   */
  hiddenValues(x) {
    const [affine, activation] = this.layers;
    return activation.forward(affine.forward(x));
  }

  /**
   * The scores of the classes for samples: (N, C).
   *
   * @param {Float64Array} x  (N, 2)
   */
  predict(x) {
    return this.layers[2].forward(this.hiddenValues(x));
  }

  /**
   * The mean loss of a minibatch.
   *
   * @param {Float64Array} x  (N, 2)
   * @param {ArrayLike<number>} t  (N,)
   */
  forward(x, t) {
    return this.lossLayer.forward(this.predict(x), t);
  }

  /**
   * Fill the gradients of all parameters, after `forward` of the same minibatch.
   *
   * @param {ArrayLike<number>} t  (N,)
   */
  fillGrads(t) {
    const [first, activation, last] = this.layers;
    const gradient = activation.backward(last.backward(this.lossLayer.backward(t)));
    /** @type {Affine} */ (first).fillGrads(gradient);
  }

  /**
   * The mean loss of samples, and the share of them that get their own class.
   *
   * @param {Samples} samples
   */
  measure({ x, t }) {
    const scores = this.predict(x);
    const classes = decide(scores, this.classes);
    const right = t.reduce((count, label, n) => count + (classes[n] === label ? 1 : 0), 0);
    return { loss: this.lossLayer.forward(scores, t), accuracy: right / t.length };
  }
}

/**
 * Draw the parameters of a network: W1, then W2, biases 0.
 *
 * @param {{ hidden: number, classes: number }} sizes
 * @param {number} weight_scale  the standard deviation of the weights
 * @param {Generator} generator
 */
export function initialParams({ hidden, classes }, weight_scale, generator) {
  const params = new Float64Array((3 + classes) * hidden + classes);
  const draw = (/** @type {number} */ from, /** @type {number} */ to) => {
    for (let i = from; i < to; i++) params[i] = weight_scale * generator.standardNormal();
  };
  draw(0, 2 * hidden);
  draw(3 * hidden, (3 + classes) * hidden);
  return params;
}

/**
 * The class of the highest score of every sample; of equal ones, the first.
 *
 * @param {Float64Array} scores  (N, C)
 * @param {number} classes  C
 */
export function decide(scores, classes) {
  const decided = new Uint8Array(scores.length / classes);
  for (let n = 0; n < decided.length; n++) {
    let best = 0;
    for (let k = 1; k < classes; k++)
      if (scores[n * classes + k] > scores[n * classes + best]) best = k;
    decided[n] = best;
  }
  return decided;
}

/**
 * The probabilities of the classes: the softmax of every row.
 *
 * @param {Float64Array} scores  (N, C)
 * @param {number} classes  C
 */
export function softmax(scores, classes) {
  const y = new Float64Array(scores.length);
  for (let start = 0; start < scores.length; start += classes) {
    let most = -Infinity;
    for (let k = 0; k < classes; k++) most = Math.max(most, scores[start + k]);
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      y[start + k] = Math.exp(scores[start + k] - most);
      sum += y[start + k];
    }
    for (let k = 0; k < classes; k++) y[start + k] /= sum;
  }
  return y;
}

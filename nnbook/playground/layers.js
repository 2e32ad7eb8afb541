/* The layers of the network: what goes forward, and beside it the gradient that comes back. Names
 * and formulas are those of nnlib's layers.
 *
 * A matrix is a Float64Array, row after row; a minibatch of N samples has one sample per row.
 */

/** x W + b: (N, D) becomes (N, M). */
export class Affine {
  /** @type {Float64Array} */
  #x = new Float64Array();
  /** @type {Float64Array} */
  #y = new Float64Array();
  /** @type {Float64Array} */
  #dx = new Float64Array();

  /**
   * @param {Float64Array} W  (D, M)
   * @param {Float64Array} b  (M,)
   * @param {Float64Array} dW  (D, M), where the gradients are put
   * @param {Float64Array} db  (M,)
   */
  constructor(W, b, dW, db) {
    this.W = W;
    this.b = b;
    this.dW = dW;
    this.db = db;
  }

  /** @param {Float64Array} x */
  forward(x) {
    const { W, b } = this;
    const M = b.length;
    const D = W.length / M;
    const N = x.length / D;
    const y = room(this.#y, N * M);
    for (let n = 0; n < N; n++) {
      for (let j = 0; j < M; j++) y[n * M + j] = b[j];
      for (let d = 0; d < D; d++) {
        const value = x[n * D + d];
        for (let j = 0; j < M; j++) y[n * M + j] += value * W[d * M + j];
      }
    }
    this.#x = x;
    this.#y = y;
    return y;
  }

  /**
   * Fill the gradients of the parameters: dW = xᵀ dy, and db is the sum of the rows of dy.
   *
   * @param {Float64Array} dy  (N, M)
   */
  fillGrads(dy) {
    const { dW, db } = this;
    const M = db.length;
    const D = dW.length / M;
    dW.fill(0);
    db.fill(0);
    for (let n = 0; n < dy.length / M; n++) {
      for (let j = 0; j < M; j++) db[j] += dy[n * M + j];
      for (let d = 0; d < D; d++) {
        const value = this.#x[n * D + d];
        for (let j = 0; j < M; j++) dW[d * M + j] += value * dy[n * M + j];
      }
    }
  }

  /**
   * Fill the gradients of the parameters, and return that of the input: dx = dy Wᵀ.
   *
   * @param {Float64Array} dy  (N, M)
   */
  backward(dy) {
    this.fillGrads(dy);
    const { W, b } = this;
    const M = b.length;
    const D = W.length / M;
    const dx = room(this.#dx, (dy.length / M) * D);
    for (let n = 0; n < dy.length / M; n++)
      for (let d = 0; d < D; d++) {
        let sum = 0;
        for (let j = 0; j < M; j++) sum += dy[n * M + j] * W[d * M + j];
        dx[n * D + d] = sum;
      }
    this.#dx = dx;
    return dx;
  }
}

/** An activation keeps what it gave: its slope can be told from that. */
class Activation {
  /** @type {Float64Array} */
  y = new Float64Array();
  /** @type {Float64Array} */
  dx = new Float64Array();

  /** @param {number} length */
  makeRoom(length) {
    this.y = room(this.y, length);
    this.dx = room(this.dx, length);
  }
}

/** σ(x) = 1 / (1 + e⁻ˣ), and σ′ = y (1 − y). */
export class Sigmoid extends Activation {
  /** @param {Float64Array} x */
  forward(x) {
    this.makeRoom(x.length);
    const { y } = this;
    for (let i = 0; i < x.length; i++) y[i] = 1 / (1 + Math.exp(-x[i]));
    return y;
  }

  /** @param {Float64Array} dy */
  backward(dy) {
    const { y, dx } = this;
    for (let i = 0; i < dy.length; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
    return dx;
  }
}

/** tanh x, and tanh′ = 1 − y². */
export class Tanh extends Activation {
  /** @param {Float64Array} x */
  forward(x) {
    this.makeRoom(x.length);
    const { y } = this;
    for (let i = 0; i < x.length; i++) y[i] = Math.tanh(x[i]);
    return y;
  }

  /** @param {Float64Array} dy */
  backward(dy) {
    const { y, dx } = this;
    for (let i = 0; i < dy.length; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
    return dx;
  }
}

/** max(x, 0), whose slope is 1 where x is above 0, and 0 elsewhere. */
export class ReLU extends Activation {
  /** @param {Float64Array} x */
  forward(x) {
    this.makeRoom(x.length);
    const { y } = this;
    for (let i = 0; i < x.length; i++) y[i] = Math.max(x[i], 0);
    return y;
  }

  /** @param {Float64Array} dy */
  backward(dy) {
    const { y, dx } = this;
    for (let i = 0; i < dy.length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
    return dx;
  }
}

/** Scores become probabilities y, and these the mean surprise at the right classes. */
export class SoftmaxWithLoss {
  /** @type {Float64Array} */
  #y = new Float64Array();
  /** @type {Float64Array} */
  #dx = new Float64Array();

  /**
   * The mean of −log y at the labels, where log y = x − max − log Σ exp(x − max), row by row.
   *
   * @param {Float64Array} x  (N, C)
   * @param {ArrayLike<number>} t  labels, (N,)
   */
  forward(x, t) {
    const N = t.length;
    const C = x.length / N;
    const y = room(this.#y, x.length);
    let loss = 0;
    for (let n = 0; n < N; n++) {
      const start = n * C;
      let most = -Infinity;
      for (let k = 0; k < C; k++) most = Math.max(most, x[start + k]);
      let sum = 0;
      for (let k = 0; k < C; k++) sum += Math.exp(x[start + k] - most);
      const logSum = Math.log(sum);
      for (let k = 0; k < C; k++) {
        const logY = x[start + k] - most - logSum;
        y[start + k] = Math.exp(logY);
        loss -= (t[n] === k ? 1 : 0) * logY; // 0 · ∞ is no number: lost scores show in the loss
      }
    }
    this.#y = y;
    return loss / N;
  }

  /**
   * dx = (y − t) / N, with labels as rows that hold a single 1.
   *
   * @param {ArrayLike<number>} t  labels, (N,)
   */
  backward(t) {
    const N = t.length;
    const C = this.#y.length / N;
    const dx = room(this.#dx, this.#y.length);
    for (let n = 0; n < N; n++)
      for (let k = 0; k < C; k++) dx[n * C + k] = (this.#y[n * C + k] - (t[n] === k ? 1 : 0)) / N;
    this.#dx = dx;
    return dx;
  }
}

/**
 * Return an array of a length: the one that is there, if it has it.
 *
 * @param {Float64Array} array
 * @param {number} length
 */
function room(array, length) {
  return array.length === length ? array : new Float64Array(length);
}

/* One run, as nnlib's Trainer makes it: every epoch all samples in a new order, in minibatches. */

import { divergence } from "./divergence.js";
import { initialParams, TwoLayerNet } from "./network.js";
import { Optimizer } from "./optimizers.js";
import { Generator } from "./random.js";

/** @import { Data, Measured, TrainingSettings } from "./data.js" */
/** @import { GeneratorState } from "./random.js" */

const CHECKPOINT = 50; // epochs between two states from which the run can go on

/**
 * All that a run needs to go on from the end of an epoch.
 *
 * @typedef {object} State
 * @property {Float64Array} params
 * @property {ReturnType<Optimizer["state"]>} optimizer
 * @property {GeneratorState} generator
 * @property {Int32Array} order
 */

export class Training {
  /** Finished epochs. */
  epoch = 0;
  /** Finished updates of the epoch that is running. */
  update = 0;
  /** Why the run ended early, as nnlib says it; "" while it goes on. */
  message = "";
  /** What every epoch gave; entry e belongs to epoch e + 1. */
  history = {
    /** @type {number[]} */ loss: [],
    /** @type {number[]} */ accuracy: [],
    /** @type {number[]} */ validation_loss: [],
    /** @type {number[]} */ validation_accuracy: [],
  };
  #loss = 0; // the sum over the samples of the running epoch
  /** The parameters at the end of every epoch, 0 being the start. @type {Float64Array[]} */
  #kept = [];
  /** @type {Map<number, State>} */
  #checkpoints = new Map();

  /**
   * @param {TrainingSettings} settings
   * @param {Data} data
   */
  constructor(settings, data) {
    this.settings = settings;
    this.data = data;
    const { hidden_size: hidden, activation, learning_rate, optimizer } = settings;
    const sizes = { hidden, activation, classes: data.classes };
    const count = data.training.t.length;
    this.generator = new Generator(settings.seed);
    this.params = initialParams(sizes, settings.weight_scale, this.generator);
    this.network = new TwoLayerNet(sizes, this.params);
    this.optimizer = new Optimizer(optimizer, learning_rate, this.params.length);
    /** Of the samples, in the running epoch. @type {Int32Array} */
    this.order = Int32Array.from({ length: count }, (_, i) => i);
    this.batchSize = Math.min(settings.batch_size, count);
    /** Updates of every epoch. */
    this.updates = Math.ceil(count / this.batchSize);
    /** What the network gives before the first update. @type {Measured} */
    this.start = this.#measured();
    this.#keep();
  }

  /** Go on by one update; after the last one of an epoch, the epoch counts. */
  step() {
    if (this.message) return;
    if (this.update === 0) this.#begin();
    const { x, t } = this.#batch(this.update);
    const loss = this.network.forward(x, t);
    if (!Number.isFinite(loss)) {
      this.#end(divergence(this, x, loss));
      return;
    }
    this.network.fillGrads(t);
    this.optimizer.update(this.params, this.network.grads);
    this.#loss += loss * t.length;
    this.update += 1;
    if (this.update === this.updates) this.#finish();
  }

  /** Make the updates that are left in this epoch. */
  runEpoch() {
    const { epoch } = this;
    while (this.epoch === epoch && !this.message) this.step();
  }

  /**
   * The network as it was at the end of a finished epoch.
   *
   * @param {number} epoch
   */
  networkAt(epoch) {
    return new TwoLayerNet(this.network, this.#kept[epoch]);
  }

  /**
   * Return another training that stands at the end of a finished epoch and goes on as this one did.
   *
   * @param {number} epoch
   */
  at(epoch) {
    const copy = new Training(this.settings, this.data);
    const start = epoch - (epoch % CHECKPOINT);
    copy.#restore(/** @type {State} */ (this.#checkpoints.get(start)));
    copy.#kept = this.#kept.slice(0, start + 1);
    copy.#checkpoints = new Map([...this.#checkpoints].filter(([each]) => each <= start));
    for (const name of /** @type {(keyof Measured)[]} */ (Object.keys(copy.history)))
      copy.history[name] = this.history[name].slice(0, start);
    copy.epoch = start;
    while (copy.epoch < epoch) copy.runEpoch();
    return copy;
  }

  /** Shuffle the order of the last epoch. */
  #begin() {
    const shuffled = this.generator.permutation(this.order.length);
    this.order = shuffled.map((place) => this.order[place]);
    this.#loss = 0;
  }

  /**
   * The samples of a minibatch; the last one may be smaller.
   *
   * @param {number} number
   */
  #batch(number) {
    const { x, t } = this.data.training;
    const rows = this.order.subarray(number * this.batchSize, (number + 1) * this.batchSize);
    const batch = { x: new Float64Array(2 * rows.length), t: new Uint8Array(rows.length) };
    rows.forEach((row, n) => {
      batch.x[2 * n] = x[2 * row];
      batch.x[2 * n + 1] = x[2 * row + 1];
      batch.t[n] = t[row];
    });
    return batch;
  }

  /** Count the epoch, unless its last update went too far. */
  #finish() {
    const { x, t } = this.data.training;
    const { loss, ...after } = this.#measured();
    if (!Number.isFinite(loss)) {
      const message = divergence(this, x);
      if (message) return this.#end(message);
    }
    this.epoch += 1;
    this.update = 0;
    const result = { ...after, loss: this.#loss / t.length };
    for (const name of /** @type {(keyof Measured)[]} */ (Object.keys(this.history))) {
      const value = result[name];
      if (value !== undefined) this.history[name].push(value);
    }
    this.#keep();
  }

  /**
   * End the run with the parameters as they were before the epoch that failed.
   *
   * @param {string} message
   */
  #end(message) {
    this.message = message;
    this.update = 0;
    this.params.set(this.#kept[this.epoch]);
  }

  /** @returns {Measured} */
  #measured() {
    const { training, held_out } = this.data;
    const other = held_out && this.network.measure(held_out);
    return {
      ...this.network.measure(training),
      validation_loss: other?.loss,
      validation_accuracy: other?.accuracy,
    };
  }

  #keep() {
    this.#kept.push(this.params.slice());
    if (this.epoch % CHECKPOINT) return;
    this.#checkpoints.set(this.epoch, {
      params: this.params.slice(),
      optimizer: this.optimizer.state(),
      generator: this.generator.state(),
      order: this.order,
    });
  }

  /** @param {State} state */
  #restore({ params, optimizer, generator, order }) {
    this.params.set(params);
    this.optimizer.restore(optimizer);
    this.generator.restore(generator);
    this.order = order;
  }
}

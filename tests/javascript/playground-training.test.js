import assert from "node:assert/strict";
import { test } from "node:test";
import { general } from "../../nnbook/playground/divergence.js";
import {
  ACTIVATIONS,
  decide,
  initialParams,
  TwoLayerNet,
} from "../../nnbook/playground/network.js";
import { OPTIMIZERS, Optimizer } from "../../nnbook/playground/optimizers.js";
import { Generator } from "../../nnbook/playground/random.js";
import { spiralData } from "../../nnbook/playground/spiral.js";
import { Training } from "../../nnbook/playground/training.js";

const SETTINGS = {
  learning_rate: 0.5,
  hidden_size: 4,
  seed: 3,
  optimizer: "Adam",
  batch_size: 70,
  weight_scale: 0.5,
  activation: "tanh",
};
const DATA = spiralData(0.2);

/** @param {number} seed */
function random(seed) {
  const generator = new Generator(seed);
  return (/** @type {number} */ length) =>
    Float64Array.from({ length }, () => generator.standardNormal());
}

test("the first draws are those of NumPy", () => {
  const generator = new Generator(0); // numpy.random.default_rng(0)
  assert.equal(generator.standardNormal(), 0.1257302210933933);
  assert.equal(generator.standardNormal(), -0.1321048632913019);
  assert.deepEqual([...new Generator(1).permutation(5)], [4, 0, 1, 2, 3]);
});

test("a generator goes on from its state, in the middle of a word too", () => {
  const [one, other] = [new Generator(5), new Generator(6)];
  one.permutation(4);
  other.restore(one.state());
  assert.deepEqual(one.permutation(9), other.permutation(9));
  assert.equal(one.standardNormal(), other.standardNormal());
});

for (const activation of ACTIVATIONS)
  test(`the gradient of a network with ${activation} agrees with central differences`, () => {
    const draw = random(8);
    const sizes = { hidden: 5, classes: 4, activation };
    const params = initialParams(sizes, 1, new Generator(9)).map((each, i) => each + (i % 7) / 10);
    const network = new TwoLayerNet(sizes, params);
    const x = draw(2 * 6);
    const t = [0, 3, 1, 2, 2, 0];
    network.forward(x, t);
    network.fillGrads(t);
    const grads = network.grads.slice();
    const step = 1e-5;
    const errors = grads.map((grad, i) => {
      const kept = params[i];
      const loss = (/** @type {number} */ moved) => {
        params[i] = kept + moved;
        return network.forward(x, t);
      };
      const slope =
        (8 * (loss(step) - loss(-step)) - loss(2 * step) + loss(-2 * step)) / (12 * step);
      params[i] = kept;
      return Math.abs(slope - grad);
    });
    assert.ok(Math.max(...errors) <= 1e-8 * Math.max(...grads.map(Math.abs)), String(errors));
  });

test("of equal scores the first class is decided for", () => {
  assert.deepEqual([...decide(Float64Array.of(0, 0, 0, 1, 2, 2), 3)], [0, 1]);
});

test("the loss of equal scores is ln C, and scores without end are no number", () => {
  const network = new TwoLayerNet(
    { hidden: 1, classes: 3, activation: "relu" },
    new Float64Array(9),
  );
  assert.equal(network.forward(Float64Array.of(1, 2), [2]), Math.log(3));
  network.params[8] = Infinity;
  assert.ok(Number.isNaN(network.forward(Float64Array.of(1, 2), [2])));
});

test("the first step of every optimizer, by hand", () => {
  /** @type {Record<string, number>} */
  const steps = { SGD: 0.2, Momentum: 0.2, AdaGrad: 0.1, RMSprop: 1, Adam: 0.1 };
  assert.deepEqual(Object.keys(steps), OPTIMIZERS);
  for (const name of OPTIMIZERS) {
    const params = Float64Array.of(1);
    new Optimizer(name, 0.1, 1).update(params, Float64Array.of(2));
    assert.ok(Math.abs(1 - params[0] - steps[name]) < 1e-6, `${name}: ${params[0]}`);
  }
});

for (const optimizer of OPTIMIZERS)
  test(`a run with ${optimizer} goes on from any epoch as it did, bit for bit`, () => {
    const settings = { ...SETTINGS, optimizer, learning_rate: 0.05 };
    const run = new Training(settings, DATA);
    while (run.epoch < 60) run.runEpoch();
    for (const epoch of [0, 7, 50, 53]) {
      const copy = run.at(epoch);
      assert.equal(copy.epoch, epoch);
      assert.deepEqual(copy.params, run.networkAt(epoch).params);
      while (copy.epoch < 60) copy.step();
      assert.deepEqual(copy.params, run.params);
      assert.deepEqual(copy.history, run.history);
    }
    assert.equal(run.epoch, 60);
  });

test("updates and epochs are the same run", () => {
  const [one, other] = [new Training(SETTINGS, DATA), new Training(SETTINGS, DATA)];
  assert.equal(one.updates, 5); // 4 of 70 and one of 20
  for (let i = 0; i < 7; i++) one.step();
  assert.deepEqual([one.epoch, one.update, one.history.loss.length], [1, 2, 1]);
  one.runEpoch();
  other.runEpoch();
  other.runEpoch();
  assert.deepEqual(one.params, other.params);
  assert.deepEqual(one.history, other.history);
});

test("a batch of more than all is all", () => {
  assert.equal(new Training({ ...SETTINGS, batch_size: 1000 }, DATA).updates, 1);
});

test("without held-out samples there is nothing measured on them", () => {
  const run = new Training(SETTINGS, { ...DATA, held_out: null });
  run.runEpoch();
  assert.equal(run.start.validation_loss, undefined);
  assert.deepEqual(run.history.validation_accuracy, []);
  assert.equal(run.history.accuracy.length, 1);
});

test("a run that diverges ends with everything as before that epoch", () => {
  const settings = { ...SETTINGS, learning_rate: 1e200, activation: "relu", optimizer: "SGD" };
  const run = new Training(settings, DATA);
  for (let i = 0; i < 10; i++) run.runEpoch();
  assert.match(run.message, /^the loss became (nan|inf) in epoch 1, batch 2: .* below 1e\+200/);
  assert.deepEqual(run.params, run.networkAt(run.epoch).params);
  assert.ok(run.params.every(Number.isFinite));
  assert.deepEqual([run.epoch, run.update, run.history.loss], [0, 0, []]);
});

test("numbers are written as Python's format g", () => {
  const texts = { 1: 1, 0.1: 0.1, 1e6: "1e+06", 123456: 123456, 1234567: "1.23457e+06" };
  for (const [value, text] of Object.entries(texts))
    assert.equal(general(Number(value)), String(text));
  assert.equal(general(1e-5), "1e-05");
  assert.equal(general(0.0001234567), "0.000123457");
  assert.equal(general(2.5e-100), "2.5e-100");
  assert.equal(general(1484.125), "1484.12"); // halfway: to the even digit
  assert.equal(general(1484.135), "1484.13"); // this double lies below halfway
  assert.equal(general(100001.5), "100002");
  assert.equal(general(3418805), "3.4188e+06");
  assert.equal(general(999999.5), "1e+06");
});

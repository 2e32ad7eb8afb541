import assert from "node:assert/strict";
import { test } from "node:test";
import {
  AMOUNTS,
  CHOICES,
  differences,
  START,
  secondOf,
  settingsOf,
  written,
} from "../../nnbook/playground/settings.js";
import { addressed, restored, startOf, stateOf } from "../../nnbook/playground/state.js";

test("an address gives back every setting that it names", () => {
  const named = {
    learning_rate: "0.123456789",
    hidden_size: "7",
    seed: "4294967296",
    epochs: "77",
    batch_size: "13",
    weight_scale: "0",
    noise: "0.35",
    optimizer: "Adam",
    activation: "relu",
  };
  const settings = settingsOf(named);
  for (const [name, text] of Object.entries(named))
    assert.equal(String(settings[/** @type {"seed"} */ (name)]), text);
});

test("what a setting can't be is ignored", () => {
  const wrong = ["", " ", "abc", "-1", "1e999", "NaN", "0x1G", null, undefined, {}, [], true];
  for (const name of Object.keys({ ...AMOUNTS, ...CHOICES }))
    for (const value of wrong) assert.deepEqual(settingsOf({ [name]: value }), START, `${name}`);
  assert.deepEqual(settingsOf({ hidden_size: "2.5", epochs: 2001, optimizer: "toString" }), START);
  assert.deepEqual(settingsOf({ __proto__: { seed: 3 }, other: 3 }), { ...START, seed: 3 });
});

test("a second run is written as what it differs in", () => {
  const second = { ...START, learning_rate: 0.1, optimizer: "Adam" };
  assert.deepEqual(differences(START, second), ["learning_rate", "optimizer"]);
  const text = written(START, second);
  assert.equal(text, "learning_rate:0.1,optimizer:Adam");
  assert.deepEqual(secondOf(START, text), second);
  assert.deepEqual(secondOf(START, written(START, START)), START);
});

test("a second run that can't be read is none", () => {
  for (const text of [
    "",
    "3",
    "constructor:1",
    "__proto__:1",
    "toString:1",
    "learning_rate",
    "learning_rate:-1",
    "colour:1",
    ",",
    3,
    undefined,
  ])
    assert.equal(secondOf(START, text), undefined, String(text));
});

test("a state is restored as it was", () => {
  const chosen = {
    settings: { ...START, epochs: 50, seed: 3 },
    second: { ...START, epochs: 50, seed: 4 },
    points: "both",
    scale: "log",
  };
  const place = { epoch: 20, update: 4 };
  const state = stateOf(chosen, place);
  const texts = Object.fromEntries(Object.entries(state).map(([k, v]) => [k, String(v)]));
  assert.deepEqual(restored(texts, startOf()), { chosen, place });
});

test("a malformed place or view is the usual one", () => {
  const { chosen, place } = restored(
    { epoch: "301", update: "x", points: "all", scale: "" },
    startOf(),
  );
  assert.deepEqual(place, { epoch: 300, update: 0 });
  assert.equal(chosen.points, "training");
  assert.equal(chosen.scale, "linear");
});

test("without a named epoch the last one is shown", () => {
  assert.equal(restored({ epochs: "50" }, startOf()).place.epoch, 50);
  assert.equal(restored({}, startOf({ epochs: 70 })).place.epoch, 70);
});

test("an address names the epoch unless it is the end, however long the run is", () => {
  for (const start of [startOf(), startOf({ epochs: 500, epoch: 7, update: 2 })])
    for (const [epochs, epoch] of [
      [300, 300],
      [500, 300],
      [500, 500],
      [500, 7],
      [20, 7],
    ]) {
      const chosen = { ...restored({}, start).chosen, settings: { ...START, epochs } };
      const place = { epoch, update: 0 };
      const kept = Object.entries(addressed(stateOf(chosen, place)));
      const usual = /** @type {Record<string, unknown>} */ (addressed(start));
      const address = kept.filter(([name, value]) => String(value) !== String(usual[name]));
      const texts = Object.fromEntries(address.map(([name, value]) => [name, String(value)]));
      assert.deepEqual(restored(texts, start).place.epoch, epoch, `${epochs}, ${epoch}`);
    }
  assert.deepEqual(restored({}, startOf({ epochs: 500, epoch: 7, update: 2 })).place, {
    epoch: 7,
    update: 2,
  });
});

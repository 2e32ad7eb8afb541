import assert from "node:assert/strict";
import { test } from "node:test";
import { axisTicks, logTicks } from "../../nnbook/playground/axis.js";

const texts = (/** @type {{ text: string }[]} */ ticks) => ticks.map(({ text }) => text);

test("ticks are round numbers, whatever the extent", () => {
  assert.deepEqual(texts(axisTicks(0, 1.2)), ["0", "0.5", "1"]);
  assert.deepEqual(texts(axisTicks(0, 300, 5)), ["0", "100", "200", "300"]);
  assert.deepEqual(texts(axisTicks(-1.2, 1.2)), ["−1", "−0.5", "0", "0.5", "1"]);
  assert.deepEqual(texts(axisTicks(0, 1e9, 3)), ["0", "5×10⁸", "10⁹"]);
  assert.deepEqual(texts(axisTicks(0, 2e-9, 5)), ["0", "5×10⁻¹⁰", "10⁻⁹", "1.5×10⁻⁹", "2×10⁻⁹"]);
});

test("there are at least two ticks and at most as many as wanted, for 38 extents", () => {
  for (let power = -9; power <= 9; power++)
    for (const factor of [1, 3.7]) {
      const high = factor * 10 ** power;
      for (const ticks of [
        axisTicks(0, high),
        logTicks(high / 1e6, high),
        logTicks(high / 3, high),
      ]) {
        assert.ok(ticks.length >= 2 && ticks.length <= 7, `${high}: ${texts(ticks)}`);
        assert.equal(new Set(texts(ticks)).size, ticks.length);
      }
    }
});

test("an extent of nothing has one tick", () => {
  assert.deepEqual(texts(axisTicks(2, 2)), ["2"]);
});

test("a logarithmic axis has powers of ten, every so manieth of many", () => {
  assert.deepEqual(texts(logTicks(0.005, 20)), ["0.01", "0.1", "1", "10"]);
  assert.deepEqual(texts(logTicks(1e-9, 1e9)), ["10⁻⁹", "10⁻⁵", "0.1", "1000", "10⁷"]);
  assert.deepEqual(texts(logTicks(0.6, 1.1)), ["0.6", "0.7", "0.8", "0.9", "1", "1.1"]);
});

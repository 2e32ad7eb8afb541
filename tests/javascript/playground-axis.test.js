import assert from "node:assert/strict";
import { test } from "node:test";
import { ticks, tickTexts } from "../../nnbook/playground/axis.js";
import { randomNumbers } from "./random.js";

test("ticks are few round numbers from 0 to the end, whatever the end is", () => {
  for (const number of randomNumbers(500)) {
    const high = 10 ** (number * 40 - 20);
    const values = ticks(high);
    assert.ok(values.length >= 3 && values.length <= 8, `${high}: ${values}`);
    assert.equal(values[0], 0);
    const step = values[1];
    const power = 10 ** Math.round(Math.log10(step) - 0.3);
    const factor = Math.min(...[1, 2, 5].map((each) => Math.abs(step / power / each - 1)));
    assert.ok(factor < 1e-9, `${step} is not 1, 2 or 5 times a power of ten`);
    for (const [i, value] of values.entries())
      assert.ok(Math.abs(value - i * step) <= 1e-12 * high);
    const last = values[values.length - 1];
    assert.ok(last <= high * (1 + 1e-8) && high - last < step, `${last} of ${high}`);
  }
});

test("ticks of ends that are met", () => {
  assert.deepEqual(tickTexts(ticks(1.2)), ["0", "0.2", "0.4", "0.6", "0.8", "1", "1.2"]);
  assert.deepEqual(tickTexts(ticks(300, 5)), ["0", "100", "200", "300"]);
  assert.deepEqual(tickTexts(ticks(1000)), ["0", "200", "400", "600", "800", "1000"]);
  const large = ["0", "2×10⁵", "4×10⁵", "6×10⁵", "8×10⁵"];
  assert.deepEqual(tickTexts(ticks(867195.6)), large);
  assert.deepEqual(tickTexts(ticks(1.3e-9, 3)), ["0", "1×10⁻⁹"]);
});

test("ends that are no numbers above 0 give one tick", () => {
  for (const high of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE])
    assert.deepEqual(ticks(high), [0]);
});

test("texts of ticks are short and differ", () => {
  for (const number of randomNumbers(500)) {
    const texts = tickTexts(ticks(10 ** (number * 40 - 20)));
    assert.equal(new Set(texts).size, texts.length, texts.join());
    for (const text of texts) assert.ok(text.length <= 9, text);
  }
});

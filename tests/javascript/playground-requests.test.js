import assert from "node:assert/strict";
import { test } from "node:test";
import { makeRequests } from "../../nnbook/playground/requests.js";

/** @param {number} learning_rate */
const wish = (learning_rate) => ({ learning_rate, hidden_size: 10, seed: 0 });

function start() {
  /** @type {any[]} */
  const sent = [];
  return { sent, requests: makeRequests((request) => sent.push(request)) };
}

test("one request is on its way at a time", () => {
  const { sent, requests } = start();
  requests.ask([wish(1), wish(2)]);
  assert.deepEqual(sent, [{ ...wish(1), number: 1 }]);
  assert.equal(requests.answered({ number: 1 }), 0);
  assert.deepEqual(sent.slice(1), [{ ...wish(2), number: 2 }]);
  assert.equal(requests.answered({ number: 2 }), 1);
  assert.equal(requests.waiting, false);
});

test("of what is wished meanwhile the newest is asked, and the old answer is not wished", () => {
  const { sent, requests } = start();
  for (const rate of [1, 2, 3]) requests.ask([wish(rate)]);
  assert.equal(sent.length, 1);
  assert.equal(requests.answered({ number: 1 }), -1);
  assert.deepEqual(sent.slice(1), [{ ...wish(3), number: 2 }]);
  assert.equal(requests.answered({ number: 2 }), 0);
});

test("a second run that is not wished any more is not asked", () => {
  const { sent, requests } = start();
  requests.ask([wish(1), wish(2)]);
  requests.ask([wish(3)]);
  requests.answered({ number: 1 });
  requests.answered({ number: 2 });
  assert.deepEqual(
    sent.map((each) => each.learning_rate),
    [1, 3],
  );
});

test("answers to nothing are not taken", () => {
  const { requests } = start();
  assert.equal(requests.answered({ number: 0 }), -1);
  requests.ask([wish(1)]);
  assert.equal(requests.answered({ number: 7 }), -1);
  assert.equal(requests.waiting, true);
  requests.answered({ number: 1 });
  assert.equal(requests.answered({ number: 1 }), -1);
});

test("what is forgotten can be asked again, and its late answer does not count", () => {
  const { sent, requests } = start();
  requests.ask([wish(1)]);
  requests.forget();
  requests.ask([wish(1)]);
  assert.deepEqual(
    sent.map((each) => each.number),
    [1, 2],
  );
  assert.equal(requests.answered({ number: 1 }), -1);
  assert.equal(requests.answered({ number: 2 }), 0);
});

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { player } from "../../nnbook/widget/player.js";
import { openPage, setGlobal } from "./page.js";

/** @type {(number | boolean)[]} */
let seen = [];
const make = (start = 0, last = 3) =>
  player({
    last,
    wait: 200,
    start,
    show: (place) => seen.push(place),
    turned: (on) => seen.push(on),
  });

beforeEach(() => {
  seen = [];
  openPage();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
});

test("plays to the end and stops there", () => {
  const play = make();
  play.toggle();
  mock.timers.tick(199);
  assert.deepEqual(seen, [true]);
  for (const wait of [1, 200, 200, 200, 200]) mock.timers.tick(wait);
  assert.deepEqual(seen, [true, 1, 2, false, 3]);
  assert.equal(play.playing, false);
});

test("plays from the start again when it is at the end", () => {
  make(3).toggle();
  mock.timers.tick(200);
  assert.deepEqual(seen, [true, 0, 1]);
});

test("stops when it is told to, and when the reader jumps", () => {
  const play = make();
  play.toggle();
  play.toggle();
  mock.timers.tick(10_000);
  play.toggle();
  play.jump(2);
  mock.timers.tick(10_000);
  assert.deepEqual(seen, [true, false, true, false, 2]);
});

test("never leaves its places, and does not play a single one", () => {
  const play = make(1);
  play.go(7);
  play.go(-1);
  make(0, 0).toggle();
  assert.deepEqual(seen, [3, 0]);
  assert.equal(play.place, 0);
});

test("goes on from a place that was set without showing it", () => {
  const play = make();
  play.place = 1;
  play.toggle();
  mock.timers.tick(200);
  assert.deepEqual(seen, [true, 2]);
});

test("a reader who asks for less motion gets a picture a second", () => {
  setGlobal("matchMedia", (/** @type {string} */ query) => ({
    matches: query === "(prefers-reduced-motion: reduce)",
  }));
  make().toggle();
  mock.timers.tick(999);
  assert.deepEqual(seen, [true]);
  mock.timers.tick(1);
  assert.deepEqual(seen, [true, 1]);
});

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { Motion } from "../../nnbook/playground/motion.js";

/** Counts what a training would do; it ends early where a message stands for its epoch. */
class FakeTraining {
  epoch = 0;
  update = 0;
  message = "";
  trained = 0;

  constructor({ updates = 3, until = Infinity, cost = 0 } = {}) {
    Object.assign(this, { updates, until, cost });
    /** @type {any} */ (this).made = { updates, until, cost };
  }
  step() {
    if (this.message) return;
    this.update += 1;
    if (this.update === /** @type {any} */ (this).updates) this.finish();
  }
  runEpoch() {
    if (!this.message) this.finish();
  }
  finish() {
    const { until, cost } = /** @type {any} */ (this);
    now += cost;
    this.trained += 1;
    this.update = 0;
    if (this.epoch >= until) this.message = "too far";
    else this.epoch += 1;
  }
  /** @param {number} epoch */
  at(epoch) {
    const copy = new FakeTraining(/** @type {any} */ (this).made);
    copy.epoch = epoch;
    return copy;
  }
}

let now = 0;
let isLess = false;
/** @type {(() => void)[]} */
let frames = [];
/** @type {number[]} */
let shown = [];
let rests = 0;
let speed = 60;

beforeEach((context) => {
  now = 0;
  isLess = false;
  frames = [];
  shown = [];
  rests = 0;
  speed = 60;
  const global = /** @type {any} */ (globalThis);
  global.matchMedia = () => ({ matches: isLess });
  global.requestAnimationFrame = (/** @type {() => void} */ act) => frames.push(act);
  global.cancelAnimationFrame = (/** @type {number} */ id) => {
    frames[id - 1] = () => {};
  };
  /** @type {import("node:test").TestContext} */ (context).mock.method(
    performance,
    "now",
    () => now,
  );
});

/** Let the browser draw: all that waits for a frame runs, some milliseconds later. */
function frame(milliseconds = 16) {
  now += milliseconds;
  const due = frames;
  frames = [];
  for (const act of due) act();
}

/** @param {FakeTraining[]} runs */
function begin(runs, last = 300, place = { epoch: 0, update: 0 }) {
  const motion = new Motion({
    show: () => shown.push(motion.place.epoch),
    rest: () => {
      rests += 1;
    },
    speed: () => speed,
  });
  motion.begin(/** @type {any} */ (runs), last, place);
  return motion;
}

test("what trains fast enough is shown at once", () => {
  const motion = begin([new FakeTraining()], 300, { epoch: 300, update: 0 });
  assert.deepEqual(motion.place, { epoch: 300, update: 0 });
  assert.deepEqual([shown, rests], [[300], 1]);
});

test("what takes longer is shown on the way, a slice of time after the other", () => {
  const run = new FakeTraining({ cost: 5 });
  const motion = begin([run], 20, { epoch: 20, update: 0 });
  assert.deepEqual(shown, [3]); // 15 ms, the first number of epochs over 12 ms
  assert.equal(motion.aim.epoch, 20);
  for (let i = 0; i < 9; i++) frame();
  assert.deepEqual(shown, [3, 11, 19, 20]); // then 40 ms each
  assert.equal(motion.aim.epoch, 20);
  assert.equal(rests, 1);
});

test("with less motion nothing is shown on the way", () => {
  isLess = true;
  begin([new FakeTraining({ cost: 5 })], 20, { epoch: 20, update: 0 });
  for (let i = 0; i < 9; i++) frame();
  assert.deepEqual(shown, [20]);
});

test("playing keeps to the speed, and rests at the end", () => {
  const motion = begin([new FakeTraining()], 4);
  motion.play();
  for (let i = 0; i < 9; i++) frame(1000 / 60 + 0.01);
  assert.deepEqual(shown, [0, 0, 1, 2, 3, 4]);
  assert.equal(motion.playing, false);
  assert.equal(rests, 2);
});

test("playing at the end begins anew, and a second press stops", () => {
  const motion = begin([new FakeTraining()], 300, { epoch: 300, update: 0 });
  motion.play();
  assert.equal(motion.place.epoch, 0);
  frame(100);
  motion.play();
  const { epoch } = motion.place;
  frame(1000);
  assert.deepEqual([motion.place.epoch, motion.playing], [epoch, false]);
});

test("what could not be trained in time is not made up for", () => {
  const motion = begin([new FakeTraining({ cost: 6 })], 300);
  speed = 1000;
  motion.play();
  frame(16);
  frame(16);
  assert.equal(motion.place.epoch, 4); // two a frame, not 16 and 32
});

test("without a limit every frame trains as much as it can", () => {
  const motion = begin([new FakeTraining({ cost: 4 })], 300);
  speed = Infinity;
  motion.play();
  frame(16);
  assert.equal(motion.place.epoch, 3);
});

test("a clock that stands still does not stop a run without a limit", () => {
  const motion = begin([new FakeTraining({ cost: 4 })], 300);
  speed = Infinity;
  motion.play();
  frame(0);
  assert.equal(motion.place.epoch, 3);
});

test("a run that ended stays ended while the other is stepped through", () => {
  const ended = new FakeTraining({ until: 5 });
  const motion = begin([ended, new FakeTraining()], 300, { epoch: 5, update: 0 });
  ended.runEpoch();
  motion.step();
  assert.equal(motion.standing[0], /** @type {any} */ (ended));
  assert.deepEqual(motion.place, { epoch: 5, update: 1 });
});

test("the end is never beyond the last epoch", () => {
  const motion = begin([new FakeTraining({ until: 50 })], 100, { epoch: 100, update: 0 });
  assert.equal(motion.end, 50);
  const ended = /** @type {any} */ (motion).standing;
  motion.begin(ended, 20, { epoch: 20, update: 0 });
  assert.deepEqual([motion.end, motion.place.epoch], [20, 20]);
});

test("with less motion playing shows a picture a second", () => {
  isLess = true;
  mock.timers.enable({ apis: ["setTimeout"] });
  const motion = begin([new FakeTraining()], 300);
  motion.play();
  now += 1000;
  mock.timers.tick(1000);
  assert.deepEqual(shown, [0, 0, 60]);
  motion.stop();
  mock.timers.reset();
});

test("updates are counted within an epoch, and the last one ends it", () => {
  const run = new FakeTraining({ updates: 3 });
  const motion = begin([run], 300, { epoch: 7, update: 0 });
  const places = [1, 2, 3, 4].map(() => {
    motion.step();
    return motion.place;
  });
  assert.deepEqual(places, [
    { epoch: 7, update: 1 },
    { epoch: 7, update: 2 },
    { epoch: 8, update: 0 },
    { epoch: 8, update: 1 },
  ]);
  assert.equal(run.epoch, 8);
  assert.equal(motion.standing[0]?.update, 1);
});

test("an epoch that was passed is stepped through again, and what is trained stays", () => {
  const run = new FakeTraining();
  const motion = begin([run], 300, { epoch: 300, update: 0 });
  motion.go({ epoch: 5, update: 2 });
  assert.deepEqual(motion.place, { epoch: 5, update: 2 });
  motion.step();
  assert.deepEqual(motion.place, { epoch: 6, update: 0 });
  assert.deepEqual([run.epoch, run.trained], [300, 300]);
});

test("a run that ends early is waited for by nobody", () => {
  const [one, other] = [new FakeTraining({ until: 5 }), new FakeTraining()];
  const motion = begin([one, other], 300, { epoch: 300, update: 0 });
  assert.equal(motion.place.epoch, 300);
  assert.equal(one.epoch, 5);
});

test("if all runs end early, the latest is the end", () => {
  const runs = [new FakeTraining({ until: 5 }), new FakeTraining({ until: 9 })];
  const motion = begin(runs, 300, { epoch: 300, update: 0 });
  assert.deepEqual([motion.end, motion.place.epoch, rests], [9, 9, 1]);
  motion.step();
  assert.equal(motion.place.epoch, 9);
});

test("two runs with other batches end an epoch together", () => {
  const motion = begin([new FakeTraining({ updates: 1 }), new FakeTraining({ updates: 3 })]);
  motion.step();
  assert.deepEqual(motion.place, { epoch: 0, update: 1 });
  motion.step();
  motion.step();
  assert.deepEqual(motion.place, { epoch: 1, update: 0 });
});

test("other runs play on if it plays, from their start", () => {
  const motion = begin([new FakeTraining()], 300);
  motion.play();
  frame(100);
  const other = new FakeTraining();
  motion.begin(/** @type {any} */ ([other]), 300, { epoch: 300, update: 0 });
  assert.deepEqual([motion.place.epoch, motion.playing], [0, true]);
  frame(51);
  assert.equal(motion.place.epoch, 3);
});

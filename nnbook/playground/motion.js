/* Moves through the epochs, and trains as it goes: a place is trained when it is first shown. */

import { wantsLessMotion } from "./watch.js";

/** @import { Training } from "./training.js" */
/** @import { Place } from "./types.js" */

const BUDGET = 12; // ms of training between two pictures: a frame has 16 for all
const PURSUIT = 40; // the same on the way to a place that was asked for, after the first picture
const LESS_MOTION = 1000; // ms between two pictures for a reader who asks for less motion

/**
 * @typedef {object} Hearer
 * @property {() => void} show  called for every place that is come to
 * @property {() => void} rest  called when nothing moves any more
 * @property {() => number} speed  epochs a second; Infinity for as many as can be trained
 */

export class Motion {
  /** What is shown. @type {Place} */
  place = { epoch: 0, update: 0 };
  playing = false;
  /** @type {Training[]} */
  #runs = [];
  /** Copies of the runs that stand within an epoch. @type {Training[] | undefined} */
  #between;
  #last = 0;
  /** What prevents the next picture. @type {(() => void) | undefined} */
  #cancel;
  #clock = { time: 0, epoch: 0 };
  /** @type {Place | undefined} */
  #wanted;

  /** @param {Hearer} hearer */
  constructor(hearer) {
    this.hearer = hearer;
  }

  /** The last epoch that can be shown: of runs that all ended early, the latest. */
  get end() {
    const runs = this.#runs;
    if (runs.some((run) => !run.message)) return this.#last;
    return Math.min(this.#last, Math.max(...runs.map((run) => run.epoch)));
  }

  /** The place that is gone to: what is shown, unless it isn't trained yet. */
  get aim() {
    return this.#wanted ?? this.place;
  }

  /** The runs as they stand at the place that is shown, or further on. */
  get standing() {
    return this.#between ?? this.#runs;
  }

  /**
   * Begin with other runs: play on if it plays, else go to a place.
   *
   * @param {Training[]} runs
   * @param {number} last  epoch
   * @param {Place} place
   */
  begin(runs, last, place) {
    const goOn = this.playing;
    this.stop();
    this.#runs = runs;
    this.#last = last;
    if (goOn) {
      this.#arrive(0);
      this.#start();
    } else this.go(place);
  }

  /**
   * Go to a place, and stay there.
   *
   * @param {Place} place
   */
  go(place) {
    this.stop();
    this.#pursue({ ...place, epoch: Math.min(place.epoch, this.#last) });
  }

  /** Play on from this epoch, from the start if it is the end; or stay. */
  play() {
    const goOn = !this.playing;
    this.stop();
    if (goOn && this.place.epoch >= this.end) this.#arrive(0);
    if (goOn) this.#start();
    else this.#settle();
  }

  /** Go on by one update. */
  step() {
    this.stop();
    if (this.place.epoch < this.end) this.#update();
    this.#settle();
  }

  stop() {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#wanted = undefined;
    this.playing = false;
  }

  #settle() {
    this.hearer.show();
    this.hearer.rest();
  }

  /** @param {number} epoch  that is shown, if it is trained */
  #arrive(epoch) {
    this.#between = undefined;
    this.place = { epoch: Math.min(epoch, trained(this.#runs, this.end)), update: 0 };
  }

  /**
   * @param {Place} wanted
   * @param {number} [time]  ms
   */
  #pursue(wanted, time = BUDGET) {
    this.#wanted = wanted;
    train(this.#runs, wanted.epoch, time);
    this.#arrive(wanted.epoch);
    if (this.place.epoch < Math.min(wanted.epoch, this.end)) {
      this.#cancel = nextFrame(() => this.#pursue(wanted, PURSUIT));
      if (!wantsLessMotion()) this.hearer.show();
      return;
    }
    this.#cancel = undefined;
    this.#wanted = undefined;
    for (let i = 0; i < wanted.update && this.place.epoch === wanted.epoch; i++) this.#update();
    this.#settle();
  }

  #update() {
    const { epoch, update } = this.place;
    this.#between ??= copies(this.#runs, epoch);
    for (const run of this.#between) if (run.epoch === epoch) run.step();
    if (this.#between.some((run) => run.epoch === epoch && !run.message)) {
      this.place = { epoch, update: update + 1 };
      return;
    }
    for (const run of this.#runs) if (run.epoch === epoch) run.runEpoch();
    this.#arrive(epoch + 1);
  }

  #start() {
    this.playing = true;
    this.#windUp();
    this.#cancel = nextPicture(() => this.#tick());
    this.hearer.show();
  }

  #tick() {
    const before = this.place;
    const { time, epoch } = this.#clock;
    const speed = this.hearer.speed();
    const passed = Math.floor(((performance.now() - time) * speed) / 1000);
    const aim = Number.isFinite(speed) ? Math.min(this.#last, epoch + passed) : this.#last;
    train(this.#runs, aim, BUDGET);
    this.#arrive(aim);
    if (this.place.epoch < aim) this.#windUp(); // what couldn't be trained is not made up for
    if (this.place.epoch >= this.end) {
      this.stop();
      this.#settle();
      return;
    }
    this.#cancel = nextPicture(() => this.#tick());
    if (this.place.epoch !== before.epoch || before.update) this.hearer.show();
  }

  #windUp() {
    this.#clock = { time: performance.now(), epoch: this.place.epoch };
  }
}

/**
 * Train runs up to an epoch, the one that is behind first, for as long as the time allows.
 *
 * @param {Training[]} runs
 * @param {number} epoch
 * @param {number} time  ms
 */
function train(runs, epoch, time) {
  const until = performance.now() + time;
  do {
    const behind = runs.filter((run) => !run.message && run.epoch < epoch);
    const run = behind.sort((a, b) => a.epoch - b.epoch)[0];
    if (!run) return;
    run.runEpoch();
  } while (performance.now() < until);
}

/**
 * The epoch up to which all runs can be shown; one that ended early shows its end.
 *
 * @param {Training[]} runs
 * @param {number} end
 */
function trained(runs, end) {
  return Math.min(end, ...runs.filter((run) => !run.message).map((run) => run.epoch));
}

/**
 * Return runs that stand at an epoch and can go on from there: copies, for what is trained stays;
 * one that ended before has nothing to go on with.
 *
 * @param {Training[]} runs
 * @param {number} epoch
 */
function copies(runs, epoch) {
  return runs.map((run) => (run.message && run.epoch <= epoch ? run : run.at(epoch)));
}

/**
 * Call an action in the next frame; return what prevents that.
 *
 * @param {() => void} act
 * @returns {() => void}
 */
function nextFrame(act) {
  const frame = requestAnimationFrame(act);
  return () => cancelAnimationFrame(frame);
}

/**
 * Call an action when the next picture of a film is due; return what prevents that.
 *
 * @param {() => void} act
 * @returns {() => void}
 */
function nextPicture(act) {
  if (!wantsLessMotion()) return nextFrame(act);
  const timer = setTimeout(act, LESS_MOTION);
  return () => clearTimeout(timer);
}

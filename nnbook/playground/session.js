/* What is trained and shown: the reader's choices, the runs made with them, the place in them. */

import { Motion } from "./motion.js";
import { makeRuns, shownAt } from "./runs.js";
import { restored, stateOf } from "./state.js";

/** @import { Run } from "./runs.js" */
/** @import { Chosen } from "./state.js" */
/** @import { Place, PlaygroundSettings, Settings, Shown, State } from "./types.js" */

/**
 * @param {PlaygroundSettings["data"]} data  the reader's own
 * @param {State} start
 * @param {object} hearer
 * @param {() => void} hearer.show  called for whatever is to be drawn anew
 * @param {() => void} hearer.rest  called when nothing moves any more
 * @param {() => number} hearer.speed  epochs a second
 */
export function makeSession(data, start, { show, rest, speed }) {
  const motion = new Motion({ show, rest, speed });
  const runs = makeRuns(data);
  let { chosen } = restored({}, start);
  runs.take([chosen.settings]);

  /** @param {Chosen} wanted @param {Place} place */
  function begin(wanted, place) {
    chosen = wanted;
    const { settings, second } = chosen;
    const trainings = runs.take(second ? [settings, second] : [settings]);
    motion.begin(trainings, settings.epochs, place);
  }
  return {
    motion,
    /** @returns {Chosen} */
    get chosen() {
      return chosen;
    },
    /** @returns {State} */
    get state() {
      return stateOf(chosen, motion.place);
    },
    /** @returns {Run[]} */
    get runs() {
      return runs.all;
    },
    /** @returns {Shown[]} */
    get shown() {
      const { standing, place } = motion;
      return runs.all.map((run, i) => shownAt(run, standing[i] ?? run.training, place));
    },
    begin,
    /**
     * Train with other settings, from the start to the epoch that was shown; if that was the end,
     * to the end.
     *
     * @param {Settings} settings
     * @param {Settings | undefined} second
     */
    change(settings, second) {
      const { epoch } = motion.aim;
      const wasEnd = epoch >= motion.end;
      const place = { epoch: wasEnd ? settings.epochs : epoch, update: 0 };
      const { points, scale } = chosen;
      const other = second && { second: { ...second, epochs: settings.epochs } };
      begin({ settings, ...other, points, scale }, place);
    },
    /**
     * Look at the same runs in another way.
     *
     * @param {Partial<Pick<Chosen, "points" | "scale">>} view
     */
    look(view) {
      chosen = { ...chosen, ...view };
      show();
      if (!motion.playing && motion.aim === motion.place) rest();
    },
    /**
     * Take what Python says.
     *
     * @param {Partial<State>} state
     */
    restore(state) {
      const wanted = restored({ ...stateOf(chosen, motion.place), ...state }, start);
      begin(wanted.chosen, wanted.place);
    },
  };
}

/* The parts of a playground, tied to what is trained and shown. */

import { element } from "../widget/dom.js";
import { makeControls } from "./controls.js";
import { makeHeatmap } from "./heatmap.js";
import { makeSession } from "./session.js";
import { START } from "./settings.js";
import { makeTasks } from "./tasks.js";
import { makeToolbar } from "./toolbar.js";
import { makeView } from "./view.js";

/** @import { Run } from "./runs.js" */
/** @import { PlaygroundSettings, Settings, Shown, State, Words } from "./types.js" */

/**
 * @typedef {object} Hearer
 * @property {(shown: Shown[]) => void} show  called with whatever is on screen
 * @property {(state: State) => void} rest  called when nothing moves any more
 */

export class Board {
  /**
   * @param {PlaygroundSettings} given
   * @param {State} start
   * @param {Words} words
   * @param {Hearer} hearer
   */
  constructor(given, start, words, hearer) {
    const isOwn = given.data !== undefined;
    this.given = given;
    this.words = words;
    this.hearer = hearer;
    this.session = makeSession(given.data, start, {
      show: () => this.draw(),
      rest: () => this.#rest(),
      speed: () => this.toolbar.speed,
    });
    const { motion, runs } = this.session;
    this.motion = motion;
    this.toolbar = makeToolbar(words, this.#moves(), given.small);
    this.controls = makeControls(words, {
      isOwn,
      changed: () => this.#change(this.controls.read(), this.session.chosen.second),
      compare: () => this.#compare(),
    });
    const { data } = /** @type {Run} */ (runs[0]);
    this.view = makeView(data, isOwn, words, { look: (view) => this.session.look(view) });
    this.tasks = makeTasks(words, (settings, second) => this.#begin(settings, second));
    this.parts = element("div", { class: "nn-parts" });
    this.nodes = given.small ? this.#few() : this.#all();
  }

  /** Draw what is chosen and trained, in the colours that the page has now. */
  draw() {
    const { chosen, shown, runs } = this.session;
    this.controls.write(chosen);
    this.toolbar.show(this.motion.playing, this.motion.place, chosen.settings.epochs);
    this.view.show(shown, runs, chosen, this.motion.place.epoch);
    this.parts.classList.toggle("nn-two", shown.length > 1);
    this.hearer.show(shown);
  }

  /**
   * Take what Python says, whatever is going on.
   *
   * @param {Partial<State>} state
   */
  restore(state) {
    this.tasks.forget();
    this.motion.stop();
    this.session.restore(state);
  }

  #rest() {
    const { shown, state } = this.session;
    this.view.say(this.given.small ? shown.filter(({ message }) => message) : shown);
    this.hearer.rest(state);
    if (this.motion.place.epoch >= this.motion.end) this.tasks.ended(shown);
  }

  #moves() {
    const go = (/** @type {number} */ epoch) => this.motion.go({ epoch, update: 0 });
    return {
      play: () => this.motion.play(),
      step: () => this.motion.step(),
      epoch: () => go(this.motion.place.epoch + 1),
      rewind: () => go(0),
      go,
    };
  }

  /**
   * @param {Settings} settings
   * @param {Settings | undefined} second
   */
  #change(settings, second) {
    this.tasks.forget();
    this.session.change(settings, second);
  }

  /** Keep this run beside the next one, or no longer. */
  #compare() {
    const { settings, second } = this.session.chosen;
    this.#change(settings, second ? undefined : settings);
  }

  /**
   * Train with these settings to the end, as a task and the map of the study want it.
   *
   * @param {Settings} settings
   * @param {Settings | undefined} second
   */
  #begin(settings, second) {
    const { points, scale } = this.session.chosen;
    this.motion.stop();
    const end = { epoch: settings.epochs, update: 0 };
    const other = second && { second: { ...second, epochs: settings.epochs } };
    this.session.begin({ settings, ...other, points, scale }, end);
  }

  #all() {
    const { view, controls, given } = this;
    view.numbers.append(controls.beside);
    this.parts.append(view.planes, view.numbers, controls.node, view.curves, view.diagram);
    /** @type {HTMLElement[]} */
    const nodes = [this.toolbar.node, this.parts];
    if (!given.data) nodes.push(this.tasks.node);
    if (given.study) {
      const choose = (/** @type {Partial<Settings>} */ cell) => {
        this.tasks.forget();
        this.#begin({ ...START, ...cell }, this.session.chosen.second); // as in the study
      };
      nodes.push(makeHeatmap(given.study, this.words, choose));
    }
    return nodes;
  }

  #few() {
    const { view, controls, given, words } = this;
    this.parts.append(...view.few);
    const link = given.link ? element("a", { href: given.link }, words.whole_playground) : "";
    const rate = controls.one("learning_rate");
    return [this.toolbar.node, this.parts, rate, element("p", {}, link)];
  }
}

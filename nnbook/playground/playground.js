/* The playground: replays runs of the spiral network, and asks for new ones where Python can train.
 *
 * A notebook (anywidget) and the built page load this module and give it a model. What the model
 * holds is described in types.d.ts, what is said through it in protocol.d.ts.
 */

import { element, keepKeys } from "../widget/dom.js";
import { wordsFor } from "../widget/words.js";
import { makeBoard } from "./board.js";
import { makeControls } from "./controls.js";
import { makeStatus } from "./status.js";
import { makeTimeline } from "./timeline.js";
import { makeTrainer } from "./trainer.js";

/** @import { Choice, PlaygroundModel, PlaygroundWords, RecordedRun, State } from "./types.js" */

// How the built book, Colab, JupyterLab and VS Code mark a page that turns dark.
const MARKS_OF_DARK = ["data-theme", "theme", "data-jp-theme-light", "class"];

/** @param {{ model: PlaygroundModel, el: HTMLElement }} context */
export function render({ model, el }) {
  const settings = model.get("settings");
  const saved = model.get("state") ?? {};
  const words = wordsFor(el, "playground");
  let { free } = settings;
  /** @type {RecordedRun[]} */
  const runs = [];

  const controls = makeControls(settings, words, ask);
  const timeline = makeTimeline(settings.epochs, startOf(settings.epochs, saved), words, show);
  const board = makeBoard(settings, words);
  const status = makeStatus(words, ask);
  const trainer = makeTrainer(model, free, {
    run(place, run) {
      runs[place] = run;
      status.say(place, described(run, words));
      show();
    },
    error: status.say,
    silence: (why) => status.offer(words[why]),
    turned: turn,
  });
  const epoch = () => settings.epochs[timeline.place];

  /** @param {boolean} wanted  whether any value can be trained */
  function turn(wanted) {
    free = wanted;
    if (free) controls.free();
    else controls.bind();
    ask();
  }
  function ask() {
    const choices = controls.choices();
    board.hold(choices.length);
    status.begin(free ? words.busy : "");
    trainer.ask(choices);
    model.set("state", stateOf(choices, epoch()));
  }
  function show() {
    const choices = controls.choices();
    const shown = runs.slice(0, choices.length).filter(Boolean);
    model.set("state", stateOf(choices, epoch()));
    if (shown.length === choices.length) draw(el, board, shown, timeline.place);
  }

  controls.restore(saved);
  lay(el, [...controls.rows, ...timeline.rows, ...controls.beside], [board.node, status.node]);
  turn(free);
  const unwatch = whenDarkTurns(board.paint);
  return () => {
    timeline.stop();
    trainer.stop();
    unwatch();
  };
}

/**
 * The place of the epoch that is shown first: the one in a shared address, else the last.
 *
 * @param {number[]} epochs
 * @param {Partial<State>} state
 */
function startOf(epochs, { epoch }) {
  const place = epoch === undefined ? -1 : epochs.indexOf(epoch);
  return place < 0 ? epochs.length - 1 : place;
}

/**
 * @param {Choice[]} choices
 * @param {number} epoch
 * @returns {State}
 */
function stateOf([first, second], epoch) {
  return { ...first, epoch, ...(second && { second: second.learning_rate }) };
}

/**
 * Where a run comes from, and why it stopped early if it did.
 *
 * @param {RecordedRun} run
 * @param {PlaygroundWords} words
 */
function described({ seconds, message }, words) {
  const origin =
    seconds === undefined ? words.stored : `${words.trained} (${seconds.toFixed(2)} s).`;
  return message ? `${origin} ${message}` : origin;
}

/**
 * @param {HTMLElement} el
 * @param {HTMLElement[]} rows
 * @param {HTMLElement[]} parts
 */
function lay(el, rows, parts) {
  el.classList.add("nn-playground");
  keepKeys(el);
  el.replaceChildren(element("div", { class: "nn-controls" }, ...rows), ...parts);
}

/**
 * @param {HTMLElement} el
 * @param {ReturnType<typeof makeBoard>} board
 * @param {RecordedRun[]} runs
 * @param {number} place
 */
function draw(el, board, runs, place) {
  board.show(runs, place);
  el.dataset.shown = runs.map((run) => run.number).join();
  el.dispatchEvent(new CustomEvent("nn-run", { detail: runs })); // what is on screen, for others
}

/**
 * Call back when the page turns light or dark; return what ends that.
 *
 * @param {() => void} act
 */
function whenDarkTurns(act) {
  const watcher = new MutationObserver(act);
  for (const each of [document.documentElement, document.body])
    watcher.observe(each, { attributes: true, attributeFilter: MARKS_OF_DARK });
  return () => watcher.disconnect();
}

export default { render };

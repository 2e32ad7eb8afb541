/* Tasks: they ask for a prediction, then set the controls, and then show what was measured. */

import { element, uniqueId } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { START } from "./settings.js";
import { counts, lossText } from "./speech.js";

/** @import { Settings, Shown, Words } from "./types.js" */

/**
 * @typedef {object} Task
 * @property {string} name  of its words
 * @property {Partial<Settings>} settings  what is not as at the start
 * @property {Partial<Settings>} [second]  of a run beside the first, likewise
 * @property {(first: Shown, second: Shown) => number} answer  which prediction came true
 */

/** @param {Shown} run */
const right = ({ accuracy, data }) => Math.round(accuracy * data.training.t.length);
/** @param {Shown} run */
const heldOut = ({ validation_accuracy, data }) =>
  Math.round((validation_accuracy ?? 0) * (data.held_out?.t.length ?? 0));

/**
 * The place of a value among bounds: 0 below all of them.
 *
 * @param {number} value
 * @param {number[]} bounds
 */
const among = (value, ...bounds) => bounds.filter((bound) => value >= bound).length;

/** @type {Task[]} */
export const TASKS = [
  { name: "slow", settings: { learning_rate: 0.01 }, answer: ({ loss }) => among(loss, 0.3, 0.9) },
  {
    name: "fast",
    settings: { learning_rate: 100 },
    answer: ({ loss, message }) => (message ? 2 : among(loss, 0.9)),
  },
  { name: "two", settings: { hidden_size: 2 }, answer: (run) => among(right(run), 150, 270) },
  {
    name: "fifty",
    settings: { hidden_size: 50 },
    second: { hidden_size: 10 },
    answer: (first, second) => among(heldOut(first) - heldOut(second), -5, 6),
  },
  {
    name: "adam",
    settings: { optimizer: "Adam", learning_rate: 0.01 },
    second: { learning_rate: 0.01 },
    answer: (first, second) => among(first.loss - second.loss, -0.1, 0.1),
  },
  {
    name: "zero",
    settings: { weight_scale: 0 },
    answer: ({ loss }) => among(loss, 0.3, 1.05),
  },
  {
    name: "large_start",
    settings: { weight_scale: 3, epochs: 30 },
    second: { epochs: 30 },
    answer: (first, second) => among(first.loss - second.loss, -0.05, 0.05),
  },
  {
    name: "full_batch",
    settings: { batch_size: 300 },
    second: {},
    answer: (first, second) => among(first.loss - second.loss, -0.05, 0.05),
  },
  {
    name: "single",
    settings: { batch_size: 1 },
    answer: ({ loss, message }) => (message ? 2 : among(loss, 0.3)),
  },
  { name: "clean", settings: { noise: 0 }, answer: (run) => among(right(run), 280, 298) },
  {
    name: "noisy",
    settings: { noise: 0.6, epochs: 1000, hidden_size: 50 },
    answer: (run) => among(right(run) - heldOut(run), -10, 11),
  },
  {
    name: "relu",
    settings: { activation: "relu" },
    second: {},
    answer: (first, second) => among(first.loss - second.loss, -0.02, 0.02),
  },
  {
    name: "seed",
    settings: { seed: 4 },
    second: { seed: 0 },
    answer: (first, second) => among(Math.abs(right(first) - right(second)), 1, 11),
  },
];

/**
 * @param {Words} words
 * @param {(settings: Settings, second: Settings | undefined) => void} begin
 * sets the controls, and trains to the end
 */
export function makeTasks(words, begin) {
  const place = element("div", { class: "nn-task" });
  const count = element("span");
  const solved = element("p", { class: "nn-solved" });
  const title = fill(words.tasks_title, { count: TASKS.length });
  /** @type {Record<string, boolean>} */
  const came = {}; // from the name of a task to whether its prediction came true
  /** @type {((runs: Shown[]) => void) | undefined} */
  let hear;
  let now = 0;
  let asked = question(TASKS[now], words, predicted);

  /** @param {number} guess */
  function predicted(guess) {
    const { name, settings, second } = TASKS[now];
    hear = (runs) => {
      hear = undefined;
      came[name] = asked.tell(runs, guess);
      const values = Object.values(came);
      const right = values.filter(Boolean).length;
      solved.textContent = fill(words.tasks_done, { done: values.length, right });
    };
    begin({ ...START, ...settings }, second && { ...START, ...second });
  }
  function forget() {
    hear = undefined;
    asked.clear();
  }
  /** @param {number} step */
  function go(step) {
    forget();
    now = (now + step + TASKS.length) % TASKS.length;
    asked = question(TASKS[now], words, predicted);
    show();
  }
  function show() {
    place.replaceChildren(asked.node);
    count.textContent = fill(words.task_of, { number: now + 1, count: TASKS.length });
  }
  const buttons = [button(words.previous, () => go(-1)), button(words.next, () => go(1))];
  const moves = element("div", { class: "nn-buttons" }, ...buttons, count);
  show();
  return {
    node: element(
      "details",
      { class: "nn-tasks" },
      element("summary", {}, title),
      place,
      moves,
      solved,
    ),
    /**
     * Hear that the runs have come to their end.
     *
     * @param {Shown[]} runs
     */
    ended: (runs) => hear?.(runs),
    /** The reader chose something else: no answer is due. */
    forget,
  };
}

/**
 * @param {string} text
 * @param {() => void} act
 */
function button(text, act) {
  return element("button", { type: "button", class: "nn-button", onclick: act }, text);
}

/**
 * @param {Task} task
 * @param {Words} words
 * @param {(guess: number) => void} predicted  called with the prediction that is chosen
 */
function question({ name, answer }, words, predicted) {
  const { question: asked, predictions, why } = words.tasks[/** @type {"slow"} */ (name)];
  const group = uniqueId();
  const result = element("p", { class: "nn-measured", role: "status" });
  const start = element("button", { type: "submit", class: "nn-button" }, words.see);
  const inputs = predictions.map((_, i) =>
    element("input", { type: "radio", name: group, value: i, required: true }),
  );
  const labels = inputs.map((input, i) =>
    element("label", { class: "nn-check" }, input, ` ${predictions[i]}`),
  );
  const form = element(
    "form",
    {
      onsubmit(event) {
        event.preventDefault();
        result.textContent = words.training_now;
        predicted(inputs.findIndex((input) => input.checked));
      },
    },
    element("fieldset", {}, element("legend", {}, asked), ...labels),
    start,
    result,
  );
  return {
    node: form,
    /** No answer is due any more; one that was given stays. */
    clear() {
      if (result.textContent === words.training_now) result.textContent = "";
    },
    /** @param {Shown[]} runs @param {number} guess */
    tell(runs, guess) {
      const truth = answer(/** @type {Shown} */ (runs[0]), /** @type {Shown} */ (runs[1]));
      const verdict = guess === truth ? words.came_true : words.came_otherwise;
      const measured = fill(words.measured, { prediction: predictions[truth] ?? "" });
      const numbers = runs.map((run, i) => numbersOf(run, i, runs.length, words)).join(" ");
      result.textContent = `${verdict} ${measured} ${numbers} ${why}`;
      return guess === truth;
    },
  };
}

/**
 * @param {Shown} run
 * @param {number} i
 * @param {number} count
 * @param {Words} words
 */
function numbersOf(run, i, count, words) {
  const { training, held_out } = counts(run);
  const values = { epoch: run.epoch, loss: lossText(run.loss), training, held_out };
  const text = fill(words.numbers, values);
  return count > 1 ? `${words.runs[i]}: ${text}` : text;
}

/* The reader's own numbers: a field for each entry of each input. Python runs the graph on them. */

import { element, uniqueId } from "../widget/dom.js";
import { watchKernel } from "../widget/kernel.js";
import { readFraction } from "../widget/number.js";
import { fill } from "../widget/words.js";
import { textField } from "./field.js";

/** @import { Answer, Frames, Input, Numbers, StepperModel, StepperWords } from "./types.js" */

/**
 * Make the fold with all fields. Numbers are sent when a changed field is left, or on Enter.
 *
 * @param {StepperModel} model
 * @param {Input[]} inputs
 * @param {StepperWords} words
 * @param {(answer: Frames) => void} hear  called with the newest run
 */
export function makeInputs(model, inputs, words, hear) {
  const status = element("p", { class: "nn-status", role: "status" });
  const say = (/** @type {string} */ text) => {
    status.textContent = text;
  };
  const tell = { waiting: () => say(words.waiting), gone: () => say(words.gone) };
  const kernel = watchKernel(model, tell);
  const fields = inputs.map((input) => makeInput(input, words, send));
  let asked = 0;
  let answered = 0;

  function send() {
    const read = fields.map((each) => each.read());
    if (read.includes(undefined)) return;
    asked += 1;
    const numbers = Object.fromEntries(inputs.map(({ name }, i) => [name, read[i] ?? 0]));
    kernel.ask(() => model.send({ number: asked, inputs: numbers }));
  }
  model.on("msg:custom", (/** @type {Answer} */ answer) => {
    if (answer.number < answered) return;
    answered = answer.number;
    if (answered === asked) kernel.answered();
    say(answer.type === "error" ? fill(words.refused, { message: answer.message }) : "");
    if (answer.type === "frames") hear(answer);
  });
  const rows = fields.map((each) => each.node);
  return {
    node: element(
      "details",
      { class: "nn-inputs" },
      element("summary", {}, words.own),
      element("p", {}, words.own_how),
      element("div", { class: "nn-terms" }, ...rows),
      status,
    ),
    stop: kernel.stop,
  };
}

/**
 * @param {Input} input
 * @param {StepperWords} words
 * @param {() => void} change  called when a field has got another text
 */
function makeInput({ name, shape, rows }, words, change) {
  const said = element("p", { class: "nn-said", id: uniqueId(), role: "status" });
  const columns = rows[0]?.length ?? 0;
  const fields = rows.flatMap((row, i) =>
    row.map((text, j) => {
      const field = textField(entryName(name, shape, i, j), {
        "aria-describedby": said.id,
        onchange: change,
      });
      field.value = text;
      return field;
    }),
  );
  const style = `grid-template-columns: repeat(${columns}, minmax(0, 6em))`;
  const title = element("span", {}, name, " ", element("small", {}, sizeText(shape)));
  const grid = element("div", { class: "nn-entries", style }, ...fields);

  /** @returns {Numbers | undefined} the numbers, or nothing where one can't be read */
  function read() {
    const numbers = fields.map((field) => readFraction(field.value));
    fields.forEach((field, n) => {
      field.setAttribute("aria-invalid", String(numbers[n] === undefined));
    });
    const wrong = fields.find((_, n) => numbers[n] === undefined);
    const entry = wrong?.getAttribute("aria-label") ?? "";
    said.textContent = wrong ? `${entry}: ${words.no_number}` : "";
    return wrong ? undefined : inShape(/** @type {number[]} */ (numbers), shape);
  }
  const attributes = { class: "nn-input", role: "group", "aria-label": name };
  return { node: element("div", attributes, title, grid, said), read };
}

/**
 * @param {string} name
 * @param {number[]} shape
 * @param {number} i
 * @param {number} j
 */
function entryName(name, shape, i, j) {
  return shape.length ? `${name}[${[i, j].slice(-shape.length).join(", ")}]` : name;
}

/** @param {number[]} shape */
function sizeText(shape) {
  return shape.length === 1 ? `(${shape[0]},)` : shape.length ? `(${shape.join(", ")})` : "";
}

/**
 * @param {number[]} numbers
 * @param {number[]} shape
 * @returns {Numbers}
 */
function inShape(numbers, [length, columns]) {
  if (length === undefined) return numbers[0] ?? 0;
  if (columns === undefined) return numbers;
  const starts = Array.from({ length }, (_, row) => row * columns);
  return starts.map((start) => numbers.slice(start, start + columns));
}

// @ts-nocheck
/* The graph stepper: shows the steps of a computational graph, forwards and then backwards.
 *
 * One module serves a notebook (anywidget) and the built page (page.js). Both give `model`:
 *   model.get("settings")   {svg, frames, caption}: the drawing with all it will ever show, and for each
 *                           step what to say about it (see GraphStepper.frames)
 *   model.get("state"), model.set?.("state", {step})
 * All numbers are texts that the library has written; nothing is computed here.
 */
import { element } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";

const PLAY_MS = 1800;

let count = 0; // for the ids that join labels and controls

/* ---- one array, one equation ---- */

/* Whether a cell is used by the entry in row i and column j of the result. */
function used({ mark, rows }, row, column, [i, j]) {
  if (mark === "row") return row === i;
  return column === j && (mark === "column" || (mark === "entry" && (row === i || rows.length === 1)));
}

function matrix(item) {
  const { rows, shape } = item;
  if (!rows) return element("span", { class: "nn-matrix nn-large" }, shape);
  const cells = rows.flatMap((row) => row.flatMap((text) => [element("span", { class: "nn-cell" }, text), " "]));
  const grid = element("span", { class: "nn-matrix", style: `grid-template-columns: repeat(${rows[0].length}, auto)` }, ...cells);
  grid.light = (place) => grid.querySelectorAll(".nn-cell").forEach((cell, n) =>
    cell.classList.toggle("nn-used", used(item, Math.floor(n / rows[0].length), n % rows[0].length, place)));
  return grid;
}

const isNumber = (item) => item.shape === "()";

function arrayOf(item, role) {
  if (isNumber(item)) return element("span", { class: "nn-item" }, element("span", { class: role }, item.name), element("span", {}, item.rows[0][0]));
  return element("span", { class: "nn-item" },
    element("span", { class: `nn-name ${role}` }, item.name, ...(item.rows ? [" ", element("small", {}, item.shape)] : [])), matrix(item));
}

/* A formula with the names in it coloured by their part in the chain rule. */
function coloured(formula, role) {
  return formula.split(/([\p{Ll}\p{Lu}\p{Lo}_][\p{L}\d_]*(?:\.T)?)/u).map((part, i) => {
    const name = i % 2 ? role({ name: part }) : "";
    return name ? element("span", { class: name }, part) : part;
  });
}

/* Arrays and signs; a sign stays with the array that follows it. */
function termsOf(terms, role) {
  const groups = [[]];
  terms.forEach((term, i) => {
    if (typeof term === "string" && term !== "," && i < terms.length - 1) groups.push([]);
    groups.at(-1).push(typeof term === "string" ? element("span", { class: "nn-sign" }, term) : arrayOf(term, role(term)));
  });
  return groups.map((group) => element("span", { class: "nn-group" }, ...group));
}

/* " = 2 × 3 = 6", so that it breaks between terms only. */
function workedOut(numbers, result) {
  const terms = numbers === result ? [] : numbers.split(" + ").flatMap((term, i) => [" ", element("span", { class: "nn-term" }, i ? `+ ${term}` : term)]);
  return [...(terms.length ? [" =", ...terms] : []), " ", element("span", { class: "nn-term" }, `= ${result}`)];
}

function equation({ formula, terms, name, place, numbers, result, worked }, role, words) {
  const names = element("p", { class: "nn-formula" }, ...coloured(formula, role));
  if (!terms.length) {
    names.append(...workedOut(numbers, result));
    return element("div", { class: "nn-equation" }, names);
  }
  const line = element("p", { class: "nn-worked", "aria-live": "polite" }), groups = termsOf(terms, role);
  const row = element("div", { class: "nn-terms" }, ...groups), matrices = [...row.querySelectorAll(".nn-matrix")];
  const depth = place.length; // a vector is shown as one row
  function show([i, j]) {
    const entry = depth === 2 ? `[${i}, ${j}]` : depth === 1 ? `[${j}]` : depth ? `[${place.join(", ")}]` : "";
    const text = worked ? workedOut(worked[i][j], terms[0].rows[i][j]) : workedOut(numbers, result);
    line.replaceChildren(element("span", { class: "nn-used" }, name + entry), ...text);
    matrices.forEach((each) => each.light?.([i, j]));
  }
  show([0, 0, ...place].slice(-2));
  if (worked) choosable(matrices[0], worked, [0, 0, ...place].slice(-2), show, `${words.choose} ${name}`);
  return element("div", { class: "nn-equation" }, names, row, line);
}

/* Let the reader choose an entry of the result: by pointer, or by the arrow keys. */
function choosable(grid, rows, chosen, show, label) {
  const cells = [...grid.querySelectorAll(".nn-cell")], columns = rows[0].length;
  let [i, j] = chosen;
  const go = (row, column) => {
    [i, j] = [Math.min(Math.max(row, 0), rows.length - 1), Math.min(Math.max(column, 0), columns - 1)];
    show([i, j]);
  };
  const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  grid.classList.add("nn-choice");
  Object.entries({ tabindex: 0, role: "group", "aria-label": label, title: label }).forEach(([key, value]) => grid.setAttribute(key, value));
  grid.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    go(i + move[0], j + move[1]);
  });
  cells.forEach((cell, n) => cell.addEventListener("click", () => go(Math.floor(n / columns), n % columns)));
}

/* "z = 6" for a number, "h (3, 4)" for an array. */
const brief = (item) => (isNumber(item) ? `${item.name} = ${item.rows[0][0]}` : `${item.name} ${item.shape}`).replaceAll(" ", "\u00a0");
const list = (items) => items.map(brief).join(", ");

function source({ file, lines, meaning }, words) {
  if (!lines.length) return [];
  const named = Object.entries(meaning).map(([code, name]) => fill(words.is, { code, name })).join(", ");
  const code = lines.map(([number, text]) => element("span", { class: "nn-line" }, element("span", { class: "nn-number" }, `${number}`), ` ${text}\n`));
  return [element("div", { class: "nn-source" },
    element("p", {}, `${file || words.notebook}, ${words.line} ${lines[0][0]}${lines.length > 1 ? `–${lines.at(-1)[0]}` : ""}`,
      ...(named ? [` · ${words.here} ${named}`] : [])),
    element("pre", {}, element("code", {}, ...code)))];
}

/* What a name is in the chain rule: the colour of the upstream gradient, of the local one, or none. */
function roles({ phase, reads, writes, fills }) {
  if (phase !== "backward") return () => "";
  const upstream = new Set(reads.map((item) => item.name)), results = new Set([...writes, ...fills].map((item) => item.name));
  const plain = /^(N|n|max|[ijk]|∑)$/;
  return ({ name }) => (upstream.has(name) ? "nn-upstream" : name.split(" = ").some((part) => results.has(part)) || plain.test(name) ? "" : "nn-local");
}

/* What is said about a step, below its title. */
function explanation(frame, words) {
  const role = frame.phase === "start" ? () => "" : roles(frame), back = frame.phase === "backward";
  const arrays = [...frame.reads, ...(frame.writes || [])].filter((item) => item.rows && !isNumber(item));
  const values = arrays.length ? [element("div", { class: "nn-terms" }, ...arrays.map((item) => arrayOf(item, role(item))))] : [];
  if (frame.phase === "start") return values;
  const sentence = frame.equations.length ? words.kinds[frame.kind]?.[+back] : words.unknown;
  const local = frame.local.flatMap((formula) => [element("span", { class: "nn-formula nn-local" }, formula), " "]);
  return [
    element("p", { class: "nn-meaning" }, sentence || words.unknown),
    ...(local.length ? [element("p", {}, `${words.local}: `, ...local), element("p", { class: "nn-chain" }, ...chain(words))] : []),
    ...frame.equations.map((each) => equation(each, role, words)),
    ...values,
    ...source(frame, words),
  ];
}

function chain(words) {
  const [upstream, local] = words.chain.split(" × ");
  return [element("span", { class: "nn-upstream" }, upstream), " × ", element("span", { class: "nn-local" }, local)];
}

function titleOf(frame, words) {
  if (frame.phase === "start") return [words.start, `${words.known} ${list(frame.reads)}`];
  const [takes, gives] = frame.phase === "forward" ? [words.reads, words.writes] : [words.receives, words.sends];
  const fills = frame.fills.length ? `; ${words.fills} ${list(frame.fills)}` : "";
  return [`${words[frame.phase]} · ${frame.kind}`, `${takes} ${list(frame.reads)}; ${gives} ${list(frame.writes)}${fills}`];
}

/* ---- the drawing: everything is there, a step only shows and lights its part ---- */

function light(svg, frame, place) {
  svg.dataset.phase = frame.phase;
  svg.querySelectorAll("[data-nn-from]").forEach((part) => {
    part.classList.toggle("nn-later", +part.dataset.nnFrom > place);
    part.classList.toggle("nn-new", +part.dataset.nnFrom === place);
  });
  svg.querySelectorAll(".nn-node").forEach((node) => node.classList.toggle("nn-on", +node.dataset.nnNode === frame.node));
  svg.querySelectorAll(".nn-wire").forEach((wire) => wire.classList.toggle("nn-on", frame.wires.includes(wire.dataset.nnWire)));
}

/* Keep the node at work in sight where the drawing is higher than its window. */
function follow(view, svg) {
  const node = svg.querySelector(".nn-node.nn-on") || svg, here = view.getBoundingClientRect(), there = node.getBoundingClientRect();
  view.scrollTop += node === svg ? -view.scrollTop : there.top + there.height / 2 - here.top - here.height / 2;
}

function render({ model, el }) {
  const w = wordsFor(el, "stepper"), { svg: drawing, frames, caption } = model.get("settings"), last = frames.length - 1;
  const id = `nn-step-${++count}`;
  let place = Math.min(Math.max(Math.trunc(+(model.get("state")?.step ?? 0)) || 0, 0), last), timer = 0;

  const button = (action, label, text) => element("button", { type: "button", class: "nn-button", "aria-label": label, title: label, onclick: action }, text);
  const input = element("input", { type: "range", id, min: 0, max: last, step: 1, oninput: () => jump(+input.value) });
  const output = element("output", { for: id, "aria-live": "off" }); // the status below says more
  const toStart = button(() => jump(0), w.first, "|◀"), toEnd = button(() => jump(last), w.last, "▶|");
  const back = button(() => jump(place - 1), w.back, `‹ ${w.back}`), next = button(() => jump(place + 1), w.next, `${w.next} ›`);
  const play = button(() => (timer ? jump(place) : begin()), w.play, "");
  const title = element("strong"), summary = element("span"), text = element("div", { class: "nn-explanation" });
  const view = element("div", { class: "nn-view", tabindex: 0, role: "group", "aria-label": w.graph });
  view.innerHTML = drawing;
  const svg = view.querySelector("svg"), nodes = svg.getAttribute("aria-label");

  el.classList.add("nn-widget", "nn-stepper");
  // A notebook would take the arrow keys for its own commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());
  el.replaceChildren(
    element("div", { class: "nn-controls" },
      element("div", { class: "nn-buttons" }, toStart, back, play, next, toEnd),
      element("div", { class: "nn-control" }, element("label", { for: id }, w.step), input, output)),
    element("div", { class: "nn-columns" }, view,
      element("div", { class: "nn-text" }, element("p", { class: "nn-step", role: "status" }, title, " ", summary), text)),
    ...(caption ? [element("p", { class: "nn-caption" }, caption)] : []),
  );

  function show() {
    const frame = frames[place], [heading, wires] = titleOf(frame, w), position = `${place} ${w.of} ${last}`;
    input.value = place;
    input.setAttribute("aria-valuetext", `${position}: ${heading}`);
    output.textContent = position;
    title.textContent = heading;
    summary.textContent = wires;
    text.replaceChildren(...explanation(frame, w));
    light(svg, frame, place);
    svg.setAttribute("aria-label", `${nodes}. ${heading}. ${wires}`);
    follow(view, svg);
    [[toStart, 0], [back, 0], [next, last], [toEnd, last]].forEach(([each, end]) => each.setAttribute("aria-disabled", place === end));
    play.textContent = timer ? `❚❚ ${w.pause}` : `▶ ${w.play}`;
    play.setAttribute("aria-label", timer ? w.pause : w.play);
    play.title = timer ? w.pause : w.play;
  }
  function go(wanted) {
    place = Math.min(Math.max(wanted, 0), last);
    show();
    model.set?.("state", { step: place });
  }
  function pause() {
    clearInterval(timer);
    timer = 0;
  }
  function jump(wanted) {
    pause();
    go(wanted);
  }
  function advance() {
    if (place + 1 >= last) pause();
    go(place + 1);
  }
  function begin() {
    timer = setInterval(advance, PLAY_MS);
    if (place === last) go(0);
    else advance();
  }
  show();
  const watcher = new ResizeObserver(() => follow(view, svg));
  watcher.observe(view);
  return () => { pause(); watcher.disconnect(); };
}

export default { render };

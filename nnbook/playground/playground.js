// @ts-nocheck
/* The playground: replays runs of the spiral network, and asks for new ones where Python can train.
 *
 * One module serves a notebook (anywidget) and the built page (page.js). Both give `model`:
 *   model.get("settings")   data, grid of stored runs, start, epochs, and `free`: any value can be trained
 *   model.send(request)     {learning_rate, hidden_size, seed, number}: ask for a run
 *   model.on("msg:custom", (content, buffers))
 *                           {type: "run", number, epochs, …} with [loss, weights] as float32,
 *                           {type: "error", number, message}
 *                           {type: "trainer"}: from now on any value can be trained
 */
import { element } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";

const CELLS = 120; // decision regions are computed at 120 × 120 points
const EDGE = 1.2; // the plane is drawn from -1.2 to 1.2
const STEP_MS = 200; // between two recorded epochs while playing

/* The forward pass of TwoLayerNet: x (2,), weights W1 (2, H), b1 (H,), W2 (H, 3), b2 (3,) in a row. */
function scores(weights, hidden, x1, x2, out) {
  const b1 = 2 * hidden, W2 = 3 * hidden, b2 = 6 * hidden;
  out[0] = weights[b2];
  out[1] = weights[b2 + 1];
  out[2] = weights[b2 + 2];
  for (let j = 0; j < hidden; j++) {
    const h = x1 * weights[j] + x2 * weights[hidden + j] + weights[b1 + j];
    const a = 1 / (1 + Math.exp(-h));
    for (let k = 0; k < 3; k++) out[k] += a * weights[W2 + 3 * j + k];
  }
}

function predictedClass(weights, hidden, x1, x2, out) {
  scores(weights, hidden, x1, x2, out);
  return out[0] >= out[1] ? (out[0] >= out[2] ? 0 : 2) : out[1] >= out[2] ? 1 : 2;
}

/* The class at the middle of every cell, row after row from the top. */
function regions(weights, hidden) {
  const classes = new Uint8Array(CELLS * CELLS), out = new Float64Array(3);
  for (let row = 0; row < CELLS; row++)
    for (let column = 0; column < CELLS; column++) {
      const x1 = -EDGE + (2 * EDGE * (column + 0.5)) / CELLS;
      const x2 = EDGE - (2 * EDGE * (row + 0.5)) / CELLS;
      classes[row * CELLS + column] = predictedClass(weights, hidden, x1, x2, out);
    }
  return classes;
}

function countRight(weights, hidden, { x, t }) {
  const out = new Float64Array(3);
  return t.filter((label, n) => predictedClass(weights, hidden, x[n][0], x[n][1], out) === label).length;
}

let controlCount = 0; // for the ids that join labels and controls

/* A labelled slider over a list of values; where any value can be trained, a number field too. */
function slider(label, values, start, words, onChange) {
  const id = `nn-control-${++controlCount}`;
  const input = element("input", { type: "range", id, min: 0, max: values.length - 1, step: 1, oninput: moved });
  const output = element("output", { for: id });
  const number = element("input", { type: "number", "aria-label": `${label}, ${words.exact}`, onchange: typed });
  const row = element("div", { class: "nn-control" }, element("label", { for: id }, label), input, output);
  let value = values[start];
  const nearest = () => values.reduce((best, v, i) => (Math.abs(v - value) < Math.abs(values[best] - value) ? i : best), 0);
  function show() {
    input.value = nearest();
    output.textContent = String(value);
    number.value = value;
    input.setAttribute("aria-valuetext", `${value}`);
  }
  function moved() {
    value = values[+input.value];
    show();
    onChange();
  }
  function typed() {
    const wanted = Number(number.value), whole = number.step === "1";
    const fits = number.value !== "" && wanted >= +number.min && wanted <= +number.max && (!whole || Number.isInteger(wanted));
    number.setCustomValidity(fits ? "" : fill(words.invalid, { value: number.value, low: number.min, high: number.max }));
    if (!number.reportValidity()) return;
    value = wanted;
    show();
    onChange();
  }
  show();
  return {
    row,
    get value() { return value; },
    set value(wanted) { value = wanted; show(); },
    values: (list) => { values = list; input.max = list.length - 1; show(); },
    /* From now on any number between `low` and `high` can be chosen. */
    free(list, low, high, step) {
      Object.assign(number, { min: low, max: high, step });
      output.replaceWith(number);
      this.values(list);
    },
  };
}

function classColours(el, name) {
  const style = getComputedStyle(el);
  return [0, 1, 2].map((k) => style.getPropertyValue(`--nn-${name}-${k}`).trim());
}

function paintRegions(canvas, classes) {
  const context = canvas.getContext("2d"), image = context.createImageData(CELLS, CELLS);
  const colours = classColours(canvas, "region").map((c) => c.match(/\d+/g).map(Number));
  classes.forEach((k, i) => image.data.set([...colours[k], 255], 4 * i));
  context.putImageData(image, 0, 0);
}

/* Circle, triangle, square: the classes differ in shape as well as in colour. */
function paintPoints(canvas, { x, t }) {
  const context = canvas.getContext("2d"), size = canvas.width, r = size / 110;
  const colours = classColours(canvas, "class");
  context.clearRect(0, 0, size, size);
  context.strokeStyle = getComputedStyle(canvas).getPropertyValue("--nn-point-edge").trim();
  context.lineWidth = r / 3;
  x.forEach(([x1, x2], n) => {
    const u = ((x1 + EDGE) / (2 * EDGE)) * size, v = ((EDGE - x2) / (2 * EDGE)) * size;
    context.beginPath();
    if (t[n] === 0) context.arc(u, v, r, 0, 7);
    else if (t[n] === 2) context.rect(u - r, v - r, 2 * r, 2 * r);
    else [[0, -1.3], [1.2, 0.9], [-1.2, 0.9]].forEach(([a, b]) => context.lineTo(u + a * r, v + b * r));
    context.closePath();
    context.fillStyle = colours[t[n]];
    context.fill();
    context.stroke();
  });
}

/* A picture of one run at one epoch: regions, points and what they amount to. */
function makePanel(name, words, data) {
  const ground = element("canvas", { width: CELLS, height: CELLS, class: "nn-regions", role: "img" });
  const points = element("canvas", { width: 660, height: 660, class: "nn-points", "aria-hidden": "true" });
  const title = element("strong"), text = element("span");
  const panel = element("div", { class: "nn-panel" }, element("div", { class: "nn-plane" }, ground, points), title, text);
  let shown = null;
  const paint = () => {
    if (!shown) return;
    paintRegions(ground, regions(shown.weights, shown.hidden));
    paintPoints(points, data.training);
  };
  return {
    panel,
    repaint: paint,
    show(run, place) {
      const stride = 6 * run.hidden_size + 3;
      shown = { weights: run.weights.subarray(place * stride, (place + 1) * stride), hidden: run.hidden_size };
      paint();
      const epoch = run.epochs[place], loss = epoch ? run.loss[epoch - 1] : null;
      const right = countRight(shown.weights, shown.hidden, data.training);
      const heldOut = countRight(shown.weights, shown.hidden, data.held_out);
      const score = (count, { t }) => `${count} ${words.of} ${t.length} (${((100 * count) / t.length).toFixed(1)} %)`;
      title.textContent = `${name}: ${words.learning_rate} ${run.learning_rate}`;
      text.textContent =
        `${words.epoch} ${epoch} · ${words.loss} ${loss === null ? "–" : loss.toFixed(4)} · ` +
        `${words.training} ${score(right, data.training)} · ${words.held_out} ${score(heldOut, data.held_out)}`;
      ground.setAttribute("aria-label", `${words.regions}. ${text.textContent}`);
    },
  };
}

/* The loss curves of the runs, with a line at the epoch that is shown. */
function makeChart(words) {
  const NS = "http://www.w3.org/2000/svg", [W, H, LEFT, BOTTOM, TOP, RIGHT] = [420, 230, 44, 36, 10, 10];
  const svg = document.createElementNS(NS, "svg");
  svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
  svg.setAttribute("class", "nn-chart");
  svg.setAttribute("role", "img");
  const draw = (tag, attributes, text = "") => {
    const node = document.createElementNS(NS, tag);
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    node.textContent = text;
    svg.append(node);
  };
  return {
    svg,
    show(runs, epoch) {
      svg.replaceChildren();
      const last = Math.max(...runs.map((run) => run.epochs.at(-1)));
      const highest = Math.max(1.2, ...runs.flatMap((run) => [...run.loss]));
      const u = (e) => LEFT + ((W - LEFT - RIGHT) * e) / last, v = (l) => TOP + (H - TOP - BOTTOM) * (1 - l / highest);
      const step = highest > 12 ? 5 : highest > 4 ? 2 : highest > 2 ? 1 : 0.5;
      for (let l = 0; l <= highest; l += step) {
        draw("line", { x1: LEFT, x2: W - RIGHT, y1: v(l), y2: v(l), class: "nn-grid" });
        draw("text", { x: LEFT - 6, y: v(l) + 4, "text-anchor": "end" }, l);
      }
      for (let e = 0; e <= last; e += last / 3)
        draw("text", { x: u(e), y: H - 18, "text-anchor": "middle" }, Math.round(e));
      draw("text", { x: (LEFT + W) / 2, y: H - 3, "text-anchor": "middle" }, words.epoch);
      draw("text", { x: 12, y: H / 2 - 10, "text-anchor": "middle", transform: `rotate(-90 12 ${H / 2 - 10})` }, words.loss);
      draw("line", { x1: u(epoch), x2: u(epoch), y1: TOP, y2: H - BOTTOM, class: "nn-now" });
      runs.forEach((run, i) => {
        const path = Array.from(run.loss, (l, e) => `${u(e + 1).toFixed(1)},${v(l).toFixed(1)}`).join("L");
        draw("path", { d: `M${path}`, class: `nn-curve nn-curve-${i}` });
      });
      svg.setAttribute("aria-label", `${words.curve}. ${runs.map((r) => `${words.learning_rate} ${r.learning_rate}: ${r.loss.at(-1)?.toFixed(4)}`).join("; ")}`);
    },
  };
}

function render({ model, el }) {
  const words = wordsFor(el, "playground"), { data, grid, start, epochs } = model.get("settings");
  const runs = [null, null];
  let free = model.get("settings").free; // whether Python trains what is asked for
  let number = 0, timer = 0, place = 0;

  const rate = slider(words.learning_rate, grid.learning_rates, grid.learning_rates.indexOf(start.learning_rate), words, ask);
  const second = slider(words.second_rate, grid.learning_rates, grid.learning_rates.length - 2, words, ask);
  const hidden = slider(words.hidden_size, grid.hidden_sizes, grid.hidden_sizes.indexOf(start.hidden_size), words, ask);
  const seed = slider(words.seed, grid.seeds, 0, words, ask);
  const epoch = slider(words.epoch, epochs, epochs.length - 1, words, () => { stop(); place = epochs.indexOf(epoch.value); show(); });
  const compare = element("input", { type: "checkbox", onchange: ask });
  const rewind = element("button", { type: "button", class: "nn-button", onclick: () => { stop(); go(0); } }, "|◀ ", words.rewind);
  const play = element("button", { type: "button", class: "nn-button", onclick: () => (timer ? stop() : start_playing()) });
  const panels = [makePanel(words.first, words, data), makePanel(words.second, words, data)];
  const chart = makeChart(words), status = element("p", { role: "status", class: "nn-status" });

  el.classList.add("nn-playground");
  // A notebook would take Enter and the arrow keys for its own commands.
  el.addEventListener("keydown", (event) => event.stopPropagation());
  el.replaceChildren(
    element("div", { class: "nn-controls" }, rate.row, hidden.row, seed.row, epoch.row,
      element("div", { class: "nn-buttons" }, play, rewind),
      element("label", { class: "nn-check" }, compare, ` ${words.compare}`), second.row),
    element("div", { class: "nn-panels" }, panels[0].panel, panels[1].panel, chart.svg),
    status,
  );

  function stop() {
    cancelAnimationFrame(timer);
    timer = 0;
    play.textContent = `▶ ${words.play}`;
  }

  function go(wanted) {
    place = wanted;
    epoch.value = epochs[place];
    show();
  }

  function start_playing() {
    if (place >= epochs.length - 1) go(0);
    play.textContent = `❚❚ ${words.pause}`;
    let last = performance.now();
    const tick = (now) => {
      timer = requestAnimationFrame(tick);
      if (now - last < STEP_MS) return;
      last = now;
      go(place + 1);
      if (place >= epochs.length - 1) stop();
    };
    timer = requestAnimationFrame(tick);
  }

  const rates = () => (compare.checked ? [rate.value, second.value] : [rate.value]);

  /* Ask for the runs that the controls name; what was asked before no longer counts. */
  function ask() {
    second.row.hidden = !compare.checked;
    panels[1].panel.hidden = !compare.checked;
    number += 2;
    status.textContent = free ? words.busy : "";
    rates().forEach((learning_rate, i) =>
      model.send({ learning_rate, hidden_size: hidden.value, seed: seed.value, number: number + i }));
    save();
  }

  function save() {
    model.set?.("state", {
      learning_rate: rate.value, hidden_size: hidden.value, seed: seed.value, epoch: epoch.value,
      ...(compare.checked ? { second: second.value } : {}),
    });
  }

  function show() {
    const shown = runs.slice(0, rates().length);
    if (shown.some((run) => !run)) return;
    shown.forEach((run, i) => panels[i].show(run, Math.min(place, run.epochs.length - 1)));
    chart.show(shown, epochs[place]);
    el.dataset.shown = number;
    el.dispatchEvent(new CustomEvent("nn-run", { detail: shown })); // what is on screen, for other scripts
    save();
  }

  function received(content, buffers) {
    if (content.type === "trainer") {
      trainerReady();
      return ask(); // what is shown is trained here too
    }
    const i = content.number - number;
    if (i !== 0 && i !== 1) return; // an answer to an older question
    if (content.type === "error") {
      status.textContent = content.message;
      return;
    }
    const floats = (view) => new Float32Array(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
    runs[i] = { ...content, loss: floats(buffers[0]), weights: floats(buffers[1]) };
    const took = content.seconds === undefined ? words.stored : `${words.trained} (${content.seconds.toFixed(2)} s).`;
    status.textContent = `${took} ${content.message || ""}`;
    show();
  }

  /* Python can train here: the sliders get finer and take any number. */
  function trainerReady() {
    free = true;
    const rates = Array.from({ length: 81 }, (_, i) => +(10 ** (-2 + i / 20)).toPrecision(3)); // 0.01 … 100
    rate.free(rates, 1e-6, 1e6, "any");
    second.free(rates, 1e-6, 1e6, "any");
    hidden.free(Array.from({ length: 50 }, (_, i) => i + 1), 1, 200, "1");
    seed.free(Array.from({ length: 20 }, (_, i) => i), 0, 1e6, "1");
  }

  const restored = model.get("state") || {};
  if (restored.learning_rate) rate.value = restored.learning_rate;
  if (restored.hidden_size) hidden.value = restored.hidden_size;
  if (restored.seed !== undefined) seed.value = restored.seed;
  if (restored.second) [compare.checked, second.value] = [true, restored.second];
  if (free) trainerReady();
  model.on("msg:custom", received);
  stop();
  place = Math.max(0, epochs.indexOf(restored.epoch ?? epochs.at(-1)));
  epoch.value = epochs[place];
  ask();

  const repaint = () => panels.forEach((each) => each.repaint());
  const watcher = new MutationObserver(repaint);
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => { stop(); watcher.disconnect(); };
}

export default { render };

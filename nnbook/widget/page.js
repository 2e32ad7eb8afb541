/* Brings the widgets of a built page to life: no kernel, no server, no other host.
 *
 * The build puts the constant `nnConfig` in front of this script, and all that it imports into it.
 */

import { render as explorer } from "../explorer/explorer.js";
import { open as openExplorer } from "../explorer/stored.js";
import { offerLive } from "../live/start.js";
import { render as playground } from "../playground/playground.js";
import { open as openPlayground } from "../playground/stored.js";
import { render as quiz } from "../quiz/quiz.js";
import { open as openQuiz } from "../quiz/stored.js";
import { render as stepper } from "../stepper/stepper.js";
import { open as openStepper } from "../stepper/stored.js";
import { prefixes, read, write } from "./address.js";
import { loadChunk, receiveChunks } from "./chunks.js";
import { element } from "./dom.js";
import { wordsFor } from "./words.js";

/** @import { Hear, Model, Opened, Place, Stored } from "./types.js" */

/** @type {Record<string, { open: Stored<any, any, any>, render: (context: any) => unknown }>} */
const WIDGETS = {
  explorer: { open: openExplorer, render: explorer },
  playground: { open: openPlayground, render: playground },
  quiz: { open: openQuiz, render: quiz },
  stepper: { open: openStepper, render: stepper },
};
const FOLDER = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);

/**
 * Put a widget in the place of its still picture.
 *
 * @param {HTMLElement} figure
 * @param {string} prefix  of its part of the address
 */
async function mount(figure, prefix) {
  const widget = WIDGETS[figure.dataset.nnWidget ?? ""];
  const still = figure.querySelector(".nn-picture");
  if (!widget || !still) return;
  /** @type {Hear<unknown>} */
  let hear = () => {};
  const opened = await widget.open(placeOf(figure, still), (...answer) => hear(...answer));
  const model = modelOf(opened, prefix, (listener) => {
    hear = listener;
  });
  const el = element("div", { class: "nn-alive" });
  still.replaceWith(el, ...(opened.below ?? []));
  widget.render({ model, el });
}

/**
 * Make what stands in for anywidget's model.
 *
 * @param {Opened<unknown>} opened
 * @param {string} prefix
 * @param {(hear: Hear<unknown>) => void} listen
 * @returns {Model<object, Record<string, unknown>, unknown, unknown>}
 */
function modelOf({ settings, start, send, restored }, prefix, listen) {
  /** @param {string} name */
  const get = (name) => {
    if (name === "settings") return settings;
    return restored ? restored(read(prefix)) : read(prefix);
  };
  return {
    get,
    send,
    set: (_, state) => write(prefix, state, start),
    on: (/** @type {string} */ event, /** @type {Hear<unknown>} */ hear) => {
      if (event === "msg:custom") listen(hear);
    },
  };
}

/**
 * @param {HTMLElement} figure
 * @param {Element} still
 * @returns {Place}
 */
function placeOf(figure, still) {
  const { chunks, ...settings } = JSON.parse(figure.dataset.nnSettings ?? "{}");
  return {
    figure,
    settings,
    still: still.innerHTML,
    folder: FOLDER,
    config: nnConfig,
    load: (name) =>
      name in chunks ? loadChunk(figure, chunks[name], FOLDER) : Promise.resolve(undefined),
    near: new Promise((resolve) => whenNear(figure, () => resolve())),
  };
}

/**
 * Mount a widget; where its data can't be had, its still picture stays and can be tried again.
 *
 * @param {HTMLElement} figure
 * @param {string} prefix
 */
function mountOrOffer(figure, prefix) {
  mount(figure, prefix).catch((error) => {
    console.info(`nnbook: ${error}`); // for whoever looks for the cause
    const words = wordsFor(figure, "page");
    const status = element("p", { class: "nn-status", role: "status" }, `${words.unavailable} `);
    const again = () => {
      status.remove();
      mountOrOffer(figure, prefix);
    };
    status.append(
      element("button", { type: "button", class: "nn-button", onclick: again }, words.retry),
    );
    figure.querySelector(".nn-picture")?.after(status);
  });
}

/**
 * @param {Element} node
 * @param {() => void} action
 */
function whenNear(node, action) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      action();
    },
    { rootMargin: "400px" },
  );
  observer.observe(node);
}

receiveChunks();
document.addEventListener("DOMContentLoaded", () => {
  const figures = [
    .../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("figure[data-nn-widget]")),
  ];
  const own = prefixes(figures);
  for (const [i, figure] of figures.entries()) mountOrOffer(figure, own[i] ?? "");
  offerLive?.(FOLDER, nnConfig.live); // left out of pages without code
});

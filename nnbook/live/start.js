/* Offers to make a chapter's page live; nothing is asked for before the reader presses a button. */

import { element } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";
import { showProgress } from "./progress.js";
import { openStoreOfBrowser } from "./store.js";

/** @import { LiveConfig, LiveWords } from "./types.js" */

/**
 * Put a bar below the title of a chapter, and a button beside its first code cell; where there are
 * exercises, show how many of them are solved.
 *
 * @param {URL} folder  of the scripts of all pages
 * @param {LiveConfig} config
 */
export function offerLive(folder, config) {
  const title = document.querySelector("article h1");
  if (!title || !document.querySelector("div.cell[data-nn-cell]")) return;
  const root = document.documentElement;
  const words = wordsFor(root, "live");
  const status = element("p", { class: "nn-status", role: "status" });
  const bar = element("div", { class: "nn-live-bar", role: "region", "aria-label": words.region });
  root.dataset.nnLive = "off";
  bar.append(status);
  title.after(bar);
  const store = openStoreOfBrowser();
  if (document.querySelector("[data-nn-exercise]")) {
    const progress = element("div");
    bar.after(progress);
    showProgress(progress, store);
  }
  const own = new URL(config.folder, folder);
  const why = obstacle(words);
  status.textContent = why || fill(words.size, config.megabytes);
  if (!why) addButtons();

  function addButtons() {
    const button = startButton("start", words.start);
    const second = startButton("start-here", words.start_here);
    bar.prepend(button);
    firstCell()?.before(element("div", { class: "nn-live-here" }, second));
    const buttons = [button, second];
    for (const each of buttons) each.addEventListener("click", () => begin(buttons));
  }
  /** @param {HTMLButtonElement[]} buttons */
  async function begin(buttons) {
    if (["loading", "ready"].includes(root.dataset.nnLive ?? "")) return;
    root.dataset.nnLive = "loading";
    try {
      const { default: live } = await import(new URL("live.js", own).href);
      await live.begin({ bar, buttons, status, store, folder: own, config });
    } catch (error) {
      console.info(`nnbook: ${error}`); // for whoever looks for the cause
      root.dataset.nnLive = "failed";
      status.textContent = words.unloaded;
    }
  }
}

/**
 * What keeps Python from running here, in words; nothing if nothing does.
 *
 * @param {LiveWords} words
 */
function obstacle(words) {
  if (location.protocol === "file:") return words.file;
  const isAble = typeof WebAssembly === "object" && typeof Worker === "function";
  return isAble ? "" : words.unable;
}

/** @param {string} name @param {string} text */
function startButton(name, text) {
  return element("button", { type: "button", class: "nn-button", "data-nn": name }, text);
}

/** The first code cell whose code can be seen. */
function firstCell() {
  return document.querySelector("div.cell[data-nn-cell]:has(> .cell_input)");
}

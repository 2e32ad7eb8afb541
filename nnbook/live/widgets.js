/* Widgets that a cell of a live page makes: their own scripts, and Python of the page behind. */

import { render as explorer } from "../explorer/explorer.js";
import { render as playground } from "../playground/playground.js";
import { render as quiz } from "../quiz/quiz.js";
import { render as stepper } from "../stepper/stepper.js";
import { element } from "../widget/dom.js";

/** @import { Hear } from "../widget/types.js" */
/** @import { LiveWidget } from "./types.js" */

/** @type {Record<string, (context: any) => unknown>} */
const RENDER = { explorer, playground, quiz, stepper };
/** Stylesheets of their own, from the folder of live.js, which pages without the widget lack. */
const STYLES = { playground: "../playground.css" };

/**
 * @param {(number: number, content: unknown) => void} send  takes a message to Python
 */
export function makeWidgets(send) {
  /** @type {Map<number, Hear<unknown>>} */
  const hearers = new Map();
  /** @type {(() => void)[]} */
  let leavers = []; // of this Python; the next one counts its widgets from 1 again
  return {
    /**
     * @param {LiveWidget} widget
     * @returns {HTMLElement}
     */
    open({ number, kind, settings }) {
      if (kind in STYLES) addStyle(STYLES[/** @type {keyof typeof STYLES} */ (kind)]);
      const el = element("div", { class: "nn-alive" });
      const figure = element("figure", { class: "nn-widget" }, el);
      const own = leavers;
      const model = {
        get: (/** @type {string} */ name) => (name === "settings" ? settings : {}),
        set() {},
        send(/** @type {unknown} */ content) {
          if (own === leavers) send(number, content);
        },
        on(/** @type {string} */ event, /** @type {any} */ hear) {
          if (own !== leavers) return;
          if (event === "msg:custom") hearers.set(number, hear);
          if (event === "comm_live_update") own.push(hear);
        },
      };
      queueMicrotask(() => RENDER[kind]?.({ model, el })); // once it stands in the page
      return figure;
    },
    /**
     * @param {number} number
     * @param {unknown} content
     * @param {ArrayBuffer[]} buffers
     */
    hear(number, content, buffers) {
      const views = buffers.map((buffer) => new DataView(buffer));
      hearers.get(number)?.(content, views);
    },
    /** Python has ended: tell its widgets that no answer will come. */
    leave() {
      const left = leavers;
      leavers = [];
      hearers.clear();
      for (const leave of left) leave();
    },
  };
}

/** @param {string} name  from the folder of live.js */
function addStyle(name) {
  const href = new URL(name, import.meta.url).href;
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link"));
  if ([...links].some((link) => link.href.split("?")[0] === href)) return;
  document.head.append(element("link", { rel: "stylesheet", href }));
}

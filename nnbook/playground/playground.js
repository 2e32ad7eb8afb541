/* The playground: the spiral network, trained in the page with the reader's settings.
 *
 * A notebook (anywidget) and the built page load this module and give it a model. What the model
 * holds is described in types.d.ts.
 */

import { keepKeys } from "../widget/dom.js";
import { Board } from "./board.js";
import { addressed, restored, startOf } from "./state.js";
import { wantsLessMotion, whenDarkTurns, whenSeen } from "./watch.js";
import { wordsOfPlayground } from "./words.js";

/** @import { Motion } from "./motion.js" */
/** @import { PlaygroundModel } from "./types.js" */

/** @param {{ model: PlaygroundModel, el: HTMLElement }} context */
export function render({ model, el }) {
  const given = model.get("settings");
  const start = startOf(given.start);
  const board = new Board(given, start, wordsOfPlayground(el), {
    show(shown) {
      el.dataset.shown = shown.map(({ epoch, update }) => `${epoch}.${update}`).join();
      el.dispatchEvent(new CustomEvent("nn-run", { detail: shown })); // what is on screen
    },
    rest(state) {
      if (given.small) return; // nobody shares what is only a beginning
      model.set("state", addressed(state));
      model.send({ type: "state", state });
    },
  });
  let isClosed = false;
  model.on("msg:custom", ({ type, state }) => {
    if (type === "state" && !isClosed) board.restore(state);
  });
  el.classList.add("nn-playground");
  el.classList.toggle("nn-small", given.small ?? false);
  keepKeys(el);
  el.replaceChildren(...board.nodes);
  const { chosen, place } = restored(model.get("state") ?? {}, start);
  board.session.begin(chosen, given.small ? { epoch: 0, update: 0 } : place);
  const unwatch = [whenDarkTurns(() => board.draw())];
  if (given.small) unwatch.push(playWhenSeen(el, board.motion));
  return () => {
    isClosed = true;
    board.motion.stop();
    for (const each of unwatch) each();
  };
}

/**
 * Play while the reader sees it, unless the reader stopped it or asks for less motion.
 *
 * @param {HTMLElement} el
 * @param {Motion} motion
 */
function playWhenSeen(el, motion) {
  let isWanted = !wantsLessMotion();
  return whenSeen(el, (isSeen) => {
    if (!isSeen) isWanted &&= motion.playing;
    if (isSeen ? isWanted && !motion.playing : motion.playing) motion.play();
  });
}

export default { render };

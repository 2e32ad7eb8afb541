/* The quiz of a chapter: questions one below the other, and how many are right.
 *
 * A notebook (anywidget) and the built page load this module. Nothing here asks Python: the
 * questions hold what is said to every answer.
 */

import { element, keepKeys, write } from "../widget/dom.js";
import { fill, wordsFor } from "../widget/words.js";
import { ask } from "./question.js";

/** @import { QuizModel } from "./types.js" */

/** @param {{ model: QuizModel, el: HTMLElement }} context */
export function render({ model, el }) {
  const { chapter, questions } = model.get("settings");
  const words = wordsFor(el, "quiz");
  const kept = model.get("state") ?? {};
  const asked = questions.map((each, i) => ask(each, i + 1, kept[each.id] ?? "", words, change));
  const tally = element("p", { class: "nn-tally", role: "status" });
  const attributes = { type: "button", class: "nn-button", onclick: restart };
  const again = element("button", attributes, words.restart);

  function count() {
    const right = asked.filter((each) => each.isRight).length;
    const text = fill(words.tally, { right, count: asked.length });
    write(tally, text);
  }
  function change() {
    const answered = asked.filter((each) => each.answered);
    model.set("state", Object.fromEntries(answered.map((each) => [each.id, each.answered])));
    count();
  }
  function restart() {
    for (const each of asked) each.clear();
    change();
  }

  el.classList.add("nn-widget", "nn-quiz");
  el.dataset.nnQuiz = chapter;
  keepKeys(el);
  const end = element("div", { class: "nn-buttons" }, tally, again);
  el.replaceChildren(...asked.map((each) => each.node), end);
  count();
  return undefined;
}

export default { render };

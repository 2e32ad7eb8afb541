/* The numbers of the runs at the place that is shown, and what is to be said of them. */

import { element, write } from "../widget/dom.js";
import { fill } from "../widget/words.js";
import { counts, described, differenceText, lossText, placeText } from "./speech.js";

/** @import { Shown, Words } from "./types.js" */

/** @param {Words} words */
export function makeReadout(words) {
  const head = element("tr");
  const body = element("tbody");
  const difference = element("p", { class: "nn-difference" });
  const status = element("p", { class: "nn-status", role: "status" });
  const table = element("table", { class: "nn-readout" }, element("thead", {}, head), body);
  return {
    node: element("div", { class: "nn-numbers" }, table, difference, status),
    status,
    /** @param {Shown[]} runs */
    show(runs) {
      const rows = runs.map((run, i) => rowOf(run, runs.length > 1 ? words.runs[i] : "", words));
      const names = Object.keys(rows[0] ?? {});
      head.replaceChildren(...names.map((name) => element("th", { scope: "col" }, name)));
      body.replaceChildren(...rows.map(tableRow));
      const [first, second] = runs;
      difference.hidden = !second;
      if (first && second)
        difference.textContent = differenceText(first.settings, second.settings, words);
    },
    /**
     * Say how it stands when nothing moves any more.
     *
     * @param {Shown[]} runs
     */
    say(runs) {
      const stopped = runs.filter(({ message }) => message);
      const stops = stopped.map(({ message, epoch }) => fill(words.stopped, { message, epoch }));
      const text = stops.join(" ") || runs.map((run) => described(run, words)).join("; ");
      status.classList.toggle("nn-stopped", stops.length > 0);
      status.classList.toggle("nn-unseen", stops.length === 0); // the table has the numbers
      write(status, text);
    },
  };
}

/**
 * @param {Shown} run
 * @param {string | undefined} name
 * @param {Words} words
 * @returns {Record<string, string>}  from the names of the columns to what stands in them
 */
function rowOf(run, name, words) {
  const { training, held_out } = counts(run);
  return {
    ...(name && { [words.run]: name }),
    [words.when]: placeText(run, words),
    [words.loss]: lossText(run.loss),
    [words.right]: training,
    ...(held_out && {
      [words.held_out_loss]: lossText(run.validation_loss),
      [words.held_out_right]: held_out,
    }),
  };
}

/** @param {Record<string, string>} row */
function tableRow(row) {
  const cells = Object.entries(row).map(([name, text], i) =>
    i === 0
      ? element("th", { scope: "row", "data-nn-name": name }, text)
      : element("td", { "data-nn-name": name }, text),
  );
  return element("tr", {}, ...cells);
}

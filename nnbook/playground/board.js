/* All that is drawn: a panel for each run, and the chart of their losses. */

import { element } from "../widget/dom.js";
import { makeChart } from "./chart.js";
import { makePanel } from "./panel.js";

/** @import { PlaygroundWords, RecordedRun, Settings } from "./types.js" */

/**
 * @param {Settings} settings
 * @param {PlaygroundWords} words
 */
export function makeBoard({ data, epochs }, words) {
  const panels = [makePanel(words.first, data, words), makePanel(words.second, data, words)];
  const chart = makeChart(words, epochs[epochs.length - 1]);
  const nodes = panels.map(({ panel }) => panel);
  return {
    node: element("div", { class: "nn-panels" }, ...nodes, chart.svg),
    /**
     * Make room for this number of runs.
     *
     * @param {number} count
     */
    hold(count) {
      panels.forEach(({ panel }, i) => {
        panel.hidden = i >= count;
      });
    },
    /**
     * @param {RecordedRun[]} runs
     * @param {number} place  of the epoch; a run that stopped before it shows its last one
     */
    show(runs, place) {
      runs.forEach((run, i) => {
        panels[i].show(run, Math.min(place, run.epochs.length - 1));
      });
      chart.show(runs, epochs[place]);
    },
    paint() {
      for (const panel of panels) panel.paint();
    },
  };
}

/* All that is drawn of the runs, and how it is laid out. */

import { element } from "../widget/dom.js";
import { makeCharts } from "./charts.js";
import { makeDiagram } from "./diagram.js";
import { makePlane } from "./plane.js";
import { makeReadout } from "./readout.js";
import { POINTS, SCALES } from "./state.js";
import { frameOf } from "./surface.js";
import { select } from "./toolbar.js";

/** @import { Neuron } from "./layout.js" */
/** @import { Run } from "./runs.js" */
/** @import { Chosen } from "./state.js" */
/** @import { Data } from "./data.js" */
/** @import { Shown, Words } from "./types.js" */

/**
 * @param {Data} data  at the start
 * @param {boolean} isOwn  whether it is the reader's data
 * @param {Words} words
 * @param {object} act
 * @param {(view: { points?: string, scale?: string }) => void} act.look  in another way
 */
export function makeView(data, isOwn, words, act) {
  const frame = frameOf(data, isOwn);
  /** @type {Neuron | undefined} */
  let neuron;
  /** @type {(() => void) | undefined} */
  let again;
  const planes = [makePlane(frame, words), makePlane(frame, words)];
  const diagram = makeDiagram(frame, words, (seen) => {
    neuron = seen;
    again?.();
  });
  const charts = makeCharts(words);
  const readout = makeReadout(words);
  const which = data.held_out ? POINTS : ["training", "none"];
  const points = select(words.points, which, textIn(words.which_points), (choice) =>
    act.look({ points: choice }),
  );
  const scale = select(words.scale, SCALES, textIn(words.scales), (choice) =>
    act.look({ scale: choice }),
  );
  const nodes = planes.map(({ node }) => node);
  const pair = element("div", { class: "nn-pair-of-planes" }, ...nodes);
  return {
    planes: element("div", { class: "nn-planes" }, pair, points.node),
    curves: element("div", { class: "nn-curves" }, charts.node, scale.node),
    diagram: diagram.node,
    numbers: readout.node,
    /** What the small playground shows. */
    few: [pair, diagram.node, charts.node, readout.status],
    /**
     * @param {Shown[]} shown
     * @param {Run[]} runs
     * @param {Chosen} chosen
     * @param {number} epoch
     */
    show(shown, runs, chosen, epoch) {
      points.write(chosen.points);
      scale.write(chosen.scale);
      const trainings = runs.map(({ training }) => training);
      const epochs = chosen.settings.epochs;
      again = () => {
        planes.forEach(({ node, show }, i) => {
          const run = shown[i];
          node.hidden = !run;
          const name = shown.length > 1 ? words.runs[i] : words.regions;
          if (run) show(run, { name, points: chosen.points, neuron: i === 0 ? neuron : undefined });
        });
      };
      if (shown[0]) diagram.show(shown[0]);
      again();
      charts.show(trainings, epochs, epoch, chosen.scale === "log");
      readout.show(shown);
    },
    say: readout.say,
  };
}

/**
 * @param {Record<string, string>} texts
 * @returns {(choice: string) => string}
 */
const textIn = (texts) => (choice) => texts[choice];

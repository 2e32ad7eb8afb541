/** What the playground's own modules hand to each other; what goes to Python is in protocol.d.ts. */

import type { Model } from "../widget/types.js";
import type { wordsFor } from "../widget/words.js";
import type { Answer, Request, Run } from "./protocol.js";

export interface Samples {
  x: [number, number][];
  /** The class of each sample: 0, 1 or 2. */
  t: number[];
}

export interface Data {
  training: Samples;
  held_out: Samples;
}

/** What a run is trained with. */
export type Choice = Omit<Request, "number">;

export interface Settings {
  data: Data;
  /** The values of the stored runs. */
  grid: { learning_rates: number[]; hidden_sizes: number[]; seeds: number[] };
  start: Choice;
  /** The epochs at which the weights of a run are recorded. */
  epochs: number[];
  /** Whether a kernel trains any value. */
  free: boolean;
}

/** What the reader has chosen; `second` is the learning rate of the run beside the first. */
export interface State extends Choice {
  epoch: number;
  second?: number;
}

/** A run with its arrays. */
export interface RecordedRun extends Run {
  /** Of every epoch. */
  loss: Float32Array;
  /** Of every recorded epoch, one after the other. */
  weights: Float32Array;
}

export type PlaygroundModel = Model<Settings, State, Request, Answer>;
export type PlaygroundWords = ReturnType<typeof wordsFor<"playground">>;

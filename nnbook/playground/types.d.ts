/** What the playground's script and whoever trains for it, a kernel or the page, say to each other. */

import type { Model } from "../widget/types.js";

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
export interface Choice {
  learning_rate: number;
  hidden_size: number;
  seed: number;
}

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

/** What the reader has chosen: `second` is the learning rate of the run beside it, if there is one. */
export interface State extends Choice {
  epoch: number;
  second?: number;
}

/** A request; it is answered once, by a run or an error of the same number. */
export interface Request extends Choice {
  number: number;
}

/** What is said about a run; its loss and its weights come beside it, as float32. */
export interface RunContent extends Choice {
  type: "run";
  number: number;
  epochs: number[];
  /** Why the run stopped early; empty if it did not. */
  message: string;
  /** How long the training took; a stored run does not say. */
  seconds?: number;
}

export interface ErrorContent {
  type: "error";
  number: number;
  message: string;
}

/** From now on any value can be trained ("trainer"), or only the stored ones are there ("stored"). */
export interface TurnContent {
  type: "trainer" | "stored";
}

export type Content = RunContent | ErrorContent | TurnContent;

export interface Run extends RunContent {
  /** Of every epoch. */
  loss: Float32Array;
  /** Of every recorded epoch, one after the other. */
  weights: Float32Array;
}

export type PlaygroundModel = Model<Settings, State, Request, Content>;

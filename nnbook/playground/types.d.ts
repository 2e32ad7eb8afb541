/** What the playground's modules hand to each other; what goes to Python is in protocol.d.ts. */

import type { Model } from "../widget/types.js";
import type { wordsFor } from "../widget/words.js";
import type { Answer, Request, Run, StoredSettings } from "./protocol.js";

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

/** `free` says whether a kernel trains any value; the grid holds the values of the stored runs. */
export interface Settings extends StoredSettings {
  data: Data;
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

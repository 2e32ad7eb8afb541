/** What the playground's modules hand to each other; what is trained on is in data.d.ts. */

import type { Model } from "../widget/types.js";
import type { Data, Measured } from "./data.js";
import type { TwoLayerNet } from "./network.js";
import type { addressed } from "./state.js";
import type { wordsOfPlayground } from "./words.js";

/** What a run is trained with, by the names of Python. */
export interface Settings {
  learning_rate: number;
  hidden_size: number;
  seed: number;
  /** How long a run is. */
  epochs: number;
  batch_size: number;
  weight_scale: number;
  /** Of the spiral; the reader's own data has none. */
  noise: number;
  optimizer: string;
  activation: string;
}

/** A moment of a run: after so many epochs, and so many updates of the next. */
export interface Place {
  epoch: number;
  update: number;
}

/** What the reader has chosen and sees: what an address keeps, and what Python reads. */
export interface State extends Settings, Place {
  /** In what a second run differs, see settings.js; "" without one. */
  second: string;
  /** Which points are drawn: "training", "held_out", "both" or "none". */
  points: string;
  /** Of the losses: "linear" or "log". */
  scale: string;
}

/** One combination of the stored study; right answers are counted over its seeds. */
export interface Studied {
  learning_rate: number;
  hidden_size: number;
  least: number;
  median: number;
  most: number;
}

/** What Python says at once. */
export interface PlaygroundSettings {
  /** The reader's own data; without it, the spiral. */
  data?: {
    training: { x: [number, number][]; t: number[] };
    held_out: { x: [number, number][]; t: number[] } | null;
    classes: number;
  };
  /** What is shown first, where it isn't as usual. */
  start?: Partial<State>;
  study?: { samples: number; seeds: number; cells: Studied[] };
  /** For the landing page: less of everything, and it plays when it is seen. */
  small?: boolean;
  /** Where the whole playground is. */
  link?: string;
}

/** A run as it stands at the place that is shown. */
export interface Shown extends Measured {
  settings: Settings;
  data: Data;
  network: TwoLayerNet;
  epoch: number;
  update: number;
  /** Why it ended early; "" if it didn't. */
  message: string;
}

/** The part of the plane that is drawn. */
export interface Frame {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

export type Words = ReturnType<typeof wordsOfPlayground>;
export type PlaygroundModel = Model<
  PlaygroundSettings,
  ReturnType<typeof addressed>,
  { type: "state"; state: State },
  { type: "state"; state: Partial<State> }
>;

/** What the playground and whoever trains for it say to each other, in a notebook and in a page. */

/**
 * Asks for a run. It is answered once, by a run or an error of the same number, and while it is not
 * no other is sent.
 */
export interface Request {
  number: number;
  learning_rate: number;
  hidden_size: number;
  seed: number;
}

/** A run, with two buffers of float32: `loss` of every epoch, `weights` at each of `epochs`. */
export interface Run extends Request {
  type: "run";
  epochs: number[];
  /** What the library says about the run, for example that it diverged; empty if nothing. */
  message: string;
  /** How long the training took; a stored run has none. */
  seconds?: number;
}

/** The request of this number has no run, and why. */
export interface RunError {
  type: "error";
  number: number;
  message: string;
}

/** From now on any value can be trained; `versions` says by what. */
export interface Trainer {
  type: "trainer";
  versions?: string;
}

/** Whoever trained is gone, or never came: from now on there are only the stored runs. */
export interface Failed {
  type: "failed";
  message: string;
}

export type Answer = Run | RunError | Trainer | Failed;

/** To the worker, first of all: where Pyodide is. After that come requests. */
export interface Start {
  start: { pyodide: string };
}

/** From the worker: an answer and its buffers. */
export interface Posted {
  content: Answer;
  buffers: ArrayBuffer[];
}

/** What Python stores for a page: the grid of values and how the playground starts. */
export interface StoredSettings {
  grid: { learning_rates: number[]; hidden_sizes: number[]; seeds: number[] };
  start: { learning_rate: number; hidden_size: number; seed: number };
  epochs: number[];
  free: boolean;
}

/** The stored runs of one hidden size and seed, by learning rate; buffers as base64. */
export type StoredRuns = Record<number, Omit<Run, "type" | "number"> & StoredBuffers>;

export interface StoredBuffers {
  loss: string;
  weights: string;
}

/** What is trained on, with what, and what is measured. */

export interface Samples {
  /** (N, 2), row after row. */
  x: Float64Array;
  /** The class of each sample, (N,). */
  t: Uint8Array;
}

export interface Data {
  training: Samples;
  /** Only measured, never trained on. */
  held_out: Samples | null;
  classes: number;
}

/** What a training depends on, by the names of Python. */
export interface TrainingSettings {
  learning_rate: number;
  hidden_size: number;
  seed: number;
  optimizer: string;
  batch_size: number;
  weight_scale: number;
  activation: string;
}

/** Of a moment: the mean loss and the share of right answers, on both kinds of samples. */
export interface Measured {
  loss: number;
  accuracy: number;
  validation_loss: number | undefined;
  validation_accuracy: number | undefined;
}

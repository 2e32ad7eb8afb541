/** What the stepper is given: a drawing, and for each step what to say. All numbers are texts. */

import type { Model } from "../widget/types.js";
import type { wordsFor } from "../widget/words.js";

/** An array: its name and shape, and its cells if they are few. */
export interface Item {
  name: string;
  /** As Python writes it: "()" for a single number. */
  shape: string;
  /** Which of its cells an entry of the result uses. */
  mark?: "row" | "column" | "entry";
  rows?: string[][];
}

export interface Equation {
  formula: string;
  /** Arrays and signs, the result first; none where all are single numbers. */
  terms: (string | Item)[];
  /** Of the result. */
  name: string;
  /** The entry of the result that is worked out first. */
  place: number[];
  numbers: string;
  result: string;
  /** Every entry worked out, where the result is small. */
  worked?: string[][];
}

export interface Start {
  phase: "start";
  wires: string[];
  reads: Item[];
}

export interface Step {
  phase: "forward" | "backward";
  /** The place of the node among the nodes of the drawing. */
  node: number;
  kind: string;
  wires: string[];
  reads: Item[];
  writes: Item[];
  /** Gradients that a layer keeps. */
  fills: Item[];
  /** Local gradients, as formulas. */
  local: string[];
  equations: Equation[];
  /** Where the lines stand; empty for a cell of the notebook. */
  file: string;
  /** The lines that ran, with their numbers. */
  lines: [number, string][];
  /** What names of those lines mean in this graph. */
  meaning: Record<string, string>;
}

export type Frame = Start | Step;

/** What a reader may predict of a backward step. */
export interface Question {
  step: Step;
  /** The wire on which the gradient goes back. */
  wire: string;
  /** The gradient, or one entry of it: "dx[0, 1]". */
  entry: string;
  upstream: Item[];
  /** What the node read and wrote forwards, with its parameters. */
  known: Item[];
  /** The right answer with numbers plugged in, and its text. */
  numbers: string;
  result: string;
  /** What it would be if an upstream gradient were passed on unchanged. */
  unchanged: string[];
}

/** An input that the reader may change; its entries are texts in full precision. */
export interface Input {
  name: string;
  shape: number[];
  rows: string[][];
}

export type Numbers = number | number[] | number[][];

export interface Settings {
  svg: string;
  frames: Frame[];
  caption?: string;
  /** Only where Python answers. */
  inputs?: Input[];
}

export interface State {
  step: number;
  /** Absent when off. */
  predict?: true;
}

/** The reader's own numbers, all of them; `number` is higher than that of every one before. */
export interface Request {
  number: number;
  inputs: Record<string, Numbers>;
}

export interface Frames {
  type: "frames";
  number: number;
  svg: string;
  frames: Frame[];
}

export type Answer = Frames | { type: "error"; number: number; message: string };

/** The class that colours a name by its part in the chain rule; empty for none. */
export type Role = (name: string) => string;

export type StepperModel = Model<Settings, State, Request, Answer>;
export type StepperWords = ReturnType<typeof wordsFor<"stepper">>;

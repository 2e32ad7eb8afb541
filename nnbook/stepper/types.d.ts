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

export interface Settings {
  svg: string;
  frames: Frame[];
  caption?: string;
}

export interface State {
  step: number;
}

/** The class that colours a name by its part in the chain rule; empty for none. */
export type Role = (name: string) => string;

export type StepperModel = Model<Settings, State>;
export type StepperWords = ReturnType<typeof wordsFor<"stepper">>;

/** What the quiz is given: questions, and what is said to every answer. */

import type { Model } from "../widget/types.js";
import type { wordsFor } from "../widget/words.js";

export interface Option {
  text: string;
  why: string;
  right: boolean;
}

export interface Mistake<Answer> {
  answer: Answer;
  why: string;
}

interface Head {
  /** Lower-case words joined by "-". */
  id: string;
  /** Where the book explains it, for example "1.1.4". */
  section: string;
  text: string;
}

export interface Choice extends Head {
  kind: "choice";
  options: Option[];
}

interface Typed<Answer> extends Head {
  answer: Answer;
  /** Said to the right answer. */
  why: string;
  wrong: Mistake<Answer>[];
  /** Said to every other answer. */
  hint: string;
}

export interface Shape extends Typed<number[]> {
  kind: "shape";
}

export interface NumberQuestion extends Typed<number> {
  kind: "number";
  /** How far from the answer is still right; 0 where only a whole number is asked for. */
  precision: number;
  /** How many decimals that is; null where it is not half of one. */
  decimals: number | null;
}

export type TypedQuestion = Shape | NumberQuestion;
export type Question = Choice | TypedQuestion;

export interface Settings {
  chapter: string;
  questions: Question[];
}

/** What was answered to each question: the place of an option, or what was typed. */
export type State = Record<string, string>;

export interface Judgement {
  verdict: "right" | "wrong";
  why: string;
}

/** How a reader answers one question. */
export interface Answer {
  node: HTMLElement;
  /** As the state keeps it; empty where there is none. */
  value: string;
  focus(): void;
}

export type QuizModel = Model<Settings, State>;
export type QuizWords = ReturnType<typeof wordsFor<"quiz">>;

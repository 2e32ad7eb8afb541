/** What the page of a chapter, its worker and Python say to each other. */

import type { wordsFor } from "../widget/words.js";

export type LiveWords = ReturnType<typeof wordsFor<"live">>;

/** A file that Python in a page is made of, pinned by its hash. */
export interface PinnedFile {
  name: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  sha256: string;
  /** Its size, and what travels of it where the host compresses files. */
  bytes: number;
  wire: number;
}

/** The build writes it: see nnbook/sphinx/live_pages.py. */
export interface LiveConfig {
  /** Of the scripts of live pages. */
  folder: string;
  /** Where the files of Python are, seen from the folder of the scripts. */
  url: string;
  version: string;
  python: PinnedFile[];
  drawing: PinnedFile[];
  /** The book's library, in the folder of the scripts. */
  library: PinnedFile;
  /** What a reader must download, in megabytes. */
  megabytes: { python: number; drawing: number };
}

/** One exception of a chain, and where it was raised. */
export interface Cause {
  name: string;
  value: string;
  link: "cause" | "context" | null;
  frames: ErrorFrame[];
}

export interface ErrorFrame {
  file: string;
  line: number;
  function: string;
  /** Lines around, with their numbers. */
  code: [number, string][];
}

/** A value in all forms in which it can be shown. */
export interface Bundle {
  "text/plain"?: string;
  "text/html"?: string;
  "image/svg+xml"?: string;
  "image/png"?: string;
  "image/jpeg"?: string;
  "application/vnd.nnbook.widget"?: LiveWidget;
  /** An alternative text. */
  alt?: string;
}

export interface LiveWidget {
  number: number;
  kind: string;
  settings: object;
}

/** What a cell shows. */
export type Output =
  | { type: "stream"; cell: string; name: "stdout" | "stderr"; text: string }
  | { type: "cut"; cell: string; characters: number }
  | { type: "result" | "display"; cell: string; data: Bundle }
  | ErrorOutput;

export interface ErrorOutput {
  type: "error";
  cell: string;
  name: string;
  value: string;
  causes: Cause[];
  text: string;
}

export interface Done {
  type: "done";
  cell: string;
  ok: boolean;
  seconds: number;
}

/** Why Python could not start, or a part of it not be had. */
export interface Failure {
  kind: "network" | "missing" | "changed" | "start" | "cancelled";
  message: string;
  host?: string;
  file?: string;
}

export type FromWorker =
  | { type: "progress"; part: "python" | "drawing"; loaded: number; total: number }
  | { type: "starting" }
  | { type: "ready"; version: string }
  | ({ type: "failed" } & Failure)
  | ({ type: "failed-cell"; cell: string } & Failure)
  | { type: "crashed"; message: string }
  | { type: "drawing"; state: "waiting" | "ready" }
  | { type: "answer"; ticket: number; value: unknown }
  | { type: "widget"; number: number; content: unknown; buffers: ArrayBuffer[] }
  | { type: "widget-error"; number: number; message: string }
  | Output
  | Done;

export interface ToWorker {
  start?: { config: LiveConfig; folder: string };
  /** `stop` is the address of the run's pass: see interrupts.js. */
  run?: { cell: string; source: string; stop: string };
  needs?: { sources: string[]; ticket: number };
  receive?: { number: number; content: unknown };
}

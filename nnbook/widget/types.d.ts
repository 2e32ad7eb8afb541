/** What a widget's script is given: by anywidget in a notebook, by page.js in a built page. */

/** The part of anywidget's model that the widgets use. */
export interface Model<Settings, State = object, Request = never, Answer = never> {
  /** What Python says once; it never changes. */
  get(name: "settings"): Settings;
  /** What the reader has chosen; a built page keeps it in its address. */
  get(name: "state"): Partial<State> | undefined;
  set(name: "state", state: State): void;
  send(request: Request): void;
  on(event: "msg:custom", hear: (answer: Answer, buffers: DataView[]) => void): void;
  /** JupyterLab: the kernel that made this widget is gone. */
  on(event: "comm_live_update", hear: () => void): void;
}

/** A widget's module is `export default { render }`; what `render` returns ends the widget. */
export interface Widget<M> {
  render(context: { model: M; el: HTMLElement }): undefined | (() => void);
}

/** The words of a widget in one language; a text with values names them: "of {count}". */
export type Words = Record<string, string>;

/** Of an element: an attribute, or a listener where the name begins with "on". */
export type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;

/** Hears what answers come, with their buffers. */
export type Hear<Answer> = (answer: Answer, buffers: DataView[]) => void;

/** What a built page knows of one widget before it comes to life. */
export interface Place<Settings = unknown> {
  figure: HTMLElement;
  /** As Python wrote them into the figure. */
  settings: Settings;
  /** The HTML of the still picture. */
  still: string;
  /** Where the page's scripts are. */
  folder: URL;
  config: Config;
  /** A chunk of data by its name; undefined where there is none. */
  load(name: string): Promise<unknown>;
  /** Comes when the reader is near. */
  near: Promise<void>;
}

/** What stands in for the kernel in a built page, each widget in its own way. */
export type Stored<Settings = unknown, Request = unknown, Answer = unknown> = (
  place: Place<Settings>,
  hear: Hear<Answer>,
) => Promise<Opened<Request>>;

export interface Opened<Request> {
  settings: object;
  /** The state at the start, which the address does not repeat. */
  start: Record<string, unknown>;
  send(request: Request): void;
  /** Turns what the address says into a state. */
  restored?(state: Record<string, string>): Record<string, unknown>;
  /** What the page adds below the widget. */
  below?: HTMLElement[];
}

import type { LiveConfig } from "../live/types.js";

export interface Config {
  /** Python in the pages of chapters. */
  live: LiveConfig;
}

declare global {
  const nnConfig: Config;
}

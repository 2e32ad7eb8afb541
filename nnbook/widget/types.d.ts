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

/** What a script wrote into the page: an attribute, or a listener where the name starts with "on". */
export type Attributes = Record<string, string | number | boolean | ((event: Event) => void)>;

/* The editor of a cell: CodeMirror in the place of its text. A module of its own, loaded when a
 * reader first goes into a cell.
 */

import {
  bracketMatching,
  defaultKeymap,
  drawSelection,
  EditorState,
  EditorView,
  HighlightStyle,
  history,
  historyKeymap,
  indentOnInput,
  indentUnit,
  keymap,
  python,
  syntaxHighlighting,
  tags,
} from "./vendor/codemirror.js";

/**
 * @typedef {object} Editor
 * @property {(at?: MouseEvent) => void} focus  go there, to where the reader pointed
 * @property {(source: string) => void} write  can be undone
 */

/** @typedef {{ makeEditor: typeof makeEditor }} EditorModule */

/**
 * @typedef {object} Told
 * @property {string} label
 * @property {(goOn: boolean) => void} run  Shift+Enter goes on to the next cell
 * @property {(source: string) => void} changed
 * @property {() => void} leave  Escape; Tab is not bound, it moves on as everywhere
 */

// The classes of Pygments, so that an edited cell looks like every other, in light and dark.
const pygments = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.definitionKeyword], class: "k" },
  { tag: tags.operatorKeyword, class: "ow" },
  { tag: tags.moduleKeyword, class: "kn" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.number, class: "mi" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.comment, class: "c1" },
  {
    tag: [
      tags.operator,
      tags.arithmeticOperator,
      tags.bitwiseOperator,
      tags.compareOperator,
      tags.definitionOperator,
      tags.derefOperator,
    ],
    class: "o",
  },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.meta, class: "nd" },
]);

/**
 * @param {HTMLElement} pre  the text whose place the editor takes; it stays, hidden
 * @param {string} doc
 * @param {Told} told
 * @returns {Editor}
 */
export function makeEditor(pre, doc, told) {
  /** @param {() => void} act */
  const key = (act) => () => {
    act();
    return true;
  };
  const attributes = { "aria-label": told.label, autocapitalize: "off", autocorrect: "off" };
  const view = new EditorView({
    state: EditorState.create({
      doc,
      extensions: [
        keymap.of([
          { key: "Shift-Enter", run: key(() => told.run(true)) },
          { key: "Ctrl-Enter", mac: "Cmd-Enter", run: key(() => told.run(false)) },
          { key: "Escape", run: key(told.leave) },
          ...defaultKeymap.filter((each) => each.key !== "Mod-Enter"),
          ...historyKeymap,
        ]),
        history(),
        drawSelection(),
        bracketMatching(),
        indentOnInput(),
        indentUnit.of("    "),
        EditorState.tabSize.of(4),
        python(),
        syntaxHighlighting(pygments),
        EditorView.contentAttributes.of({ ...attributes, spellcheck: "false" }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) told.changed(update.state.doc.toString());
        }),
      ],
    }),
  });
  pre.hidden = true;
  pre.after(view.dom);
  return {
    focus(at) {
      view.focus();
      const place = at && view.posAtCoords({ x: at.clientX, y: at.clientY });
      if (typeof place === "number") view.dispatch({ selection: { anchor: place } });
    },
    write(source) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: source } });
    },
  };
}

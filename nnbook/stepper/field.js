/* A field for a number. It takes any text: what a browser calls a number field refuses "1/3". */

import { element, uniqueId } from "../widget/dom.js";

/** @import { Attributes } from "../widget/types.js" */

/**
 * @param {string} label
 * @param {Attributes} [more]
 */
export function textField(label, more = {}) {
  return element("input", {
    type: "text",
    id: uniqueId(),
    class: "nn-field",
    "aria-label": label,
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    ...more,
  });
}

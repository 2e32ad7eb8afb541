/* Text with `code` between backticks, as nodes. */

import { element } from "../widget/dom.js";

/**
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function withCode(text) {
  const parts = text.split("`"); // what stands at an odd place is code
  return parts.map((part, i) => (i % 2 ? element("code", {}, part) : part));
}

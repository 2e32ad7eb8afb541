/* How every widget makes the elements of its page. */

/** @import { Attributes } from "./types.js" */

const SVG = "http://www.w3.org/2000/svg";

/**
 * Make an element. An attribute that begins with "on" is a listener, one that is false left out.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

/**
 * Make an element of a drawing; attributes as in `element`.
 *
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svgElement(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

/**
 * @template {Element} E
 * @param {E} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} children
 * @returns {E}
 */
function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value !== false) node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children);
  return node;
}

/**
 * Write a text, if it is another one: what is read aloud is not to be read twice.
 *
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Return an id that no other widget has; a notebook loads a script once for each of its widgets, so
 * that counting from 1 would give two of them the same.
 *
 * @returns {string}
 */
export function uniqueId() {
  return `nn-${Math.random().toString(36).slice(2, 12)}`;
}

/**
 * Keep Enter and the arrow keys for a widget, which a notebook would take for commands of its own.
 *
 * @param {HTMLElement} el
 */
export function keepKeys(el) {
  el.addEventListener("keydown", (event) => event.stopPropagation());
}

/* A page without a browser, for tests of what widgets do to it. */

import { Window } from "happy-dom";

const NAMES = [
  "document",
  "history",
  "location",
  "CustomEvent",
  "Event",
  "KeyboardEvent",
  "MutationObserver",
  "ResizeObserver",
  "getComputedStyle",
];

/** What a canvas was told to paint, in order. */
export class Painting {
  fillStyle = "";
  strokeStyle = "";
  lineWidth = 1;
  /** @type {{ colour: string, x: number, y: number, width: number, height: number }[]} */
  rectangles = [];
  /** @type {{ colour: string, path: (string | number)[][] }[]} */
  shapes = [];
  /** @type {(string | number)[][]} */
  path = [];

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.rectangles.push({ colour: this.fillStyle, x, y, width, height });
  }
  clearRect() {
    this.shapes = [];
  }
  beginPath() {
    this.path = [];
  }
  /** @param {number[]} numbers */
  arc(...numbers) {
    this.path.push(["arc", ...numbers]);
  }
  /** @param {number[]} numbers */
  rect(...numbers) {
    this.path.push(["rect", ...numbers]);
  }
  /** @param {number[]} numbers */
  lineTo(...numbers) {
    this.path.push(["lineTo", ...numbers]);
  }
  closePath() {}
  fill() {
    this.shapes.push({ colour: this.fillStyle, path: this.path });
  }
  stroke() {}
}

/**
 * Make the globals of a page, and return its body's first element: a place for a widget.
 *
 * @param {string} [url]
 */
export function openPage(url = "http://book.test/page.html") {
  const page = new Window({ url });
  setGlobal("window", globalThis);
  setGlobal("addEventListener", page.addEventListener.bind(page));
  setGlobal("dispatchEvent", page.dispatchEvent.bind(page));
  for (const name of NAMES) setGlobal(name, Reflect.get(page, name));
  setGlobal("matchMedia", () => ({ matches: false }));
  Reflect.set(page.HTMLCanvasElement.prototype, "getContext", paintingOf);
  document.body.innerHTML = "<div></div>";
  return /** @type {HTMLElement} */ (document.body.firstElementChild);
}

/** @param {string} name @param {unknown} value */
export function setGlobal(name, value) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

/** @type {WeakMap<object, Painting>} */
const paintings = new WeakMap();

/** @this {object} */
function paintingOf() {
  const painting = paintings.get(this) ?? new Painting();
  paintings.set(this, painting);
  return painting;
}

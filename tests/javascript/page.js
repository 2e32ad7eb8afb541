/* A page without a browser, for tests of what widgets do to it. */

import { Window } from "happy-dom";

const NAMES = ["document", "CustomEvent", "Event", "MutationObserver", "getComputedStyle"];

/** Make the globals of a page, and return its body's first element: a place for a widget. */
export function openPage() {
  const page = new Window();
  for (const name of NAMES)
    Object.defineProperty(globalThis, name, { value: Reflect.get(page, name), configurable: true });
  Object.defineProperty(globalThis, "matchMedia", {
    value: () => ({ matches: false }),
    configurable: true,
  });
  document.body.innerHTML = "<div></div>";
  return /** @type {HTMLElement} */ (document.body.firstElementChild);
}

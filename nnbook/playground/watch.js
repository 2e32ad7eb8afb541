/* Notices when the page turns dark, and when the reader sees an element or no longer. */

// How the built book, Colab, JupyterLab and VS Code mark a page that turns dark.
const MARKS_OF_DARK = ["data-theme", "theme", "data-jp-theme-light", "class"];

/**
 * Call back when the page turns light or dark; return what ends that.
 *
 * @param {() => void} act
 */
export function whenDarkTurns(act) {
  const watcher = new MutationObserver(act);
  for (const each of [document.documentElement, document.body])
    watcher.observe(each, { attributes: true, attributeFilter: MARKS_OF_DARK });
  return () => watcher.disconnect();
}

/**
 * Call back when an element comes into sight or goes out of it; return what ends that.
 *
 * @param {Element} el
 * @param {(seen: boolean) => void} act
 */
export function whenSeen(el, act) {
  const watcher = new IntersectionObserver((entries) => {
    act(entries.at(-1)?.isIntersecting ?? false);
  });
  watcher.observe(el);
  return () => watcher.disconnect();
}

export function wantsLessMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

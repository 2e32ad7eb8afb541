/* What the reader has chosen stands in the page's address, so that it can be shared. */

/**
 * Whether an entry belongs to a widget: "a.size" to the first of cell a, "a.2.size" to its second.
 *
 * @param {string} key
 * @param {string} prefix
 */
function isOwn(key, prefix) {
  return key.startsWith(prefix) && !key.includes(".", prefix.length);
}

/**
 * Return what the address says of one widget.
 *
 * @param {string} prefix
 * @returns {Record<string, string>}
 */
export function read(prefix) {
  const entries = [...new URLSearchParams(location.search)];
  const own = entries.filter(([key]) => isOwn(key, prefix));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(prefix.length), value]));
}

/**
 * Write what is chosen in one widget into the address, less what is as at the start.
 *
 * @param {string} prefix
 * @param {Record<string, unknown>} state
 * @param {Record<string, unknown>} start
 */
export function write(prefix, state, start) {
  const query = new URLSearchParams(location.search);
  for (const key of [...query.keys()]) if (isOwn(key, prefix)) query.delete(key);
  for (const [key, value] of Object.entries(state))
    if (String(value) !== String(start[key])) query.set(prefix + key, String(value));
  const search = query.size ? `?${query}` : location.pathname;
  try {
    history.replaceState(null, "", search + location.hash);
  } catch {
    // Some browsers refuse this for files, or too often: the page works without.
  }
}

/**
 * Return the prefix of every widget's part of the address. It is made of the id of the widget's
 * cell, which stays when other cells come or go; only a widget outside of all cells is counted.
 *
 * @param {Element[]} figures  all widgets of the page, in order
 * @returns {string[]}
 */
export function prefixes(figures) {
  /** @type {Map<string, number>} */
  const found = new Map();
  return figures.map((figure, i) => {
    const cell = figure.closest("[data-nn-cell]")?.getAttribute("data-nn-cell");
    if (!cell) return `w${i + 1}.`;
    const count = (found.get(cell) ?? 0) + 1;
    found.set(cell, count);
    return count === 1 ? `${cell}.` : `${cell}.${count}.`; // no name starts with a digit
  });
}

/* The data of a widget: it stands in the figure, or in a file that the page loads when asked. */

/** @type {Map<string, unknown>} */
const arrived = new Map();
/** @type {Map<string, Promise<unknown>>} */
const waiting = new Map();

/** Let the files of chunks hand over what they hold; each is a call of `nnChunk(id, data)`. */
export function receiveChunks() {
  Object.assign(window, {
    nnChunk: (/** @type {string} */ id, /** @type {unknown} */ data) => arrived.set(id, data),
  });
}

/**
 * Return a chunk of data. One that could not be loaded is asked for again the next time.
 *
 * @param {Element} figure  which may hold the chunk itself
 * @param {string} id
 * @param {URL} folder  of the page's scripts
 * @returns {Promise<any>}
 */
export async function loadChunk(figure, id, folder) {
  const inline = figure.querySelector(`script[data-nn-chunk="${id}"]`);
  if (inline && !arrived.has(id)) arrived.set(id, JSON.parse(inline.textContent ?? ""));
  if (arrived.has(id)) return arrived.get(id);
  const promise = waiting.get(id) ?? fetchChunk(id, folder);
  waiting.set(id, promise);
  return promise.finally(() => waiting.delete(id));
}

/**
 * @param {string} id
 * @param {URL} folder
 */
function fetchChunk(id, folder) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script"); // unlike fetch, works from file:// too
    script.src = new URL(`chunks/${id}.js`, folder).href;
    script.onload = () => resolve(arrived.get(id));
    script.onerror = () => {
      script.remove();
      reject(new Error(`chunk ${id} could not be loaded`));
    };
    document.head.append(script);
  });
}

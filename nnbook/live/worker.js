/* Python of a page, off the page's thread: gets tasks one at a time, posts what types.d.ts lists.
 *
 * A module worker, whose own modules are files beside it.
 */

import { DownloadError, download } from "./download.js";
import { Interrupts, isValid } from "./interrupts.js";

/** @import { Failure, FromWorker, PinnedFile, ToWorker } from "./types.js" */

/**
 * The parts of Pyodide that are used.
 *
 * @typedef {object} Pyodide
 * @property {string} version
 * @property {(archive: Uint8Array, format: string, options?: object) => void} unpackArchive
 * @property {(code: string) => any} runPython
 * @property {(buffer: object) => void} setInterruptBuffer
 */

const BOOK = "/book";
const LOCK = "pyodide-lock.json"; // which packages there are: none, they are unpacked here
const BEGIN = `
import sys
sys.path[:0] = ["${BOOK}", "${BOOK}/nnbook/live/modules"]
from nnbook.live.page import PagePython
PagePython
`;
const SETTINGS = {
  HOME: "/home/reader",
  MPLBACKEND: "module://nnbook.live.figures",
  OMP_NUM_THREADS: "1",
};

const interrupts = new Interrupts();
/** @type {Pyodide} */
let python;
/** @type {any} */
let page;
/** @type {() => Promise<void>} */
let drawing;

/** @param {FromWorker} message */
const say = (message) => self.postMessage(message);

// ------------------------------------------------------------------ starting

/** @param {NonNullable<ToWorker["start"]>} start */
async function begin({ config, folder }) {
  const base = new URL(config.url, folder);
  const files = await download(
    [
      ...config.python.map((file) => ({ file, url: new URL(file.name, base) })),
      { file: config.library, url: new URL(config.library.name, folder) },
    ],
    (loaded, total) => say({ type: "progress", part: "python", loaded, total }),
  );
  say({ type: "starting" });
  python = await load(files, base, config.version);
  for (const [name, bytes] of files)
    if (name.endsWith(".whl")) python.unpackArchive(bytes, "wheel");
  python.unpackArchive(bytesOf(files, config.library.name), "zip", { extractDir: BOOK });
  page = python.runPython(BEGIN)(post);
  python.setInterruptBuffer(interrupts);
  say({ type: "ready", version: python.runPython("sys.version.split()[0]") });
  drawing = fetchInBackground(config.drawing, base);
}

/**
 * Start Pyodide from bytes that have been checked, and from nothing else.
 *
 * @param {Map<string, Uint8Array<ArrayBuffer>>} files
 * @param {URL} base
 * @param {string} version
 * @returns {Promise<Pyodide>}
 */
async function load(files, base, version) {
  const outside = self.fetch;
  const lock = { info: { version, arch: "wasm32", platform: "emscripten" }, packages: {} };
  self.fetch = async (wanted) => {
    const name = String(wanted).split("/").at(-1) ?? "";
    if (name === LOCK) return Response.json(lock);
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(bytesOf(files, name), { headers: { "content-type": type } });
  };
  try {
    await importBytes(bytesOf(files, "pyodide.asm.js"));
    const { loadPyodide } = await importBytes(bytesOf(files, "pyodide.mjs"));
    return await loadPyodide({ indexURL: base.href, env: SETTINGS });
  } finally {
    self.fetch = outside;
  }
}

/**
 * @param {Map<string, Uint8Array<ArrayBuffer>>} files
 * @param {string} name
 */
function bytesOf(files, name) {
  const bytes = files.get(name);
  if (!bytes) throw new Error(`${name} is not among the pinned files`);
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function importBytes(bytes) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/**
 * Fetch matplotlib while nobody waits for it.
 *
 * @param {PinnedFile[]} files
 * @param {URL} base
 * @returns {() => Promise<void>}  makes it ready to be imported, once
 */
function fetchInBackground(files, base) {
  const wanted = files.map((file) => ({ file, url: new URL(file.name, base) }));
  const fetchAll = () =>
    download(wanted, (loaded, total) => say({ type: "progress", part: "drawing", loaded, total }));
  let arriving = fetchAll();
  arriving.catch(() => {}); // told when a cell needs it
  let isReady = false;
  return async () => {
    if (isReady) return;
    say({ type: "drawing", state: "waiting" });
    const got = await arriving.catch(() => {
      arriving = fetchAll();
      return arriving;
    });
    for (const bytes of got.values()) python.unpackArchive(bytes, "wheel");
    page.connect_figures();
    isReady = true;
    say({ type: "drawing", state: "ready" });
  };
}

/**
 * What Python calls with each of its messages.
 *
 * @param {string} text
 * @param {any} buffers  a list of bytes
 */
function post(text, buffers) {
  const copies = buffers.toJs().map((/** @type {Uint8Array} */ bytes) => bytes.slice().buffer);
  const message = JSON.parse(text);
  if (message.type === "done") interrupts.watch(null); // the page revokes the pass when it hears
  self.postMessage({ ...message, buffers: copies }, { transfer: copies });
}

// ------------------------------------------------------------------ tasks

/** @param {NonNullable<ToWorker["run"]>} run */
async function run({ cell, source, stop }) {
  if (page.draws(source)) {
    try {
      await drawing();
    } catch (error) {
      return say(missing(cell, /** @type {Error} */ (error)));
    }
    if (!isValid(stop)) return undefined; // the page has ended the run while it waited
  }
  interrupts.watch(stop);
  try {
    await page.run(cell, source);
  } finally {
    interrupts.watch(null);
  }
}

/**
 * Say that a cell could not run because matplotlib can't be had.
 *
 * @param {string} cell
 * @param {Error} error
 * @returns {FromWorker}
 */
function missing(cell, error) {
  return { type: "failed-cell", cell, ...failure(error) };
}

const TASKS = {
  start: begin,
  run,
  /** @param {NonNullable<ToWorker["needs"]>} _ */
  needs({ sources, ticket }) {
    say({ type: "answer", ticket, value: JSON.parse(page.needs(JSON.stringify(sources))) });
  },
  /** @param {NonNullable<ToWorker["receive"]>} _ */
  receive({ number, content }) {
    page.receive(number, JSON.stringify(content));
  },
};

/**
 * @param {Error} error
 * @returns {Failure}
 */
function failure(error) {
  const message = error.message || String(error);
  if (!(error instanceof DownloadError)) return { kind: "start", message };
  return { kind: error.kind, message, host: error.host, file: error.file ?? "" };
}

let last = Promise.resolve();
/** @param {MessageEvent<ToWorker>} event */
self.onmessage = ({ data }) => {
  const [task, argument] = /** @type {[keyof typeof TASKS, any]} */ (Object.entries(data)[0]);
  last = last
    .then(() => TASKS[task](argument))
    .catch((error) =>
      say(
        task === "start"
          ? { type: "failed", ...failure(error) }
          : crash(/** @type {Error} */ (error)),
      ),
    );
};

/**
 * @param {Error} error
 * @returns {FromWorker}
 */
function crash(error) {
  return { type: "crashed", message: error.message || String(error) };
}

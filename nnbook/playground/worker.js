/* Trains in the reader's browser: the nnlib of this book in Pyodide, off the page's thread. */

/** @import { Answer, Request, Start } from "./protocol.js" */

/**
 * The parts of Pyodide that are used.
 *
 * @typedef {object} Python
 * @property {(name: string, options: object) => Promise<void>} loadPackage
 * @property {(archive: ArrayBuffer, format: string) => void} unpackArchive
 * @property {(code: string) => any} runPython
 */

const HERE = new URL(".", self.location.href);
const BEGIN = `
import json, sys
import numpy, nnlib
from nnbook.runs import answer

def respond(request):
    content, buffers = answer(json.loads(request))
    return json.dumps(content), buffers
`;
const VERSIONS = `
f"Python {sys.version.split()[0]}, NumPy {numpy.__version__}, nnlib {nnlib.__version__}"
`;

/** @type {(request: string) => any} */
let respond;

/**
 * @param {Answer} content
 * @param {ArrayBuffer[]} [buffers]
 */
function post(content, buffers = []) {
  self.postMessage({ content, buffers }, { transfer: buffers });
}

/** @param {Start["start"]} start */
async function begin({ pyodide }) {
  const worker = /** @type {any} */ (self);
  worker.importScripts(new URL("pyodide.js", pyodide).href);
  /** @type {Python} */
  const python = await worker.loadPyodide({ indexURL: pyodide });
  await python.loadPackage("numpy", { messageCallback() {} });
  const library = await fetch(new URL("nnlib.zip", HERE));
  if (!library.ok) throw new Error(`nnlib.zip: ${library.status}`);
  python.unpackArchive(await library.arrayBuffer(), "zip");
  respond = python.runPython(`${BEGIN}\nrespond`);
  post({ type: "trainer", versions: python.runPython(VERSIONS) });
}

/** @param {Request} request */
function answer(request) {
  const result = respond(JSON.stringify(request));
  const [content, buffers] = result.toJs();
  result.destroy();
  post(
    JSON.parse(content),
    buffers.map((/** @type {Uint8Array} */ bytes) => bytes.slice().buffer),
  );
}

self.onmessage = ({ data }) => {
  if (data.start) begin(data.start).catch((error) => post({ type: "failed", message: `${error}` }));
  else answer(data);
};

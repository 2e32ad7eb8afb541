// @ts-nocheck
/* Trains in the reader's browser: the nnlib that this book is made with, in Pyodide, off the page's thread. */
const HERE = new URL(".", self.location.href);
const TRAIN = `
import time
from nnbook.runs import train_run

def train(learning_rate, hidden_size, seed):
    started = time.perf_counter()
    run = train_run(learning_rate, int(hidden_size), int(seed))
    seconds = time.perf_counter() - started
    return run.loss.tobytes(), run.weights.tobytes(), list(run.epochs), run.message, seconds
`;
let train = null;
const wanted = [null, null]; // the newest request for each of the two runs; older ones are dropped

async function begin({ pyodide }) {
  importScripts(new URL("pyodide.js", pyodide).href);
  const python = await loadPyodide({ indexURL: pyodide });
  await python.loadPackage("numpy", { messageCallback: () => {} });
  const library = await fetch(new URL("nnlib.zip", HERE));
  if (!library.ok) throw new Error(`nnlib.zip: ${library.status}`);
  python.unpackArchive(await library.arrayBuffer(), "zip");
  python.runPython(TRAIN);
  train = python.globals.get("train");
  const versions = python.runPython(
    "import nnlib, numpy, sys; f'Python {sys.version.split()[0]}, NumPy {numpy.__version__}, nnlib {nnlib.__version__}'");
  postMessage({ content: { type: "trainer", versions }, buffers: [] });
}

function answer() {
  const i = wanted.findIndex((request) => request);
  if (i < 0) return;
  const { learning_rate, hidden_size, seed, number } = wanted[i];
  wanted[i] = null;
  try {
    const result = train(learning_rate, hidden_size, seed);
    const [loss, weights, epochs, message, seconds] = result.toJs();
    result.destroy();
    const buffers = [loss, weights].map((bytes) => bytes.slice().buffer);
    postMessage({ content: { type: "run", number, learning_rate, hidden_size, seed, epochs, message, seconds }, buffers }, buffers);
  } catch (error) {
    postMessage({ content: { type: "error", number, message: String(error).trim().split("\n").at(-1) }, buffers: [] });
  }
  setTimeout(answer); // newer requests come in between
}

onmessage = ({ data }) => {
  if (data.start) {
    begin(data.start).catch((error) => postMessage({ content: { type: "failed", message: String(error) }, buffers: [] }));
    return;
  }
  wanted[data.number % 2] = data;
  setTimeout(answer);
};

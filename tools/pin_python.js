/* Writes nnbook/live/pinned.json: which files Python in a page is made of, and their hashes.
 *
 *     node tools/pin_python.js ../folder/with/wheels
 *
 * Pyodide itself is the npm package of package-lock.json. The wheels must be those that its own
 * lock names: one with another hash is refused.
 */

import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const PYODIDE = "node_modules/pyodide";
const CORE = ["pyodide.mjs", "pyodide.asm.js", "pyodide.asm.wasm", "python_stdlib.zip"];
const COMPRESSED = /\.(mjs|js|wasm)$/; // by the public host, with Brotli
const NOT_NEEDED = ["pytz", "matplotlib-pyodide"]; // for time zones; for drawing on a canvas

const lock = JSON.parse(readFileSync(`${PYODIDE}/pyodide-lock.json`, "utf8"));
const [, , wheels] = process.argv;

/** @param {string} path @param {string} name */
function pin(path, name) {
  const content = readFileSync(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  const wire = COMPRESSED.test(name) ? brotliCompressSync(content, { params }) : content;
  const sha256 = createHash("sha256").update(content).digest("hex");
  return { name, sha256, bytes: content.length, wire: wire.length };
}

/** @param {string} name */
function pinWheel(name) {
  const { file_name: file, sha256 } = lock.packages[name];
  const pinned = pin(`${wheels}/${file}`, file);
  if (pinned.sha256 !== sha256) throw new Error(`${file} is not the file of Pyodide's lock`);
  return pinned;
}

/** @param {string} name @param {Set<string>} [found] */
function needs(name, found = new Set()) {
  if (found.has(name) || NOT_NEEDED.includes(name)) return found;
  found.add(name);
  for (const each of lock.packages[name].depends) needs(each, found);
  return found;
}

if (!wheels || !existsSync(wheels)) throw new Error("name the folder of Pyodide's wheels");
const { version } = lock.info;
const drawing = [...needs("matplotlib")].filter((name) => name !== "numpy").sort();
const pinned = {
  version,
  url: `https://cdn.jsdelivr.net/pyodide/v${version}/full/`,
  python: [...CORE.map((name) => pin(`${PYODIDE}/${name}`, name)), pinWheel("numpy")],
  drawing: drawing.map(pinWheel),
};
writeFileSync("nnbook/live/pinned.json", `${JSON.stringify(pinned, null, 2)}\n`);

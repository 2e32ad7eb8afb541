/* Writes nnbook/live/vendor: what live pages have from others, each library as one file.
 *
 *     node tools/vendor.js [folder]
 *
 * The packages are those of package-lock.json. LICENSES.txt holds the licence of every package of
 * which a part is in one of the files.
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const SOURCES = "nnbook/live/libraries";
const PACKAGE = /^.*node_modules\/(@[^/]+\/[^/]+|[^/]+)\//;
const LICENSE = /^licen[cs]e(\.|$)/i;

const [, , folder = "nnbook/live/vendor"] = process.argv;

/** @param {string} outdir */
function bundle(outdir) {
  return build({
    entryPoints: readdirSync(SOURCES).map((name) => `${SOURCES}/${name}`),
    bundle: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    legalComments: "eof",
    target: "es2022",
    outdir,
    metafile: true,
  });
}

/** @param {string} path  of a package */
function licence(path) {
  const { name, version } = JSON.parse(readFileSync(`${path}/package.json`, "utf8"));
  const files = readdirSync(path).filter((file) => LICENSE.test(file));
  if (files.length !== 1) throw new Error(`${path} must have one file LICENSE; got [${files}]`);
  const text = readFileSync(`${path}/${files[0]}`, "utf8").trim();
  return `${name} ${version}\n\n${text}\n`;
}

const { metafile } = await bundle(folder);
const packages = Object.values(metafile.outputs)
  .flatMap(({ inputs }) => Object.keys(inputs))
  .flatMap((path) => PACKAGE.exec(path)?.[0].slice(0, -1) ?? []);
const licences = [...new Set(packages)].sort().map(licence);
writeFileSync(`${folder}/LICENSES.txt`, licences.join(`\n${"-".repeat(80)}\n\n`));

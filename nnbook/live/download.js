/* Fetches the pinned files of Python: all at once, counting what has come, none used unchecked. */

import { bytesToHex, sha256 } from "./vendor/sha256.js";

/** @import { Failure, PinnedFile } from "./types.js" */

/** A file that can't be had: the host can't be reached, has no such file, or another one. */
export class DownloadError extends Error {
  /**
   * @param {Failure["kind"]} kind
   * @param {URL} url
   * @param {string} message
   */
  constructor(kind, url, message) {
    super(message);
    this.kind = kind;
    this.host = url.host;
    this.file = url.pathname.split("/").at(-1);
  }
}

/**
 * Fetch files and check them.
 *
 * @param {{ file: PinnedFile, url: URL }[]} wanted
 * @param {(loaded: number, total: number) => void} heard  told how many bytes travelled
 * @returns {Promise<Map<string, Uint8Array<ArrayBuffer>>>}  from the name of a file to its bytes
 */
export async function download(wanted, heard) {
  const total = wanted.reduce((sum, { file }) => sum + file.wire, 0);
  const parts = new Map();
  /** @param {string} name @param {number} size */
  const count = (name, size) => {
    parts.set(name, size);
    heard(Math.round([...parts.values()].reduce((sum, part) => sum + part, 0)), total);
  };
  const files = wanted.map(async ({ file, url }) => {
    const bytes = await checked(file, url, (share) => count(file.name, share * file.wire));
    return /** @type {const} */ ([file.name, bytes]);
  });
  return new Map(await Promise.all(files));
}

/**
 * Fetch a file from the browser's cache or its host; one that is not what it should be is asked
 * for once more, past every cache.
 *
 * @param {PinnedFile} file
 * @param {URL} url
 * @param {(share: number) => void} heard
 */
async function checked(file, url, heard) {
  for (const cache of /** @type {const} */ (["force-cache", "reload"])) {
    const bytes = await read(await ask(url, cache), url, file.bytes, heard);
    if (bytes.length === file.bytes && (await hashOf(bytes)) === file.sha256) return bytes;
  }
  throw new DownloadError("changed", url, `${url} is not the pinned file`);
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function hashOf(bytes) {
  if (!globalThis.crypto?.subtle) return bytesToHex(sha256(bytes)); // a site without HTTPS
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/**
 * @param {URL} url
 * @param {RequestCache} cache
 */
async function ask(url, cache) {
  const response = await fetch(url, { cache, credentials: "omit" }).catch((error) => {
    throw new DownloadError("network", url, `${url}: ${error.message}`);
  });
  if (!response.ok) throw new DownloadError("missing", url, `${url}: ${response.status}`);
  return response;
}

/**
 * @param {Response} response
 * @param {URL} url
 * @param {number} size
 * @param {(share: number) => void} heard
 */
async function read(response, url, size, heard) {
  const bytes = new Uint8Array(size);
  let length = 0;
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return bytes.subarray(0, length);
      if (length + value.length > size) {
        reader.cancel().catch(() => {}); // too long: another file, whose rest nobody needs
        return bytes.subarray(0, 0);
      }
      bytes.set(value, length);
      length += value.length;
      heard(length / size);
    }
  } catch (error) {
    throw new DownloadError("network", url, `${url}: ${/** @type {Error} */ (error).message}`);
  }
}

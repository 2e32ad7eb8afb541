/* Hashes of downloaded files; a page that is not served by HTTPS has no `crypto.subtle`. */

export { sha256 } from "@noble/hashes/sha2.js";
export { bytesToHex } from "@noble/hashes/utils.js";

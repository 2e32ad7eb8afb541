/* Shows on the landing page what the reader has solved, in the book and in each chapter. */

import { showProgressOfBook } from "./progress.js";
import { openStoreOfBrowser } from "./store.js";

const place = /** @type {HTMLElement | null} */ (document.querySelector("[data-nn=progress]"));
if (place)
  showProgressOfBook(place, JSON.parse(place.dataset.nnChapters ?? "[]"), openStoreOfBrowser());

/* The quiz of a built page: everything stands in its figure. */

/** @import { Stored } from "../widget/types.js" */

/** @type {Stored<object>} */
export async function open({ settings }) {
  return { settings, start: {}, send() {} };
}

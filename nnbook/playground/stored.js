/* The playground of a built page: it trains by itself, so there is nothing to ask for. */

import { addressed, startOf } from "./state.js";

/** @import { Stored } from "../widget/types.js" */
/** @import { PlaygroundSettings } from "./types.js" */

/** @type {Stored<PlaygroundSettings>} */
export async function open(place) {
  await place.near;
  return { settings: place.settings, start: addressed(startOf(place.settings.start)), send() {} };
}

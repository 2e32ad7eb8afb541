/* Goes through the places of a widget by itself: frames, steps, epochs. */

const SLOWEST_MOTION = 1000; // ms between two pictures for a reader who asks for less motion

/**
 * @typedef {object} Player
 * @property {number} place     what is shown now; setting it shows nothing
 * @property {boolean} playing
 * @property {(place: number) => void} go    show a place, and go on playing if it plays
 * @property {(place: number) => void} jump  stop, and show a place
 * @property {() => void} toggle  play from here, from the start if it is at the end; or stop
 * @property {() => void} stop
 */

/**
 * Make a player of the places 0 … `last`.
 *
 * @param {object} options
 * @param {number} options.last
 * @param {number} options.wait  milliseconds between two places
 * @param {number} [options.start]  the first place, which is not shown by the player
 * @param {(place: number) => void} options.show  called with every new place
 * @param {(playing: boolean) => void} [options.turned]  called when playing begins or ends
 * @returns {Player}
 */
export function player({ last, wait, start = 0, show, turned = () => {} }) {
  let place = start;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} wanted */
  function go(wanted) {
    place = Math.min(Math.max(wanted, 0), last);
    show(place);
  }
  function stop() {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    turned(false);
  }
  function later() {
    const pause = wantsLessMotion() ? Math.max(wait, SLOWEST_MOTION) : wait;
    timer = setTimeout(() => {
      later();
      if (place + 1 >= last) stop();
      go(place + 1);
    }, pause);
  }
  function play() {
    if (last === 0) return;
    later();
    turned(true);
    if (place >= last) go(0);
  }
  return {
    get place() {
      return place;
    },
    set place(wanted) {
      place = wanted;
    },
    get playing() {
      return timer !== undefined;
    },
    go,
    jump(wanted) {
      stop();
      go(wanted);
    },
    toggle: () => (timer === undefined ? play() : stop()),
    stop,
  };
}

function wantsLessMotion() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

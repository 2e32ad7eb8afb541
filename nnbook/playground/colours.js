/* Colours of the book's palette as numbers, for pictures that are painted pixel by pixel. */

/** @typedef {[red: number, green: number, blue: number]} Colour */

/**
 * Return a colour of the palette as the page has it now, in light or dark mode.
 *
 * @param {Element} el
 * @param {string} name
 */
export function colourOf(el, name) {
  return getComputedStyle(el).getPropertyValue(`--nn-${name}`).trim();
}

/**
 * Return the numbers of a colour as a page writes it: in hexadecimal digits, or in decimal ones.
 *
 * @param {string} text
 * @returns {Colour}
 */
export function parse(text) {
  const hex = text.match(/^#([\da-f]{3}|[\da-f]{6})$/i)?.[1];
  if (!hex) {
    const [red = 0, green = 0, blue = 0] = (text.match(/[\d.]+/g) ?? []).map(Number);
    return [red, green, blue];
  }
  const size = hex.length / 3;
  const part = (/** @type {number} */ i) => {
    const digits = hex.slice(i * size, (i + 1) * size);
    return Number.parseInt(size === 1 ? digits + digits : digits, 16);
  };
  return [part(0), part(1), part(2)];
}

/**
 * Return the colour between two: the first at 0, the second at 1.
 *
 * @param {Colour} from
 * @param {Colour} to
 * @param {number} share
 * @returns {Colour}
 */
export function between(from, to, share) {
  const part = (/** @type {0 | 1 | 2} */ i) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [part(0), part(1), part(2)];
}

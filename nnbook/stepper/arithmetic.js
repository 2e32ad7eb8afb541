/* Works out "10 × (-3) + 2" as a reader does who has only the numbers that are shown. */

const TOKEN = /\d+\.?\d*(?:e[+-]?\d+)?|\S/g;

/**
 * Return the value of a text of numbers, brackets and the signs + - × /; undefined of any other.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export function workOut(text) {
  const tokens = text.match(TOKEN) ?? [];
  let place = 0;

  function sum() {
    let value = product();
    while (tokens[place] === "+" || tokens[place] === "-") {
      const sign = tokens[place++] === "+" ? 1 : -1;
      value += sign * product();
    }
    return value;
  }
  function product() {
    let value = factor();
    while (tokens[place] === "×" || tokens[place] === "/")
      value = tokens[place++] === "×" ? value * factor() : value / factor();
    return value;
  }
  /** @returns {number} */
  function factor() {
    const token = tokens[place++];
    if (token === "-") return -factor();
    if (token !== "(") return Number(token); // NaN of a function's name, or of nothing
    const value = sum();
    return tokens[place++] === ")" ? value : Number.NaN;
  }
  const value = sum();
  return place === tokens.length && Number.isFinite(value) ? value : undefined;
}

/**
 * Return numbers between 0 and 1 that are the same in every run (Lehmer's generator).
 *
 * @param {number} count
 */
export function randomNumbers(count) {
  let state = 1984;
  return Array.from({ length: count }, () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  });
}

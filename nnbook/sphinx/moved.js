/* On a page that was divided: go on to the part that has the anchor of the address.
 *
 * The build puts the constant `nnMoved` in front of this script: the address of a page by anchor.
 */

function leadOn() {
  const anchor = decodeURIComponent(location.hash.slice(1));
  const page = Object.hasOwn(nnMoved, anchor) ? nnMoved[anchor] : undefined;
  if (page) location.replace(page + location.search + location.hash);
}

leadOn();
addEventListener("hashchange", leadOn);

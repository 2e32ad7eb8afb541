/* What every widget's script needs; it stands in front of each of them. */

/* The words of the language of the page, English if it has no others. */
const wordsFor = (all, el) => all[(el.closest("[lang]")?.lang || "en").slice(0, 2)] || all.en;

/* Make an element; an attribute that starts with "on" is a listener. */
const element = (tag, attributes = {}, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes))
    name.startsWith("on") ? node.addEventListener(name.slice(2), value) : node.setAttribute(name, value);
  node.append(...children);
  return node;
};

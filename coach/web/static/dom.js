// Builds elements. Whatever comes from a note goes in as text, never as markup.

/** Make an element: `el("p", { class: "hint", onclick: f }, "text", child)`. Children that are null are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(2).filter((child) => child != null));
  return element;
}

/** Scroll to an element and focus it, without a jump where the reader wants little motion. */
export function goTo(element, block = "center") {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block, behavior: calm ? "auto" : "smooth" });
}

/** Say something to people who listen: in the page, or in the component that `near` is in. */
export function announce(text, near = document.body) {
  near.getRootNode().getElementById("announcer").textContent = text;
}

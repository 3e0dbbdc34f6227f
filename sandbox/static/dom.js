// Elements without markup: what people wrote gets in as text only.

export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false && child !== ""));
  return made;
}

const PATHS = {
  clip: "M16.5 6.5v9a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9a1.5 1.5 0 0 1-3 0V7",
  send: "M4 12 20 4l-6 16-3.2-6.2z",
  beside: "M4 5h7v14H4zM13 5h7v14h-7z",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  away: "M8 6h10v10M18 6 6 18",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg"), path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const COLOURS = 7;

export function avatar(person) {
  const words = (person.first_name + " " + (person.last_name || "")).trim().split(/\s+/);
  const initials = words.slice(0, 2).map(word => [...word][0].toUpperCase()).join("");
  return h("span", {class: `avatar c${person.id % COLOURS}`, "aria-hidden": "true"}, initials);
}

// A dialog that says something; closes with its buttons, Escape, or a press beside it.
export function dialog(label, ...children) {
  const made = h("dialog", {"aria-label": label}, ...children);
  made.addEventListener("click", event => { if (event.target === made) made.close(); });
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return made;
}

// What opens beside a button and closes with Escape, a press elsewhere, or when the focus leaves it.
export function popup(anchor, place, label, children, {focus = true} = {}) {
  const made = h("div", {class: "popup", role: "menu", "aria-label": label}, children);
  const close = back => {
    made.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.setAttribute("aria-expanded", "false");
    if (back) anchor.focus();
  };
  const outside = event => { if (!made.contains(event.target) && !anchor.contains(event.target)) close(false); };
  made.addEventListener("keydown", event => {
    const items = [...made.querySelectorAll("button")], at = items.indexOf(document.activeElement);
    const step = {ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1}[event.key];
    if (event.key === "Escape") { event.stopPropagation(); close(true); }
    else if (step) { event.preventDefault(); items[(at + step + items.length) % items.length].focus(); }
  });
  made.addEventListener("click", event => { if (event.target.closest("button")) close(false); });
  made.addEventListener("focusout", event => { if (event.relatedTarget && made.isConnected) outside({target: event.relatedTarget}); });
  document.addEventListener("pointerdown", outside, true);
  anchor.setAttribute("aria-expanded", "true");
  place.append(made);
  if (focus) made.querySelector("button")?.focus({preventScroll: true});
  return {close, element: made};
}

export function notice(text) {
  const place = document.getElementById("notice");
  place.textContent = text;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { place.textContent = ""; }, 4000);
}

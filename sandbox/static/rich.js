// Text with Telegram's entities: offsets count UTF-16 units, as JavaScript's strings do.
import {h} from "./dom.js";
import {t} from "./words.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const SAFE = /^(https?|tg|mailto|tel):/i;

// `on` says what happens: {link(url), command(text)}. Gives back nodes.
export function rich(text, entities, on) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return within(text, 0, text.length, sorted, on);
}

function within(text, from, to, entities, on) {
  const parts = [];
  let at = from;
  entities.forEach((entity, number) => {
    const end = Math.min(to, entity.offset + entity.length);
    if (entity.offset < at || end <= entity.offset) return;
    parts.push(text.slice(at, entity.offset));
    const inside = entities.slice(number + 1).filter(other => other.offset >= entity.offset && other.offset < end);
    parts.push(marked(entity, text.slice(entity.offset, end), within(text, entity.offset, end, inside, on), on));
    at = end;
  });
  parts.push(text.slice(at, to));
  return parts.filter(part => part !== "");
}

function marked(entity, words, inside, on) {
  switch (entity.type) {
    case "text_link": return link(entity.url, inside, on);
    case "url": return link(/^\w+:/.test(words) ? words : "https://" + words, inside, on);
    case "email": return link("mailto:" + words, inside, on);
    case "phone_number": return link("tel:" + words.replace(/[^+\d]/g, ""), inside, on);
    case "bot_command": return h("button", {type: "button", class: "link", onclick: () => on.command(words)}, inside);
    case "spoiler": return spoiler(inside);
    case "expandable_blockquote": return foldable(inside);
    default: return h(TAGS[entity.type] || "span", {}, inside);
  }
}

export function link(url, inside, on) {
  if (!SAFE.test(url)) return h("span", {}, inside);
  const open = event => { if (on.link(url)) event.preventDefault(); };
  return h("a", {href: url, target: "_blank", rel: "noopener noreferrer", onclick: open}, inside);
}

function spoiler(inside) {
  const made = h("span", {class: "spoiler", role: "button", tabindex: "0", "aria-label": t("spoiler")}, inside);
  const show = event => {
    if (event.key && event.key !== "Enter") return;
    made.classList.add("shown");
    made.removeAttribute("aria-label");
  };
  made.addEventListener("click", show);
  made.addEventListener("keydown", show);
  return made;
}

function foldable(inside) {
  const made = h("blockquote", {class: "folded"}, inside);
  made.addEventListener("click", () => made.classList.toggle("folded"));
  return made;
}

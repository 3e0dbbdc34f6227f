// One message, or an album of them, as a bubble.
import {avatar, dialog, h, icon} from "./dom.js";
import {link, rich} from "./rich.js";
import {t} from "./words.js";
import {inWords, world} from "./world.js";

export const fileUrl = id => "/sandbox/files/" + encodeURIComponent(id);
const FILES = ["document", "video", "audio"];
const KINDS = ["photo", "voice", ...FILES, "sticker", "location", "contact", "poll"];

// What a message is, in a line.
export function gist(message) {
  const words = message.text || message.caption;
  const kind = KINDS.find(one => one in message);
  return words || (kind ? t(kind) : "…");
}

// `on` says what happens: link, command, press(message, button, element), more(message, element), jump(id), vote, say.
export function draw(group, on) {
  const [first, last] = [group[0], group.at(-1)];
  const mine = !first.from.is_bot;
  const worded = group.find(message => message.caption || message.text);
  const wordless = !worded && group.every(message => message.photo || message.sticker);
  const more = h("button", {type: "button", class: "more", tabindex: "-1", "aria-haspopup": "menu", "aria-label": t("actions"),
    onclick: event => on.more(last, event.currentTarget)}, "⋯");
  const bubble = h("div", {class: "bubble" + (wordless ? " wordless" : ""), oncontextmenu: event => {
    event.preventDefault();
    on.more(last, more);
  }}, quote(first, on), media(group, on), words(worded, on), meta(last), reactions(group), more);
  return h("div", {class: `message ${mine ? "mine" : "theirs"}${first.photo ? " with-photo" : ""}`, "data-id": first.message_id}, bubble, buttons(last, on));
}

function quote(message, on) {
  const to = message.reply_to_message;
  if (!to) return null;
  return h("button", {type: "button", class: "quote", onclick: () => on.jump(to.message_id)},
    h("b", {}, to.from.is_bot ? world.bot.first_name : t("you")), h("span", {}, gist(to)));
}

function words(message, on) {
  if (!message) return null;
  const text = message.text || message.caption;
  return h("div", {class: "text" + (message.has_protected_content ? " protected" : "")},
    rich(text, message.entities || message.caption_entities, on));
}

function meta(message) {
  const time = inWords(new Date(message.date * 1000), {hour: "2-digit", minute: "2-digit"});
  const read = message.update_id && message.update_id < world.taken;
  const ticks = message.from.is_bot ? null : h("span", {class: "ticks", role: "img", "aria-label": t(read ? "taken" : "sent")}, read ? "✓✓" : "✓");
  return h("span", {class: "meta"}, message.edit_date ? t("edited") + " " : "", h("time", {}, time), ticks);
}

function reactions(group) {
  const all = group.flatMap(message => Object.values(message.reactions || {}).flat()).map(one => one.emoji);
  return all.length ? h("div", {class: "reactions", "aria-label": t("reactions")}, all.map(emoji => h("span", {}, emoji))) : null;
}

function media(group, on) {
  const photos = group.filter(message => message.photo);
  const others = group.flatMap(message => KINDS.slice(1).filter(kind => message[kind]).map(kind => other(kind, message, on)));
  const tall = photos.every(({photo: [{width, height}]}) => height > width) ? " tall" : "";
  return [photos.length ? h("div", {class: `photos n${Math.min(photos.length, 4)}${tall}`}, photos.map(message => photo(message, on))) : null, ...others];
}

function photo(message, on) {
  const best = message.photo.at(-1);
  // Its size is said beforehand, so that nothing jumps when it arrives.
  const picture = () => h("img", {src: fileUrl(best.file_id), alt: message.caption || t("photo"), width: best.width, height: best.height});
  const large = () => dialog(t("photo"), h("div", {class: "large"}, picture(),
    links(message).map(url => link(url, url, {link: to => { document.querySelector("dialog")?.close(); return on.link(to); }})),
    h("form", {method: "dialog"}, h("button", {class: "primary"}, t("close")))));
  return h("button", {type: "button", class: "photo", "aria-label": t("open-photo"), onclick: large}, picture());
}

// The links of a caption: a QR code in a picture leads where the caption does.
function links(message) {
  return (message.caption_entities || []).filter(entity => entity.type === "url" || entity.type === "text_link")
    .map(entity => entity.url || message.caption.slice(entity.offset, entity.offset + entity.length));
}

function other(kind, message, on) {
  const content = message[kind];
  if (kind === "voice") return voice(content);
  if (kind === "poll") return poll(message, on);
  if (kind === "sticker") return h("div", {class: "sticker", role: "img", "aria-label": t("sticker")}, "🧩");
  if (kind === "location") return h("div", {class: "place"}, h("div", {class: "map", role: "img", "aria-label": t("location")}, "📍"),
    `${content.latitude.toFixed(4)}, ${content.longitude.toFixed(4)}`);
  if (kind === "contact") return h("div", {class: "file"}, avatar({id: content.user_id || 0, first_name: content.first_name}),
    h("span", {}, h("b", {}, content.first_name), h("small", {}, content.phone_number)));
  const name = content.file_name || t(kind);
  return h("a", {class: "file", href: fileUrl(content.file_id), download: name, title: t("download")},
    h("span", {class: "icon", "aria-hidden": "true"}, {video: "▶", audio: "♪"}[kind] || name.split(".").pop().slice(0, 4).toUpperCase()),
    h("span", {}, h("b", {}, name), h("small", {}, size(content.file_size || 0))));
}

function size(bytes) {
  const format = (value, unit) => new Intl.NumberFormat(t("locale"), {style: "unit", unit, maximumFractionDigits: 1}).format(value);
  if (bytes < 1024) return format(bytes, "byte");
  return bytes < 1 << 20 ? format(bytes / 1024, "kilobyte") : format(bytes / (1 << 20), "megabyte");
}

function voice(content) {
  const bars = [...content.file_id.slice(-28)].map(char => h("i", {class: `bar b${parseInt(char, 16) % 8 || 0}`}));
  let sound;
  const play = h("button", {type: "button", class: "icon", "aria-label": t("play"), onclick: () => {
    const stop = () => { sound = undefined; play.textContent = "▶"; play.setAttribute("aria-label", t("play")); };
    if (sound) { sound.pause(); stop(); return; }
    sound = new Audio(fileUrl(content.file_id));
    sound.onended = stop;
    play.textContent = "❚❚";
    play.setAttribute("aria-label", t("stop"));
    sound.play().catch(() => { stop(); length.textContent = t("no-sound"); });
  }}, "▶");
  const length = h("small", {}, `${Math.floor(content.duration / 60)}:${String(content.duration % 60).padStart(2, "0")}`);
  return h("div", {class: "file voice"}, play, h("span", {}, h("span", {class: "wave", "aria-hidden": "true"}, bars), length));
}

function poll(message, on) {
  const {question, options, total_voter_count: all, is_closed: closed} = message.poll;
  return h("div", {class: "poll"}, h("b", {}, question), h("small", {}, t(closed ? "closed-poll" : "open-poll")),
    options.map((option, number) => {
      const share = all ? Math.round(100 * option.voter_count / all) : 0;
      return h("button", {type: "button", disabled: closed, "aria-pressed": String(option.voter_count > 0), onclick: () => on.vote(message, number)},
        h("span", {}, option.text), all ? h("small", {}, t("votes", share)) : null, h("progress", {max: 100, value: share, "aria-hidden": "true"}));
    }));
}

function buttons(message, on) {
  const rows = message.reply_markup?.inline_keyboard || [];
  if (!rows.length) return null;
  return h("div", {class: "buttons"}, rows.map(row => h("div", {class: "row"}, row.map(button => {
    const mark = button.url ? icon("away") : button.copy_text ? icon("copy") : null;
    return h("button", {type: "button", "data-style": button.style, onclick: event => on.press(message, button, event.currentTarget)},
      button.text, mark);
  }))));
}

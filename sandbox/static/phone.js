// A phone: whose it is, the chat with the bot, and what its owner does.
import {Composer} from "./composer.js";
import {avatar, dialog, h, notice, popup} from "./dom.js";
import {draw} from "./message.js";
import {groupName, t} from "./words.js";
import {act, call, codeIn, inWords, markRead, messages, nameOf, now, unread, world} from "./world.js";

const REACTIONS = ["👍", "❤", "🔥", "🎉", "😁", "🙏"];
// So near to the end, in pixels, the chat follows what comes.
const NEAR = 120;
const ACTION_LASTS = 5000;

export class Phone {
  // `app` opens other phones: beside(id), swap(), other(phone), list(), focus(phone).
  constructor(app) {
    this.app = app;
    this.id = null;
    this.drawn = new Map(); // key of a group → {signature, element}
    this.following = true; // the end is in view, and stays so whatever grows above it
    this.top = 0; // where the chat was scrolled to when it was last looked at
    this.sizes = new ResizeObserver(() => { if (this.following) this.toEnd(); else this.scrolled(); });
    this.build();
  }

  get person() { return world.people.get(this.id); }

  build() {
    this.who = h("select", {"aria-label": t("whose"), onchange: () => this.open(Number(this.who.value))});
    this.swap = h("button", {type: "button", class: "narrow swap", onclick: () => this.app.swap()});
    this.time = h("span", {});
    this.title = h("strong", {});
    this.line = h("small", {"aria-live": "polite"});
    this.paper = h("button", {type: "button", class: "paper", onclick: () => this.slipAgain()}, t("slip-again"));
    this.log = h("div", {class: "log", role: "log", tabindex: "-1", onscroll: () => this.scrolled()});
    this.log.addEventListener("keydown", event => this.walk(event));
    this.sizes.observe(this.log);
    this.toast = h("div", {class: "toast", role: "alert"});
    this.down = h("button", {type: "button", class: "down", "aria-label": t("down"), hidden: true, onclick: () => this.toEnd("smooth")}, "⌄");
    this.composer = new Composer(this);
    this.screen = h("div", {class: "phone"},
      h("div", {class: "status", "aria-hidden": "true"}, this.time, h("span", {class: "island"}), h("span", {class: "signs"}, "▂▄▆", h("i", {}))),
      h("header", {}, h("span", {class: "avatar bot", "aria-hidden": "true"}, "🎓"), h("div", {}, this.title, this.line), this.paper),
      h("div", {class: "chat"}, this.log, this.toast, this.down), this.composer.element);
    this.element = h("section", {class: "pane"},
      h("div", {class: "whose"}, h("button", {type: "button", class: "narrow back", "aria-label": t("back"), onclick: () => this.app.list()}, "‹"), this.who, this.swap),
      this.screen);
    this.element.addEventListener("focusin", () => this.app.focus(this));
    this.element.addEventListener("pointerdown", () => this.app.focus(this));
  }

  open(id) {
    if (id === this.id) return;
    this.id = id;
    this.drawn.clear();
    this.log.replaceChildren();
    this.composer.recall();
    this.app.remember();
    this.render();
    this.toEnd();
  }

  get shown() { return this.element.offsetParent !== null; }

  render() {
    if (!this.person) return;
    this.element.setAttribute("aria-label", t("phone", nameOf(this.person)));
    this.log.setAttribute("aria-label", t("chat", nameOf(this.person)));
    this.choices();
    this.time.textContent = inWords(now(), {hour: "2-digit", minute: "2-digit"});
    this.title.textContent = world.bot.first_name;
    this.subtitle();
    this.paper.hidden = !this.person.slip || !this.person.started;
    const other = this.app.other(this);
    const waiting = other && unread(other.id);
    this.swap.hidden = !other;
    if (other) {
      this.swap.setAttribute("aria-label", t("swap", nameOf(other)) + (waiting ? ", " + t("unread", waiting) : ""));
      this.swap.replaceChildren(avatar(other), waiting ? h("b", {class: "count"}, waiting) : "");
    }
    this.messages();
    this.composer.render();
    if (this.shown && !document.hidden) markRead(this.id);
  }

  choices() {
    const groups = grouped(world.people.values());
    const signature = [...world.people.values()].map(person => [person.id, nameOf(person), person.about, unread(person.id)].join()).join("|") + this.id + t("people");
    if (this.choice === signature) return;
    this.choice = signature;
    this.who.replaceChildren(...[...groups].map(([group, people]) => h("optgroup", {label: groupName(group)}, people.map(person => {
      const waiting = person.id === this.id ? 0 : unread(person.id);
      const about = person.about ? ` · ${person.about}` : "";
      return h("option", {value: person.id, selected: person.id === this.id}, nameOf(person) + about + (waiting ? ` (${waiting})` : ""));
    }))));
    this.who.value = String(this.id);
  }

  subtitle() {
    const action = this.person.action;
    if (action !== this.action) {
      this.action = action;
      clearTimeout(this.quiet);
      this.acting = Boolean(action);
      if (action) this.quiet = setTimeout(() => { this.acting = false; this.subtitle(); }, ACTION_LASTS);
    }
    this.line.textContent = t(!world.online ? "offline" : this.acting ? (action === "typing" ? "typing" : "uploading") : "bot");
    this.line.classList.toggle("busy", this.acting || !world.online);
  }

  // Messages

  messages() {
    const all = messages(this.id), elements = [], kept = new Map();
    let day = "";
    for (const group of together(all)) {
      const date = inWords(new Date(group[0].date * 1000), {day: "numeric", month: "long", year: "numeric"});
      if (date !== day) elements.push(this.piece(kept, "day" + date, [date], () => h("div", {class: "day"}, h("span", {}, this.day(group[0].date)))));
      day = date;
      const taken = group.at(-1).update_id < world.taken;
      elements.push(this.piece(kept, group[0].message_id, [...group, taken, t("title"), world.clock.zone], () => draw(group, this.on())));
    }
    if (!all.length) elements.push(this.empty(kept));
    this.drawn = kept;
    const was = [...this.log.children];
    if (was.length !== elements.length || was.some((element, at) => element !== elements[at])) {
      arrange(this.log, elements);
      const mine = all.length && !all.at(-1).from.is_bot;
      if (this.following || mine) this.toEnd();
      else this.scrolled();
    }
  }

  // Draws only what is not drawn already.
  piece(kept, key, signature, make) {
    const old = this.drawn.get(key);
    const same = old && old.signature.length === signature.length && old.signature.every((part, at) => part === signature[at]);
    const piece = same ? old : {signature, element: make()};
    if (!same) this.sizes.observe(piece.element);
    kept.set(key, piece);
    return piece.element;
  }

  day(seconds) {
    const date = new Date(seconds * 1000), full = {day: "numeric", month: "long", year: "numeric"};
    if (inWords(date, full) === inWords(now(), full)) return t("today");
    return inWords(date, inWords(date, {year: "numeric"}) === inWords(now(), {year: "numeric"}) ? {day: "numeric", month: "long"} : full);
  }

  empty(kept) {
    const {slip, started} = this.person;
    return this.piece(kept, "empty", [slip, started, world.bot.description, t("title")], () => {
      if (slip && !started) return this.slip(() => this.start(codeIn(slip)));
      return h("div", {class: "hello"}, h("b", {}, t(started ? "empty" : world.bot.description ? "what-bot" : "press-start")), started ? null : world.bot.description);
    });
  }

  slip(onclick) {
    const {slip} = this.person;
    return h("div", {class: "slip"}, h("b", {}, t("slip-title")),
      h("button", {type: "button", class: "photo", "aria-label": t("slip-open"), onclick},
        h("img", {src: "/sandbox/qr?text=" + encodeURIComponent(slip), alt: slip, width: 200, height: 200})),
      h("p", {}, t("slip-text")), h("button", {type: "button", class: "primary", onclick}, t("slip-open")));
  }

  // A slip of paper does not vanish when its code has been used.
  slipAgain() {
    const made = dialog(t("slip-title"), this.slip(() => { made.close(); this.start(codeIn(this.person.slip)); }));
  }

  on() {
    return {
      link: url => this.link(url),
      command: text => this.say({text}),
      press: (message, button, element) => this.press(message, button, element),
      more: (message, element) => this.more(message, element),
      jump: id => this.jump(id),
      vote: (message, number) => act(`users/${this.id}/vote`, {message_id: message.message_id, options: [number]}),
    };
  }

  // What the owner does

  say(content) { return act(`users/${this.id}/send`, content); }

  start(code) { return act(`users/${this.id}/start`, code ? {code} : {}); }

  link(url) {
    const code = codeIn(url);
    if (!code) return false;
    const asNew = async () => {
      made.close();
      const person = await call("users", {first_name: t("stranger"), group: "stranger"});
      await act(`users/${person.id}/start`, {code});
      this.app.beside(person.id);
    };
    const asMe = () => { made.close(); this.start(code); };
    const made = dialog(t("invitation"), h("h2", {}, t("invitation")), h("p", {}, t("invitation-text")),
      h("button", {type: "button", class: "primary", onclick: asNew}, t("as-new")),
      h("button", {type: "button", onclick: asMe}, t("as-me", nameOf(this.person))));
    return true;
  }

  async press(message, button, element) {
    if (button.url) {
      if (!this.link(button.url)) window.open(button.url, "_blank", "noopener");
    } else if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      this.tell(t("copied"));
    } else if (button.callback_data) {
      element.classList.add("waiting");
      try {
        const answer = await call(`users/${this.id}/press`, {message_id: message.message_id, data: button.callback_data});
        if (answer.status !== "answered") this.tell(t("silent"));
        else if (answer.text && answer.show_alert) this.alert(answer.text);
        else if (answer.text) this.tell(answer.text);
      } catch { /* said already */ } finally { element.classList.remove("waiting"); }
    }
  }

  tell(text) {
    this.toast.textContent = text;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.toast.textContent = ""; }, 4000);
  }

  alert(text) {
    dialog(world.bot.first_name, h("p", {class: "alert"}, text), h("form", {method: "dialog"}, h("button", {class: "primary"}, t("ok"))));
  }

  more(message, anchor) {
    const item = (label, act) => h("button", {type: "button", role: "menuitem", onclick: act}, label);
    const text = message.text || message.caption;
    const react = emoji => {
      const mine = message.reactions?.user?.[0]?.emoji;
      act(`users/${this.id}/react`, {message_id: message.message_id, emoji: mine === emoji ? "" : emoji});
    };
    const bubble = anchor.closest(".bubble");
    popup(anchor, bubble, t("actions"), [
      h("div", {class: "emoji"}, REACTIONS.map(emoji => h("button", {type: "button", role: "menuitem", "aria-label": t("react", emoji), onclick: () => react(emoji)}, emoji))),
      item(t("reply"), () => this.composer.answer(message)),
      message.from.is_bot || !message.text ? null : item(t("edit"), () => this.composer.correct(message)),
      text && !message.has_protected_content ? item(t("copy"), () => navigator.clipboard.writeText(text).then(() => notice(t("copied")))) : null,
    ]).element.scrollIntoView({block: "nearest"});
  }

  jump(id) {
    const group = [...this.log.children].findLast(element => Number(element.dataset.id) <= id);
    group?.scrollIntoView({block: "center", behavior: "smooth"});
    group?.classList.add("found");
    setTimeout(() => group?.classList.remove("found"), 1500);
  }

  // Arrows go from message to message, when one is focused.
  walk(event) {
    const step = {ArrowUp: -1, ArrowDown: 1}[event.key];
    if (!step || event.target.closest(".popup, .buttons, .poll")) return;
    const all = [...this.log.querySelectorAll(".more")], at = all.indexOf(event.target);
    const next = at < 0 ? all.at(-1) : all[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus({preventScroll: true});
    next.closest(".message").scrollIntoView({block: "nearest"});
  }

  toEnd(behavior = "instant") {
    this.following = true;
    this.log.scrollTo({top: this.log.scrollHeight, behavior});
    this.scrolled();
  }

  scrolled() {
    if (!this.shown) return; // what is hidden has no height
    const {scrollTop, scrollHeight, clientHeight} = this.log;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    // Only going up leaves the end: a photo that loads moves the end away too, maybe before an earlier scroll is told of.
    this.following = near || (this.following && scrollTop >= this.top);
    this.top = scrollTop;
    this.down.hidden = this.following;
  }
}

export const grouped = people => [...people].reduce((groups, person) => groups.set(person.group, [...(groups.get(person.group) || []), person]), new Map());

// Messages, those of an album together.
function together(all) {
  const groups = [];
  for (const message of all) {
    const last = groups.at(-1);
    if (last && message.media_group_id && message.media_group_id === last[0].media_group_id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

// Brings the children into this order, without touching those that stand right: what has the focus keeps it.
function arrange(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  elements.forEach((element, at) => { if (parent.children[at] !== element) parent.insertBefore(element, parent.children[at] || null); });
}


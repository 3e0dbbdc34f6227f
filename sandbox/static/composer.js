// The lower edge of a phone: what is being written, the menu of commands, the reply keyboard, files.
import {h, icon, notice, popup} from "./dom.js";
import {gist} from "./message.js";
import {t} from "./words.js";
import {act, nameOf} from "./world.js";

const LIMIT = 20 * 1024 * 1024;
// So many photos make an album.
const ALBUM = 10;

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.about = null; // {message, edit}: what is answered or corrected
    this.input = h("textarea", {rows: 1, placeholder: t("message"), "aria-label": t("message"), oninput: () => this.grow(), onkeydown: event => this.key(event)});
    this.file = h("input", {type: "file", multiple: true, hidden: true, onchange: () => this.files()});
    this.menu = h("button", {type: "button", class: "menu", "aria-label": t("menu"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.commands("")}, h("span", {"aria-hidden": "true"}, "☰"), h("span", {class: "word"}, t("menu")));
    this.clip = h("button", {type: "button", class: "round", "aria-label": t("attach"), "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.attach()}, icon("clip"));
    this.keys = h("button", {type: "button", class: "round", "aria-label": t("keyboard"), hidden: true, onclick: () => { this.folded = !this.folded; this.render(); }}, "⌨");
    this.form = h("form", {onsubmit: event => { event.preventDefault(); this.send(); }}, this.menu, this.clip, this.input, this.keys,
      h("button", {class: "round send", "aria-label": t("send")}, icon("send")), this.file);
    this.above = h("div", {class: "above", hidden: true});
    this.keyboard = h("div", {class: "keyboard", hidden: true});
    this.big = h("button", {type: "button", class: "big", hidden: true, onclick: () => this.begin()});
    this.element = h("footer", {}, this.above, this.form, this.keyboard, this.big);
  }

  reset() {
    this.about = null;
    this.folded = false;
    this.input.value = "";
    this.grow();
  }

  // Another owner, or the page again: what they had begun to write.
  recall() {
    this.about = null;
    this.folded = false;
    this.list?.close(false);
    this.input.value = sessionStorage.getItem(this.draft) || "";
    this.fit();
  }

  get draft() { return "draft" + this.phone.id; }

  render() {
    const {started, blocked, commands, keyboard, slip} = this.phone.person;
    const silent = !started || blocked;
    this.form.hidden = silent;
    this.big.hidden = !silent || (slip && !started);
    this.big.textContent = t(blocked ? "restart" : "start");
    this.menu.hidden = !commands.length;
    const rows = silent ? [] : keyboard?.keyboard || [];
    this.keys.hidden = !rows.length;
    this.keyboard.hidden = !rows.length || this.folded;
    if (this.rows !== rows) this.keyboard.replaceChildren(...rows.map(row => h("div", {class: "row"}, row.map(key =>
      h("button", {type: "button", onclick: () => this.tap(key)}, key.text ?? key)))));
    this.rows = rows;
    this.input.placeholder = keyboard?.input_field_placeholder || t("message");
    this.above.hidden = !this.about;
    if (this.about) this.above.replaceChildren(
      h("span", {}, h("b", {}, t(this.about.edit ? "editing" : "replying")), h("span", {}, gist(this.about.message))),
      h("button", {type: "button", class: "round", "aria-label": t("discard"), onclick: () => this.discard()}, "✕"));
  }

  begin() {
    const {blocked, id} = this.phone.person;
    if (blocked) act(`users/${id}/block`, {blocked: false});
    this.phone.start();
  }

  tap(key) {
    if (key.request_contact) return this.phone.say({contact: this.contact()});
    if (key.request_location) return this.phone.say({location: {}});
    return this.phone.say({text: key.text ?? key});
  }

  contact() {
    const {id} = this.phone.person;
    return {phone_number: "+7 900 " + String(id % 10 ** 7).padStart(7, "0"), first_name: nameOf(this.phone.person), user_id: id};
  }

  // Writing

  answer(message) { this.take(message, false, ""); }

  correct(message) { this.take(message, true, message.text); }

  take(message, edit, text) {
    this.about = {message, edit};
    this.input.value = text;
    this.render();
    this.grow();
    this.input.focus();
  }

  discard() {
    if (this.about?.edit) this.input.value = "";
    this.about = null;
    this.grow();
    this.render();
    this.input.focus();
  }

  fit() {
    this.input.style.height = "";
    if (this.input.value && this.phone.shown) this.input.style.height = `${this.input.scrollHeight}px`;
  }

  grow() {
    this.fit();
    if (!this.about?.edit) sessionStorage.setItem(this.draft, this.input.value);
    if (this.input.value.startsWith("/") && !this.input.value.includes(" ")) this.commands(this.input.value.slice(1));
    else this.list?.close(false);
  }

  key(event) {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
    else if (event.key === "Escape" && this.list?.element.isConnected) this.list.close(false);
    else if (event.key === "Escape" && this.about) this.discard();
    else if (event.key === "ArrowDown" && this.list?.element.isConnected) { event.preventDefault(); this.list.element.querySelector("button").focus(); }
  }

  async send() {
    const text = this.input.value.trim(), about = this.about;
    if (!text) return;
    this.reset();
    this.render();
    const around = about && {[about.edit ? "edit_of" : "reply_to"]: about.message.message_id};
    if (!await this.phone.say({text, ...around})) { this.input.value = text; this.grow(); }
  }

  // Commands that begin so; the focus stays where one writes.
  commands(beginning) {
    const open = this.list?.element.isConnected, typed = document.activeElement === this.input;
    if (open) this.list.close(false);
    if (open && !typed) return;
    const found = this.phone.person.commands.filter(one => one.command.startsWith(beginning));
    if (!found.length) return;
    this.list = popup(this.menu, this.element, t("menu"), found.map(one => h("button", {type: "button", role: "menuitem", onclick: () => {
      this.input.value = "";
      this.grow();
      this.phone.say({text: "/" + one.command});
      this.input.focus();
    }}, h("span", {}, one.description), h("small", {}, "/" + one.command))), {focus: !typed});
    this.list.element.classList.add("commands");
  }

  // Files

  attach() {
    const item = (mark, label, act) => h("button", {type: "button", role: "menuitem", onclick: act}, h("span", {"aria-hidden": "true"}, mark), h("span", {}, t(label)));
    const say = content => () => this.phone.say(content);
    popup(this.clip, this.element, t("attach"), [
      item("💻", "from-computer", () => this.file.click()),
      item("🖼", "sample-photo", say({photo: true})), item("🎞", "sample-album", say({media_group: [{photo: true}, {photo: true}, {photo: true}]})),
      item("📄", "sample-document", say({document: true})), item("🎤", "sample-voice", say({voice: true, duration: 7})),
      item("👤", "own-contact", () => this.phone.say({contact: this.contact()})),
      item("📍", "own-location", say({location: {latitude: 55.04, longitude: 73.36}}))]).element.classList.add("attach");
  }

  async files() {
    const chosen = [...this.file.files], caption = this.input.value.trim();
    this.file.value = "";
    if (chosen.some(file => file.size > LIMIT)) return notice(t("too-big"));
    const contents = await Promise.all(chosen.map(async file => ({[kindOf(file)]: await base64(file), name: file.name})));
    if (!contents.length) return undefined;
    if (caption) Object.assign(contents[0], {caption});
    this.reset();
    const album = contents.length > 1 && contents.length <= ALBUM && new Set(chosen.map(kindOf)).size === 1;
    if (album) return this.phone.say({media_group: contents});
    for (const content of contents) await this.phone.say(content);
    return undefined;
  }
}

function kindOf(file) {
  if (/^image\/(png|jpeg)$/.test(file.type)) return "photo";
  return file.type.startsWith("audio/ogg") ? "voice" : "document";
}

function base64(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}

// The page: two phones side by side where there is room, one at a time where not.
import {Phone} from "./phone.js";
import {Side} from "./side.js";
import {language, speak, t} from "./words.js";
import {connect, unread, watch, world} from "./world.js";

const place = document.getElementById("phones"), skip = document.getElementById("skip"), narrow = matchMedia("(max-width: 760px)"), one = matchMedia("(max-width: 1120px)");

const app = {
  phones: [],
  active: 0, // the phone that was touched last

  rebuild() {
    document.title = t("title");
    skip.textContent = t("skip");
    const ids = this.phones.map(phone => phone.id);
    this.phones = [new Phone(this), new Phone(this)];
    place.replaceChildren(...this.phones.map(phone => phone.element));
    this.side = new Side(this, document.getElementById("side"));
    this.focus(this.phones[this.active]);
    this.phones.forEach((phone, at) => { if (ids[at]) phone.open(ids[at]); });
    this.render();
  },

  people() { return this.phones.map(phone => phone.id).filter(Boolean); },
  current() { return this.phones[this.active].id; },
  other(phone) { return world.people.get(this.phones[1 - this.phones.indexOf(phone)].id); },

  focus(phone) {
    this.active = this.phones.indexOf(phone);
    this.phones.forEach((each, at) => each.element.classList.toggle("active", at === this.active));
    if (this.side) this.side.render();
  },

  // Opens somebody's phone in the place of the one in use.
  open(id) { this.take(id, this.phones[this.active]); },

  // Opens it in the other place, or where it is already.
  beside(id) { this.take(id, this.phones[1 - this.active]); },
  show(id) { if (this.people().includes(id)) this.take(id, this.phones.find(phone => phone.id === id)); else this.open(id); },

  take(id, phone) {
    const there = this.phones.find(each => each.id === id) || phone;
    this.focus(there);
    this.view("chat");
    there.open(id);
    this.render();
    if (!narrow.matches) there.composer.input.focus({preventScroll: true});
  },

  swap() {
    this.focus(this.phones[1 - this.active]);
    this.render();
    this.phones[this.active].toEnd();
  },

  list() { this.view("list"); this.side.element.querySelector("[aria-selected=true]").focus(); },
  view(name) { document.body.dataset.view = name; },

  remember() { sessionStorage.setItem("phones", JSON.stringify(this.phones.map(phone => phone.id))); },

  // Whoever was open; else those whom the tour begins with, else anybody.
  begin() {
    const kept = JSON.parse(sessionStorage.getItem("phones") || "[]"), toured = world.tours.map(tour => tour.steps[0].person);
    const ids = new Set([...kept, ...toured, ...world.people.keys()].filter(id => world.people.has(id)));
    [...ids].slice(0, 2).forEach((id, at) => this.phones[at].open(id));
  },

  render() {
    if (!world.people.size) return;
    if (!this.people().length) this.begin();
    for (const phone of this.phones) {
      phone.element.hidden = !phone.person;
      phone.render();
    }
    this.side.render();
    const waiting = [...world.people.keys()].reduce((sum, id) => sum + unread(id), 0);
    document.title = (waiting ? `(${waiting}) ` : "") + t("title");
  },
};

speak(language);
document.body.dataset.view = "list";
app.rebuild();
skip.addEventListener("click", event => {
  event.preventDefault();
  app.view("chat");
  const {composer, log} = app.phones[app.active];
  (composer.form.hidden ? log : composer.input).focus();
});
watch(() => app.render());
setInterval(() => app.render(), 10_000); // the clocks
one.addEventListener("change", () => app.render());
document.addEventListener("visibilitychange", () => app.render());
connect();

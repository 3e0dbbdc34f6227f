// The panel beside the phones: people, the guided tour, the clock and what goes wrong.
import {avatar, h, icon, notice} from "./dom.js";
import {grouped} from "./phone.js";
import {groupName, inLanguage, language, speak, t} from "./words.js";
import {act, call, inWords, messages, nameOf, now, unread, world} from "./world.js";

const TABS = ["people", "tour", "time"];
const DARK = matchMedia("(prefers-color-scheme: dark)");
const SIGNS = {auto: "◐", light: "☀", dark: "☾"};
// The faults behind a line to Telegram that is slow, or gone; for as long as the switch says so.
const LINES = {good: null, slow: {kind: "slow", seconds: 2}, none: {kind: "drop"}};
const FOREVER = 10 ** 9;

export class Side {
  // `app` knows the phones: open(id), beside(id), people() on display, current().
  constructor(app, element) {
    this.app = app;
    this.element = element;
    this.tab = "people";
    this.role = 0;
    this.theme = localStorage.getItem("theme") || "auto";
    this.build();
    this.paint();
    DARK.onchange = () => this.paint();
  }

  build() {
    const tab = name => h("button", {type: "button", role: "tab", id: `tab-${name}`, "aria-controls": `panel-${name}`,
      onclick: () => this.show(name), onkeydown: event => this.step(event)}, t(name));
    this.tabs = TABS.map(tab);
    this.panels = {people: this.peoplePanel(), tour: this.tourPanel(), time: this.timePanel()};
    this.themeButton = h("button", {type: "button", class: "round theme", onclick: () => this.turnTheme()});
    const other = language === "ru" ? "en" : "ru";
    this.element.setAttribute("aria-label", t("title"));
    this.element.replaceChildren(
      h("header", {}, h("div", {}, h("h1", {}, t("title")), h("small", {}, t("subtitle"))), this.themeButton,
        h("button", {type: "button", class: "round", lang: other, "aria-label": t("other-language"), title: t("other-language"),
          onclick: () => { speak(other); this.app.rebuild(); }}, other.toUpperCase())),
      h("div", {class: "tabs", role: "tablist"}, this.tabs),
      ...TABS.map(name => h("div", {id: `panel-${name}`, role: "tabpanel", "aria-labelledby": `tab-${name}`}, this.panels[name])));
    this.show(this.tab);
  }

  show(name) {
    this.tab = name;
    this.tabs.forEach((tab, at) => {
      const chosen = TABS[at] === name;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
      this.element.querySelector(`#panel-${TABS[at]}`).hidden = !chosen;
    });
    this.render();
    if (name === "time") this.jumps();
  }

  step(event) {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const there = this.tabs.filter(tab => !tab.hidden);
    const next = there.at((there.indexOf(event.target) + step) % there.length);
    this.show(TABS[this.tabs.indexOf(next)]);
    next.focus();
  }

  // From the system's to the other one, so that the first press is seen; then to this one, then as the system again.
  turnTheme() {
    const [system, other] = DARK.matches ? ["dark", "light"] : ["light", "dark"];
    this.theme = {auto: other, [other]: system, [system]: "auto"}[this.theme];
    localStorage.setItem("theme", this.theme);
    this.paint();
  }

  paint() {
    const label = t("theme-" + this.theme);
    this.themeButton.textContent = SIGNS[this.theme];
    this.themeButton.title = label;
    this.themeButton.setAttribute("aria-label", label);
    document.documentElement.dataset.theme = this.theme !== "auto" ? this.theme : DARK.matches ? "dark" : "light";
  }

  render() {
    this.tabs[TABS.indexOf("tour")].hidden = !world.tours.length;
    ({people: () => this.people(), tour: () => this.tour(), time: () => this.time()})[this.tab]();
  }

  // People

  peoplePanel() {
    this.find = h("input", {type: "search", placeholder: t("find"), "aria-label": t("find"), oninput: () => this.people()});
    this.list = h("div", {class: "people"});
    const name = h("input", {placeholder: t("new-person"), "aria-label": t("new-name"), required: true});
    const add = async event => {
      event.preventDefault();
      const person = await call("users", {first_name: name.value.trim(), group: "stranger"});
      name.value = "";
      this.app.open(person.id);
    };
    return h("div", {class: "panel"}, this.find, this.list,
      h("form", {class: "new", onsubmit: add}, name, h("button", {"aria-label": t("add"), title: t("add")}, "+")));
  }

  people() {
    const wanted = this.find.value.trim().toLowerCase(), shown = this.app.people();
    const found = [...world.people.values()].filter(person => `${nameOf(person)} ${person.about}`.toLowerCase().includes(wanted));
    const signature = JSON.stringify([found.map(person => [person.id, nameOf(person), person.about, person.blocked, unread(person.id), messages(person.id).at(-1)?.date]), shown, this.app.current()]);
    if (this.signature === signature) return;
    this.signature = signature;
    const focused = document.activeElement?.dataset?.focus;
    this.list.replaceChildren(...[...grouped(found)].map(([group, people]) => h("section", {}, h("h2", {}, groupName(group)), people.map(person => this.row(person, shown)))));
    if (focused) this.list.querySelector(`[data-focus="${focused}"]`)?.focus();
  }

  row(person, shown) {
    const waiting = unread(person.id), last = messages(person.id).at(-1);
    const current = person.id === this.app.current();
    return h("div", {class: "person" + (shown.includes(person.id) ? " shown" : "") + (current ? " current" : "")},
      h("button", {type: "button", class: "who", "data-focus": `who${person.id}`, "aria-current": current ? "true" : null, onclick: () => this.app.open(person.id)},
        avatar(person),
        h("span", {class: "names"}, h("b", {}, nameOf(person)), h("small", {}, person.blocked ? t("blocked-mark") : person.about)),
        h("span", {class: "side"}, last ? h("time", {}, inWords(new Date(last.date * 1000), {hour: "2-digit", minute: "2-digit"})) : null,
          waiting ? h("b", {class: "count", "aria-label": t("unread", waiting)}, waiting) : null)),
      shown.includes(person.id) ? null : h("button", {type: "button", class: "beside wide", "data-focus": `beside${person.id}`, "aria-label": `${t("beside")}: ${nameOf(person)}`, title: t("beside"),
        onclick: () => this.app.beside(person.id)}, icon("beside")));
  }

  // The guided tour

  tourPanel() { return (this.tourBox = h("div", {class: "panel tour"})); }

  tour() {
    const tours = world.tours, signature = JSON.stringify([tours, this.role]);
    if (this.toured === signature || !tours.length) return;
    this.toured = signature;
    const chosen = tours[this.role] || tours[0], done = chosen.steps.filter(step => step.done).length;
    const next = chosen.steps.findIndex(step => !step.done);
    const roles = h("div", {class: "choice", role: "group"}, tours.map((tour, number) => h("button", {type: "button", "aria-pressed": String(tour === chosen),
      onclick: () => { this.role = number; this.tour(); }}, inLanguage(tour.name))));
    const steps = chosen.steps.map((step, number) => h("li", {class: step.done ? "done" : number === next ? "next" : "", "aria-current": number === next ? "step" : null},
      h("span", {class: "tick", role: "img", "aria-label": step.done ? t("step-done") : String(number + 1)}, step.done ? "✓" : number + 1),
      h("div", {}, h("b", {}, inLanguage(step.title)), number === next ? h("p", {}, inLanguage(step.hint)) : null,
        number === next ? this.phoneFor(step) : null)));
    this.tourBox.replaceChildren(h("p", {class: "help"}, t("tour-help")), roles,
      h("div", {class: "progress"}, h("progress", {max: chosen.steps.length, value: done, "aria-label": inLanguage(chosen.name)}), h("small", {}, t("tour-step", done, chosen.steps.length))),
      h("ol", {}, steps), next < 0 ? h("p", {class: "finished"}, "🎉 ", t("tour-done")) : "",
      done ? h("button", {type: "button", class: "link again", onclick: () => act("tours", {})}, t("tour-again")) : "");
  }

  phoneFor(step) {
    const person = world.people.get(step.person);
    return person && h("button", {type: "button", class: "primary", onclick: () => this.app.show(person.id)}, `${t("tour-phone")}: ${nameOf(person)}`);
  }

  // Time, and what goes wrong

  timePanel() {
    this.date = h("div", {class: "date"});
    this.clock = h("div", {class: "clock"});
    this.ahead = h("small", {});
    this.jumpRows = h("div", {class: "jumps"});
    this.moment = h("input", {type: "datetime-local", "aria-label": t("free"), required: true});
    const free = event => { event.preventDefault(); this.moveTo(inZone(this.moment.value)); };
    this.line = h("div", {class: "choice", role: "group", "aria-label": t("network")}, Object.keys(LINES).map(name =>
      h("button", {type: "button", "data-line": name, onclick: () => this.setLine(name)}, t("network-" + name))));
    this.blocks = h("div", {class: "blocks"});
    return h("div", {class: "panel time"},
      h("section", {class: "card now"}, h("small", {}, t("clock-now")), this.clock, this.date, this.ahead),
      h("section", {}, h("p", {class: "help"}, t("clock-help")), this.jumpRows, h("form", {class: "free", onsubmit: free}, this.moment, h("button", {}, t("move")))),
      h("section", {}, h("h2", {}, t("network")), this.line, h("p", {class: "help"}, t("network-help"))),
      h("section", {}, h("h2", {}, t("blocking")), this.blocks, h("p", {class: "help"}, t("blocking-help"))));
  }

  time() {
    const at = now();
    this.clock.textContent = inWords(at, {hour: "2-digit", minute: "2-digit"});
    this.date.textContent = inWords(at, {weekday: "long", day: "numeric", month: "long", year: "numeric"});
    this.ahead.textContent = ahead(world.clock.offset_seconds);
    const line = world.faults.includes("drop") ? "none" : world.faults.includes("slow") ? "slow" : "good";
    for (const button of this.line.children) button.setAttribute("aria-pressed", String(button.dataset.line === line));
    const people = this.app.people().map(id => world.people.get(id)).filter(Boolean);
    const signature = JSON.stringify(people.map(person => [person.id, nameOf(person), person.blocked]));
    if (this.blocked === signature) return;
    this.blocked = signature;
    this.blocks.replaceChildren(...people.map(person => h("button", {type: "button", role: "switch", "aria-checked": String(person.blocked), class: "switch", "data-person": person.id,
      onclick: () => act(`users/${person.id}/block`, {blocked: !person.blocked})}, avatar(person), h("span", {}, nameOf(person)), h("i", {}))));
  }

  async jumps() {
    const {jumps} = await call("clock");
    this.moment.value = jumps.working_day.slice(0, 16);
    const sooner = (one, other) => new Date(jumps[one]) - new Date(jumps[other]);
    this.jumpRows.replaceChildren(...Object.keys(jumps).sort(sooner).map(name => {
      const at = new Date(jumps[name]), year = date => inWords(date, {year: "numeric"});
      const far = year(at) === year(now()) ? {weekday: "short"} : {year: "numeric"};
      return h("button", {type: "button", "data-jump": name, onclick: () => this.moveTo(at)}, h("span", {}, t("jump-" + name)),
        h("small", {}, inWords(at, {...far, day: "numeric", month: "short", hour: "2-digit", minute: "2-digit"})));
    }));
  }

  async moveTo(at) {
    if (at <= now()) return notice(t("too-early"));
    const clock = await call("clock", {at: at.toISOString()});
    notice(t("moved", inWords(new Date(clock.now), {weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit"})));
    return this.jumps();
  }

  async setLine(name) {
    await call("faults", undefined, "DELETE");
    if (LINES[name]) await call("faults", {...LINES[name], count: FOREVER});
  }
}

function ahead(seconds) {
  if (Math.abs(seconds) < 60) return t("clock-real");
  if (seconds < 0) return t("clock-moved");
  const minutes = Math.round(seconds / 60), days = Math.floor(minutes / 1440), hours = Math.floor(minutes / 60) % 24;
  const parts = [days && t("days", days), hours && t("hours", hours), !days && !hours && t("minutes", minutes)];
  return t("clock-ahead", parts.filter(Boolean).join(" "));
}

// The moment that the clocks of the school's zone show so: found by asking what they show.
function inZone(local) {
  const asked = new Date(local + "Z");
  const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", {timeZone: world.clock.zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit"})
    .formatToParts(asked).map(part => [part.type, part.value]));
  const shown = new Date(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}Z`);
  return new Date(asked.getTime() - (shown - asked));
}

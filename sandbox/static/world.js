// What the sandbox tells: one stream of server-sent events, and requests to its people side.
import {notice} from "./dom.js";
import {t} from "./words.js";

export const world = {
  online: false,
  bot: {first_name: "", username: ""},
  clock: {offset_seconds: 0, zone: "UTC"},
  faults: [],
  taken: 0,
  tours: [],
  people: new Map(),
  chats: new Map(), // person's id → Map of message id → message
};
const watchers = [];

export function watch(look) { watchers.push(look); }
export function tell() { for (const look of watchers) look(); }

export function connect() {
  const source = new EventSource("/sandbox/stream");
  source.onmessage = event => { take(JSON.parse(event.data)); };
  source.onerror = () => { world.online = false; tell(); };
}

function take(news) {
  if (news.whole) {
    world.people.clear();
    world.chats.clear();
    forgetUnless(news.whole);
  }
  for (const name of ["bot", "clock", "faults", "taken", "tours"]) if (name in news) world[name] = news[name];
  for (const person of news.people || []) world.people.set(person.id, person);
  for (const message of news.messages || []) {
    const chat = world.chats.get(message.chat.id) || new Map();
    world.chats.set(message.chat.id, chat.set(message.message_id, message));
  }
  world.online = true;
  tell();
}

export async function call(path, body, method = body ? "POST" : "GET") {
  const options = {method, headers: {"content-type": "application/json"}, body: body && JSON.stringify(body)};
  try {
    const answer = await fetch("/sandbox/" + path, options);
    const data = await answer.json();
    if (!answer.ok) throw new Error(data.error);
    return data;
  } catch (error) {
    notice(error instanceof TypeError ? t("no-answer") : error.message);
    throw error;
  }
}

// Press or write without waiting for more: what went wrong has been said.
export const act = (path, body) => call(path, body).catch(() => undefined);

// Time, as the people of the sandbox have it.

export const now = () => new Date(Date.now() + world.clock.offset_seconds * 1000);

const formats = new Map(); // making one costs far more than using it

export function inWords(date, options) {
  const key = [t("locale"), world.clock.zone, JSON.stringify(options)].join();
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(t("locale"), {timeZone: world.clock.zone, ...options}));
  return formats.get(key).format(date);
}

// What is read: the last message seen of each person, for as long as this tab is open.

let read = new Map(), born = 0;

function forgetUnless(same) {
  const kept = JSON.parse(sessionStorage.getItem("read") || "{}");
  [read, born] = [new Map(kept.born === same ? kept.read : []), same];
}

export const messages = id => [...(world.chats.get(id)?.values() || [])].filter(message => !message.deleted);

export function unread(id) {
  return messages(id).filter(message => message.from.is_bot && message.message_id > (read.get(id) || 0)).length;
}

export function markRead(id) {
  const last = messages(id).at(-1)?.message_id || 0;
  if (last <= (read.get(id) || 0)) return;
  read.set(id, last);
  sessionStorage.setItem("read", JSON.stringify({born, read: [...read]}));
}

export const nameOf = person => [person.first_name, person.last_name].filter(Boolean).join(" ");

const INVITATION = /^(?:https?:\/\/t\.me\/(\w+)\?start=([\w-]+)|tg:\/\/resolve\?domain=(\w+)&start=([\w-]+))$/;

// The code of a link that opens this bot, or undefined.
export function codeIn(url) {
  const found = INVITATION.exec(url || "");
  return found && (found[1] || found[3]).toLowerCase() === world.bot.username.toLowerCase() ? found[2] || found[4] : undefined;
}

// What the page says, in Russian and English.

const RU = {
  "locale": "ru-RU",
  "title": "Учебный Телеграм",
  "subtitle": "Всё на этом компьютере, ничего не уходит в интернет",
  "people": "Люди", "tour": "Экскурсия", "time": "Время и связь",
  "theme-auto": "Тема: как в системе", "theme-light": "Тема: светлая", "theme-dark": "Тема: тёмная",
  "other-language": "English",
  "group-director": "Руководство", "group-teachers": "Учителя и специалисты", "group-guardians": "Родители",
  "group-stranger": "Гости", "group-": "Люди",
  "find": "Найти человека", "new-person": "Новый человек", "new-name": "Имя нового человека", "add": "Добавить",
  "beside": "Открыть рядом", "unread": n => `непрочитанных: ${n}`, "blocked-mark": "заблокировал(а) бота",
  "whose": "Чей это телефон", "back": "К списку людей", "skip": "К чату", "swap": name => `Другой телефон: ${name}`,
  "bot": "бот", "typing": "печатает…", "uploading": "отправляет файл…", "offline": "нет связи с песочницей…",
  "chat": name => `Чат с ботом: ${name}`, "phone": name => `Телефон: ${name}`,
  "menu": "Меню", "attach": "Прикрепить", "message": "Сообщение", "send": "Отправить", "keyboard": "Клавиатура",
  "start": "Начать", "restart": "Перезапустить бота", "what-bot": "Что умеет этот бот?", "press-start": "Нажмите «Начать» внизу",
  "empty": "Здесь пока ничего нет",
  "slip-title": "Листок от школы", "slip-text": "Его дали родителю на бумаге. Наведите на код камеру — или просто нажмите.",
  "slip-open": "Навести камеру", "slip-again": "Листок",
  "edited": "изм.", "today": "сегодня", "sent": "отправлено", "taken": "бот получил", "you": "Вы",
  "actions": "Действия с сообщением", "reply": "Ответить", "edit": "Изменить", "copy": "Копировать", "copied": "Скопировано",
  "editing": "Изменение", "replying": "Ответ", "discard": "Не надо", "react": emoji => `Отметить ${emoji}`,
  "reactions": "Реакции",
  "photo": "Снимок", "document": "Файл", "voice": "Голосовое сообщение", "video": "Видео", "audio": "Музыка",
  "sticker": "Стикер", "location": "Место на карте", "contact": "Контакт", "poll": "Опрос",
  "from-computer": "Фото или файл с компьютера", "sample-photo": "Фото (образец)", "sample-album": "Альбом из трёх фото (образец)",
  "sample-document": "Документ (образец)",
  "sample-voice": "Голосовое (образец)", "own-contact": "Мой номер телефона", "own-location": "Моё место на карте",
  "play": "Слушать", "stop": "Остановить", "no-sound": "В этом образце нет звука",
  "open-photo": "Открыть снимок", "close": "Закрыть", "download": "Скачать", "spoiler": "Скрытый текст, нажмите, чтобы прочитать",
  "votes": n => `${n} %`, "closed-poll": "Опрос завершён", "open-poll": "Можно ответить",
  "silent": "Бот не ответил на нажатие", "ok": "Понятно", "no-answer": "Песочница не отвечает",
  "invitation": "Ссылка-приглашение", "invitation-text": "Кто её открывает?", "as-me": name => `Открыть как ${name}`,
  "as-new": "Открыть как новый человек", "stranger": "Новый человек", "too-big": "Файл больше 20 МБ: столько бот не примет",
  "down": "К последним сообщениям",
  "clock-now": "В школе сейчас", "clock-real": "Время настоящее", "clock-moved": "Часы переведены", "clock-ahead": words => `Впереди настоящего на ${words}`,
  "days": n => n + " " + ({one: "день", few: "дня"}[new Intl.PluralRules("ru").select(n)] || "дней"),
  "hours": n => n + " " + ({one: "час", few: "часа"}[new Intl.PluralRules("ru").select(n)] || "часов"), "minutes": n => `${n} мин`,
  "clock-help": "Вперёд — и бот пришлёт напоминания и сводки, которым настало время. Назад нельзя.",
  "jump-hour": "Через час", "jump-evening": "Вечер", "jump-working_day": "Рабочий день",
  "jump-monday": "Понедельник", "jump-september": "1 сентября", "free": "Своё время", "move": "Перевести", "moved": words => `Теперь ${words}`,
  "too-early": "Часы идут только вперёд",
  "network": "Связь бота с Телеграмом", "network-good": "Хорошая", "network-slow": "Медленная", "network-none": "Нет",
  "network-help": "Без связи бот ничего не теряет: что накопилось, дойдёт, когда связь вернётся. Иногда на это уходит до полуминуты.",
  "blocking": "Кто заблокировал бота", "blocking-help": "Такому человеку бот не пишет, и учитель это видит.",
  "tour-help": "Выберите роль. Шаги отмечаются сами, когда вы их сделаете.", "tour-phone": "Открыть нужный телефон",
  "tour-done": "Готово! Вы прошли всю экскурсию этой роли.", "tour-again": "Начать сначала", "tour-step": (done, all) => `${done} из ${all}`, "step-done": "сделано",
};

const EN = {
  "locale": "en-GB",
  "title": "Practice Telegram",
  "subtitle": "All on this computer, nothing goes to the internet",
  "people": "People", "tour": "Tour", "time": "Time and network",
  "theme-auto": "Theme: as the system", "theme-light": "Theme: light", "theme-dark": "Theme: dark",
  "other-language": "Русский",
  "group-director": "Management", "group-teachers": "Teachers and specialists", "group-guardians": "Parents",
  "group-stranger": "Guests", "group-": "People",
  "find": "Find a person", "new-person": "New person", "new-name": "Name of the new person", "add": "Add",
  "beside": "Open beside", "unread": n => `unread: ${n}`, "blocked-mark": "has blocked the bot",
  "whose": "Whose phone this is", "back": "To the list of people", "skip": "To the chat", "swap": name => `The other phone: ${name}`,
  "bot": "bot", "typing": "typing…", "uploading": "sending a file…", "offline": "the sandbox does not answer…",
  "chat": name => `Chat with the bot: ${name}`, "phone": name => `Phone: ${name}`,
  "menu": "Menu", "attach": "Attach", "message": "Message", "send": "Send", "keyboard": "Keyboard",
  "start": "Start", "restart": "Restart bot", "what-bot": "What can this bot do?", "press-start": "Press “Start” below",
  "empty": "Nothing here yet",
  "slip-title": "A slip from school", "slip-text": "A parent got it on paper. Point the camera at the code, or just press.",
  "slip-open": "Point the camera", "slip-again": "Slip",
  "edited": "edited", "today": "today", "sent": "sent", "taken": "the bot has it", "you": "You",
  "actions": "What to do with the message", "reply": "Reply", "edit": "Edit", "copy": "Copy", "copied": "Copied",
  "editing": "Editing", "replying": "Reply", "discard": "Discard", "react": emoji => `React with ${emoji}`,
  "reactions": "Reactions",
  "photo": "Photo", "document": "File", "voice": "Voice message", "video": "Video", "audio": "Music",
  "sticker": "Sticker", "location": "Location", "contact": "Contact", "poll": "Poll",
  "from-computer": "Photo or file from this computer", "sample-photo": "Photo (sample)", "sample-album": "Album of three photos (sample)",
  "sample-document": "Document (sample)",
  "sample-voice": "Voice (sample)", "own-contact": "My phone number", "own-location": "My location",
  "play": "Play", "stop": "Stop", "no-sound": "There is no sound in this sample",
  "open-photo": "Open the photo", "close": "Close", "download": "Download", "spoiler": "Hidden text, press to read",
  "votes": n => `${n} %`, "closed-poll": "The poll is closed", "open-poll": "You can answer",
  "silent": "The bot did not answer the press", "ok": "OK", "no-answer": "The sandbox does not answer",
  "invitation": "Invitation link", "invitation-text": "Who opens it?", "as-me": name => `Open as ${name}`,
  "as-new": "Open as a new person", "stranger": "New person", "too-big": "A file over 20 MB: the bot takes no more",
  "down": "To the last messages",
  "clock-now": "At school it is", "clock-real": "The real time", "clock-moved": "The clock has been moved", "clock-ahead": words => `Ahead of the real time by ${words}`,
  "days": n => `${n} ${n === 1 ? "day" : "days"}`, "hours": n => `${n} ${n === 1 ? "hour" : "hours"}`, "minutes": n => `${n} min`,
  "clock-help": "Move the clock forward, and the bot sends the reminders and digests that are due by then. There is no way back.",
  "jump-hour": "In an hour", "jump-evening": "Evening", "jump-working_day": "Next working day",
  "jump-monday": "Monday", "jump-september": "1 September", "free": "Another time", "move": "Move", "moved": words => `It is ${words} now`,
  "too-early": "The clock goes forward only",
  "network": "The bot's line to Telegram", "network-good": "Good", "network-slow": "Slow", "network-none": "None",
  "network-help": "Without it the bot loses nothing: what has gathered arrives when the line is back. It may take up to half a minute.",
  "blocking": "Who has blocked the bot", "blocking-help": "The bot does not write to them, and tells the teacher so.",
  "tour-help": "Choose a role. Steps are checked off by themselves as you do them.", "tour-phone": "Open the phone for this",
  "tour-done": "Done! That was the whole tour of this role.", "tour-again": "Begin again", "tour-step": (done, all) => `${done} of ${all}`, "step-done": "done",
};

export let language = localStorage.getItem("language") || "ru";

export function speak(other) {
  language = other;
  localStorage.setItem("language", other);
  document.documentElement.lang = other;
}

export function t(key, ...values) {
  const words = (language === "ru" ? RU : EN)[key] ?? key;
  return typeof words === "function" ? words(...values) : words;
}

// Of a group that the page does not know, its own name.
export const groupName = group => { const key = "group-" + group, words = t(key); return words === key ? group : words; };

// Of what the bot's side gives in both languages.
export const inLanguage = words => words[language] ?? words.ru;

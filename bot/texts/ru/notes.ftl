# Сообщения родителям и ответы

note-no-classes = За вами пока не записан ни один класс. Скажите администратору, и он это поправит.
note-which-class = О ком напишем? Сначала класс.
note-no-pupils = { $class_name } класс: пока никого нет в списке.
note-which-pupil = <b>{ $class_name } класс</b>. О ком напишем?
note-pupil-alone = ✉️ { $name }
note-pupil-stopped = ⛔ { $name }
note-pupil-stopped-legend = ⛔ — родители закрыли бота. Сообщение дойдёт, когда они откроют его снова.
note-pupil-alone-legend = ✉️ — родители ещё не с ботом, нужно приглашение.
note-other-pupil = Другой ученик
note-alone =
    <b>{ $child }</b>: никто из родителей пока не подключился, и сообщение никто не получит.

    Сделайте приглашение, это одна кнопка: покажите QR-код или перешлите ссылку.
note-alone-ask =
    <b>{ $child }</b>: никто из родителей пока не подключился, и сообщение никто не получит.

    Приглашение даст классный руководитель или администратор.
note-invite-somebody = Пригласить родителя
note-invite = Пригласить: { $name }
note-which-kind = <b>{ $child }</b>. О чём сообщение?
note-pick-success = 🌟 Похвалить
note-pick-concern = 💬 Есть о чём поговорить
note-pick-information = 📌 Просто сообщить
note-sign-success = 🌟
note-sign-concern = 💬
note-sign-information = 📌
note-kind-success = есть чему порадоваться
note-kind-concern = есть о чём поговорить
note-kind-information = новость из школы
note-ask-success = <b>{ $child }</b>. Что получилось? Хватит и одного предложения.
note-ask-concern = <b>{ $child }</b>. Что беспокоит и чем можно помочь дома? Хватит и одного предложения.
note-ask-information = <b>{ $child }</b>. Что нужно знать родителям? Хватит и одного предложения.
note-preview = Вот что увидят родители:
note-recipients = Получат:
note-recipients-absent = Пока не с ботом:
note-recipients-stopped = ⛔ Закрыли бота: { $names }. Сообщение дойдёт, когда бота откроют снова. Если ждать нельзя, позвоните или передайте записку.
note-send = Отправить
note-edit = Изменить текст
note-sent = Готово! Сообщение отправлено. Речь о ребёнке: <b>{ $child }</b>.
note-held =
    Сейчас тихие часы, поэтому родители получат { $day ->
        [today] сегодня
        [tomorrow] завтра
       *[later] { $date },
    } в { $time }.
note-held-teacher =
    Сейчас тихие часы: учитель увидит это { $day ->
        [today] сегодня
        [tomorrow] завтра
       *[later] { $date },
    } в { $time }.
note-already-sent = Это сообщение уже отправлено, изменено или отменено. Откройте /notes.
note-sent-already = Уже отправлено.
note-you = вы

notes-empty = Вы ещё не писали родителям. Начните с доброй новости!
notes-title = <b>Мои сообщения</b>, новые сверху
notes-item = { $date } { $kind } <b>{ $children }</b>
notes-words = «{ $text }»
notes-state = • { $who }: { $state }
notes-state-of = • { $child }: { $who } — { $state }
note-state-talked = поговорили
note-state-call = просит позвонить 📞
note-state-answered = есть ответ
note-state-read = прочитано
note-state-delivered = доставлено
note-state-unreachable = не дошло: бот заблокирован или закрыт
note-state-waiting = ждёт отправки
note-state-failed = не дошло: Telegram не принял сообщение
note-state-off = отключил сообщения от учителей
note-state-closed = доступ закрыт
note-state-absent = ещё не с ботом
note-said = <b>{ $at }, { $who }:</b>
note-said-erased = <b>{ $at }, { $who }:</b> <i>текст стёрт</i>
note-said-call = <b>{ $at }, { $who }:</b> 📞 просьба позвонить
note-text-erased = текст стёрт
note-thread-cut = <i>…более ранние ответы не поместились</i>
class-which = Какой класс показать?
class-title = <b>{ $class_name } класс</b>: сколько родителей с ботом и когда они последний раз что-нибудь от нас слышали.
class-line = { $name } — { $came }/{ $of }, { $heard }
class-alone = некому получать
class-never = ещё ничего
class-days =
    { $days ->
        [0] сегодня
        [one] { $days } день назад
        [few] { $days } дня назад
       *[many] { $days } дней назад
    }
class-write = Написать родителям
class-invite = Пригласить родителей

note-message =
    { $sign } <b>{ $child }</b>: { $kind }
    Пишет { $teacher }
note-action-read = Прочитано
note-action-answer = Ответить
note-action-call = Позвоните мне
note-read-thanks = Спасибо! Учитель увидит, что вы прочитали.
note-read-already = Уже отмечено, спасибо.
note-call-thanks = Передали. Учитель знает, что вы ждёте звонка.
note-call-already = Вы уже попросили позвонить. Учитель об этом знает.
note-ask-answer = Что передать? Напишите, и { $teacher } получит ваш ответ.
note-answered = Спасибо! Ваш ответ передан: { $teacher }
note-ask-reply = <b>{ $child }</b>, { $relation }. Что ответить?
note-replied = Готово, ответ отправлен.
note-message-reply =
    <b>{ $child }</b>. Вам отвечает { $teacher }:
note-message-answer =
    <b>{ $child }</b>, { $class_name }. Вам отвечает { $relation }:
note-message-call = 📞 <b>{ $child }</b>, { $class_name }: { $relation } просит вас позвонить.
note-reply = Ответить
note-thread = Вся переписка
note-talked = 📇 Созвонились
note-talked-already = Уже отмечено: вы поговорили.
note-pass-on-ask = Кому это передать? Нажмите кнопку, и ваше сообщение уйдёт слово в слово. Или выберите, что нужно:
note-pass-on = Передать: { $teacher } ({ $child })
note-passed-already = Уже передано.
error-note-content = Можно прислать текст, фото, видео, голосовое или файл. Стикер или место на карте передать не получится.

children-child = <b>{ $child }</b>, { $class_name } класс
children-nothing = Пока учителя ничего не писали.
children-note =
    { $sign } { $date }, { $teacher }
    { $text }
children-earlier = Все сообщения: { $child }
children-all = <b>{ $child }</b>: все сообщения от учителей
children-none = Сейчас за вами не записан ни один ребёнок. Если это ошибка, напишите классному руководителю.

error-note-nameless = Родители должны видеть, кто пишет. Представьтесь, пожалуйста: нажмите /start.
error-note-pupil-gone = Этого ученика больше нет в ваших классах, поэтому сообщение не отправлено.
error-note-nobody = { $child }: сейчас никто из родителей не подключён. Сообщение не отправлено, его некому получить.
error-note-guardian-gone = Этот родитель больше не пользуется ботом. Позвоните, пожалуйста.
error-note-teacher-gone = Этот учитель больше не пользуется ботом. Позвоните, пожалуйста, в школу.
note-digest = { $sign } <b>{ $child }</b>: { $kind }. Пишет { $teacher }
note-digest-open = { $child }: { $teacher }

# Несколько учеников, время, файлы

note-several = Нескольким
note-whole-class = Всему классу
note-choose = <b>{ $class_name } класс</b>. Отметьте, о ком пишем.
note-chosen =
    Готово: { $count ->
        [one] { $count } ученик
        [few] { $count } ученика
       *[many] { $count } учеников
    }
note-no-register = В списке поддержки сейчас никого нет, поэтому писать пока некому.
note-which-register = О ком напишем?
note-unclear-class = Такого класса среди ваших нет. Нажмите на класс или напишите его, например: 5А.
note-unclear-name = Такого имени здесь нет. Нажмите на ученика или напишите имя или фамилию.
note-unclear-many = Таких учеников несколько. Нажмите на нужного или напишите имя и фамилию.
note-unclear-kind = Сначала нажмите, о чём сообщение, потом напишете слова.
note-which-kind-many =
    Сообщение о { $count ->
        [one] { $count } ученике
       *[many] { $count } учениках
    }. О чём оно?
note-alone-many = Никто из родителей этих учеников пока не подключился, и сообщение никто не получит.
note-ask-many-success = Что получилось у ребят? Каждая семья увидит имя своего ребёнка.
note-ask-many-concern = Что беспокоит и чем можно помочь дома? Каждая семья увидит имя своего ребёнка.
note-ask-many-information = Что нужно знать родителям? Каждая семья увидит имя своего ребёнка.
note-ask-files = Можно прислать фото, видео, голосовое или файл, с подписью или без.
note-with-album = 📎 Альбом уйдёт вместе с сообщением.
note-with-files =
    { $count ->
        [one] 📎 { $count } файл уйдёт вместе с сообщением.
        [few] 📎 { $count } файла уйдут вместе с сообщением.
       *[many] 📎 { $count } файлов уйдут вместе с сообщением.
    }
note-surnames = ⚠️ В тексте, кажется, есть фамилия: { $names }. Лучше без неё: сообщение идёт через Телеграм.
note-no-files =
    { $count ->
        [one] Убрать файл
       *[many] Убрать файлы
    }
note-files =
    📎 { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
note-urgent = ❗ Срочно
note-edited = ✏️ Исправлено учителем
note-preview-many = Вот что увидят родители (для примера — { $child }; у каждой семьи имя своего ребёнка):
note-recipients-many =
    { $guardians ->
        [one] Получит { $guardians } родитель.
        [few] Получат { $guardians } родителя.
       *[many] Получат { $guardians } родителей.
    }
note-recipients-alone = Пока никого с ботом: { $names }.
note-recipients-stopped-many =
    ⛔ { $count ->
        [one] { $count } родитель закрыл бота, сообщение дойдёт, когда он откроет его снова
        [few] { $count } родителя закрыли бота, сообщение дойдёт, когда они откроют его снова
       *[many] { $count } родителей закрыли бота, сообщение дойдёт, когда они откроют его снова
    }: { $names }. Если ждать нельзя, позвоните или передайте записку.
note-goes-at = 🕗 Уйдёт: { $moment }.
note-make-urgent = ❗ Срочно
note-make-usual = Не срочно
note-later = 🕗 Позже
note-later-change = 🕗 Другое время
note-keep = 📄 В мои шаблоны
note-kept = Сохранено в шаблонах.
note-kept-already = Такой шаблон уже есть.
note-send-later = Отправить в это время
note-later-ask = Когда отправить? Выберите или напишите, например: завтра 18:00.
note-later-at =
    { $day ->
        [today] Сегодня
       *[tomorrow] Завтра
    } в { $hour }
note-later-not = Всё-таки сразу
note-later-past = Это время уже прошло. Выберите другое.
note-sent-many =
    Готово! Сообщение о { $count ->
        [one] { $count } ученике
       *[many] { $count } учениках
    } отправлено.
note-sent-urgent = Срочное сообщение приходит сразу, даже в тихие часы.
note-sent-urgent-later = Сообщение срочное: придёт в это время даже в тихие часы.
note-planned = Готово! Сообщение уйдёт: { $moment }. До этого его можно изменить или отменить.
note-gone =
    { $count ->
        [one] { $count } ученик больше не в ваших классах: о нём сообщение не ушло.
        [few] { $count } ученика больше не в ваших классах: о них сообщение не ушло.
       *[many] { $count } учеников больше не в ваших классах: о них сообщение не ушло.
    }
note-look = Посмотреть
note-take-back = Отозвать
note-take-back-ask = Отозвать сообщение? У тех, кто его уже получил, вместо него останется строчка «учитель отозвал сообщение».
note-take-back-sure = Да, отозвать
note-taken-back = Готово, сообщение отозвано.
note-change = Исправить
note-change-ask = Пришлите исправленный текст целиком. Сейчас он такой:
note-changed = Готово, исправлено. Кто уже получил сообщение, увидит новый текст с пометкой.

# Шаблоны

note-templates = 📄 Мои шаблоны
note-templates-none = Шаблонов пока нет. Напишите сообщение и перед отправкой нажмите «В мои шаблоны».
note-templates-title = <b>Мои шаблоны.</b> Они предлагаются, когда вы пишете сообщение того же вида. Нажмите на шаблон, чтобы удалить его.
note-template-ask = Удалить этот шаблон?
note-template-delete = Да, удалить
note-template-not = Нет, оставить

# Что стало с сообщениями

notes-withdrawn = 🚫 отозвано
notes-contact = { $date } 📇 <b>{ $children }</b>, { $channel }
notes-sum = • доставлено { $delivered } из { $of }, прочитано { $read }, ответов { $answered }
notes-files =
    { $count ->
        [one] 📎 Открыть файл
       *[many] 📎 Открыть файлы
    }
notes-unread = Не прочитали за 2 дня: { $count }
notes-unread-none = Дольше двух дней никто не молчит. Спасибо, что пишете!
notes-unread-title = <b>Получили больше двух дней назад и не отметили, что прочитали.</b>
notes-unread-line = { $number }. { $who } ({ $child }, { $date })
notes-unread-done = — напомнили
notes-unread-called = — попросили позвонить
notes-remind = 🔔 Напомнить
notes-call = 📞 Попросить позвонить
notes-remind-all = 🔔 Напомнить всем ({ $count })
notes-reminded-all = Напомнили: { $count }.
notes-unread-legend = 🔔 — напомнить, 📞 — попросить позвонить.
notes-reminded = Напомнили.
notes-called = Попросили позвонить.
notes-threads = 💬 Переписка
notes-threads-new = 💬 Переписка, новых: { $count }
threads-none = Переписки пока нет. Она начинается, когда родитель отвечает на сообщение.
threads-title = <b>Переписка с родителями.</b> 🔵 — вы ещё не видели ответ.
threads-item = { $mark } { $child }, { $class_name }: { $relation }
thread-title = <b>{ $child }</b>, { $class_name }. Переписка: { $who }
thread-note = <b>{ $at }, сообщение</b> { $sign } { $text }
thread-contact = <b>{ $at }</b> 📇 { $what }
class-silent =
    🔇 — молчащие семьи: за { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    } до них ничего не дошло или они ничего не отметили.
class-write-silent = Написать молчащим семьям ({ $count })
class-stopped = ⛔ — родители закрыли бота. Пока они не откроют его снова, сообщения не дойдут.
class-beyond = Бот пока не дойдёт до семей: { $names }. Поможет листок с приглашением или звонок.
note-message-withdrawn = 🚫 <b>{ $child }</b>: учитель отозвал своё сообщение ({ $teacher })
note-message-reminder =
    { $count ->
        [1] Напоминаем: вас ждёт сообщение от { $date }.
        [one] Напоминаем: вас ждёт { $count } сообщение, загляните в «Мои дети». Последнее, от { $date }:
        [few] Напоминаем: вас ждут { $count } сообщения, загляните в «Мои дети». Последнее, от { $date }:
       *[many] Напоминаем: вас ждут { $count } сообщений, загляните в «Мои дети». Последнее, от { $date }:
    } { $note }
note-message-call-me = 📞 <b>{ $child }</b>: { $teacher } просит вас позвонить, когда будет удобно.
children-withdrawn = учитель отозвал сообщение
children-thread = 💬 { $child }: { $teacher }

# Разговоры не через бот

contact-log = 📇 Отметить звонок или встречу
contact-who = О ком был разговор?
contact-how = <b>{ $name }</b>. Как вы связались?
contact-phone = 📞 звонок
contact-paper = 📄 записка
contact-meeting = 🤝 встреча
contact-with-phone = 📞 Звонок: { $who }
contact-with-paper = 📄 Записка: { $who }
contact-with-meeting = 🤝 Встреча: { $who }
contact-all = всем вместе
contact-words = <b>{ $child }</b>. О чём говорили? Одного предложения хватит.
contact-skip = Сохранить без слов
contact-saved = Записано: { $channel }, <b>{ $child }</b>. Это считается как весточка родителям.
contact-sign = 📇
contact-done-phone = поговорили по телефону
contact-done-paper = передано на бумаге
contact-done-meeting = поговорили лично
contact-told =
    📇 <b>{ $child }</b>: { $what }, { $date }
    { $teacher }
contact-take-back = Убрать запись
contact-take-back-ask = Убрать эту запись? Разговор перестанет считаться.
contact-take-back-sure = Да, убрать
contact-taken-back = Готово, запись убрана.

# Кем приходится ребёнку, по-домашнему

kin-mother = мама
kin-father = папа
kin-grandmother = бабушка
kin-grandfather = дедушка
kin-written-mother = мать
kin-written-father = отец
kin-written-grandmother = бабушка
kin-written-grandfather = дедушка

error-note-withdrawn-already = Это сообщение уже отозвано.
error-note-was-withdrawn = Учитель отозвал это сообщение.
error-note-late = Прошло больше 10 минут: отозвать или исправить уже нельзя. Напишите новое сообщение.
error-note-when =
    Отправить можно не раньше, чем сейчас, и не позже, чем через { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }.
error-note-templates = Шаблонов уже { $max }: больше не поместится. Удалите лишний.
error-note-reminded = Об этом сообщении уже напоминали.
error-contact-nobody = { $child }: в списке нет ни одного родителя. Сначала добавьте родителя через приглашение.
error-files-max =
    Можно не больше { $max ->
        [one] { $max } файла
       *[many] { $max } файлов
    } за раз. Сохранились первые: { $max }.

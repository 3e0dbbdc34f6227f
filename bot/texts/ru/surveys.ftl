# Опросы: для того, кто спрашивает, и для того, кто отвечает

survey-none = Опросов пока не было. Готовые уже есть: выберите, поправьте под себя и откройте.
survey-list = <b>Опросы</b>
survey-item = { $state } { $day } { $title }
survey-create = ➕ Новый опрос
survey-templates = С чего начнём? Готовый опрос можно менять как угодно, пока он не открыт.
survey-template-satisfaction = Родителям: как школа помогает
survey-template-pulse = Родителям: короткий пульс
survey-template-methodical = Учителям: методическая помощь
survey-template-empty = Пустой опрос
survey-question = { $number }. { $text }
survey-days = { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
survey-title = <b>{ $title }</b>
survey-back = Ко всем опросам
survey-back-card = Назад к опросу
survey-back-results = К итогам
survey-yes = Да
survey-no = Нет

# --- черновик

survey-draft = ✏️ Черновик: его видят только администраторы.
survey-whom = { $number ->
        [one] Кого спросим: { $whom }. Сейчас это { $number } человек.
        [few] Кого спросим: { $whom }. Сейчас это { $number } человека.
       *[many] Кого спросим: { $whom }. Сейчас это { $number } человек.
    }
survey-to-guardian = всех родителей
survey-to-staff = всех сотрудников
survey-to-teacher = учителей
survey-to-some = родителей ({ $groups })
survey-level-noo = 1–4 классы
survey-level-ooo = 5–9 классы
survey-level-soo = 10–11 классы
survey-is-anonymous = 🔒 Анонимно: кто что ответил, не узнает никто.
survey-is-named = 👤 С именами: администрация увидит, кто что ответил. Отвечающим об этом сказано на первом вопросе.
survey-make-named = Сделать с именами
survey-make-anonymous = Сделать анонимным
survey-no-questions = Вопросов пока нет. Добавьте первый.
survey-leads = ⚠️ «Согласны ли вы…» подталкивает соглашаться, и ответы выходят лучше, чем люди думают. Спросите иначе: «Насколько…», «Как часто…».
survey-agree-words = согласен согласна согласны согласно несогласен несогласна несогласны
survey-add = ➕ Вопрос
survey-look = 👁 Посмотреть
survey-audience = Кого спросить
survey-audience-ask = Кого спросим? Ступени и классы можно отметить вместе; если не отмечать ничего, спросим всех родителей.
survey-rename = Название
survey-remove = Удалить
survey-remove-ask = Удалить черновик «{ $title }» со всеми вопросами?
survey-remove-sure = Да, удалить
survey-removed = Черновик удалён.
survey-open = Когда откроем →
survey-ask-title = Как назовём опрос? Это увидят все, кого спросим. Предел в знаках: { $limit }.
survey-kinds = Какой это будет вопрос?
survey-kind-scale = Шкала от 1 до 5
survey-kind-one = Один вариант из списка
survey-kind-many = Несколько вариантов из списка
survey-kind-yes_no = Да или нет
survey-kind-text = Ответ своими словами
survey-ask-question = Напишите сам вопрос (предел в знаках: { $limit }). Лучше одна мысль и простые слова.
survey-ask-options = Напишите варианты ответа, каждый с новой строки: от двух до { $limit }. Предел для каждого в знаках: { $length }.
survey-question-of = Вопрос { $number } из { $of }
survey-headline-is = ⭐ Главный вопрос: по нему считается доля довольных (ответы 4 и 5).
survey-headline = ⭐ Сделать главным
survey-headline-not = Больше не главный
survey-reword = Изменить вопрос
survey-options = Изменить варианты
survey-up = ↑ Выше
survey-down = ↓ Ниже
survey-drop = Удалить вопрос
survey-look-head = <i>Так опрос увидят те, кого спросят. Ответы здесь не сохраняются.</i>
survey-look-end = Закончить просмотр

# --- когда

survey-opens-now = Откроется сразу.
survey-opens-at = 🕓 Откроется сам: { $at }.
survey-open-until = Открыт по { $day } включительно.
survey-open-until-when = Осталось выбрать, сколько дней он будет открыт.
survey-opening-now = Открыть сразу
survey-opening = Открыть позже…
survey-closing = Выбрать последний день…
survey-ask-opening = Когда открыть? Напишите число, месяц и время или, например, «завтра в 9».
survey-ask-closing = Какой день последний? Напишите число и месяц.
survey-few = ⚠️ Спрашиваем меньше { $minimum } человек: итогов не увидит никто, чтобы нельзя было угадать, кто что ответил.
survey-launch = ✅ Открыть опрос
survey-plan = ✅ Запланировать
survey-opened = Опрос открыт, приглашения отправляются.
survey-planned = Готово: опрос откроется сам.
survey-feeds = По этому опросу считается показатель 3.2: доля родителей, довольных помощью школы.
survey-feeds-not = В показатель 3.2 этот опрос не пойдёт: для него нужно спросить всех родителей и оставить главный вопрос.
survey-unplan = Вернуть в черновики

# --- пока идёт

survey-response = Ответили { $finished } из { $asked } ({ $share } %).
survey-response-paper = { $number ->
        [one] Из них { $number } на бумаге.
        [few] Из них { $number } на бумаге.
       *[many] Из них { $number } на бумаге.
    }
survey-open-hidden = Итоги появятся, когда опрос закроется: до этого их не видит никто.
survey-close = Закрыть сейчас
survey-close-ask = Ответили { $finished } из { $asked }. Закрыть опрос? Потом ответить уже не получится.
survey-close-sure = Да, закрыть
survey-close-not = Нет, пусть идёт

# --- итоги

survey-results = Итоги
survey-satisfied = <b>Довольны (4 и 5): { $share } %</b>
survey-satisfied-hidden = Ответов меньше { $minimum }, поэтому итоги скрыты: иначе можно угадать, кто что ответил.
survey-hidden = <i>Ответов мало, итог скрыт.</i>
survey-hidden-plain = ответов мало, итог скрыт
survey-percent = { $share } %
survey-bar = { $label } { $bar } { $share } % ({ $count })
survey-words-number = { $number ->
        [one] Написал { $number } человек.
        [few] Написали { $number } человека.
       *[many] Написали { $number } человек.
    }
survey-groups = По классам
survey-words = Своими словами
survey-picture = Картинка
survey-picture-none = Показывать пока нечего: ответов слишком мало.
survey-excel = Excel
survey-excel-ready = Таблица готова.
survey-by-class = <b>Кто откликнулся</b>
survey-class-response = <b>{ $name }</b> { $bar } { $finished } из { $asked } ({ $share } %)
survey-by-class-note = Родитель нескольких детей считается один раз: в классе младшего. Дальше — ответы по классам.
survey-group-scale = <b>{ $name }</b>: 4 и 5 у { $share } %, в среднем { $mean } ({ $total ->
        [one] { $total } ответ
        [few] { $total } ответа
       *[many] { $total } ответов
    })
survey-group-shares = <b>{ $name }</b>: { $shares } ({ $total ->
        [one] { $total } ответ
        [few] { $total } ответа
       *[many] { $total } ответов
    })
survey-no-groups = Ни об одном классе отдельно рассказать нельзя: ответов мало, и можно было бы угадать, чьи они.
survey-groups-note = <i>Класс, где ответов мало или все ответили одинаково, отдельно не показан. Вместе с ним скрыты те, из которых его можно было бы вычислить.</i>
survey-answers = { $number ->
        [one] { $number } ответ
        [few] { $number } ответа
       *[many] { $number } ответов
    }
survey-picture-response = Ответили { $finished } из { $asked } ({ $share } %)
survey-picture-satisfied = Довольны { $share } %. { $response }

sheet-answers = Ответы
sheet-response = Отклик по классам
sheet-groups = По классам
sheet-words = Своими словами
sheet-names = По именам
sheet-column-number = №
sheet-column-question = Вопрос
sheet-column-answer = Ответ
sheet-column-count = Сколько
sheet-column-share = Доля
sheet-column-class = Класс
sheet-column-asked = Спросили
sheet-column-finished = Ответили
sheet-column-group = Класс или ступень
sheet-column-name = Имя

survey-publish = 📣 Рассказать участникам
survey-ask-measures =
    <b>{ $title }</b>

    Что школа сделает по итогам? Напишите коротко и честно: участники получат картинку с итогами и эти слова. До 1500 знаков.
survey-publish-preview = Вот что получат все, кого спрашивали. Чтобы поправить слова, просто напишите их заново.
survey-publish-send = Отправить участникам
survey-published = { $number ->
        [one] Отправляем { $number } участнику.
        [few] Отправляем { $number } участникам.
       *[many] Отправляем { $number } участникам.
    }
survey-published-on = 📣 Участникам рассказано { $day }.

# --- тому, кого спросили

surveys-none = Сейчас опросов для вас нет. Спасибо, что заглянули!
surveys-list = <b>Вас просят ответить</b>
surveys-item = { $title } ({ $answered } из { $of })
surveys-outcome = 📣 Итоги: { $title }
surveys-start = Ответить
surveys-look = Посмотреть
surveys-step = Вопрос { $number } из { $of }
surveys-scale = 1 — совсем нет, 5 — очень.
surveys-many = Можно выбрать несколько. Выбрали — нажмите «Готово».
surveys-done = Готово
surveys-write = Напишите своими словами или пропустите.
surveys-skip = Пропустить
surveys-blank = Нет ответа
surveys-back = Назад
surveys-later = Потом
surveys-press = Такого ответа здесь нет: нажмите, пожалуйста, одну из кнопок.
surveys-anonymous = <i>🔒 Опрос анонимный: ваши ответы хранятся без имени, и связать их с вами нельзя.</i>
surveys-by-name = <i>👤 Опрос с именами: администрация школы увидит, что ответили именно вы.</i>
surveys-summary = <b>Ваши ответы</b>
surveys-given-nothing = → <i>без ответа</i>
surveys-send = Отправить ответы
surveys-thanks = Спасибо! Ответы приняты. Когда опрос закроется, школа увидит общие итоги, но не то, кто что ответил.
surveys-thanks-by-name = Спасибо! Ответы приняты.

survey-message =
    Школа спрашивает ваше мнение: <b>{ $title }</b>.

    Несколько коротких вопросов, две минуты. { $manner } Ответить можно по { $last_day }.
survey-message-reminder =
    Ещё можно ответить: <b>{ $title }</b>.

    Это две минуты. { $manner } Последний день — { $last_day }.
survey-message-anonymous = Ответы анонимные.
survey-message-by-name = Опрос с именами: администрация увидит, кто что ответил.
survey-message-closed = Опрос завершён: <b>{ $title }</b>. Посмотрите итоги.
survey-message-not-opened =
    Опрос <b>{ $title }</b> не открылся в назначенное время и снова стал черновиком.

    { $why }
survey-look-draft = Открыть черновик
survey-message-published = 📣 Школа спрашивала, и вот что вышло: <b>{ $title }</b>
survey-message-satisfied = <b>Довольны (4 и 5): { $share } %</b>
survey-message-measures = Что школа сделает:
survey-digest = 📝 Опрос «{ $title }», ответить можно по { $last_day }
survey-digest-published = 📣 Итоги опроса «{ $title }»

# --- бумажный круг

paper = 📄 Бумажные листы
paper-offer =
    <b>{ $title }</b>

    Листы для семей, которые ещё не ответили: по одному на семью, с кодом. Полоску с именем семья отрезает, лист возвращает в школу. Потом любой сотрудник вводит его по коду.

    Для кого напечатать?
paper-print-offline = Семьям без бота
paper-print-all = Всем, кто ещё не ответил
paper-printed = { $number ->
        [one] { $number } лист. Код есть только на бумаге: бот его не хранит.
        [few] { $number } листа. Коды есть только на бумаге: бот их не хранит.
       *[many] { $number } листов. Коды есть только на бумаге: бот их не хранит.
    } После печати файл лучше удалить: в нём имена и коды рядом.
paper-enter = Ввести лист
paper-enter-of = 📄 Ввести лист: { $title }
paper-ask-code = <b>{ $title }</b>. Наберите код с листа: девять цифр.
paper-head = 📄 Лист с бумаги
paper-send = Засчитать лист
paper-entered = Лист засчитан. Спасибо!
paper-next = Следующий лист
paper-address = Кому: { $guardian } ({ $pupil }, { $class_name })
paper-cut = Отрежьте эту полоску перед тем, как вернуть лист
paper-intro = Школа спрашивает ваше мнение. Это займёт несколько минут. Верните лист в школу по { $day } включительно.
paper-intro-anonymous = Опрос анонимный: имя на листе не нужно. Код нужен, чтобы лист посчитали один раз. Ваши ответы хранятся без имени и без кода.
paper-intro-by-name = Это опрос с именами, но ответы с бумажных листов вводятся без имени.
paper-write = Напишите своими словами, если хотите:
paper-one = Отметьте один вариант.
paper-many = Можно отметить несколько.
paper-foot = Лист от одной семьи считается один раз. Кто уже ответил в боте, лист не заполняет. Последний день: { $day }. Спасибо!

# --- готовые опросы

survey-satisfaction-title = Как школа помогает в учёбе
survey-satisfaction-overall = Насколько вы довольны тем, как школа помогает детям, которым трудно учиться?
survey-satisfaction-informed = Насколько хорошо школа рассказывает вам об успехах и трудностях вашего ребёнка?
survey-satisfaction-help = Насколько полезна помощь учителей, когда ребёнку что-то не даётся?
survey-satisfaction-whom = Знаете ли вы, к кому в школе обратиться, если учёба не ладится?
survey-satisfaction-source = Откуда вы чаще всего узнаёте об учёбе ребёнка?
survey-satisfaction-source-bot = Из этого бота
survey-satisfaction-source-teacher = От учителя лично или по телефону
survey-satisfaction-source-meeting = На собраниях
survey-satisfaction-source-diary = Из дневника
survey-satisfaction-source-other = Из других мест
survey-satisfaction-words = Что школе стоит сделать лучше?

survey-pulse-title = Пульс: как идёт учёба
survey-pulse-mood = Насколько охотно ваш ребёнок ходит в школу в последние недели?
survey-pulse-load = Как ребёнок справляется с домашними заданиями?
survey-pulse-load-easy = Легко, мог бы и больше
survey-pulse-load-right = В самый раз
survey-pulse-load-hard = С трудом, нужна помощь
survey-pulse-words = О чём школе важно узнать сейчас?

survey-methodical-title = Методическая помощь учителю
survey-methodical-overall = Насколько вы довольны методической помощью в этом году?
survey-methodical-lessons = Насколько она помогает вам на уроках с теми, кому трудно учиться?
survey-methodical-needs = В чём вам сейчас нужна помощь?
survey-methodical-needs-struggling = Работа со слабоуспевающими
survey-methodical-needs-assessment = Формирующее оценивание
survey-methodical-needs-digital = Цифровые ресурсы
survey-methodical-needs-parents = Разговор с родителями
survey-methodical-needs-special = Дети с особыми потребностями
survey-methodical-form = Какая помощь вам удобнее всего?
survey-methodical-form-colleague = Урок вместе с коллегой
survey-methodical-form-seminar = Семинар в школе
survey-methodical-form-course = Курсы повышения квалификации
survey-methodical-form-materials = Готовые материалы
survey-methodical-share = Готовы ли вы показать коллегам свой удачный приём?
survey-methodical-words = Что стоит изменить в методической работе?

# --- отказы

error-survey-open = Такой опрос уже идёт или запланирован. Дождитесь его окончания или закройте его.
error-survey-nobody = Спрашивать пока некого: никто из выбранных ещё не подключился.
error-survey-still-open = Опрос ещё идёт. Итоги появятся, когда он закроется.
error-survey-answered = Вы уже ответили. Спасибо!
error-survey-on-paper = От вашей семьи школа уже приняла бумажный лист, второй раз отвечать не нужно. Спасибо!
error-survey-closed = Этот опрос уже закрыт. Спасибо, что хотели ответить!
error-survey-incomplete = Остался вопрос без ответа: номер { $number }.
error-survey-not-draft = Этот опрос уже запущен, изменить его нельзя. Запланированный можно вернуть в черновики.
error-survey-opened-already = Опрос уже открылся: в черновики его не вернуть.
error-survey-empty = В опросе нет ни одного вопроса. Добавьте хотя бы один.
error-survey-options = У одного из вопросов меньше двух вариантов ответа. Допишите их.
error-survey-no-end = Выберите, по какой день опрос будет открыт.
error-survey-end = Последний день должен быть после открытия, и не дальше года.
error-survey-past = Это время уже прошло. Выберите другое.
error-survey-published = Участникам об этом опросе уже рассказано.
error-survey-nothing = Рассказывать пока нечего: ответов слишком мало, и итоги скрыты.
error-options-number = Вариантов нужно от двух до { $limit }, каждый с новой строки. Сейчас: { $number }.
error-options-twice = Один из вариантов повторяется. Сделайте их разными.
error-questions-number = Вопросов может быть не больше { $limit }. Чем короче опрос, тем больше ответят.
error-sheets-guardians = Бумажные листы бывают только у опросов для родителей.
error-sheets-nobody = Печатать нечего: все выбранные семьи уже ответили или получают опрос в боте.
error-sheet-mistyped = Такого кода быть не может: проверьте цифры, их девять. Код напечатан вверху листа.
error-sheet-unknown = Листа с таким кодом нет. Проверьте цифры и то, от этого ли опроса лист.
error-sheet-entered = Этот лист уже введён. Второй раз он не считается.
error-sheet-family-paper = От этой семьи уже введён другой лист. Этот не считается.
error-sheet-family-chat = Эта семья уже ответила в боте. Её лист не считается.
error-sheet-blank = На листе нет ни одного ответа, засчитать нечего.

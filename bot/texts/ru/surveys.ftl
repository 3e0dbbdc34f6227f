# Опросы: для того, кто спрашивает, и для того, кто отвечает

survey-none = Опросов пока не было. Опрос об удовлетворённости уже готов: осталось открыть.
survey-list = <b>Опросы</b>
survey-item = { $state } { $day } { $title }
survey-create = Спросить родителей
survey-preview = <b>{ $title }</b>
survey-preview-ask = Спросим всех родителей, которые уже с ботом. Ответы анонимные. На сколько дней открыть?
survey-question = { $number }. { $text }
survey-days = { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
survey-opened = Опрос открыт, приглашения отправляются.
survey-title = <b>{ $title }</b>
survey-response = Ответили { $finished } из { $asked } ({ $share } %).
survey-open-until = Открыт по { $day } включительно.
survey-open-hidden = Итоги появятся, когда опрос закроется: до этого их не видит никто.
survey-close = Закрыть сейчас
survey-close-ask = Ответили { $finished } из { $asked }. Закрыть опрос? Потом ответить уже не получится.
survey-close-sure = Да, закрыть
survey-close-not = Нет, пусть идёт
survey-results = Итоги
survey-back = Ко всем опросам
survey-satisfied = <b>Довольны (4 и 5): { $share } %</b>
survey-satisfied-hidden = Ответов меньше { $minimum }, поэтому итоги скрыты: иначе можно угадать, кто что ответил.
survey-hidden = <i>Ответов мало, итог скрыт.</i>
survey-bar = { $label } { $bar } { $share } % ({ $count })
survey-yes = Да
survey-no = Нет

survey-satisfaction-title = Как школа помогает в учёбе
survey-satisfaction-overall = Насколько вы довольны тем, как школа помогает детям, которым трудно учиться?
survey-satisfaction-informed = Насколько хорошо школа рассказывает вам об успехах и трудностях вашего ребёнка?
survey-satisfaction-help = Насколько полезна помощь учителей, когда ребёнку что-то не даётся?
survey-satisfaction-whom = Знаете ли вы, к кому в школе обратиться, если учёба не ладится?
survey-satisfaction-source = Откуда вы чаще всего узнаёте об учёбе ребёнка?
survey-satisfaction-words = Что школе стоит сделать лучше?
survey-source-bot = Из этого бота
survey-source-teacher = От учителя лично или по телефону
survey-source-meeting = На собраниях
survey-source-diary = Из дневника
survey-source-other = Из других мест

surveys-none = Сейчас опросов для вас нет. Спасибо, что заглянули!
surveys-list = <b>Вас просят ответить</b>
surveys-item = { $title } ({ $answered } из { $of })
surveys-start = Ответить
surveys-step = Вопрос { $number } из { $of }
surveys-scale = 1 — совсем нет, 5 — очень.
surveys-write = Напишите своими словами или пропустите.
surveys-skip = Пропустить
surveys-back = Назад
surveys-later = Потом
surveys-anonymous = <i>Опрос анонимный: ваши ответы хранятся без имени, и связать их с вами нельзя.</i>
surveys-summary = <b>Ваши ответы</b>
surveys-given-nothing = → <i>без ответа</i>
surveys-send = Отправить ответы
surveys-thanks = Спасибо! Ответы приняты. Когда опрос закроется, школа увидит общие итоги, но не то, кто что ответил.

survey-message =
    Школа спрашивает ваше мнение: <b>{ $title }</b>.

    Несколько коротких вопросов, две минуты. Ответы анонимные. Ответить можно по { $last_day }.
survey-message-reminder =
    Ещё можно ответить: <b>{ $title }</b>.

    Это две минуты, и ответы анонимные. Последний день — { $last_day }.
survey-message-closed = Опрос завершён: <b>{ $title }</b>. Посмотрите итоги.

error-survey-open = Такой опрос уже идёт. Дождитесь его окончания или закройте его.
error-survey-nobody = Пока никто из родителей не подключился: спрашивать некого.
error-survey-still-open = Опрос ещё идёт. Итоги появятся, когда он закроется.
error-survey-answered = Вы уже ответили. Спасибо!
error-survey-closed = Этот опрос уже закрыт. Спасибо, что хотели ответить!
error-survey-incomplete = Остался вопрос без ответа: номер { $number }.
survey-digest = 📝 Опрос «{ $title }», ответить можно до { $last_day }

# Мероприятия программы: задачи ответственных, отчёты, напоминания

activity-left = { $days ->
    [0] сегодня
    [1] завтра
    [one] через { $days } день
    [few] через { $days } дня
   *[many] через { $days } дней
}
activity-late = { $days ->
    [one] просрочено на { $days } день
    [few] просрочено на { $days } дня
   *[many] просрочено на { $days } дней
}
activity-line = { $sign } <b>{ $title }</b>: { $due }, { $left }
activity-line-done = { $sign } { $title }: { $due }
activity-pick = { $sign } { $date } · { $title }
activity-more = и ещё { $count }

tasks-title = <b>Мои задачи</b>
tasks-now = <b>Сейчас</b>
tasks-upcoming = <b>Скоро</b>
tasks-done = <b>Сделано</b>
tasks-nothing-now = Прямо сейчас ничего делать не нужно.
tasks-back = К задачам

task-due = Срок: <b>{ $due }</b>, { $left }
task-due-done = Срок: { $due }
task-due-planned = По программе: { $due }
task-whose = Отвечает: { $name }
task-whose-nobody = Отвечает: пока никто
task-given-to-you = 📌 Дело поручено вам.
task-by-document = По программе отвечает: { $name }
task-refused = Ответ «не моё»:
task-date-asked = Просьба о переносе на { $day } ждёт ответа администрации.
task-date-refused = Перенести на { $day } не получилось:
task-state-open = Ещё не сделано.
task-state-started = В работе с { $day }.
task-state-reported = Отчёт отправлен, ждёт ответа администрации.
task-state-accepted = Принято. Спасибо!
task-state-returned = Отчёт вернули: нужно дополнить.
task-report = <b>Отчёт</b>, { $name }, { $day }:
task-comment = <b>Комментарий администрации:</b>
task-done = Сделано
task-start = В работе
task-move = Перенести срок
task-move-other = Другой срок
task-decline = Не моё
task-see = Открыть
task-back = К делу
task-files = { $count ->
    [one] 📎 { $count } файл к отчёту
    [few] 📎 { $count } файла к отчёту
   *[many] 📎 { $count } файлов к отчёту
}
task-files-of = Файлы к отчёту: <b>{ $title }</b>
task-started = Хорошо! Напомню за три дня до срока.
task-started-soon = Хорошо! Удачи с делом.
task-ask-report =
    <b>{ $title }</b>, срок { $due }

    Что сделано? Хватит двух-трёх предложений, можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.
    Можно приложить фото или файлы, до { $files }.
task-draft =
    <b>{ $title }</b>, срок { $due }
    Ваш отчёт:
task-draft-files = 📎 { $count ->
    [one] Приложен { $count } файл
    [few] Приложено { $count } файла
   *[many] Приложено { $count } файлов
}
task-draft-album = 📎 Файлы из альбома приложены
task-draft-more = Можно добавить фото или файл. Если нужно исправить текст, просто напишите его заново.
task-draft-words = Теперь напишите, что сделано: хватит одного-двух предложений.
task-send = Отправить
task-reported = Спасибо! Отчёт передан администрации: <b>{ $title }</b>, срок { $due }.
task-ask-day =
    <b>{ $title }</b>, срок { $due }

    На какой день перенести? Выберите или напишите, например 15.12.
task-ask-reason =
    <b>{ $title }</b>
    Новый срок: <b>{ $day }</b>

    Почему нужно перенести? Хватит одного предложения, можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.
task-asked = Просьба передана администрации: <b>{ $title }</b>, новый срок { $day }. Как только ответят, напишу вам.
task-moved = Срок перенесён: <b>{ $title }</b>, теперь { $day }.
task-ask-refusal =
    <b>{ $title }</b>

    Напишите в двух словах, почему это не ваше, и администрация поручит дело кому-то другому. Можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.
task-declined = Хорошо, за вами этого дела больше нет: <b>{ $title }</b>. Администрация решит, кому его поручить.

activities-title = <b>Мероприятия программы</b>
activities-direction = <b>{ $number }. { $title }</b>
activities-line = { $sign } { $title }, { $due }
activities-line-none = ➖ { $title }
activity-all-reported = сдано, ждёт ответа
activities-legend = ✅ принято · 🟡 есть отчёт · 🔴 просрочено · ↩️ на доработке · ⚪ впереди · ❓ некому напомнить
activities-absent =
    ❓ Некому напоминать: { $names }
    Кого пригласить в бот, а что поручить другому, покажет кнопка «Некому напоминать».
activities-refused = { $name } (ответ «не моё»)
activities-reports = { $count ->
    [one] { $count } отчёт ждёт ответа
    [few] { $count } отчёта ждут ответа
   *[many] { $count } отчётов ждут ответа
}
activities-requests = { $count ->
    [one] { $count } просьба о переносе
    [few] { $count } просьбы о переносе
   *[many] { $count } просьб о переносе
}
activities-nobody = ❓ Некому напоминать
activities-nobody-title =
    <b>Некому напоминать</b>

    Кнопка со стрелкой поручит дело другому. Где рядом есть вторая, она пригласит ответственного в бот.
activities-nobody-none = У каждого дела есть ответственный, и все они с ботом.
activities-back = Ко всем мероприятиям
activity-back = К мероприятию
activity-calendar = 📅 Мои сроки в календарь
activity-calendar-all = 📅 Все сроки в календарь
activity-calendar-hint = Откройте файл, и сроки появятся в календаре телефона. Если что-то перенесут, скачайте его ещё раз: сроки обновятся.
activity-calendar-none = Сроков впереди пока нет.

activity-plan = Срок по программе: { $deadline }
activity-responsible = Отвечают: { $names }
activity-none = В ближайший год дат нет.
activity-part = • { $name }: { $state }
activity-part-open = пока не сделано
activity-part-started = в работе
activity-part-reported = есть отчёт
activity-part-accepted = принято
activity-part-returned = на доработке
activity-part-absent = пока не с ботом
activity-part-nobody = пока некому
activity-part-refused = ответ «не моё», нужен другой ответственный
activity-part-passed-on = { $line } (по программе { $name })
activity-part-moved = { $line }, срок перенесён: { $due }
activity-parts = Кто отвечает, { $date }
activity-parts-title =
    <b>{ $title }</b>, { $due }

    Чью часть открыть?
activity-give = Поручить другому
activity-give-ask =
    <b>{ $title }</b>, срок { $due }
    По программе отвечает: { $name }
activity-give-whom = Кому поручить?
activity-give-absent = Кто со знаком ❓, тот ещё не с ботом: напоминания начнут приходить, когда человек придёт по приглашению.
activity-give-when =
    <b>{ $title }</b>, срок { $due }

    { $name }: только в этот раз или с этого раза и дальше?
activity-give-once = Только в этот раз
activity-give-on = С этого раза и дальше
activity-given = Теперь отвечает: { $name }
activity-invite = Пригласить
activity-read = Отчёт: { $name }, { $date }
activity-accept-all = Принять все отчёты, { $date }
activity-close = Закрыть как есть, { $date }
activity-close-ask =
    <b>{ $title }</b>, { $due }

    Отчёты, которые пришли, будут приняты, остальных больше не ждём. Закрыть?
activity-close-sure = Да, закрыть
activity-close-not = Нет, не закрывать
activity-accepted-all = Отчёты приняты.
activity-closed = Закрыто. Напоминаний об этом больше не будет.

activity-reports-title = <b>Отчёты ждут ответа</b>
activity-reports-none = Все отчёты разобраны.
activity-report-head =
    <b>{ $title }</b>, срок { $due }
    { $name } пишет:
activity-report-accepted = ✅ Принято.
activity-report-returned = ↩️ Возвращено с комментарием:
activity-accept = Принять
activity-return = Вернуть
activity-reports-back = К отчётам
activity-ask-comment = Что нужно дополнить? Напишите, и { $name } получит ваш комментарий. Можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.

activity-requests-title = <b>Просьбы о переносе срока</b>
activity-requests-none = На все просьбы ответили.
activity-request-head =
    <b>{ $title }</b>
    { $name } просит перенести срок: { $was } → <b>{ $wanted }</b>
activity-request-agreed = ✅ Срок перенесён.
activity-request-refused = ↩️ Срок не перенесён:
activity-request-lapsed = Просьба больше не актуальна.
activity-agree = Согласиться
activity-refuse = Отказать
activity-ask-refusal = Почему не получится? Напишите, и { $name } получит ваш ответ. Можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.

activity-message-date-asked = 📅 Просьба о переносе срока
activity-message-date-agreed = ✅ Срок перенесён: <b>{ $title }</b>, было { $due }, теперь <b>{ $wanted }</b>.
activity-message-date-refused = ↩️ Перенести на { $wanted } не получилось: <b>{ $title }</b>, срок прежний, { $due }.
activity-message-given =
    📌 Вам поручили: <b>{ $title }</b>, срок { $due }
    По программе отвечает { $name }, в этот раз дело ваше.
activity-message-given-on =
    📌 Вам поручили: <b>{ $title }</b>, ближайший срок { $due }
    По программе отвечает { $name }, теперь дело ваше, и дальше тоже.
activity-message-taken = 📌 <b>{ $title }</b>, срок { $due }: { $name } отвечает в этот раз.
activity-message-taken-on = 📌 <b>{ $title }</b>: { $name } отвечает начиная со срока { $due }.
activity-message-declined =
    ❓ Нужен ответственный: <b>{ $title }</b>, срок { $due }
    Ответ «не моё», { $name }:
activity-message-reminder = Напоминаю о ваших делах по программе:
activity-message-report = 🟡 Новый отчёт
activity-message-accepted = ✅ Отчёт принят: <b>{ $title }</b>, срок { $due }. Спасибо за работу!
activity-message-returned = ↩️ Отчёт вернули: <b>{ $title }</b>, срок { $due }. Что дополнить:
activity-message-escalation = 🔴 Срок прошёл, а отчёта пока нет:
activity-message-asks = { $name } просит перенести на { $day }
activity-message-names = { $line } ({ $names })
activity-digest-title = <b>Мероприятия: неделя впереди</b>
activity-digest-due = <b>Срок на этой неделе</b>
activity-digest-late = <b>Срок уже прошёл</b>
activity-digest-quiet = На этой неделе сроков нет.

error-task-reported = Отчёт об этом уже есть, или дело закрыто. Ничего больше делать не нужно.
error-activity-nameless = В отчёте должно стоять имя. Представьтесь, пожалуйста: нажмите /start.
error-report-decided = На этот отчёт уже ответили.
error-task-content = Пришлите текст, фото или файл, до 20 МБ каждый.
error-task-day = Выберите день после сегодняшнего, не дальше полугода и не тот, что уже стоит сроком.
error-task-day-off = Это выходной. Выберите, пожалуйста, рабочий день.
error-date-asked = Вы уже просили перенести этот срок. Как только ответят, напишу вам.
error-date-decided = На эту просьбу уже ответили, или она больше не нужна.
error-date-past = Этот день уже прошёл. Откажите и предложите другой.

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
task-whose = Отвечает: { $name }
task-state-open = Ещё не сделано.
task-state-started = В работе с { $day }.
task-state-reported = Отчёт отправлен, ждёт ответа администрации.
task-state-accepted = Принято. Спасибо!
task-state-returned = Отчёт вернули: нужно дополнить.
task-report = <b>Отчёт</b>, { $name }, { $day }:
task-comment = <b>Комментарий администрации:</b>
task-done = Сделано
task-start = В работе
task-started = Хорошо! Напомню за три дня до срока.
task-started-soon = Хорошо! Удачи с делом.
task-ask-report =
    <b>{ $title }</b>

    Что сделано? Хватит двух-трёх предложений, можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.
task-reported = Спасибо! Отчёт передан администрации: <b>{ $title }</b>.

activities-title = <b>Мероприятия программы</b>
activities-direction = <b>{ $number }. { $title }</b>
activities-line = { $sign } { $title }, { $due }
activities-line-none = ➖ { $title }
activities-legend = ✅ принято · 🟡 есть отчёт · 🔴 просрочено · ↩️ на доработке · ⚪ впереди · ❓ некому напомнить
activities-absent =
    ❓ Пока не с ботом: { $names }
    Пригласите их, и напоминания начнут приходить.
activities-reports = { $count ->
    [one] { $count } отчёт ждёт ответа
    [few] { $count } отчёта ждут ответа
   *[many] { $count } отчётов ждут ответа
}
activities-back = Ко всем мероприятиям

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

activity-message-reminder = Напоминаю о ваших делах по программе:
activity-message-report = 🟡 Новый отчёт
activity-message-accepted = ✅ Отчёт принят: <b>{ $title }</b>, срок { $due }. Спасибо за работу!
activity-message-returned = ↩️ Отчёт вернули: <b>{ $title }</b>, срок { $due }. Что дополнить:
activity-message-escalation = 🔴 Срок прошёл, а отчёта пока нет:
activity-message-names = { $line } ({ $names })
activity-digest-title = <b>Мероприятия: неделя впереди</b>
activity-digest-due = <b>Срок на этой неделе</b>
activity-digest-late = <b>Срок уже прошёл</b>
activity-digest-quiet = На этой неделе сроков нет.

error-task-reported = Отчёт об этом уже есть, или дело закрыто. Ничего больше делать не нужно.
error-activity-nameless = В отчёте должно стоять имя. Представьтесь, пожалуйста: нажмите /start.
error-report-decided = На этот отчёт уже ответили.

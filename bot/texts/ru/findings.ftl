# «Мы услышали»: что узнали из опроса или письма, кто это делает и что изменилось

go-findings = 👂 Мы услышали
command-findings = Мы услышали: что школа делает по опросам и письмам
finding-start = 👂 Мы услышали: что сделать
finding-none = Здесь пока пусто. Задачу можно поставить из итогов опроса или из письма: кнопка «Мы услышали».
finding-list = <b>👂 Мы услышали</b>. Сделано { $done } из { $total }.
finding-item = { $sign } { $text }
    { $name }, до { $day }
finding-sign-open = ⚪
finding-sign-late = 🔴
finding-sign-done = 🟡
finding-sign-told = ✅
finding-ask-text = Что мы услышали? Одно-два предложения простыми словами, их потом увидят те, кто это сказал. Например: «После уроков негде подождать автобус». Предел в знаках: { $limit }.
finding-ask-who = Кто этим займётся?
finding-ask-due = К какому дню? Выберите или напишите число и месяц.
finding-days = { $days ->
        [7] Через неделю
        [14] Через две недели
       *[other] Через месяц
    }
finding-preview =
    <b>Мы услышали:</b> { $text }

    Займётся: { $name }, до { $day }.
finding-save = Поставить задачу
finding-card = <b>👂 Мы услышали:</b> { $text }
finding-from-survey = Из опроса «{ $title }».
finding-from-ticket = Из письма № { $number }.
finding-whose = Отвечает: { $name }, до { $day }.
finding-state-open = Ещё не сделано.
finding-state-late = 🔴 Срок прошёл, ещё не сделано.
finding-state-done = 🟡 Сделано. Осталось рассказать тем, кого спрашивали.
finding-state-told = ✅ Сделано, и об этом рассказано.
finding-change = <b>Что изменилось:</b> { $change }
finding-finish = ✅ Сделано
finding-change-again = Исправить слова
finding-tell = 📣 Рассказать
finding-open = Открыть
finding-ask-change =
    <b>Мы услышали:</b> { $text }

    Что изменилось? Напишите простыми словами: это прочтут те, кого спрашивали. Предел в знаках: { $limit }.
finding-told = { $number ->
        [0] Рассказать некому: автор больше не пользуется ботом.
        [one] Отправлено { $number } человеку.
       *[other] Отправлено { $number } людям.
    }
finding-message =
    👂 <b>Мы услышали, и это поручено вам:</b> { $text }

    Срок: { $day }. Когда сделаете, напишите, что изменилось.
finding-message-done =
    🟡 <b>Сделано по тому, что мы услышали.</b> { $name } пишет:

    { $change }

    Услышали: { $text }

    Прочитайте и расскажите тем, кого спрашивали.
finding-message-told =
    👂 <b>Мы услышали вас</b> (опрос «{ $title }»): { $text }

    <b>Что изменилось:</b> { $change }
finding-due = <b>Напоминаю: мы услышали, и это поручено вам</b>
finding-due-item = • { $text } — до { $day }
finding-digest = 👂 Что изменилось после опроса «{ $title }»
status-findings = 👂 Мы услышали: сделано { $done } из { $total }

error-finding-due = Срок должен быть не раньше сегодняшнего дня и не дальше года.
error-finding-told = Об этом уже рассказано.
error-finding-open = Сначала напишите, что изменилось.

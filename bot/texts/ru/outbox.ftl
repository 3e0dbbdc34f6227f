# Письма и файлы

digest-title =
    <b>Вечерняя сводка:</b> { $count ->
        [one] { $count } новость
        [few] { $count } новости
       *[many] { $count } новостей
    }
digest-missed =
    <b>С возвращением!</b> Пока бот был закрыт, { $count ->
        [one] вам пришло { $count } сообщение
        [few] вам пришли { $count } сообщения
       *[many] вам пришло { $count } сообщений
    }:
digest-more = …и ещё { $count }. Всё это есть в меню.
moment-before-yesterday = позавчера
moment-yesterday = вчера
moment-today = сегодня
moment-tomorrow = завтра
moment-after-tomorrow = послезавтра
error-file-big = Файл больше { $limit } МБ: на телефоне его не открыть. Пришлите поменьше, пожалуйста.
error-moment = Не понял, когда это. Напишите число, месяц и время или, например, «завтра в 9».
error-past-day = Не понял, какой это день. Напишите число и месяц или «вчера».
error-day = Не понял, какой это день. Напишите число и месяц или «завтра».

announcement-progress = 📨 Как идёт рассылка
announcement-of-event = 📨 <b>Приглашения: «{ $title }»</b>
announcement-of-survey = 📨 <b>Приглашения в опрос: «{ $title }»</b>
announcement-of-survey-published = 📨 <b>Итоги опроса: «{ $title }»</b>
announcement-sent = Дошло: { $sent } из { $total }.
announcement-due = { $minutes ->
        [0] Отправляются сейчас: { $people }. Это займёт меньше минуты.
        [one] Отправляются сейчас: { $people }. Это займёт около { $minutes } минуты.
       *[other] Отправляются сейчас: { $people }. Это займёт около { $minutes } минут.
    }
announcement-later = Уйдут позже: { $people } (тихие часы или вечерняя сводка). Первые: { $at }.
announcement-unreachable = Не дошло: { $people }. Эти люди остановили бота или не открывали с ним чат.
announcement-failed = Telegram не принял: { $people }.
announcement-stopped =
    { $people ->
        [one] ⏸ Рассылка остановлена: { $people } человек сообщение не получил.
        [few] ⏸ Рассылка остановлена: { $people } человека сообщение не получили.
       *[many] ⏸ Рассылка остановлена: { $people } человек сообщение не получили.
    }
announcement-stopped-over =
    { $people ->
        [one] ⏸ Рассылка остановлена: { $people } человек сообщение не получил. Продолжать её уже поздно.
        [few] ⏸ Рассылка остановлена: { $people } человека сообщение не получили. Продолжать её уже поздно.
       *[many] ⏸ Рассылка остановлена: { $people } человек сообщение не получили. Продолжать её уже поздно.
    }
announcement-out = Всё ушло.
announcement-look = 🔄 Обновить
announcement-ask = ⏸ Остановить
announcement-go_on = ▶️ Продолжить
announcement-stop-ask =
    { $people ->
        [one] Остановить рассылку? { $people } человек не получит это сообщение. Продолжить можно будет в любой момент.
        [few] Остановить рассылку? { $people } человека не получат это сообщение. Продолжить можно будет в любой момент.
       *[many] Остановить рассылку? { $people } человек не получат это сообщение. Продолжить можно будет в любой момент.
    }
announcement-stop = Да, остановить
announcement-stop-not = Нет, пусть идёт
announcement-to-event = ← К событию
announcement-to-survey = ← К опросу
error-announcement-out = Всё уже ушло.
error-announcement-over = Продолжать поздно: событие уже прошло или отменено, опрос уже закрыт.

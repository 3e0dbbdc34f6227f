# Письма и файлы

digest-title =
    <b>Вечерняя сводка:</b> { $count ->
        [one] { $count } новость
        [few] { $count } новости
       *[many] { $count } новостей
    }
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

# Письма в школу: тот, кто пишет, и тот, кто отвечает

feedback-start =
    <b>Письмо в школу</b>

    Спросите, предложите, пожалуйтесь или скажите спасибо. О чём письмо?
feedback-letters = Мои письма
ticket-pick-question = ❓ Вопрос
ticket-pick-suggestion = 💡 Предложение
ticket-pick-complaint = ⚠️ Жалоба
ticket-pick-praise = 🙏 Благодарность
ticket-topic-question = вопрос
ticket-topic-suggestion = предложение
ticket-topic-complaint = жалоба
ticket-topic-praise = благодарность
feedback-about = За что хотите поблагодарить?
ticket-about-teaching = уроки и учителя
ticket-about-equipment = кабинеты и оборудование
ticket-about-other = другое
feedback-write =
    Тема: { $topic }. Напишите своими словами или запишите голосовое.

    Можно приложить фото и файлы, до десяти штук.
feedback-whom =
    Кому передать?{ $files ->
        [0] { "" }
        [one] { " " }Приложен { $files } файл.
        [few] { " " }Приложено { $files } файла.
       *[many] { " " }Приложено { $files } файлов.
    }

    Хотите что-то добавить — просто пришлите.
feedback-class-teacher = Классный руководитель ({ $children }): { $name }
feedback-colleague = { $name }, { $position }
feedback-administration = Администрация школы
feedback-sign =
    Прочитает <b>{ $name }</b>
    Подписать письмо?

    <b>Без имени</b> значит: вашего имени в письме не будет, и в базе оно с письмом не связано. Ответ всё равно придёт сюда, и переписку можно продолжить.
feedback-sign-class = Классный руководитель поймёт, что пишет кто-то из родителей класса.
feedback-sign-files = Голос, почерк и название файла могут вас выдать.
feedback-named = От своего имени
feedback-nameless = Без имени
feedback-quote =
    Можно ли вас процитировать, например на сайте школы или на собрании?{ $named ->
        [yes] { "" }
       *[no] { " " }Имени не будет.
    }
feedback-quote-yes = Да, можно
feedback-quote-no = Лучше не надо
feedback-sent =
    ✉️ Обращение № <b>{ $number }</b> отправлено. Прочитает { $name }

    { $kind ->
        [praise] Спасибо за добрые слова! Если ответят, ответ придёт сюда.
       *[other] Ответ придёт сюда, в этот чат. Если три рабочих дня никто не ответит, бот напомнит администрации.
    }
feedback-held = Сейчас тихие часы, поэтому письмо увидят, когда они закончатся.
feedback-open = Открыть письмо
feedback-collecting = Принимаю файлы. Когда придут все, нажмите «Отправить».
feedback-send = Отправить
feedback-already-sent = Это письмо уже отправлено или отменено.
feedback-letters-title = <b>Мои письма</b>
feedback-letters-none = Вы ещё не писали в школу. Если есть что спросить или сказать, начните здесь.
feedback-letters-item = № { $number }, { $topic }: { $state }
feedback-letter-nameless = <i>Письмо без имени: школа не знает, кто его написал.</i>
feedback-write-on = Написать ещё
feedback-quote-more = Можно цитировать
feedback-quote-less = Больше не цитировать
feedback-ask-more = Обращение № { $number }. Что добавить? Напишите, запишите голосовое или пришлите файлы.
feedback-added = Добавлено в обращение № { $number }.

ticket-title = <b>Обращение № { $number }</b>, { $topic }
ticket-from = От кого: { $author }
ticket-to = Кому: { $name }
ticket-state = Сейчас: { $state }
ticket-state-waiting = ждёт ответа
ticket-state-open = открыто
ticket-state-closed = закрыто
ticket-quotable = Цитировать можно.
ticket-not-quotable = Цитировать нельзя.
ticket-close = Закрыть
ticket-closed = Закрыто. Если понадобится, две недели можно написать ещё.
ticket-answer = Ответить
ticket-thread = Вся переписка
ticket-pass = Передать другому
ticket-passed = Передано: { $name }
ticket-back = Назад
ticket-files = 📎 Файлы ({ $count })
ticket-files-of = Это файлы из обращения № { $number }.
ticket-you = вы
ticket-author = автор
ticket-author-nameless = без имени
ticket-author-gone = автора больше нет в списках школы
ticket-author-named = { $name } ({ $children })
ticket-said = <b>{ $at }, { $who }:</b>
ticket-attached =
    📎 { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
ticket-erased = <i>текст стёрт</i>
ticket-was-closed = <i>{ $at }: закрыто ({ $who })</i>
ticket-was-passed = <i>{ $at }: передано, теперь отвечает { $name }</i>
ticket-cut = <i>…начало переписки не поместилось</i>
ticket-waits = ждёт { $time }
ticket-waits-long = ⏳ Ждёт ответа: { $time }
ticket-waited-days =
    { $days ->
        [one] { $days } рабочий день
        [few] { $days } рабочих дня
       *[many] { $days } рабочих дней
    }
ticket-waited-hours =
    { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }
ticket-waited-now = меньше часа
ticket-waited-today = с сегодняшнего дня
ticket-waited-off = меньше рабочего дня

tickets-open = <b>Письма в школу</b>
tickets-closed = <b>Закрытые письма</b>
tickets-praise = <b>Благодарности, которые можно цитировать</b>
tickets-none = Здесь пока пусто.
tickets-item = № { $number }, { $topic }: { $state }. Кому: { $name }
tickets-quote = № { $number }: «{ $text }»
tickets-button = № { $number }, { $topic }
tickets-go-open = Открытые
tickets-go-closed = Закрытые
tickets-go-praise = Благодарности
tickets-late = ⏳ <b>Эти письма долго ждут ответа:</b>
tickets-late-item = • № { $number }, { $topic }: { $time }. Кому: { $name }
tickets-late-more = …и ещё { $count }. Все они в «Письмах в школу».

ticket-ask-answer = Обращение № { $number }. Что ответить? Напишите, запишите голосовое или пришлите файлы.
ticket-answered = Ответ на обращение № { $number } отправлен.
ticket-held = Сейчас тихие часы: ответ придёт, когда они закончатся.
ticket-ask-pass =
    Кому передать обращение № { $number }?

    Тот, кого вы выберете, увидит всю переписку.

ticket-message =
    ✉️ <b>Обращение № { $number }</b>, { $topic }
    От кого: { $author }
ticket-message-more =
    ✉️ Обращение № { $number }, { $topic }: автор написал ещё
    От кого: { $author }
ticket-message-answer =
    ✉️ <b>Ответ на ваше обращение № { $number }</b>
    Отвечает { $name }
ticket-message-closed = Обращение № { $number } закрыто. Если вопрос остался, две недели можно написать ещё.
ticket-message-closed-by-author = Обращение № { $number }: автор закрыл его сам.
ticket-message-passed = Обращение № { $number }: теперь вам отвечает { $name }
ticket-message-given = ✉️ { $by } передаёт вам обращение № { $number } ({ $topic }).
ticket-digest-closed = ✉️ Обращение № { $number } закрыто
ticket-digest-passed = ✉️ Обращение № { $number } передано: { $name }
ticket-digest-open = Обращение № { $number }

error-ticket-content = Это в письмо не вложить. Пришлите текст, голосовое, фото, видео или файл.
error-ticket-files = В одно письмо входит не больше { $limit ->
        [one] { $limit } файла
       *[other] { $limit } файлов
    }: первые взял, остальные нет. Лишнее можно прислать следом.
error-ticket-addressee = Этот сотрудник больше не принимает письма. Выберите другого: пришлите ещё хоть слово, и список обновится.
error-ticket-closed = Это обращение закрыто больше двух недель назад. Напишите, пожалуйста, новое: /feedback.
error-ticket-author-gone = Автор больше не пользуется ботом: ответить некому.
error-ticket-nameless = Автор должен видеть, кто отвечает. Представьтесь, пожалуйста: нажмите /start.

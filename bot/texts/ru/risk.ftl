# Список поддержки, учебные маршруты, согласование

go-risk = Поддержка учеников
command-risk = Поддержка учеников: список и маршруты

risk-title =
    <b>Список поддержки</b>: { $count ->
        [one] { $count } ученик
        [few] { $count } ученика
       *[many] { $count } учеников
    }{ $waiting ->
        [0] {""}
        [one] , у { $waiting } что-то ждёт вас
       *[many] , у { $waiting } что-то ждёт вас
    }
    Его видят только учителя класса, психолог и администрация.
risk-line = <b>{ $name }</b>, { $class_name }
risk-due = ⏳ { $what }
risk-due-review = пора пересмотреть
risk-due-route = нет маршрута
risk-due-draft = маршрут не отправлен
risk-due-guardians = ждём ответа родителей
risk-due-answer = родители написали
risk-due-week = нет отметки за неделю
risk-due-cycle = пора подвести итог
risk-do-review = 🔁 Пересмотреть
risk-do-route = 🧭 Составить маршрут
risk-do-draft = 📝 Дописать маршрут
risk-do-guardians = ✍️ Ответ родителей
risk-do-answer = 💬 Родители написали
risk-do-week = 📈 Как неделя
risk-do-cycle = 🏁 Подвести итог
risk-do-open-route = 🧭 Маршрут
risk-do-card = Открыть карточку
risk-empty = Сейчас в нём никого нет.
risk-unconfirmed = Список за этот учебный год ещё не подтверждён.
risk-confirmed = ✓ Список за учебный год подтверждён { $day }.
risk-confirm = Подтвердить список
risk-confirm-ask =
    <b>Подтвердить список за этот учебный год?</b>

    В нём { $count ->
        [one] { $count } ученик
        [few] { $count } ученика
       *[many] { $count } учеников
    }, { $overdue ->
        [0] все пересмотрены вовремя
       *[other] срок пересмотра прошёл у { $overdue }
    }.
risk-confirm-sure = Да, список верный
risk-confirm-done = Готово, список подтверждён.
risk-confirm-already = Список за этот год уже подтверждён.
risk-add = ➕ Добавить ученика
risk-to-list = К списку

risk-card = <b>{ $name }</b>, { $class_name }. В списке поддержки с { $since }.
risk-card-review = Пересмотр { $day } ({ $who }). Следующий — { $due }.
risk-card-before = Раньше:
risk-card-earlier = { $day }, { $who }: { $level }

risk-choose-class = Кого добавить? Выберите класс или напишите фамилию целиком, можно с именем.
risk-choose-name = Кого добавить? Напишите фамилию целиком, можно с именем.
risk-which-pupil = Кого добавить?
risk-no-pupils = В этом классе пока никого нет.
risk-candidate-registered = ✓ { $name } — уже в списке
risk-signs =
    <b>{ $name }</b>, { $class_name }. Что видно?

    Отметьте кнопками. Можно и написать: число — процент пропущенных уроков, слова — ваше наблюдение.
risk-mark-absences-few = Пропуски <5 %
risk-mark-absences-some = 5–10 %
risk-mark-absences-many = от 10 %
risk-mark-behaviour-calm = Поведение: ровное
risk-mark-behaviour-remarks = замечания
risk-mark-behaviour-serious = серьёзно
risk-mark-courses-none = По предметам успевает
risk-mark-courses =
    { $count ->
        [0] Трудные предметы
       *[other] Трудные предметы: { $count }
    }
risk-words-drop = Стереть наблюдение
risk-next = Дальше
risk-subjects = <b>{ $name }</b>: по каким предметам сейчас не получается? Нужного нет — напишите его название.
risk-subjects-typed = Ещё: { $names }
risk-subjects-done = Готово
risk-subject-math = Математика
risk-subject-russian = Русский язык
risk-subject-literature = Литература
risk-subject-reading = Чтение
risk-subject-foreign = Иностранный язык
risk-subject-world = Окружающий мир
risk-subject-history = История
risk-subject-social = Обществознание
risk-subject-geography = География
risk-subject-biology = Биология
risk-subject-physics = Физика
risk-subject-chemistry = Химия
risk-subject-informatics = Информатика
risk-behaviour-calm = ровное
risk-behaviour-remarks = есть замечания
risk-behaviour-serious = серьёзные случаи
risk-level-none = спокойно
risk-level-some = стоит присмотреться
risk-level-high = высокий риск
risk-level-said = наблюдение
risk-factor-absences =
    • Пропуски { $percent ->
        [-1] { $band ->
            [few] меньше 5 %
            [some] от 5 до 10 %
           *[many] 10 % и больше
        }
       *[other] { $percent } %
    } (порог { $threshold } %): { $level }
risk-factor-behaviour = • Поведение ({ $words }): { $level }
risk-factor-courses =
    { $count ->
        [0] • По предметам успевает: { $level }
       *[other] • Трудные предметы — { $names } (порог: один — присмотреться, два — высокий риск): { $level }
    }
risk-factor-words = • Наблюдение:
risk-together = Вместе: <b>{ $level }</b>. Это подсказка, решает человек.
risk-short-absences =
    пропуски { $percent ->
        [-1] { $band ->
            [few] меньше 5 %
            [some] 5–10 %
           *[many] от 10 %
        }
       *[other] { $percent } %
    }
risk-short-behaviour = поведение — { $words }
risk-short-courses = предметы — { $names }
risk-preview = Добавить в список поддержки: <b>{ $name }</b>, { $class_name }?
risk-preview-review = Записать пересмотр: <b>{ $name }</b>, { $class_name }?
risk-preview-who-sees = Список видят учителя класса, психолог и администрация. Родителям об этом ничего не придёт: им вы отправите маршрут, когда он будет готов.
risk-save = Добавить в список
risk-save-review = Записать пересмотр
risk-edit = Исправить
risk-saved = Готово: <b>{ $name }</b> в списке поддержки. Пересмотреть — { $due }.
risk-saved-review = Пересмотр записан: <b>{ $name }</b>. Следующий — { $due }.
risk-draft-gone = Эта запись уже закрыта. Начните заново: /risk.

risk-off = Снять с поддержки
risk-off-ask = <b>{ $name }</b>: с каким итогом снимаем?
risk-outcome-reached = Цель достигнута
risk-outcome-moved = Другая школа
risk-outcome-other = Другое
risk-off-preview = Снять с поддержки: <b>{ $name }</b>. Итог: { $outcome }.
risk-off-route = Маршрут тоже завершится, родителям придёт сообщение об этом.
risk-off-words = Можно добавить несколько слов — просто напишите.
risk-off-words-needed = Напишите в двух словах, какой итог.
risk-off-sure = Снять с поддержки
risk-taken-off = Готово: <b>{ $name }</b> больше не в списке. Итог: { $outcome }.

route-span = { $first } — { $last }
route-goal = <b>Цель:</b>
route-goal-missing = <b>Цель:</b> ещё не написана
route-measures = <b>Что делаем:</b>
route-measures-missing = <b>Что делаем:</b> ещё не написано
route-dates = <b>Когда:</b> { $span }
route-champion = <b>Отвечает:</b> { $name }
route-file = 📎 { $name }
route-file-nameless = файл
route-open-file = 📎 Файл

route-ask-goal = <b>{ $name }</b>. Какая цель маршрута? Одно-два предложения: родители прочтут их. Например: «К концу четверти уверенно решать задачи на дроби».
route-ask-measures = Что будем делать? Каждая мера — с новой строки, до { $lines }. Например: «Занятие по вторникам в 14:00».
route-ask-dates =
    Сейчас: { $span }.

    Напишите новые даты: «1.12 – 15.01», или только окончание: «15 января».
route-ask-champion = Кто отвечает за маршрут? Этот человек ответит родителям, и его бот спросит, как прошла неделя.
route-ask-file = Пришлите файл или фото: его получат родители вместе с маршрутом.
route-remove-file = Убрать файл
route-back = ← Назад
route-draft = <b>{ $name }</b>, { $class_name }. Черновик маршрута, родители его пока не видят.
route-edit-goal = Цель
route-edit-measures = Что делаем
route-edit-dates = Даты
route-edit-champion = Кто отвечает
route-edit-file = Файл
route-send = Показать, что увидят родители
route-send-ask = Вот что увидят родители:
route-send-sure = Отправить родителям
route-discard = Отложить черновик
route-discarded = Черновик отложен. Родители ничего не получили.
route-sent = Готово: маршрут отправлен. Ученик: <b>{ $name }</b>.
route-sent-to = Получат в боте: { $names }.
route-sent-paper = Без бота: { $names }. Покажите маршрут на бумаге и отметьте согласие здесь.
route-sent-nobody = Родителей в списке пока нет.
route-see = Открыть маршрут
route-a-guardian = родитель

route-title = <b>{ $name }</b>, { $class_name }. Учебный маршрут, версия { $number }
route-answers = <b>Родители:</b>
route-answered-agreed = ✅ { $who }: согласие { $day }
route-answered-paper = ✅ { $who }: согласие на бумаге { $day }
route-answered-discuss = 💬 { $who }: хочет обсудить, { $day }
route-answered-refused = ✖️ { $who }: несогласие, { $day }.
route-asked = ⏳ { $who }: { $state }
route-asked-absent = ⏳ { $who }: без бота, нужна подпись на бумаге
route-asked-later = ⏳ { $who }: маршрут виден в боте, сообщения не было
route-state-seen = прочитано, ответа нет
route-state-delivered = доставлено, ответа нет
route-state-waiting = ждёт отправки
route-state-unreachable = не дошло: бот заблокирован или закрыт
route-weeks = <b>По неделям:</b>
route-week-line = { $sign } с { $day } — { $mark }
route-mark-better = лучше
route-mark-same = так же
route-mark-worse = пока труднее
route-sign-better = 📈
route-sign-same = ➖
route-sign-worse = 📉
route-do-better = 📈 Лучше
route-do-same = ➖ Так же
route-do-worse = 📉 Хуже
route-result = <b>Итог:</b> { $result }
route-result-reached = цель достигнута
route-result-partly = получилось частично
route-result-missed = пока не получилось
route-over = Маршрут завершён { $day }.
route-said = <b>{ $at }, { $who }:</b>
route-erased = текст стёрт
route-thread-cut = <i>…более ранние сообщения не поместились</i>
route-to-draft = 📝 К черновику
route-change = Изменить маршрут
route-week = 📈 Как неделя
route-cycle = 🏁 Подвести итог
route-paper = ✍️ Согласие на бумаге: { $who }
route-write-to = 💬 Написать: { $who }
route-ask-paper = <b>{ $child }</b>. { $who }: когда подписано? Нажмите или напишите число и месяц.
route-paper-today = Сегодня
route-paper-yesterday = Вчера
route-paper-logged = Записано: согласие на бумаге.
route-ask-to-guardian = <b>{ $child }</b>. { $who }. Что написать о маршруте?
route-written = Готово, сообщение отправлено.
route-held =
    Сейчас тихие часы, родитель получит его { $day ->
        [today] сегодня
       *[tomorrow] завтра
    } в { $time }.
route-held-school =
    Сейчас тихие часы: в школе это увидят { $day ->
        [today] сегодня
       *[tomorrow] завтра
    } в { $time }.

route-ask-week = <b>{ $name }</b>, { $class_name }. Как прошла неделя с { $day }? Родители увидят отметку в маршруте.
route-week-marked = Записано: <b>{ $name }</b>, неделя с { $day } — { $mark }.
route-add-words = Добавить слова
route-ask-words = Что добавить о неделе? Хватит одного предложения: родители его прочтут.
route-ask-cycle = <b>{ $name }</b>, { $class_name }. Чего удалось добиться?
route-ask-go-on = <b>{ $name }</b>. Итог: { $result }. Что дальше?
route-go-on = Продолжить ещё шесть недель
route-end = Завершить маршрут
route-ended-staff = Готово: маршрут завершён, родители получат сообщение. Ученик: <b>{ $name }</b>.

route-message =
    🧭 <b>{ $child }</b>: учебный маршрут

    Школа составила план, как помочь с учёбой. Посмотрите его, пожалуйста, и скажите, согласны ли вы.
route-message-changed =
    🧭 <b>{ $child }</b>: учебный маршрут обновлён

    Посмотрите, пожалуйста, что изменилось, и ответьте ещё раз: согласие нужно именно на этот план.
route-message-ask = Согласны с таким планом? Его можно обсудить и поменять.
route-changes = <b>Что изменилось:</b>
route-changed-goal =
    • Цель
    было: { $was }
    стало: { $became }
route-taken-out = • убрали: { $line }
route-put-in = • добавили: { $line }
route-changed-dates =
    • Когда
    было: { $was }
    стало: { $became }
route-changed-champion =
    • Отвечает
    раньше: { $was }
    теперь: { $became }
route-changed-file = • Файл другой
route-own-agree = Согласен(на)
route-own-discuss = Обсудить
route-own-refuse = Не согласен(на)
route-own-open = Весь маршрут
route-own-write = 💬 Написать о маршруте
route-own-title = 🧭 <b>{ $child }</b>: учебный маршрут
route-own-line = 🧭 Учебный маршрут до { $last }: { $state }
route-own-waits = ждём вашего ответа
route-own-over = Маршрут завершён. Спасибо, что были рядом!
route-own-said-agreed = согласие есть
route-own-said-discuss = обсуждаем
route-own-said-refused = согласия нет
route-own-answer-agreed = ✅ Вы согласились { $day }. Спасибо!
route-own-answer-discuss = 💬 Вы хотите обсудить план ({ $day }). Решите — нажмите кнопку.
route-own-answer-refused = ✖️ Вы не согласились { $day }. Школа это видит; передумаете — нажмите кнопку.
route-own-result = <b>Что получилось:</b> { $result }
route-agreed-thanks = Спасибо! Школа видит ваше согласие.
route-agreed-already = Ваше согласие уже записано, спасибо.
route-ask-discuss = Что хотите обсудить? Напишите как есть, { $name } ответит.
route-ask-reason = Расскажите, пожалуйста, что вас не устраивает. Прочитает { $name }, и мы поищем другое решение.
route-passed-on = Спасибо, передали. Ответит { $name }
route-you = вы
route-digest = 🧭 <b>{ $child }</b>: учебный маршрут ждёт вашего ответа
route-digest-ended = 🧭 <b>{ $child }</b>: учебный маршрут завершён
route-digest-open = 🧭 { $child }: маршрут
route-message-ended = 🧭 <b>{ $child }</b>: учебный маршрут завершён.
route-message-thanks = Спасибо, что были рядом!
route-message-reply = 🧭 <b>{ $child }</b>, учебный маршрут. Вам пишет { $name }:
route-reply = Ответить

route-message-agreed = ✅ <b>{ $child }</b>, { $class_name }: { $who } — согласие с маршрутом.
route-message-discuss = 💬 <b>{ $child }</b>, { $class_name }: { $who } — просьба обсудить маршрут.
route-message-refused = ✖️ <b>{ $child }</b>, { $class_name }: { $who } — несогласие с маршрутом. Причина:
route-message-written = 💬 <b>{ $child }</b>, { $class_name }. О маршруте пишет { $who }:
route-message-progress = 📈 <b>{ $child }</b>, { $class_name }: как прошла неделя по маршруту?
route-message-cycle = 🏁 <b>{ $child }</b>, { $class_name }: маршрут подошёл к концу. Что получилось?

error-risk-percent = Процент пропусков бывает от 0 до 100. Напишите ещё раз, или наблюдение словами.
error-risk-percent-whole = Нужно целое число процентов. Напишите, например, 7 или 8.
error-risk-observed = Вместе с прежним наблюдением слишком длинно: можно не больше { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }, а получится { $length }. Прежнее на месте. Пришлите, пожалуйста, новое покороче или сотрите прежнее кнопкой.
error-risk-nameless = Под записями о поддержке должно стоять имя. Представьтесь, пожалуйста: нажмите /start.
error-risk-registered = { $name }: уже в списке поддержки.
error-risk-nobody = Такого ученика не нашлось. Проверьте фамилию: она нужна целиком, можно с именем.
error-risk-no-reason = Отметьте хотя бы один признак или напишите своими словами, почему нужна поддержка.
error-route-sent = Эта версия маршрута уже отправлена. Чтобы изменить, откройте маршрут и нажмите «Изменить».
error-route-discarded = Этот черновик отложен. Откройте маршрут заново: /risk.
error-route-measures = Можно не больше { $lines ->
        [one] { $lines } строки
       *[other] { $lines } строк
    }, в каждой не больше { $length ->
        [one] { $length } знака
       *[other] { $length } знаков
    }. Сократите, пожалуйста.
error-route-dates = Проверьте даты: окончание должно быть позже начала, не раньше сегодняшнего дня и не дальше года.
error-route-ended = Этот маршрут уже завершён.
error-route-unfinished = Маршрут не дописан: нужны цель и хотя бы одна мера.
error-route-paper-day = Этот день не подходит: подпись ставят после того, как маршрут составлен, и не позже сегодня.
error-route-guardian-gone = Этот родитель не пользуется ботом. Позвоните, пожалуйста.
error-route-week = За эту неделю отметку поставить нельзя: маршрут в это время не шёл.
error-route-finished = Итог этого маршрута уже записан.
route-old-version = Это прежняя версия маршрута. Ниже — нынешняя.
error-route-span = Не понял даты. Напишите, например, «1.12 – 15.01» или «15 января».

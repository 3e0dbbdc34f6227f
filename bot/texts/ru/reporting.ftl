# Отчёт для района: экран, файлы, ожидаемые результаты, странности программы

report-home =
    <b>Отчёт для района</b>

    Показатели на <b>{ $on }</b>, мероприятия и опросы с <b>{ $first }</b> по этот день.

    Таблица: показатели, их история и основания, мероприятия, опросы. Документ: то же словами и картинками, с местом для подписи.

    Имён детей и родителей в отчёте нет. Тексты отчётов о мероприятиях и комментарии уходят как написаны: проверьте, нет ли в них лишнего.
report-xlsx = 📊 Таблица Excel
report-docx = 📄 Документ Word
report-on-today = На сегодня
report-on = На { $day }
report-on-other = На другой день
report-first-school = С начала учебного года
report-first-calendar = С начала { $year } года
report-first-other = С другого дня
report-results-open = Ожидаемые результаты
report-ask-on = На какой день нужен отчёт? Напишите дату, например { $example }.
report-ask-first = С какого дня считать мероприятия и опросы? Напишите дату, например { $example }.
report-back = К отчёту
report-making = Готовлю, это займёт несколько секунд.
report-caption = { $title } { $span }

error-report-future = Этот день ещё не наступил. Отчёт бывает на сегодня или на прошедший день.
error-report-order = Период начинается позже, чем кончается. Проверьте даты.

results-title =
    <b>Ожидаемые результаты программы</b>

    ✅ достигнуто · 🔴 пока нет · ⚪ не отмечено или нет данных
    На одни отвечают данные бота, о других скажете вы. Выберите номер.
result-card = <b>{ $number }.</b> { $text }
result-by-data = На этот вопрос отвечают данные, отмечать ничего не нужно.
result-word = { $mark } { $by }, { $day }: { $comment }
result-word-bare = { $mark } { $by }, { $day }
result-somebody = администрация
result-no-word = Пока не отмечено.
result-yes = Достигнуто
result-no = Пока не достигнуто
result-ask-comment =
    Результат { $number }: <b>{ $mark }</b>.

    Чем это подтверждается? Напишите одну-две фразы, они войдут в отчёт.
result-no-comment = Без комментария
result-back = К списку результатов
result-saved = Записано.

report-title = Отчёт о реализации программы
report-span = за период с { $first } по { $on }
report-approved = Программа утверждена: { $position } { $by }, приказ { $order } от { $day }.
report-made = Отчёт составлен { $day } года
report-overview = Где стоит школа
report-counts = Показателей всего { $total }: у цели { $met }, почти у цели { $near }, отстают { $behind }, нет данных { $unknown }.
report-heard = Из того, что школа услышала в опросах и письмах этого учебного года, сделано { $done } из { $total }.
report-note-targets = Каждая цель читается как «не менее». «Почти» значит: не ниже девяти десятых цели.
report-note-names = Имён детей и родителей в отчёте нет: указано только, сколько их по классам. Итоги опросов, в которых ответило мало людей, не показаны.
report-direction = { $number }. { $title }
report-activities = Мероприятия по направлению «{ $title }»
report-results = Ожидаемые конечные результаты
report-results-note = Там, где результат можно посчитать, отвечают данные; об остальных сказано руководителем.
report-no-word = Руководителем не отмечено.
report-oddities = Противоречия программы
report-oddities-note = Места документа, которые стоит уточнить при следующем утверждении. Показатели посчитаны так, как в нём написано.
report-signature = Руководитель образовательной организации  ____________________ / ____________________ /
report-signature-day = { $day } года
report-no-occurrence = в этот период сроков нет

report-sheet-about = О файле
report-sheet-status = Показатели
report-sheet-history = История
report-sheet-evidence = Основания
report-sheet-activities = Мероприятия
report-sheet-surveys = Опросы
report-sheet-results = Ожидаемые результаты

report-about-school = Школа
report-about-programme = Программа
report-about-approved = Утверждение
report-about-on = Показатели на день
report-about-first = Мероприятия и опросы с
report-about-made = Составлен
report-about-heard = Мы услышали
report-about-targets = Как читать цели
report-about-names = Чего здесь нет

report-column-about = Отчёт
report-column-about-value = Что в нём
report-column-number = №
report-column-indicator = Показатель
report-column-kind = Вид
report-column-start = Начальное значение
report-column-target = Цель { $year } года
report-column-value = Значение
report-column-numerator = Числитель
report-column-denominator = Знаменатель
report-column-state = Состояние
report-column-origin = Откуда значение
report-column-day = Дата
report-column-prolonged = Цель продлена
report-column-comment = Комментарий
report-column-counts = Посчитано или не хватает
report-column-item = Кто или что
report-column-count = Сколько
report-column-activity = Мероприятие
report-column-deadline = Сроки по программе
report-column-starts = Начало
report-column-due = Срок
report-column-responsible = Ответственные
report-column-part = Часть ответственного
report-column-report = Отчёт
report-column-reported = Сдан
report-column-answer = Ответ руководителя
report-column-files = Файлов
report-column-survey = Опрос
report-column-closed = Закрыт
report-column-asked = Спросили
report-column-answered = Ответили
report-column-response = Доля ответивших
report-column-satisfied = Доля довольных (4 и 5)
report-column-question = Вопрос
report-column-option = Ответ
report-column-share = Доля
report-column-result = Ожидаемый результат
report-column-reached = Достигнут
report-column-grounds = Чем подтверждается

report-yes = да
report-no = нет
report-kind-share = доля
report-kind-count = количество
report-kind-decrease = снижение, п. п.
report-kind-yearly = обновление за год
report-kind-presence = наличие
report-origin-computed = посчитано ботом
report-origin-recorded = внесено
report-origin-start = начальное значение программы
report-origin-none = данных нет
report-missing = не хватает
report-counted = посчитано
report-unnamed = без названия
report-part-open = не сдан отчёт
report-part-reported = ждёт ответа
report-part-accepted = принято
report-part-returned = возвращено
report-occurrence-planned = впереди
report-occurrence-open = идёт
report-occurrence-reported = сдано, ждёт ответа
report-occurrence-accepted = выполнено
report-occurrence-overdue = просрочено
report-occurrence-returned = возвращено
report-reached-yes = да
report-reached-no = нет
report-reached-unknown = неизвестно
report-answer-value = { $what }: { $value }
report-answer-wanted = { $what }: { $value }, нужно { $wanted }
report-data-targets_met = Показатели у цели
report-data-difficulties_decrease = Снижение доли учеников в списке поддержки за год
report-data-routes_noo = Маршруты в 1–4 классах
report-data-tutored = Ученики списка поддержки, которым помогает наставник-учитель

history-picture = История картинкой
history-picture-none = Рисовать пока нечего: значений ещё нет.
history-reading = внесено
history-computed = посчитано ботом
history-forecast = прогноз
history-target = цель
history-now = { $value }, { $state }

oddity-owners = Показатели без ответственного: { $count } из { $total } ({ $numbers }).
oddity-years = Годы: после { $year } года целей нет, последний столбец продлевается и действует дальше.
oddity-start = Показатель { $number } «{ $title }»: начальное значение { $start } выше первой цели { $target }.
oddity-falls = Показатель { $number } «{ $title }»: цель снижается с { $earlier } ({ $year }) до { $later } ({ $following }).
oddity-nobody = Мероприятие { $number } «{ $title }»: нет ответственного.
oddity-summer = Мероприятие { $number } «{ $title }»: срок приходится на летние каникулы («{ $deadline }»).
oddity-result = Результат { $result }: обещано { $promised } по показателю { $number } «{ $title }», а его последняя цель { $last }.

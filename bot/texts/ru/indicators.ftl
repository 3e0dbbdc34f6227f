# Показатели: значения, обзор, карточка, запись

indicator-number = { NUMBER($value, maximumFractionDigits: 1) }
indicator-value-share = { NUMBER($value, maximumFractionDigits: 1) } %
indicator-value-count = { NUMBER($value, maximumFractionDigits: 1) }
indicator-value-decrease = { NUMBER($value, maximumFractionDigits: 1) } { $value ->
    [one] пункт
    [few] пункта
    [many] пунктов
   *[other] пункта
}
indicator-value-yearly = { $value ->
    [0] обновления нет
   *[other] обновление есть
}
indicator-value-presence = { $value ->
    [0] нет
   *[other] есть
}
indicator-fraction = { $value } ({ $numerator } из { $denominator })
indicator-no-value = нет данных

status-title = <b>Показатели программы: { $year } год</b>
status-prolonged = Программа продлена: действуют цели { $last } года.
status-counts = ✅ у цели: { $met } · 🟡 почти: { $near } · 🔴 отстают: { $behind } · ⚪ нет данных: { $unknown } · всего { $total }
status-unassigned =
    ❓ Некому напоминать о { $count ->
        [one] { $count } мероприятии
       *[other] { $count } мероприятиях
    } программы: { $names }
    Кого пригласить в бот, а что поручить другому, покажет кнопка «Некому напоминать».
status-direction = <b>{ $number }. { $title }</b>
status-picture = Картинка
status-behind = Что отстаёт
status-pick = Подробнее
status-todo = Что делать
status-back = Ко всем показателям
status-pick-title = О каком показателе рассказать подробнее?
status-behind-title = <b>До цели пока не дотягивают</b>
status-behind-none = Отстающих показателей нет. Так держать!
status-state-met = у цели
status-state-near = почти
status-state-behind = отстаёт
status-state-unknown = нет данных
status-mark = цель
status-picture-title = Показатели, { $year } год

status-todo-title = <b>Что поможет дойти до цели</b>
status-todo-none = Всё, о чём есть данные, у цели.
status-todo-lacking = До цели не хватает { $lacking } из { $denominator }.
status-todo-class = видно, чьи родители дольше всех ничего не слышали: напишите им и напомните коллегам.
status-todo-survey = спросите родителей: опрос об удовлетворённости уже готов, осталось открыть.
status-todo-event = запланируйте событие и отметьте, кто пришёл.
status-todo-risk = откройте список поддержки: маршруты, занятия, кружки и наставники отмечаются там.
status-todo-tickets = посмотрите благодарности: автора можно попросить разрешить цитату.
status-todo-documents = внесите документы или подтвердите те, что ждут.
status-todo-declare = посмотрите, кто ещё не заявил, и запишите посещения уроков.
status-todo-activities = проверьте, все ли мероприятия программы идут в срок.
status-todo-unknown = <b>Нет данных:</b> { $numbers }. Внесите значения, и станет видно, что делать.

indicator-title = <b>{ $number }</b> { $title }
indicator-now = { $sign } Сейчас: <b>{ $value }</b>
indicator-now-none = ⚪ Данных пока нет.
indicator-origin-computed = Посчитано ботом по тому, что сделано.
indicator-origin-recorded = Внесено на { $day }.
indicator-origin-start = Это начальное значение программы.
indicator-overridden = Бот насчитал { $value }, но считается внесённое значение.
indicator-target = Цель { $year } года: { $target }
indicator-target-prolonged = Цель { $year } года: { $target } (продлена с { $last } года)
indicator-kind-share = Доля в процентах
indicator-kind-count = Количество
indicator-kind-decrease = Снижение за год, в процентных пунктах
indicator-kind-yearly = Обновляется раз в год: да или нет
indicator-kind-presence = Наличие: есть или нет
indicator-owner = Отвечает: { $name }
indicator-plan = <b>Цели программы</b>
indicator-plan-start = в начале: { $written }
indicator-plan-year = { $year }: { $written }
indicator-forecast-on = Если так пойдёт и дальше, к 31 декабря будет { $value }: цель достижима.
indicator-forecast-dip = Сейчас ниже, чем в прошлый раз, но если судить по всему году, к 31 декабря будет { $value }: цель достижима.
indicator-forecast-off = Если так пойдёт и дальше, к 31 декабря будет { $value }: до цели не дойдём.
indicator-history = <b>Что вносили</b>
indicator-history-row = { $day }: { $value }
indicator-history-comment = { $row } — <i>{ $comment }</i>
indicator-history-more = и раньше: { $count }
indicator-why = <b>Как посчитано</b>
indicator-why-teacher_feedback =
    { $days ->
        [one] За последний { $days } день
        [few] За последние { $days } дня
       *[many] За последние { $days } дней
    } хотя бы { $notes ->
        [one] { $notes } сообщение дошло
        [few] { $notes } сообщения дошли
       *[many] { $notes } сообщений дошли
    } до родителей у { $numerator } из { $denominator ->
        [one] { $denominator } учителя
       *[other] { $denominator } учителей
    }.
indicator-why-name = • { $name }: { $notes ->
        [0] ничего
        [one] { $notes } сообщение
        [few] { $notes } сообщения
       *[many] { $notes } сообщений
    }
indicator-why-parents_satisfied = Оценку 4 или 5 поставили { $numerator } из { $denominator ->
        [one] { $denominator } ответившего
       *[other] { $denominator } ответивших
    }.
indicator-why-parents_satisfied-none = В этом году нет закрытого опроса об удовлетворённости, в котором ответили хотя бы { $answers ->
        [one] { $answers } человек
        [few] { $answers } человека
       *[many] { $answers } человек
    }.
indicator-why-none = Считать пока не из чего.
indicator-why-staff_prevention = Учителя, у которых в этом учебном году есть хотя бы одно дело по профилактике (сообщение родителям, дополнительное занятие, наставничество, отчёт о мероприятии, список поддержки, маршрут, событие): { $numerator } из { $denominator }.
indicator-why-routes = Ученики из списка поддержки, у которых есть действующий маршрут: { $numerator } из { $denominator }.
indicator-why-grade_gap = Ученики, у которых оценки расходятся с внешними на полбалла и больше: { $numerator } из { $denominator } ({ $share } %). В прошлом учебном году было { $beside } %.
indicator-why-grade_gap-none = Чтобы посчитать, нужны внешние оценки за этот учебный год и за прошлый.
indicator-why-extra_lessons = Ученики из списка поддержки, которые за последние 30 дней были на дополнительном занятии: { $numerator } из { $denominator }.
indicator-why-extra_education = Ученики из списка поддержки, которые ходят в кружок: { $numerator } из { $denominator }.
indicator-why-pairs_teacher = Пары, в которых учитель сейчас помогает ученику.
indicator-why-pairs_peer = Пары, в которых один ученик сейчас помогает другому.
indicator-why-register_renewed =
    Пересмотрены с 1 сентября: { $numerator } из { $denominator }. Список целиком { $beside ->
        [0] ещё не подтверждён
       *[other] подтверждён
    }.
indicator-why-parents_engaged = Родители, которые в этом учебном году пришли на событие, согласовали маршрут или были на личной встрече: { $numerator } из { $denominator }.
indicator-why-routes_agreed = Действующие маршруты, с которыми согласен хотя бы один родитель: { $numerator } из { $denominator }.
indicator-why-parent_events = События для родителей, которые прошли в этом календарном году. Считается ступень, где их меньше всего.
indicator-why-growth_point = Профилактические события этого учебного года, которые прошли в «Точке роста»: { $numerator } из { $denominator }.
indicator-why-specialists = Профилактические события этого учебного года, в которых участвовал специалист психологической службы: { $numerator } из { $denominator }.
indicator-why-praise = Благодарности об оборудовании за этот учебный год, которые можно цитировать: { $beside }.
indicator-why-staff_trained = Учителя, у которых есть подтверждённое обучение за последние три года: { $numerator } из { $denominator }.
indicator-why-staff_communities = Учителя, которые в этом учебном году заявили группу Lesson Study или другое профессиональное сообщество: { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-staff_practices = Учителя, чья практика принята в банк практик: { $numerator } из { $denominator }.
indicator-why-staff_technologies = Учителя, которые в этом учебном году заявили современные технологии: { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-staff_digital = Учителя, которые в этом учебном году заявили хотя бы одну платформу (Сферум, Моя школа, РЭШ, ЦОК): { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-staff_emd = Учителя, которые в этом учебном году заявили практики ЕМД: { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-staff_assessment = Учителя, которые в этом учебном году заявили формирующее оценивание: { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-multimedia = Учителя, которые в этом учебном году заявили мультимедийное и интерактивное оборудование: { $numerator } из { $denominator }. Видели на уроках: { $beside }.
indicator-why-agreements = Действующие соглашения с другими организациями.
indicator-why-subject_programmes = Действующие программы внеурочной деятельности, которые поддерживают учебный предмет: { $numerator } из { $denominator }.
indicator-why-literacy_programmes = Действующие программы по функциональной грамотности.
indicator-why-council_minutes = Протоколы советов этого календарного года.
indicator-why-local_acts = Акты из программы, которые есть и действуют: { $numerator } из { $denominator }.
indicator-files = 📎 Файлы ({ $count })
indicator-files-of = Файлы к показателю { $number } { $title }.
indicator-unfold = Кто и что посчитано
indicator-back = К показателю
indicator-counted = <b>Посчитаны</b> ({ $count }):
indicator-missing = <b>Пока не хватает</b> ({ $count }):
indicator-item = • { $name }
indicator-item-on = • { $name }, { $day }
indicator-nobody = Пока здесь никого и ничего нет.
indicator-why-part = • { $name }: { $number }
indicator-level-noo = 1–4 классы
indicator-level-ooo = 5–9 классы
indicator-level-soo = 10–11 классы
indicator-months = <b>По месяцам этого учебного года</b>
indicator-month = { $month }: { $value }

nudge-feedback =
    <b>Порадуйте родителей весточкой</b>

    { $days ->
        [one] За последний { $days } день
        [few] За последние { $days } дня
       *[many] За последние { $days } дней
    } родители { $notes ->
        [0] не получили от вас ни одного сообщения
        [one] получили от вас { $notes } сообщение
        [few] получили от вас { $notes } сообщения
       *[many] получили от вас { $notes } сообщений
    }, а школа пока не дотягивает до цели по связи с семьями.
nudge-feedback-pupils = Дольше всех ничего не слышали родители:
nudge-pupil = • { $name }, { $class_name }: { $days ->
        [0] писали сегодня
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    }
nudge-pupil-never = • { $name }, { $class_name }: ещё ни разу
nudge-feedback-enough = { $missing ->
        [1] Хватит одного сообщения, и даже одного доброго предложения в нём.
        [one] Хватит { $missing } сообщения, по одному доброму предложению.
       *[other] Хватит { $missing } сообщений, по одному доброму предложению.
    }
nudge-feedback-nobody = Родители ваших учеников пока не подключились к боту. Посмотрите, кого можно пригласить.

nudge-survey =
    <b>Спросите родителей</b>

    В этом году ещё нет закрытого опроса об удовлетворённости, и показатель 3.2 посчитать не из чего. Готовый опрос ждёт: выберите последний день и откройте.
nudge-register =
    <b>Список поддержки ждёт обновления</b>

    { $left ->
        [0] Все ученики в нём пересмотрены.
       *[other] Ещё не пересмотрены в этом учебном году: { $left }.
    } Когда всё верно, подтвердите список: по нему считается показатель 2.8.

indicator-record = Внести значение

reading-direction = Какой показатель уточняем? Выберите направление.
reading-indicator = <b>{ $title }</b>. Какой показатель?
reading-pick = { $number } { $title }: { $value }
reading-present = Сейчас: { $value }.
reading-ask-share = Сколько? Напишите двумя числами («11 из 20») или процентом («55 %»).
reading-ask-count = Сколько сейчас? Напишите число.
reading-ask-decrease = На сколько процентных пунктов снизилась доля за год? Напишите число, например 5. Если выросла, поставьте минус.
reading-ask-yearly = Обновили в этом году?
reading-ask-presence = Это есть?
reading-yes = Да
reading-no = Нет
reading-preview =
    <b>{ $number } { $title }</b>

    Записать <b>{ $value }</b> на { $day }?
reading-before = Было { $value } ({ $day }).
reading-later = Есть более свежая запись: { $value } на { $day }. Сейчас считаться будет она.
reading-overrides = По данным бота выходит { $value }. Если записать, считаться будет ваше значение.
reading-comment-shown = Комментарий: { $comment }
reading-file = 📎 Приложить файл
reading-file-shown = 📎 { $name }
reading-file-nameless = файл приложен
reading-ask-file = Пришлите файл или фото, откуда взято значение: справку, протокол, таблицу.
reading-save = Записать
reading-other-date = Другая дата
reading-comment = Добавить комментарий
reading-back = Назад
reading-ask-date = За какой день? Напишите так: { $example }.
reading-ask-comment = Что добавить к значению? Например, откуда оно. До { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }.
reading-saved = Записано: { $number } { $title }, <b>{ $value }</b> на { $day }.
reading-more = Внести ещё

error-reading-share = Не понял число. Напишите, например, «11 из 20» или «55 %».
error-reading-share-range = Доля бывает от 0 до 100 %. Проверьте число и напишите ещё раз.
error-reading-count = Здесь нужно целое число, например 3.
error-reading-count-range = Количество не бывает таким. Проверьте число и напишите ещё раз.
error-reading-decrease = Не понял число. Напишите, на сколько пунктов снизилось, например 5 или 2,5.
error-reading-decrease-range = Снижение бывает от −100 до 100 пунктов. Проверьте число и напишите ещё раз.
error-reading-denominator = Из нуля долю не посчитать. Напишите, сколько всего, например «11 из 20».
error-reading-numerator = Часть больше целого. Проверьте: сначала часть, потом всего, например «11 из 20».
error-reading-date = Не понял дату. Напишите день, месяц и год, например 01.09.2026.
error-reading-date-future = Этот день ещё не наступил. Напишите сегодняшнюю дату или раньше.
error-reading-date-old = Так давно программы ещё не было. Напишите дату не раньше { $year } года.

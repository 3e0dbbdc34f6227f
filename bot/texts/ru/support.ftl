# Дополнительные занятия, кружки, наставники

support-lessons = Доп. занятия
support-clubs = Кружки
support-pairs = Наставники
support-marks = Оценки
support-class = { $name } ({ $count } в списке)
support-legend = • — в списке поддержки
support-no-pupils = Здесь пока некого выбрать: у вас нет классов, а в списке поддержки никого нет.
support-yesterday = вчера
support-before-yesterday = позавчера

lesson-list = <b>Дополнительные занятия</b>
lesson-none =
    <b>Дополнительные занятия</b>

    Пока ни одного. Провели занятие — отметьте, кто был: это пара нажатий.
lesson-again = Как в прошлый раз: { $subject } ({ $count })
lesson-new = Новое занятие
lesson-line = { $day } · { $subject } · { $came } из { $group }
lesson-which-subject = По какому предмету было занятие? Выберите или напишите.
lesson-type-subject = По какому предмету было занятие? Напишите, например: Математика.
lesson-which-class = Из какого класса были ребята?
lesson-which-day = Когда было занятие? Выберите или напишите день, например { $example }.
lesson-title = <b>{ $subject }</b>, { $day }
lesson-who = Кто был? Нажмите на имя, чтобы отметить: ✅ был, ➖ не пришёл.
lesson-day = 📅 { $day }
lesson-more = Другой класс
lesson-save = Записать ({ $count })
lesson-logged =
    Записано: { $subject }, { $day }. Были { $came } из { $group }.

    Спасибо, что помогаете ребятам!
lesson-gone = Это занятие уже записано или отменено. Откройте «Доп. занятия», чтобы отметить новое.
lesson-teacher = Учитель: { $name }
lesson-came = Были ({ $count }): { $names }
lesson-missed = Не пришли ({ $count }): { $names }
lesson-withdraw = Это ошибка, убрать
lesson-withdraw-ask = Убрать эту запись? Занятие не будет считаться проведённым.
lesson-withdraw-sure = Да, убрать
lesson-withdraw-not = Нет, оставить
lesson-withdrawn = Запись убрана.

error-lesson-nobody = Не отмечен никто. Нажмите на имена тех, кто был.
error-lesson-many = Слишком много учеников за одно занятие. Можно отметить не больше чем { $max }.
error-lesson-future = Этот день ещё не наступил. Отметьте занятие, когда проведёте его.
error-lesson-old = Это прошлый учебный год. Можно отметить занятия этого года.
error-lesson-day = Не понял, какой это день. Напишите число и месяц или «вчера».
error-lesson-late = Убрать запись можно только в тот день, когда она сделана.

club-list = <b>Кружки и секции</b>
club-none =
    <b>Кружки и секции</b>

    Пока ни одного. Добавьте школьные кружки и те, куда ребята ходят в селе и районе: музыкальная школа, спортшкола, «Точка роста».
club-line = { $name } · { $count }
club-new = Новый кружок
club-whose = Чей это кружок?
club-of-school = Школьный
club-of-partner = Другой организации
club-which-partner = Какая организация его ведёт? Напишите, например: Детская школа искусств.
club-which-name = Как называется кружок?
club-title = <b>{ $name }</b>
club-partner = Ведёт: { $name }
club-count = { $count ->
        [one] Ходит { $count } ученик
        [few] Ходят { $count } ученика
       *[many] Ходят { $count } учеников
    }
club-member = · { $name }, { $class_name } (с { $day })
club-enrol = Кто ходит
club-which-class = { $name }: из какого класса?
club-who = <b>{ $name }</b>. Кто ходит? Нажмите на имя: ✅ появится или исчезнет с сегодняшнего дня.
club-joined = { $name }: теперь в кружке.
club-left = { $name }: больше не в кружке.
club-back = Назад
club-done = Готово
club-close = Кружок закончился
club-close-ask = { $count ->
        [one] Закрыть «{ $name }»? У { $count } ученика занятия закончатся со вчерашнего дня. Всё, что было, останется в истории.
        [few] Закрыть «{ $name }»? У { $count } учеников занятия закончатся со вчерашнего дня. Всё, что было, останется в истории.
       *[many] Закрыть «{ $name }»? У { $count } учеников занятия закончатся со вчерашнего дня. Всё, что было, останется в истории.
    }
club-close-sure = Да, закрыть
club-close-not = Нет, пусть идёт
club-closed = Кружок закрыт.

error-club-exists = Кружок «{ $name }» уже есть.
error-club-many = Кружков уже { $max }. Закройте те, что закончились.

pair-list = <b>Наставники</b>
pair-none =
    <b>Наставники</b>

    Пар пока нет. Наставником может быть учитель или другой ученик.
pair-line = { $mentor } → { $pupil }
pair-new-teacher = Новая пара: учитель и ученик
pair-new-peer = Новая пара: ученик и ученик
pair-which-pupil = Кому нужен наставник? Выберите класс и ученика или напишите фамилию.
pair-which-mentor = Кто из ребят будет наставником? Выберите или напишите фамилию.
pair-which-teacher-teacher = Кто из учителей будет наставником?
pair-which-teacher-peer = Какой учитель поможет этой паре?
pair-nobody = Справятся сами
pair-other-class = Другой класс
pair-title-teacher = <b>Пара: учитель и ученик</b>
pair-title-peer = <b>Пара: ученик и ученик</b>
pair-pupil = Ученик: { $name }, { $class_name }
pair-mentor = Наставник: { $name }, { $class_name }
pair-teacher-teacher = Наставник: { $name }
pair-teacher-peer = Помогает учитель: { $name }
pair-since = Вместе с { $day }
pair-end = Завершить
pair-ask-word = Как всё прошло? Выберите или напишите парой слов.
pair-word-reached = Цель достигнута
pair-word-enough = Помощь больше не нужна
pair-word-stopped = Не сложилось
pair-ended = Пара завершена. Спасибо, что были рядом: { $pupil }.
pair-gone = Эта пара уже записана или отменена. Откройте «Наставники», чтобы начать новую.

error-pair-self = Наставник и ученик — разные ребята. Выберите другого.
error-pair-ended = Эта пара уже завершена.
error-pair-exists = Такая пара уже есть.

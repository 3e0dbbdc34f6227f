# Что применяют учителя: раз в четверть отмечают сами, и что видно на уроках

practice-lesson_study = Команда по технологии LS (Lesson Study)
practice-community = Другое профессиональное сообщество
practice-technologies = Современные технологии обучения
practice-sferum = Сферум
practice-my_school = Моя школа
practice-resh = РЭШ
practice-cok = ЦОК
practice-emd = Практики ЕМД
practice-assessment = Формирующее оценивание
practice-multimedia = Мультимедиа и интерактивная техника

declare-title = <b>Что вы применяете: { $number }-я четверть</b>
declare-how = Отметьте, чем пользуетесь в работе, и нажмите «Готово».
declare-again = Вы уже заполнили, спасибо! Исправить можно по { $day }.
declare-prefilled = Отмечено то, что было в прошлый раз. Если всё так же, просто нажмите «Готово».
declare-save = Готово
declare-saved = Спасибо! Записано: { $names }.
declare-saved-nothing = Спасибо! Записано, что пока ничего из этого. Появится — отметьте.
declare-change = Исправить
declare-back = Назад
declare-open = Заполнить
declare-ask = Новая четверть! Отметьте, пожалуйста, что вы применяете в работе: технологии, платформы, сообщества. Это полминуты: что вы отмечали раньше, уже стоит.
declare-ask-again =
    Напоминаем: { $number ->
        [2] во 2-й
       *[other] в { $number }-й
    } четверти вы ещё не отметили, что применяете в работе. Это полминуты.

declare-overview = <b>Что применяют учителя: { $number }-я четверть</b>
declare-counts = Заполнили { $there } из { $of }.
declare-line = { $name }: <b>{ $named }</b>
declare-line-seen = { $name }: <b>{ $named }</b>, на уроках видели: { $seen }
declare-silent = Ещё не заполнили ({ $count })
declare-own = Заполнить за себя
declare-who = <b>{ $name }</b>, { $number }-я четверть
declare-nobody-yet = Ещё не заполнили
declare-name = · { $name }
declare-name-seen = · { $name } 👁 видели на уроке
declare-name-only-seen = · { $name } 👁 видели на уроке, в ответах не отмечено
declare-none = Пока никто.
declare-more = и ещё { $count }

visits-own = Посещения моих уроков ({ $count })
visits-all = Посещения уроков
visits-title =
    <b>Посещения уроков</b>

    Нажмите, чтобы прочитать.
visits-none =
    <b>Посещения уроков</b>

    Пока ни одного.
visits-back = Ко всем посещениям
visit-new = Записать посещение урока
visit-another = Записать ещё одно
visit-nobody = Пока нет учителей, чей урок можно посетить.
visit-ask-teacher = Чей был урок?
visit-ask-class = В каком классе?
visit-title = <b>{ $name }</b>, { $class_name }, { $day }
visit-ask-words = Что увидели на уроке? Отметьте. Пару слов для учителя можно просто написать сюда.
visit-words = <blockquote>{ $text }</blockquote>
visit-seen = Видели на уроке: { $names }
visit-visitor = Кто был на уроке: { $name }
visit-save = Записать
visit-day = 📅 { $day }
visit-ask-day = Когда был урок? Нажмите или напишите день, например 25.11.
visit-logged = Урок записан: { $name }
    У этого учителя пока нет бота, передайте слова сами.
visit-logged-told = Урок записан: { $name }
    Учитель получит ваши слова.
visit-gone = Это посещение уже записано или отменено. Начните новое.
visit-withdraw = Это ошибка, убрать
visit-withdraw-ask = Убрать эту запись? Она больше не будет считаться.
visit-withdraw-sure = Да, убрать
visit-withdraw-not = Нет, оставить
visit-withdrawn = Запись убрана.
visit-message = 👁 { $visitor } о вашем уроке: <b>{ $class_name }</b>, { $day }.

error-declaration-quarter = Та четверть уже закончилась. Откройте /declare и заполните за эту.
error-visit-future = Этот день ещё не наступил.
error-visit-old = Это прошлый учебный год. Записать можно уроки этого года.
error-visit-empty = Отметьте, что увидели, или напишите пару слов.

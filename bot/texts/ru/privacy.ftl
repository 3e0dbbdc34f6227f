# О данных: что хранится, согласие, мои данные файлом, как уйти

notice =
    <b>О ваших данных</b>

    <b>Кто отвечает:</b> { $school }.
    <b>Что хранится:</b> ваш номер в Telegram (не телефон), язык, роль в школе; у родителей — имя и связь с ребёнком, его маршрут, оценки, занятия и кружки; сообщения школы, ваши ответы и письма.
    <b>Зачем:</b> чтобы школа и семья были на связи, а программа профилактики школьной неуспешности выполнялась.
    <b>Кто видит:</b> учителя вашего ребёнка и администрация школы. Ответы анонимных опросов не видит никто: они хранятся без имени.
    <b>Сколько:</b> пока вы с нами, и ещё { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[many] { $days } дней
    } после ухода из школы. Тексты сообщений — не дольше { $years ->
        [one] { $years } учебного года
       *[many] { $years } учебных лет
    }.{ $nights ->
        [0] { "" }
        [one] { " " }Стёртое пропадает и из запасных копий: через { $nights } ночь.
        [few] { " " }Стёртое пропадает и из запасных копий: через { $nights } ночи.
       *[many] { " " }Стёртое пропадает и из запасных копий: через { $nights } ночей.
    }
    <b>Где:</b> данные бота лежат на компьютере в России. Сами сообщения идут через Telegram, его серверы за границей. Поэтому в сообщениях родителям бот не пишет фамилию ребёнка.
    <b>По желанию:</b> пользоваться ботом не обязательно. Telegram — лишь один из способов; школа так же примет звонок, записку или личную встречу.

    Посмотреть, забрать или стереть свои данные можно в любой момент: /privacy.
consent-document =
    <b>Согласие на обработку персональных данных</b>

    Я даю согласие { $school } обрабатывать мои данные, чтобы:
    • узнавать меня в боте: номер в Telegram, язык, роль;
    • передавать мне сообщения школы, а школе — мои ответы и письма: связь с ребёнком, тексты и файлы, отметки о прочтении;
    • приглашать меня на встречи и в опросы: записи на встречи, отметка, что мой ответ получен;
    • считать показатели программы: только числа, без имён.

    Данные собирают, хранят, передают через Telegram (а значит, и за границу) и стирают. Согласие действует, пока я его не отзову: /privacy.

    Разрешения цитировать мои слова здесь нет: о нём бот каждый раз спросит отдельно.

    Редакция { $version }.
consent-again = <b>Мы обновили текст о ваших данных.</b> Он в сообщении выше. Прочитайте, пожалуйста, и решите, остаётесь ли вы с нами. Всё, что у вас было, на месте.
consent-renewed = Спасибо! Продолжаем.

privacy-consent = Вы дали согласие { $day }.
privacy-mine = Мои данные файлом
privacy-mine-ready = Ниже всё, что бот хранит о вас: страница, чтобы прочитать, и файл JSON для программ. Берегите их: там ваши сообщения и полное имя ребёнка.
privacy-mine-title = Мои данные в школьном боте
privacy-mine-intro = { $school }, { $day }. Всё, что бот хранит о вас, по разделам. Пустых разделов здесь нет.
privacy-mine-outro = Ответов анонимных опросов и писем без подписи здесь нет: они хранятся без имени, и в базе не записано, чьи они. Редакция текста о данных: { $version }.
privacy-leave = Отозвать согласие и стереть данные
privacy-leave-ask =
    Отозвать согласие?

    Бот забудет ваш Telegram, ваши ответы и переписку, и сообщения из школы больше не придут. Письма без подписи тоже исчезнут; если школа заметит это в тот же день, она может догадаться, чьи они были.
privacy-leave-sure = Да, стереть
privacy-left = Готово. Согласие отозвано, данные стёрты. Вернуться можно по новому приглашению.
privacy-stays = Останется у школы, но уже без связи с вами:
privacy-kept-roster = списки классов: школа ведёт их сама
privacy-kept-staff = список сотрудников: школа ведёт его сама
privacy-kept-notes = сообщения, которые вы писали родителям: они уже у них
privacy-kept-contacts = запись, что школа связывалась с семьёй, без вашего имени и слов
privacy-kept-programme = сделанное по программе: мероприятия, отчёты, значения показателей
privacy-kept-surveys = сколько человек ответило на опросы, без имени
privacy-kept-consent = даты, когда согласие дано и отозвано
privacy-kept-audit = журнал действий: номера вместо имён

privacy-yes = да
privacy-no = нет

privacy-table-people = Вы
privacy-table-consents = Ваши согласия
privacy-table-staff = Вы как сотрудник школы
privacy-table-staff_roles = Ваши роли
privacy-table-invitations = Приглашения: по которым вы пришли и которые дали другим
privacy-table-preferences = Как вам присылать сообщения
privacy-table-teaching = Классы, которые вы ведёте
privacy-table-pupils = Ваши дети
privacy-table-guardians = Кем вы приходитесь
privacy-table-audit = Что вы делали в боте
privacy-table-outbox = Сообщения, которые бот вам отправил или отправит
privacy-table-conversations = Начатый разговор
privacy-table-declarations = Когда вы отмечали, что применяете (первый день четверти)
privacy-table-declared_practices = Что вы отмечали
privacy-table-lesson_visits = Посещения уроков: ваших и те, где были вы
privacy-table-seen_practices = Что увидели на ваших уроках
privacy-table-documents = Документы, которые вы внесли или приняли, ваши практики и обучение
privacy-table-readings = Значения показателей, которые вы внесли
privacy-table-expected_results = Ожидаемые результаты, о которых вы сказали
privacy-table-activity_reports = Отчёты о мероприятиях: ваши и те, на которые вы ответили
privacy-table-assignments = Ваши мероприятия
privacy-table-handovers = Мероприятия, которые передали вам или передали вы
privacy-table-date_requests = Просьбы о переносе срока: ваши и те, на которые вы ответили
privacy-table-surveys = Опросы, которые вы провели
privacy-table-survey_answers = Ваши ответы в именных опросах
privacy-table-survey_participants = Опросы, в которых вас спрашивали
privacy-table-survey_drafts = Опросы, которые вы начали
privacy-table-notes = Сообщения, которые вы написали родителям
privacy-table-note_templates = Ваши заготовки сообщений
privacy-table-note_receipts = Сообщения учителей о ваших детях
privacy-table-note_answers = Переписка о сообщениях
privacy-table-findings = Что мы услышали: задачи, которые вы поставили или делали
privacy-table-tickets = Ваши письма в школу (подписанные)
privacy-table-ticket_entries = Что написано в письмах: вами и вам
privacy-table-route_answers = Ответы на учебный маршрут
privacy-table-route_messages = Переписка об учебном маршруте
privacy-table-route_copies = Учебные маршруты, которые вам присылали
privacy-table-route_progress = Как идёт учебный маршрут: ваши записи
privacy-table-route_results = Итоги учебных маршрутов: ваши записи
privacy-table-route_versions = Учебные маршруты, которые вы составили
privacy-table-risk_reviews = Обзоры учеников, которым нужна помощь: ваши записи
privacy-table-risk_entries = Ученики, которым вы предложили помощь
privacy-table-risk_confirmations = Когда вы проверяли список учеников, которым нужна помощь
privacy-table-events = События, которые вы создали
privacy-table-event_guests = Куда вас приглашали и что вы ответили
privacy-table-event_attendance = События, на которые вы приходили
privacy-table-marks = Оценки ваших детей, которые внесла школа
privacy-table-marks_decisions = Что вы решили по оценкам
privacy-table-extra_lessons = Дополнительные занятия, которые вы провели
privacy-table-lesson_pupils = Дополнительные занятия ваших детей
privacy-table-clubs = Кружки, которые вы внесли
privacy-table-club_pupils = Кружки ваших детей
privacy-table-mentoring_pairs = Наставничество

privacy-label-about = Касается
privacy-label-accepted = Принято
privacy-label-action = Действие (служебное название)
privacy-label-activity = Мероприятие
privacy-label-agreed = Согласие на перенос
privacy-label-answered = Когда ответили
privacy-label-answers = Ответы
privacy-label-attended = Были на занятии
privacy-label-by_guardian = Написано родителем
privacy-label-call_asked = Когда попросили позвонить
privacy-label-child = Ребёнок
privacy-label-closed = Закрыто
privacy-label-club = Кружок
privacy-label-comment = Комментарий
privacy-label-created = Создано
privacy-label-current_mark = Текущая оценка
privacy-label-data = Что вы успели ввести
privacy-label-day = На дату
privacy-label-decided = Когда решено
privacy-label-delivered = Доставлено
privacy-label-due = Срок
privacy-label-event = Событие
privacy-label-external_mark = Внешняя оценка (ВПР, ОГЭ)
privacy-label-files = Файлов
privacy-label-finished = Завершено
privacy-label-first_name = Имя
privacy-label-from = С какого дня
privacy-label-given = Согласие дано
privacy-label-grade = Класс
privacy-label-indicator = Показатель
privacy-label-kind = Вид
privacy-label-language = Язык
privacy-label-leads = Классное руководство
privacy-label-letter = Буква класса
privacy-label-manner = Как присылать
privacy-label-may_be_quoted = Можно цитировать
privacy-label-message = Сообщение
privacy-label-name = Фамилия, имя, отчество
privacy-label-not_mine = Почему вы сказали «не моё»
privacy-label-now_with = Кому передано
privacy-label-number = Номер
privacy-label-patronymic = Отчество
privacy-label-people = Сколько вас
privacy-label-position = Должность
privacy-label-practice = Что
privacy-label-put_on_register = Предложена помощь
privacy-label-question = Вопрос
privacy-label-quiet_from = Тихие часы с
privacy-label-quiet_to = Тихие часы до
privacy-label-read = Прочитано
privacy-label-record = О чём (номер записи)
privacy-label-relation = Кем приходитесь
privacy-label-role = Роль
privacy-label-score = Оценка или номер ответа
privacy-label-since = С нами с
privacy-label-state = Состояние
privacy-label-step = Шаг разговора (служебное название)
privacy-label-subject = Предмет
privacy-label-surname = Фамилия
privacy-label-survey = Опрос
privacy-label-teacher = Учитель
privacy-label-telegram = Номер в Telegram
privacy-label-text = Текст
privacy-label-title = Название
privacy-label-to = По какой день
privacy-label-topic = О чём
privacy-label-unreachable_since = Сообщения не доходят с
privacy-label-used = Использовано
privacy-label-value = Значение
privacy-label-result = Результат
privacy-label-reached = Достигнут
privacy-label-version = Редакция текста
privacy-label-wanted = Новый срок, о котором просили
privacy-label-when = Когда
privacy-label-withdrawn = Отозвано

privacy-topic-notes = сообщения учителей
privacy-topic-routes = учебный маршрут ребёнка
privacy-topic-surveys = опросы
privacy-topic-events = встречи и события
privacy-topic-feedback = ответы на обращения
privacy-manner-at_once = сразу
privacy-manner-digest = вечером одним сообщением
privacy-manner-off = не присылать
privacy-role-guardian = родитель
privacy-role-teacher = учитель
privacy-role-responsible = ответственный за мероприятия
privacy-role-specialist = специалист
privacy-role-admin = администратор
privacy-assignment-open = предстоит
privacy-assignment-reported = отчёт передан
privacy-assignment-accepted = принято
privacy-assignment-returned = возвращено на доработку
privacy-ticket-kind-words = сообщение
privacy-ticket-kind-passed = передано другому
privacy-ticket-kind-closed = закрыто
privacy-message-state-waiting = ждёт отправки
privacy-message-state-held = ждёт вечера
privacy-message-state-sent = отправлено
privacy-message-state-unreachable = не дошло
privacy-message-state-failed = не отправилось
privacy-message-state-stopped = остановлено, не отправлено
privacy-message-state-withdrawn = отменено

# События: приглашения, запись, кто пришёл

events-none = Пока ничего не запланировано. Как только школа что-то назначит, приглашение придёт сюда.
events-list =
    <b>События</b>

    ✓ — вы записаны, ✖ — отменено.
events-back = Ко всем событиям
event-when = 🗓 { $when }
event-where = 📍 { $place }
event-whom = 👥 { $whom }
event-whom-parents = родители: { $where }
event-whom-pupils = ученики: { $where }
event-whom-staff = сотрудники школы
event-whole-school = вся школа
event-level-noo = 1–4 классы
event-level-ooo = 5–9 классы
event-level-soo = 10–11 классы
event-classes = { $names }
event-no-classes-yet = классы пока не выбраны
event-organiser = Проводит: { $name }
event-you-come =
    ✅ <b>Вы записаны:</b> { $people ->
        [one] { $people } человек
        [few] { $people } человека
       *[many] { $people } человек
    }
event-you-do-not = Вы ответили, что не придёте. Передумаете — просто нажмите кнопку.
event-alone = Приду
event-several = Нас { $people }
event-more = Больше…
event-not = Не смогу
event-fewer = −1
event-more-one = +1
event-change-mind = Не смогу прийти
event-how-many = Сколько вас будет вместе с вами? Нажмите или напишите число от 1 до { $max }.
event-back = Назад
event-details = Подробнее
event-calendar = 📅 В календарь
event-calendar-renew = 📅 Обновить в календаре
event-calendar-remove = 📅 Убрать из календаря
event-calendar-hint = Откройте файл на телефоне, и он предложит записать это в календарь.
event-calendar-hint-gone = Откройте файл на телефоне, и событие исчезнет из календаря.
event-has-begun = Уже началось, запись закрыта. Можно просто прийти.
event-is-cancelled = ✖ <b>Отменено.</b> { $reason }
event-toast-come =
    { $people ->
        [one] Записали вас. Ждём!
       *[many] Записали, вас будет { $people }. Ждём!
    }
event-toast-not = Хорошо, не ждём. Спасибо, что предупредили!

event-message = Школа приглашает вас:
event-message-moved = ⚠️ <b>Перенесено.</b> Теперь так:
event-was-when = Было: { $when }
event-was-where = Было место: { $place }
event-message-cancelled = ✖ <b>Отменяется</b>, приходить не нужно:
event-reason = Почему: { $reason }
event-message-reminder = Напоминаем: вы собирались прийти.
event-message-organiser = Это событие проводите вы:
event-message-organiser-mark = Когда оно начнётся, отметьте здесь, кто пришёл.
event-message-mark = Событие закончилось. Отметьте, пожалуйста, кто пришёл и сколько было людей:
event-digest = 📅 Приглашение: { $title }, { $when }
event-digest-moved = 📅 Перенесено: { $title }, теперь { $when }

event-none = Событий пока нет. Создайте первое: это пять коротких вопросов.
event-list =
    <b>События школы</b>

    ✏ черновик, 📅 объявлено, ✍ отметьте, кто пришёл, ✅ состоялось, ✖ отменено.
event-new = ➕ Новое событие
event-manage = ⚙ Управлять
event-back-all = Все события
event-see = Посмотреть
event-ask-title = Как называется? Коротко, например: «Родительское собрание 5А» или «Мастерская: как помочь с уроками».
event-ask-day = Когда? Выберите день или напишите сразу день и время, например: завтра 18:00.
event-ask-time = <b>{ $day }</b>. Во сколько начало? Выберите или напишите, например 17:30.
event-ask-length = Начало: <b>{ $when }</b>. До какого времени? Выберите или напишите, например 19:15.
event-until = до { $time }
event-ask-place = Где? Выберите или напишите: кабинет, зал, адрес.
event-ask-description = О чём пойдёт речь, что взять с собой? Несколько предложений.
event-ask-photo = Пришлите одну фотографию или афишу.
event-ask-classes = Для кого? Отметьте классы и кого из взрослых пригласить.
event-no-classes = Классов пока нет: сначала загрузите список учеников (/roster). Пригласить можно только сотрудников.
event-group-all = Вся школа
event-group-noo = 1–4
event-group-ooo = 5–9
event-group-soo = 10–11
event-classes-done = Готово
event-ask-flags = Отметьте, что подходит. По этим отметкам считаются показатели программы.
event-flags-done = Готово
event-flag-for_parents = Родители
event-flag-for_staff = Сотрудники
event-flag-preventive = Профилактика неуспешности
event-flag-with_specialist = Со специалистом психологической службы
event-flag-growth_point = В «Точке роста»
event-flags = Отметки: { $flags }
event-ask-organiser = Кто проводит?
event-organiser-none = пока не выбран
event-draft = ✏ <b>Черновик.</b> Его пока никто не видит. Гости увидят так:
event-has-photo = 🖼 С фотографией
event-invites-nobody = Взрослых не приглашаем: событие просто попадёт в план и в показатели.
event-album = Из альбома взяли первую фотографию: нужна одна.
event-publish = 📣 Объявить и пригласить
event-edit-classes = Для кого
event-edit-flags = Отметки
event-edit-title = Название
event-edit-times = Время
event-edit-place = Место
event-edit-description = Описание
event-edit-photo = Фото
event-edit-organiser = Кто проводит
event-edit-no_description = Убрать описание
event-edit-no_photo = Убрать фото
event-drop = Удалить черновик
event-drop-ask = Удалить черновик «{ $title }»?
event-drop-sure = Да, удалить
event-drop-not = Нет, оставить
event-dropped = Черновик удалён.
event-published =
    Объявлено! { $people ->
        [one] Приглашение получит { $people } человек.
        [few] Приглашение получат { $people } человека.
       *[many] Приглашение получат { $people } человек.
    }
event-published-nobody = Готово, событие в плане. Приглашать было некого.
event-signed =
    Записались: { $families ->
        [0] пока никто
        [one] { $families } ответ, всего людей { $people }
        [few] { $families } ответа, всего людей { $people }
       *[many] { $families } ответов, всего людей { $people }
    }
event-was-held =
    ✅ <b>Состоялось</b>, { $people ->
        [one] пришёл { $people } человек
        [few] пришли { $people } человека
       *[many] пришли { $people } человек
    }
event-mark-hint = Отметьте, кто пришёл, и подтвердите, что событие состоялось.
event-move = Перенести
event-cancel = Отменить событие
event-ask-move-place = А где? Выберите или напишите.
event-same-place = Там же: { $place }
event-move-ask = Переносим <b>{ $title }</b>. Станет так:
event-move-told =
    { $families ->
        [0] Записавшихся пока нет; приглашённым скажем.
        [one] Скажем { $families } записавшемуся и всем приглашённым.
       *[many] Скажем { $families } записавшимся и всем приглашённым.
    }
event-move-sure = Да, перенести
event-move-not = Нет, оставить
event-moved =
    Перенесено. { $people ->
        [0] Приглашения исправлены.
        [one] Сказали { $people } записавшемуся, приглашения исправлены.
       *[many] Сказали { $people } записавшимся, приглашения исправлены.
    }
event-ask-reason =
    Отменяем <b>{ $title }</b>. Почему? Напишите одно предложение: { $families ->
        [0] его увидят приглашённые.
        [one] его получит { $families } записавшийся.
       *[many] его получат { $families } записавшихся.
    }
event-ask-reason-late = <b>{ $title }</b> не состоялось? Напишите почему: это останется в плане, родителям ничего не отправим.
event-cancel-ask = Отменяем <b>{ $title }</b>?
event-cancel-told =
    { $families ->
        [0] Записавшихся нет; приглашённые увидят это в приглашении.
        [one] Об этом узнает { $families } записавшийся.
       *[many] Об этом узнают записавшиеся: { $families }.
    } Чтобы поправить слова, напишите их заново.
event-cancel-sure = Да, отменить событие
event-cancel-not = Нет, не отменять
event-cancelled-told =
    Отменено. { $people ->
        [one] Сказали { $people } записавшемуся.
       *[many] Сказали { $people } записавшимся.
    }
event-cancelled-nobody = Отменено.

event-who-came = ✍ Кто пришёл
event-board = <b>{ $title }</b>: кто пришёл
event-came =
    Отмечены: { $families ->
        [0] пока никто
       *[many] { $families }, вместе с теми, кого привели, { $people }
    }
event-board-classes = Пришли без записи? Найдите их по классу:
event-all-came = Все записавшиеся пришли
event-all-came-toast = Отметили всех, кто записался.
event-list-signed = Кто записался
event-list-staff = Сотрудники
event-list-class = { $class_name } класс
event-list-hint = Нажмите на имя — пришёл, ещё раз — не пришёл.
event-list-empty = Здесь никого нет.
event-list-done = Готово
event-list-more = Ещё отметить
event-held = ✅ Событие состоялось
event-held-again = Исправить число людей
event-ask-headcount =
    Сколько людей пришло всего? Напишите число{ $families ->
        [0] .
       *[many] { " " }или согласитесь с отмеченным: { $people }.
    }
event-headcount-right = Пришло { $people }
event-held-done =
    Записали: событие состоялось, { $people ->
        [one] пришёл { $people } человек
        [few] пришли { $people } человека
       *[many] пришли { $people } человек
    }. Спасибо!

error-event-past = Это время уже прошло. Напишите другое, например: завтра 18:00.
error-event-far = Это больше чем через год. Проверьте, пожалуйста, дату.
error-event-end = Конец должен быть позже начала (и не больше чем на неделю). Напишите, до какого времени, например 19:00.
error-event-people = Здесь можно число от 1 до { $max }. Если вас больше, позвоните, пожалуйста, в школу.
error-event-started = Запись закрыта: событие уже началось. Можно просто прийти.
error-event-cancelled = Это событие отменено.
error-event-over = Это событие уже прошло, изменить его нельзя.
error-event-early = Отметить, кто пришёл, можно, когда событие начнётся.
error-event-published = Событие уже объявлено. Его можно перенести или отменить.
error-event-organiser = Сначала выберите, кто проводит событие.
error-event-audience = Сначала выберите, для каких оно классов.
error-event-photo = Нужна фотография. Пришлите картинку, пожалуйста.
error-event-same = Ничего не изменилось: то же время и то же место.
error-event-moved = Событие уже перенесено.
error-event-headcount = Напишите число от 1 до { $max }: сколько людей пришло.

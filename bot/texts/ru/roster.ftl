# Классы, ученики, загрузка списков

roster-title = <b>Классы</b>
roster-class = <b>{ $name }</b>: { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    }, родителей с ботом { $connected } из { $guardians }
roster-empty = Классов пока нет.
roster-send = Чтобы добавить или обновить списки, пришлите сюда файл XLSX или CSV. Столбцы: { $columns }.
roster-card = <b>{ $name } класс</b>
roster-pupil = { $name }
roster-pupil-alone = { $name } — родителей в списке нет
roster-guardian = { $state } { $who }
roster-guardian-invited = ✉️ { $who } — приглашение до { $day }
roster-guardian-closed = 🚫 { $who } — доступ закрыт школой
roster-legend = ✅ с ботом · ✉️ есть приглашение · ⏳ нет приглашения · ⛔ сообщения не доходят
roster-more = …и ещё { $count }
roster-back = Ко всем классам

roster-plan = <b>Вот что изменится</b>
roster-plan-classes = Новые классы: { $names }
roster-plan-pupils = Новых учеников: { $count }
roster-plan-guardians = Новых мест для родителей: { $count }
roster-plan-moved = Переведены: { $names }
roster-plan-move = { $name } ({ $before } → { $after })
roster-plan-completed = Дописываются отчества: { $count }
roster-plan-unchanged = Уже есть и не изменятся: { $count }
roster-plan-absent = Есть в школе, но нет в файле (останутся как были): { $names }. Кто из них выбыл, отметьте: /roster → класс → ученик → «Выбыл из школы».
roster-plan-empty = Менять нечего: всё из файла уже есть.
roster-load = Загрузить
roster-done = Готово, списки загружены.
roster-gone = Этот файл уже загружен или отменён. Пришлите его ещё раз, если нужно.

table-problems = <b>В файле есть ошибки, поэтому ничего не загружено</b>
table-problem = Строка { NUMBER($row, useGrouping: 0) }, столбец «{ $column }»: { $what }
table-problem-row = Строка { NUMBER($row, useGrouping: 0) }: { $what }
table-file-big = Файл слишком большой: можно до { $limit } МБ.
table-file-long = В файле слишком много строк: можно до { $limit }.
table-file-xls = Это старый формат XLS или файл с паролем. Сохраните его без пароля как XLSX или CSV.
table-file-xlsx = Файл XLSX повреждён, прочитать его не получилось. Сохраните его ещё раз и пришлите снова.
table-file-csv = Файл CSV не читается: в строке { NUMBER($row, useGrouping: 0) } или после неё не сходятся кавычки. Ещё можно сохранить его как XLSX.
table-file-kind = { $name } — не таблица. Нужен файл XLSX или CSV.
table-file-empty = В файле нет ни одной строки с данными.
table-column-unknown = Не знаю столбца «{ $name }».
table-column-twice = Столбец «{ $name }» встречается дважды.
table-column-missing = Нет столбца «{ $name }».
table-columns = Столбцы должны называться так: { $names }. Обязательны: { $required }. Порядок любой.
table-cell-class = «{ $value }» не похоже на класс. Напишите, например, 5А или 10.
table-cell-empty = пусто, а нужно заполнить.
table-cell-long = слишком длинно: можно до { $limit ->
        [one] { $limit } знака
       *[other] { $limit } знаков
    }, а тут { $length }.
table-cell-name = «{ $value }» не похоже на имя: только буквы, пробел, дефис и точка.
roster-cell-relation = указано, кем приходится («{ $relation }»), а имени нет.
roster-cell-kin = «{ $value }» не похоже на родство. Напишите, например, «мать» или «опекун».
table-row-twice = то же самое уже есть в строке { NUMBER($first, useGrouping: 0) }.
roster-cell-guardian-twice = один и тот же человек указан дважды.
roster-row-guardians = у ученика получится больше { $limit ->
        [one] { $limit } взрослого
       *[other] { $limit } взрослых
    }.
table-row-extra = «{ $value }» стоит в столбце без названия. Проверьте, не сдвинулась ли строка.

error-roster-file = Жду файл со списком, XLSX или CSV. Его можно переслать сюда как документ.
error-roster-download = Не получилось скачать файл из Telegram. Пришлите его, пожалуйста, ещё раз.

# --- новый учебный год

year-open = 🎓 Новый учебный год
year-title = <b>Что будет 1 сентября { $year } года</b>
year-move = { $before } → { $after }: { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    }
year-leave = { $before } — выпуск: { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    }
year-nothing = Переводить некого.
year-stay = Уже в классах нового года и останутся в них: { $pupils ->
        [one] { $pupils } ученик
        [few] { $pupils } ученика
       *[many] { $pupils } учеников
    } (их зачислили или перевели с июня).
year-leaderless = Без классного руководителя: { $names }.
year-note =
    Учителя перейдут вместе со своими классами, кроме учителей четвёртых. Кто ушёл после девятого, отметьте сами: класс → ученик → «Выбыл из школы».

    Показатели, маршруты и переписка прошлых лет останутся как есть. Список поддержки нужно будет пересмотреть.
year-turned =
    🎓 <b>С новым учебным годом!</b>

    Классы перешли: { $moved ->
        [one] { $moved } ученик
        [few] { $moved } ученика
       *[many] { $moved } учеников
    }. { $left ->
        [0] Выпускников не было.
        [one] Выпустился { $left } ученик, его родителям бот завтра скажет спасибо.
        [few] Выпустились { $left } ученика, их родителям бот завтра скажет спасибо.
       *[many] Выпустились { $left } учеников, их родителям бот завтра скажет спасибо.
    }
year-next =
    Осталось проверить: кто ушёл после девятого, кто ведёт классы, и загрузить списки первоклассников (/roster). Список поддержки ждёт пересмотра.

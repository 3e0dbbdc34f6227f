# Classes, pupils, loading class lists

roster-title = <b>Classes</b>
roster-class = <b>{ $name }</b>: { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    }, { $connected } of { $guardians ->
        [one] { $guardians } parent
       *[other] { $guardians } parents
    } with the bot
roster-empty = There are no classes yet.
roster-send = To add or update lists, send an XLSX or CSV file here. Columns: { $columns }.
roster-card = <b>Class { $name }</b>
roster-pupil = { $name }
roster-pupil-alone = { $name } — no parents in the list
roster-guardian = { $state } { $who }
roster-guardian-invited = ✉️ { $who } — invited until { $day }
roster-guardian-closed = 🚫 { $who } — access ended by the school
roster-legend = ✅ uses the bot · ✉️ invited · ⏳ no invitation · ⛔ messages do not get through
roster-more = …and { $count } more
roster-back = All classes

roster-plan = <b>This is what would change</b>
roster-plan-classes = New classes: { $names }
roster-plan-pupils = New pupils: { $count }
roster-plan-guardians = New places for parents: { $count }
roster-plan-moved = Moved: { $names }
roster-plan-move = { $name } ({ $before } → { $after })
roster-plan-completed = Patronymics added: { $count }
roster-plan-unchanged = There already, unchanged: { $count }
roster-plan-absent = At school but not in the file (they stay): { $names }. Mark those who have left: /roster → class → pupil → “Has left the school”.
roster-plan-empty = Nothing to change: everything in the file is there already.
roster-load = Load
roster-done = Done, the lists are loaded.
roster-gone = This file has been loaded or cancelled already. Send it again if you need to.

table-problems = <b>The file has mistakes, so nothing was loaded</b>
table-problem = Row { NUMBER($row, useGrouping: 0) }, column “{ $column }”: { $what }
table-problem-row = Row { NUMBER($row, useGrouping: 0) }: { $what }
table-file-big = The file is too big: up to { $limit } MB.
table-file-long = The file has too many rows: up to { $limit }.
table-file-xls = This is the old XLS format, or a file with a password. Save it as XLSX or CSV without one.
table-file-xlsx = The XLSX file is damaged and cannot be read. Save it again and send it anew.
table-file-csv = The CSV file cannot be read: the quotes do not match in row { NUMBER($row, useGrouping: 0) } or after it. Or save it as XLSX.
table-file-kind = { $name } is not a table. An XLSX or CSV file is needed.
table-file-empty = There is not a single row of data in the file.
table-column-unknown = Unknown column “{ $name }”.
table-column-twice = The column “{ $name }” is there twice.
table-column-missing = The column “{ $name }” is missing.
table-columns = The columns have to be called: { $names }. Required: { $required }. The order is free.
table-cell-class = “{ $value }” does not look like a class. Write 5А or 10, for example.
table-cell-empty = is empty and has to be filled.
table-cell-long = is too long: up to { $limit ->
        [one] { $limit } character
       *[other] { $limit } characters
    }, this has { $length }.
table-cell-name = “{ $value }” does not look like a name: only letters, spaces, hyphens and dots.
roster-cell-relation = there is a relation (“{ $relation }”) but no name.
roster-cell-kin = “{ $value }” does not look like a relation. Write “mother” or “guardian”, for example.
table-row-twice = the same is in row { NUMBER($first, useGrouping: 0) } already.
roster-cell-guardian-twice = the same person is there twice.
roster-row-guardians = the pupil would have more than { $limit ->
        [one] { $limit } adult
       *[other] { $limit } adults
    }.
table-row-extra = “{ $value }” is in a column without a heading. Has the row been shifted?

error-roster-file = I am waiting for a file with the list, XLSX or CSV, sent as a document.
error-roster-download = The file could not be fetched from Telegram. Please send it again.

# --- a new school year

year-open = 🎓 The new school year
year-title = <b>What 1 September { $year } will change</b>
year-move = { $before } → { $after }: { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    }
year-leave = { $before } leaves school: { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    }
year-nothing = There is nobody to move up.
year-stay = In their classes of the new year already, and staying there: { $pupils ->
        [one] { $pupils } pupil
       *[other] { $pupils } pupils
    } (taken in or moved since June).
year-leaderless = Without a class teacher: { $names }.
year-note =
    Teachers go on with their classes, those of the fourth grades do not. Who left after the ninth is for you to mark: class → pupil → “Has left the school”.

    Indicators, routes and messages of past years stay as they are. The support register will have to be reviewed.
year-turned =
    🎓 <b>A new school year has begun!</b>

    Classes have moved up: { $moved ->
        [one] { $moved } pupil
       *[other] { $moved } pupils
    }. { $left ->
        [0] There were no leavers.
        [one] { $left } pupil has left school; tomorrow the bot will thank the parents.
       *[other] { $left } pupils have left school; tomorrow the bot will thank the parents.
    }
year-next =
    Left to check: who left after the ninth grade, who leads which class, and the lists of first graders to load (/roster). The support register waits for its review.

# Marks: whom they propose to look at, loading from a file

marks-none = Right now the marks point at nobody. When new ones are loaded I compare them and say who may need help.
marks-title = <b>Who may need help</b>: { $number } of { $count }
marks-pupil = <b>{ $name }</b>, { $class_name }
marks-two = ⚠️ { $subject }: a failing mark has appeared (quarter { $quarter }, mark { NUMBER($mark, maximumFractionDigits: 2) })
marks-fall = 📉 { $subject }: was { NUMBER($before, maximumFractionDigits: 2) } (quarter { $before_quarter }), is { NUMBER($after, maximumFractionDigits: 2) } (quarter { $quarter })
marks-gap-lower = ⚖️ The external test is stricter than school marks: { NUMBER($external, maximumFractionDigits: 2) } on average against { NUMBER($current, maximumFractionDigits: 2) }
marks-gap-higher = ⚖️ The external test is better than school marks: { NUMBER($external, maximumFractionDigits: 2) } on average against { NUMBER($current, maximumFractionDigits: 2) }
marks-gap-subject = · { $subject }: at school { NUMBER($current, maximumFractionDigits: 2) }, external { NUMBER($external, maximumFractionDigits: 2) }
marks-ask = This is only a hint from the numbers. You decide.
marks-register = Put on the register
marks-dismiss = Not needed
marks-registered = Put on the register.
marks-dismissed = All right, I will not propose it again for these marks.
marks-open = See who needs help
marks-proposed =
    New marks were loaded. { $count ->
        [one] For { $count } pupil they
       *[other] For { $count } pupils they
    } have fallen or differ from the external test.

    Please look who needs support: you decide.

marks-file = Load marks
marks-send =
    Send a file with marks, XLSX or CSV. Columns: { $columns }.

    The external mark is that of a national test (VPR, OGE), from 2 to 5. One of the two marks may be left empty. The patronymic is needed only where a class has two pupils of one name.
marks-done = Done, the marks are loaded.
marks-plan-new = New entries with marks: { $count }
marks-plan-corrected = Corrected: { $count }
marks-plan-correction = { $name }, { $subject }, { $day }: { $before } → { $after }
marks-pair-current = at school { NUMBER($mark, maximumFractionDigits: 2) }
marks-pair-external = external { NUMBER($mark, maximumFractionDigits: 2) }
marks-plan-unchanged = There already, unchanged: { $count }
marks-plan-empty = Nothing to change: everything in the file is there already.

marks-cell-mark = “{ $value }” does not look like a mark. A number from 1 to 5 is needed, such as 4.25.
marks-cell-none = there is neither a current mark nor an external one. At least one is needed.
marks-cell-subject = “{ $value }” does not look like the name of a subject.
marks-cell-date = “{ $value }” does not look like a date. Write 14.10.2026, for example.
marks-cell-future = this date is yet to come.
marks-cell-unknown = there is no pupil “{ $name }” in class { $class_name }.
marks-cell-elsewhere = there is no pupil “{ $name }” in class { $class_name }, but in { $other }.
marks-cell-namesakes = there are several pupils “{ $name }” in class { $class_name }. Add the column “patronymic”.

error-marks-file = I am waiting for a file with marks, XLSX or CSV, sent as a document.
error-marks-changed = While you were looking, this has changed: new marks came or somebody has decided. Open “Marks” again.

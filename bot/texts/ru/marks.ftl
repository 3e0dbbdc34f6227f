# Оценки: кого они предлагают взять на заметку, загрузка из файла

marks-none = Сейчас оценки ни на кого не указывают. Как загрузят новые, я сравню их и подскажу, кому может понадобиться помощь.
marks-title = <b>Кому может понадобиться помощь</b>: { $number } из { $count }
marks-pupil = <b>{ $name }</b>, { $class_name }
marks-two = ⚠️ { $subject }: появилась двойка ({ $quarter }-я четверть, оценка { NUMBER($mark, maximumFractionDigits: 2) })
marks-fall = 📉 { $subject }: было { NUMBER($before, maximumFractionDigits: 2) } ({ $before_quarter }-я четверть), стало { NUMBER($after, maximumFractionDigits: 2) } ({ $quarter }-я четверть)
marks-gap-lower = ⚖️ Внешняя проверка строже школьных оценок: в среднем { NUMBER($external, maximumFractionDigits: 2) } против { NUMBER($current, maximumFractionDigits: 2) }
marks-gap-higher = ⚖️ Внешняя проверка лучше школьных оценок: в среднем { NUMBER($external, maximumFractionDigits: 2) } против { NUMBER($current, maximumFractionDigits: 2) }
marks-gap-subject = · { $subject }: в школе { NUMBER($current, maximumFractionDigits: 2) }, внешняя { NUMBER($external, maximumFractionDigits: 2) }
marks-ask = Это только подсказка по числам. Решаете вы.
marks-register = В список поддержки
marks-dismiss = Не нужно
marks-registered = Добавлено в список поддержки.
marks-dismissed = Хорошо, по этим оценкам больше не предложу.
marks-open = Посмотреть, кому нужна помощь
marks-proposed =
    Загружены новые оценки. { $count ->
        [one] У { $count } ученика они
        [few] У { $count } учеников они
       *[many] У { $count } учеников они
    } снизились или разошлись с внешней проверкой.

    Посмотрите, пожалуйста, кому нужна поддержка: решаете вы.

marks-file = Загрузить оценки
marks-send =
    Пришлите файл с оценками, XLSX или CSV. Столбцы: { $columns }.

    Внешняя оценка — это отметка за ВПР или ОГЭ, от 2 до 5. Одну из двух оценок можно оставить пустой. Отчество нужно, только если в классе есть полные тёзки.
marks-done = Готово, оценки загружены.
marks-plan-new = Новых записей с оценками: { $count }
marks-plan-corrected = Исправленных: { $count }
marks-plan-correction = { $name }, { $subject }, { $day }: { $before } → { $after }
marks-pair-current = в школе { NUMBER($mark, maximumFractionDigits: 2) }
marks-pair-external = внешняя { NUMBER($mark, maximumFractionDigits: 2) }
marks-plan-unchanged = Уже есть и не изменятся: { $count }
marks-plan-empty = Менять нечего: всё из файла уже есть.

marks-cell-mark = «{ $value }» не похоже на оценку. Нужно число от 1 до 5, можно дробное: 4,25.
marks-cell-none = нет ни текущей оценки, ни внешней. Нужна хотя бы одна.
marks-cell-subject = «{ $value }» не похоже на название предмета.
marks-cell-date = «{ $value }» не похоже на дату. Напишите, например, 14.10.2026.
marks-cell-future = эта дата ещё не наступила.
marks-cell-unknown = в классе { $class_name } нет ученика «{ $name }».
marks-cell-elsewhere = в классе { $class_name } нет ученика «{ $name }», есть в классе { $other }.
marks-cell-namesakes = в классе { $class_name } несколько учеников «{ $name }». Добавьте столбец «отчество».

error-marks-file = Жду файл с оценками, XLSX или CSV. Его можно переслать сюда как документ.
error-marks-changed = Пока вы смотрели, здесь всё изменилось: пришли новые оценки или кто-то уже решил. Откройте «Оценки» ещё раз.

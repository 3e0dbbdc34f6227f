# Документы: соглашения, протоколы, программы, практики, обучение, локальные акты

document-kind-agreement = Соглашение с организацией
document-kind-minutes = Протокол
document-kind-extracurricular = Программа внеурочной деятельности
document-kind-literacy = Программа по функциональной грамотности
document-kind-practice = Педагогическая практика
document-kind-training = Обучение педагога
document-kind-local_act = Локальный акт

document-shelf-agreement = Соглашения
document-shelf-minutes = Протоколы
document-shelf-extracurricular = Внеурочные программы
document-shelf-literacy = Программы по грамотности
document-shelf-practice = Практики
document-shelf-training = Обучение
document-shelf-local_act = Локальные акты
document-shelf-waiting = Ждут вашего решения
document-shelf-expiring = Скоро заканчиваются
document-shelf-bank = Банк практик
document-shelf-mine = Мои практики и обучение

documents-admin =
    <b>Документы школы</b>

    В скобках — сколько действует сегодня.
documents-teacher =
    <b>Документы</b>

    { $practices ->
        [0] В банке практик пока пусто. Ваша может стать первой!
        [one] В банке { $practices } практика.
        [few] В банке { $practices } практики.
       *[many] В банке { $practices } практик.
    }
documents-acts = Локальные акты ({ $there } из { $wanted })
documents-acts-title =
    <b>Локальные акты программы</b>

    Кнопка с документом откроет его или предложит добавить недостающий.
document-act-there = ✅ { $number }. { $title }
document-act-missing = ➖ { $number }. { $title }
document-act-all = Все внесённые акты
documents-shelf = <b>{ $name }</b>
documents-none = Пока пусто.
documents-legend = ✅ действует · ⏳ на проверке · ↩️ нужно исправить · ⌛ срок вышел · ✖ больше не действует
documents-bank = Нажмите на практику, чтобы прочитать и открыть файлы.
documents-back = К документам
documents-declared = Что применяют учителя
document-add = Добавить документ
document-add-practice = Добавить свою практику
document-add-training = Добавить своё обучение
document-add-another = Добавить ещё

document-title = <b>{ $title }</b>
document-number = № { $number }
document-day = Дата: { $day }
document-until = Действует по { $day }
document-whose-practice = Автор: { $name }
document-whose-training = Кто учился: { $name }
document-supports = Поддерживает учебный предмет
document-state-waiting = Ждёт решения администрации.
document-state-returned = Нужно исправить.
document-state-in_force = Действует, принято { $day }.
document-state-run_out = Срок вышел.
document-state-withdrawn = Не действует с { $day }.
document-ends = Перестанет действовать с { $day }.
document-comment = <blockquote>{ $text }</blockquote>
document-files = { $count ->
        [one] 📎 { $count } файл
        [few] 📎 { $count } файла
       *[many] 📎 { $count } файлов
    }
document-confirm = Принять
document-return = Вернуть
document-mend = Исправить
document-withdraw = Больше не действует
document-ended = Убрать
document-back = К документу
document-open = Открыть: { $title }
document-confirmed = Принято.
document-withdrawn = Готово: больше не действует.
document-ask-word = { $name }, «{ $title }»: что нужно исправить или добавить? Напишите в двух словах, { $limit ->
        [one] до { $limit } знака
       *[other] до { $limit } знаков
    }.
document-ask-end = «{ $title }»: с какого дня больше не действует? Нажмите или напишите день, например 01.09.2027.
document-ended-today = С сегодняшнего дня

document-ask-kind = Что добавляем?
document-ask-title-agreement = С кем и о чём соглашение? Например: Центр «Точка роста», совместные занятия.
document-ask-title-minutes = Какое заседание? Например: педсовет, технологические карты работы с неуспевающими.
document-ask-title-extracurricular = Как называется программа внеурочной деятельности?
document-ask-title-literacy = Как называется программа по функциональной грамотности?
document-ask-title-practice = Как называется практика? Например: Парная работа на уроках математики.
document-ask-title-training = Какое это обучение? Например: курсы «Работа со слабоуспевающими», 72 часа.
document-ask-title-local_act = Как называется документ?
document-ask-day = Какого числа подписан или утверждён? Нажмите или напишите, например 25.11.2026.
document-ask-day-training = Когда закончилось обучение? Нажмите или напишите, например 25.11.2026. Оно засчитывается на три года.
document-today = Сегодня
document-yesterday = Вчера
document-ask-number = Какой номер у документа? Напишите, как на бумаге.
document-ask-until = До какого дня действует? Нажмите или напишите день, например 31.08.2027.
document-years = { $years ->
        [one] { $years } год
        [few] { $years } года
       *[many] { $years } лет
    }
document-no-end = Без срока
document-ask-whose-practice = Чья это практика?
document-ask-whose-training = Кто учился?
document-has-files = { $count ->
        [one] 📎 Приложен { $count } файл
        [few] 📎 Приложено { $count } файла
       *[many] 📎 Приложено { $count } файлов
    }
document-album = 📎 Файлы принимаю
document-check = Всё верно? Фото и файлы можно прислать прямо сюда.
document-check-waits = Всё верно? Фото и файлы можно прислать прямо сюда. Администрация посмотрит и примет.
document-save = Сохранить
document-save-waits = Отправить
document-field-title = Название
document-field-number = Номер
document-field-day = Дата
document-field-until = Срок
document-field-whose = Чьё
document-field-files = Убрать файлы
document-subject-yes = ✅ В поддержку предмета
document-subject-no = ➖ В поддержку предмета
document-saved = Сохранено: <b>{ $title }</b>.
document-saved-waits = Спасибо! Отправлено на проверку: <b>{ $title }</b>. Когда посмотрят, бот вам напишет.
document-gone = Этот документ уже сохранён, или вы начали другой. Откройте «Документы».

document-accepted-practice = 🎉 Ваша практика «{ $title }» принята и теперь в банке: её увидят коллеги. Спасибо!
document-accepted-training = Ваше обучение засчитано: «{ $title }». Спасибо!
document-returned =
    «{ $title }»: нужно немного исправить.

    <blockquote>{ $text }</blockquote>
document-expiry-title = ⌛ <b>Скоро закончится срок</b>
document-expiry-line = { $kind } «{ $title }»: по { $day }
document-expiry-more = и ещё { $count }

error-document-future = Этот день ещё не наступил. Добавьте документ, когда он будет подписан.
error-document-old = Слишком давняя дата: можно с { $year } года. Проверьте год.
error-document-training-old = С тех пор прошло больше трёх лет, такое обучение уже не засчитывается.
error-document-over = Этот день уже прошёл. Напишите последний день, когда документ ещё действует.
error-document-far = Это слишком далеко. Проверьте год.
error-document-day = Не понял, какой это день. Напишите, например: 25.11.2026.
error-document-file = Сейчас жду файл или фото. Чтобы сохранить или поправить, нажмите кнопку выше.
error-document-files = К документу можно приложить не больше { $limit ->
        [one] { $limit } файла
       *[other] { $limit } файлов
    }. Лишние не приложены.
error-document-decided = По этому документу уже решено.
error-document-withdrawn = Этот документ уже отмечен как недействующий.
error-document-withdraw-past = Задним числом нельзя: выберите сегодня или день позже.
error-document-withdraw-late = К этому дню срок документа и так закончится.

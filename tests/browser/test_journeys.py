"""The main journeys, in a window: with two phones side by side, and on a phone."""

from tests.browser.conftest import DESKTOP, PHONE, Open

DIRECTOR, PRIMARY, RUSSIAN = 101, 103, 104
# Of Стёпа, 7Б, and of Лёва, 3А.
MOTHER, PARENT = 210, 206
NOTE = "Стёпа сам разобрал трудный текст и объяснил его классу. Так держать!"


def test_a_note_in_four_presses_and_its_answer(open_page: Open) -> None:
    screen = open_page(DESKTOP, RUSSIAN, MOTHER)
    teacher, mother = screen.phone(0), screen.phone(1)
    teacher.says("/note", "О ком напишем?")
    teacher.presses("7Б", "7Б класс. О ком напишем?")
    teacher.presses("Лукошкин Стёпа", "О чём сообщение?")
    teacher.presses("Похвалить", "Что получилось?")
    teacher.says(NOTE, "Вот что увидят родители", NOTE)
    teacher.picture("teacher-note")
    teacher.presses("Отправить", "Сообщение отправлено")
    mother.sees(NOTE, "Стёпа", "Пишет Герониме А.И.")
    screen.picture("page-desktop")
    mother.picture("guardian-note")
    mother.presses("Прочитано")
    mother.presses("Ответить", "Что передать?")
    mother.says("Спасибо! Дома тоже порадуемся.", "Ваш ответ передан")
    teacher.sees("Стёпа, 7Б", "Дома тоже порадуемся.")
    teacher.says("/notes", "Мои сообщения")
    teacher.starts_at(teacher.sees("Мои сообщения", "есть ответ"))
    teacher.picture("teacher-notes")


def test_a_note_where_one_phone_is_seen_at_a_time(open_page: Open) -> None:
    screen = open_page(PHONE)
    page, teacher, mother = screen.page, screen.phone(0), screen.phone(1)
    page.get_by_role("button", name="Герониме А.И.").click()
    teacher.says("/note", "О ком напишем?")
    teacher.presses("7Б", "7Б класс. О ком напишем?")
    teacher.presses("Лукошкин Стёпа", "О чём сообщение?")
    teacher.presses("Просто сообщить", "Стёпа")
    teacher.says("Завтра едем в музей, сбор в 9:00.", "Вот что увидят родители")
    teacher.presses("Отправить", "Сообщение отправлено")
    teacher.pane.get_by_role(
        "button", name="Другой телефон: Лукошкина Ольга Викторовна, непрочитанных"
    ).click()
    mother.sees("Завтра едем в музей")
    assert not teacher.pane.is_visible()
    mother.presses("Прочитано")
    mother.pane.get_by_role("button", name="Другой телефон: Герониме А.И.").click()
    teacher.says("/notes", "Мои сообщения", "прочитано")


def test_a_survey_on_a_phone(open_page: Open) -> None:
    screen = open_page(PHONE)
    screen.page.get_by_role("button", name="Пичугина Тамара Егоровна").click()
    guardian = screen.phone(0)
    assert guardian.pane.is_visible() and not screen.page.locator("#side").is_visible()
    guardian.says("/surveys", "Вас просят ответить")
    guardian.presses("(0 из 6)", "Вопрос 1 из 6")
    screen.picture("page-phone")
    for answer, then in (("5", "2"), ("4", "3"), ("3", "4"), ("Да", "5"), ("Из этого бота", "6")):
        guardian.presses(answer, f"Вопрос {then} из 6")
    guardian.says("Спасибо!", "Ваши ответы")
    guardian.presses("Отправить ответы", "Ответы приняты")
    screen.page.get_by_role("button", name="К списку людей").click()
    assert screen.page.locator("#side").is_visible()


def test_what_a_guardian_has(open_page: Open) -> None:
    guardian = open_page(DESKTOP, PARENT).phone()
    guardian.says("/menu", "Чем помочь?")
    guardian.picture("guardian-menu")
    guardian.presses("Опросы", "Вас просят ответить")
    guardian.presses("(0 из 6)", "Вопрос 1 из 6")
    guardian.picture("guardian-survey")
    guardian.says("/events", "События")
    guardian.presses("Родительское собрание", "Поговорим, чему научились")
    guardian.presses("Нас 2", "Вы записаны: 2 человека")
    guardian.picture("guardian-event")
    guardian.says("/feedback", "Письмо в школу")
    guardian.presses("Вопрос", "Напишите своими словами")
    guardian.says("Можно ли приходить на кружок по вторникам позже?", "Кому передать?")
    guardian.presses("Динер", "Подписать письмо?")
    guardian.presses("От своего имени", "отправлено. Прочитает Динер")
    guardian.picture("guardian-letter")


def test_a_reminder_when_the_clock_has_moved_and_a_report(open_page: Open) -> None:
    screen = open_page(DESKTOP, PRIMARY, DIRECTOR)
    responsible, director = screen.phone(0), screen.phone(1)
    responsible.says("/tasks", "Мои задачи")
    responsible.starts_at(responsible.sees("Мои задачи"))
    responsible.picture("responsible-tasks")
    time = screen.tab("Время и связь")
    time.locator("[data-jump=monday]").click()
    screen.page.locator("#notice").get_by_text("Теперь понедельник").wait_for()
    reminder = responsible.sees("Напоминаю о ваших делах по программе", "30 ноября, через 7 дней")
    responsible.starts_at(reminder)
    screen.picture("it-page-clock")
    responsible.picture("responsible-reminder")
    reminder.locator("button").filter(has_text="2.3").first.click()
    responsible.sees("2.3 Внедрение моделей", "Срок: 30 ноября")
    responsible.presses("Сделано", "Что сделано?")
    responsible.pane.get_by_role("button", name="Прикрепить").click()
    responsible.pane.get_by_role("menuitem", name="Фото (образец)", exact=True).click()
    responsible.sees("Теперь напишите")
    responsible.says("Провели две встречи наставников, были все пары.", "Ваш отчёт", "Провели две встречи")
    responsible.picture("responsible-report")
    responsible.presses("Отправить", "Отчёт передан администрации")
    director.sees("Новый отчёт", "Провели две встречи")
    director.presses("Принять", "Принято")
    responsible.sees("Отчёт принят")


def test_what_a_director_sees(open_page: Open) -> None:
    director = open_page(DESKTOP, DIRECTOR).phone()
    director.says("/status", "Показатели программы: 2026 год")
    director.starts_at(director.sees("Показатели программы: 2026 год"))
    director.picture("director-status")
    director.presses("Картинка")
    album = director.pane.locator(".photos.n2").last
    album.locator("img").first.wait_for()
    album.scroll_into_view_if_needed()
    album.locator("button").first.click()
    director.screen.page.get_by_role("dialog").get_by_role("button", name="Закрыть").click()
    director.says("/status", "Показатели программы: 2026 год")
    director.presses("3. Работа", "3.5")
    director.presses("3.4", "Цели программы")
    director.presses("Кто и что посчитано", "Герониме А.И.")
    director.picture("director-why")
    director.presses("К показателю", "Цели программы")
    photos = director.pane.locator(".photos")
    before = photos.count()
    director.presses("История картинкой")
    photos.nth(before).locator("img").wait_for()
    director.picture("director-chart")
    director.says("/report", "Отчёт")
    director.presses("Документ")
    document = director.pane.locator("a.file").last
    document.wait_for()
    with director.screen.page.expect_download() as download:
        document.click()
    assert download.value.suggested_filename.endswith(".docx")
    director.picture("director-report")
    director.says("/activities", "Мероприятия программы")
    director.starts_at(director.sees("Мероприятия программы"))
    director.picture("director-activities")


def test_a_stranger_opens_a_slip(open_page: Open) -> None:
    stranger = open_page(DESKTOP, 900).phone()
    stranger.pane.get_by_role("button", name="Навести камеру").last.click()
    stranger.sees("приглашает вас в школьный бот", "О ваших данных")
    stranger.picture("stranger-consent")
    stranger.presses("Согласен, продолжить", "Чем помочь?")
    stranger.pane.get_by_role("button", name="Меню").click()
    stranger.pane.get_by_role("menuitem", name="Мои дети").click()
    stranger.sees("Мила")


def test_a_teacher_looks_after_those_at_risk(open_page: Open) -> None:
    teacher = open_page(DESKTOP, RUSSIAN).phone()
    teacher.says("/risk", "Осокина Лиза, 7Б")
    teacher.button("Осокина Лиза, 7Б").click()
    teacher.starts_at(teacher.sees("Осокина Лиза", "Русский язык"))
    teacher.picture("teacher-risk")


def test_a_link_opens_as_somebody_new(open_page: Open) -> None:
    screen = open_page(DESKTOP, DIRECTOR, MOTHER)
    director, other = screen.phone(0), screen.phone(1)
    director.says("/invite", "Кого приглашаем?")
    director.presses("Родителей", "Родителей какого класса?")
    director.presses("3А", "Кому сделать приглашение?")
    director.presses("Горностаева Соня", "Приглашение:")
    director.pane.locator(".photo").last.click()
    screen.page.get_by_role("dialog").get_by_role("link").click()
    screen.page.get_by_role("button", name="Открыть как новый человек").click()
    other.sees("приглашает вас в школьный бот", "Соня")

"""The whole path: a director, a teacher and a guardian, from the first start to the status."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.db.accounts import Role
from bot.ui.accounts import COMMON, places
from tests.journeys import school
from tests.journeys.world import Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
NOTE = "Маша решила <b>все</b> задачи & помогла соседу 👍"


async def test_from_the_first_start_to_the_status(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]", SCHOOLBOT_LOG__FORMAT="json")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    mother = await school.guardian(world, director, "Лебедева Ирина")

    with world.transcript("note", "Сообщение родителям", Учитель=teacher, Мама=mother):
        await a_note(teacher, mother)
    others = [
        await school.guardian(world, director, place, 30 + number)
        for number, place in enumerate(
            ("Лебедев Игорь", "Сомова Юлия", "Котова Нина", "Рыбина Ольга"),
        )
    ]
    with world.transcript("survey", "Опрос родителей", Директор=director, Мама=mother):
        answers = dict(zip([mother, *others], ["5", "5", "5", "5", "2"], strict=True))
        await school.satisfaction(director, answers, "27.10.2026", "80\xa0%")
    await world.move_clock(datetime(2026, 10, 23, 9, 1, tzinfo=OMSK))
    with world.transcript("activity", "Напоминание и отчёт", Учитель=teacher, Директор=director):
        await an_activity(director, teacher)
    with world.transcript("status", "Где мы сейчас", Директор=director):
        await the_status(director)
    commands = await world.call("GET", f"users/{mother.id}/commands")
    assert [c["command"] for c in commands] == [*places({Role.GUARDIAN}), *COMMON]
    assert await world.terminate() == 0


async def a_note(teacher: Person, mother: Person) -> None:
    """Class, pupil, kind, one sentence, send; read, answered, seen by the teacher."""
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    preview = await teacher.says(NOTE, "Вот что увидят родители", NOTE)
    assert "Лебедева Маша" not in text(preview).partition("Получат")[0]
    await teacher.presses("Отправить", "Сообщение отправлено")

    note = await mother.sees(NOTE, "Маша", "Пишет Келлер Л.С.")
    assert "Лебедева" not in text(note) and note["has_protected_content"]
    await mother.presses("Прочитано")
    await mother.presses("Ответить", "Что передать?")
    await mother.says("Спасибо! Порадовали.", "Ваш ответ передан")
    await teacher.sees("Порадовали.", "Маша", "мама")
    await teacher.says("/notes", "Мои сообщения", "есть ответ", "ещё не с ботом")
    await mother.says("/children", "Маша", "5А", "все")


async def an_activity(director: Person, teacher: Person) -> None:
    """A morning seven days before reminds; the teacher reports, the director accepts."""
    await teacher.sees("Напоминаю о ваших делах по программе", "30 октября, через 7 дней")
    await teacher.presses("2.2", "Срок: 30 октября")
    await teacher.presses("Сделано", "Что сделано?")
    await teacher.says("Маршруты написаны для троих.", "Ваш отчёт", "Маршруты написаны для троих.")
    await teacher.presses("Отправить", "Отчёт передан администрации")
    await director.sees("Новый отчёт", "Маршруты написаны для троих.", "Келлер Л.С.")
    await director.presses("Принять", "Принято")
    await teacher.sees("Отчёт принят", "Спасибо за работу")


async def the_status(director: Person) -> None:
    """A reading is recorded; 3.2 and 3.4 are computed; the picture comes as an album."""
    await director.says("/reading", "Выберите направление")
    await director.presses("4.", "Какой показатель?")
    await director.presses("4.1", "Напишите двумя числами")
    await director.says("9 из 20", "Записать")
    await director.presses("Записать", "Записано", "45\xa0%")
    status = await director.says("/status", "Показатели программы: 2026 год")
    rows = {line.split()[1]: line for line in text(status).splitlines() if line.startswith(tuple("✅🟡🔴⚪"))}
    assert len([number for number in rows if number[0].isdigit() and "." in number]) == 32
    assert "80 / 75\xa0%" in rows["3.2"] and rows["3.2"].startswith("✅")
    assert "0 / 75\xa0%" in rows["3.4"] and rows["3.4"].startswith("🔴")  # one note, two are wanted
    assert "45 / 40\xa0%" in rows["4.1"] and rows["4.1"].startswith("✅")
    await director.presses("Картинка")
    await director.pictures(2)

"""The whole path: a director, a teacher and a guardian, from the first start to the status."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys import school
from tests.journeys.world import World, text

OMSK = ZoneInfo("Asia/Omsk")
NOTE = "Маша решила <b>все</b> задачи & помогла соседу 👍"


async def test_from_the_first_start_to_the_status(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    mother = await school.guardian(world, director, "Лебедева Ирина")

    # A progress note: class, pupil, kind, one sentence, send.
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
    await teacher.sees("Порадовали.", "Маша", "мать")
    await teacher.says("/notes", "Мои сообщения", "есть ответ", "ещё не с ботом")
    await mother.says("/children", "Маша", "5А", "все")
    await director.says("/status", "Показатели программы: 2026 год", "3.4")
    assert await world.terminate() == 0

"""An event from the first press to the last: announced, moved, reminded of, attended; another called off."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
from icalendar import Calendar

from tests.journeys import school
from tests.journeys.world import TOKEN, Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
TITLE = "Мастерская «Как помочь с уроками»"


async def test_from_the_draft_to_who_came(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    mother = await school.guardian(world, director, "Лебедева Ирина")
    other = await school.guardian(world, director, "Сомова Юлия", 23)

    with world.transcript("event", "Событие", Директор=director, Мама=mother, Учитель=teacher):
        await moved_and_attended(world, director, teacher, mother, other)
    await called_off(world, director, mother, other)
    assert await world.terminate() == 0


async def moved_and_attended(
    world: World, director: Person, teacher: Person, mother: Person, other: Person
) -> None:
    """Announced, two sign up, moved, reminded of on the eve, who came is marked."""
    await announced(director, TITLE, "20.10 18:00", "19:30")
    await teacher.sees("Это событие проводите вы", TITLE)
    for guardian in (mother, other):
        await guardian.sees("Школа приглашает вас", "вторник, 20 октября, 18:00–19:30")
    await mother.presses("Нас 2", "Вы записаны", "2 человека")
    await other.presses("Приду", "Вы записаны", "1 человек")
    first = (await calendar(world, mother, "📅 В календарь")).events[0]
    assert first["dtstart"].dt == datetime(2026, 10, 20, 18, tzinfo=OMSK) and first["sequence"] == 0

    await director.says("/event", "События школы")
    await director.presses("Мастерская", "Записались: 2 ответа, всего людей 3")
    await director.presses("Перенести", "Когда?")
    await director.says("21.10 17:00", "До какого времени")
    await director.presses("до 18:00", "А где?")
    await director.presses("Там же", "Скажем 2 записавшимся")
    await director.presses("Да, перенести", "Сказали 2 записавшимся")
    await mother.sees("Перенесено", "среда, 21 октября, 17:00–18:00", "Было: вторник")
    second = (await calendar(world, mother, "Обновить в календаре")).events[0]
    assert second["uid"] == first["uid"] and second["sequence"] == 1

    await world.move_clock(datetime(2026, 10, 20, 18, 1, tzinfo=OMSK))
    await mother.sees("вы собирались прийти", "21 октября, 17:00")
    await other.sees("вы собирались прийти")

    await world.move_clock(datetime(2026, 10, 21, 18, 1, tzinfo=OMSK))
    await teacher.sees("Событие закончилось", TITLE)
    await teacher.presses("Кто пришёл", "Отмечены: пока никто")
    await teacher.presses("Все записавшиеся пришли", "Отмечены: 2, вместе с теми, кого привели, 3")
    await teacher.presses("5А", "5А класс")
    await teacher.presses("Лебедев Игорь")
    await teacher.button("✓ Лебедева Маша — Лебедев Игорь")
    await teacher.presses("Готово", "Отмечены: 3, вместе с теми, кого привели, 4")
    await teacher.presses("состоялось", "Сколько людей пришло всего?")
    await teacher.says("17", "пришли 17 человек")


async def called_off(world: World, director: Person, mother: Person, other: Person) -> None:
    """Another one: who signed up is told, the invitation of the other says so."""
    await announced(director, "Семейный вечер", "30.10 18:00", "20:00")
    await mother.sees("Школа приглашает вас", "Семейный вечер")
    await mother.presses("Нас 3", "3 человека")
    await director.says("/event", "События школы")
    await director.presses("Семейный", "Записались")
    await director.presses("Отменить событие", "Почему?")
    await director.says("Карантин по гриппу.", "Об этом узнает 1 записавшийся")
    await director.presses("Да, отменить событие", "Сказали 1 записавшемуся")
    await mother.sees("Отменяется", "Семейный вечер", "Карантин по гриппу.")
    assert str((await calendar(world, mother, "Убрать из календаря"))["method"]) == "CANCEL"
    await other.says("/events", "ничего не запланировано")


async def announced(director: Person, title: str, when: str, until: str) -> None:
    """Create an event for 5А that the teacher runs, and announce it."""
    await director.says("/event")
    await director.presses("Новое событие", "Как называется?")
    await director.says(title, "Когда?")
    await director.says(when, "До какого времени")
    await director.says(until, "Где?")
    await director.says("Актовый зал", "Для кого?")
    await director.presses("5А")
    await director.button("✓ 5А")
    await director.presses("Готово", "Черновик")
    await director.presses("Кто проводит", "Кто проводит?")
    await director.presses("Келлер", "Проводит: Келлер Л.С.")
    await director.presses("Объявить", "Объявлено!")


async def calendar(world: World, person: Person, label: str) -> Any:
    """Press the button and open the file that comes."""
    before = max(person.messages)
    await person.presses(label)
    message = await person.sees("Откройте файл", after=before)
    assert text(message) and message["document"]["file_name"].endswith(".ics")
    content = await download(world, message["document"]["file_id"])
    return Calendar.from_ical(content)


async def download(world: World, file_id: str) -> bytes:
    """The file, as anybody with its id gets it from the sandbox."""
    async with aiohttp.ClientSession() as http:
        async with http.post(f"{world.address}bot{TOKEN}/getFile", json={"file_id": file_id}) as response:
            path = (await response.json())["result"]["file_path"]
        async with http.get(f"{world.address}file/bot{TOKEN}/{path}") as response:
            return await response.read()

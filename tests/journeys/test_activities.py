"""What does not go by itself: another date, evidence, a part that is somebody else's; the calendar."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar

from tests.journeys import school
from tests.journeys.world import Person, World

OMSK = ZoneInfo("Asia/Omsk")


async def test_another_date_evidence_and_another_person(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    await world.move_clock(datetime(2026, 10, 23, 9, 1, tzinfo=OMSK))
    people = {"Учитель": teacher, "Директор": director}
    await teacher.sees("Напоминаю о ваших делах по программе")
    before = await calendar(teacher)
    with world.transcript("another-date", "Перенести срок", **people):
        await another_date(director, teacher)
    after = await calendar(teacher)
    [moved] = [uid for uid in before if after[uid] != before[uid]]
    assert before[moved] == (date(2026, 10, 30), 0) and after[moved] == (date(2026, 11, 13), 1)
    with world.transcript("not-mine", "Не моё", **people):
        await not_mine(director, teacher)
    await evidence(director, teacher)
    assert await world.terminate() == 0


async def another_date(director: Person, teacher: Person) -> None:
    """Asked for by three presses and a sentence, agreed to by one."""
    await teacher.presses("2.2", "Срок: 30 октября")
    await teacher.presses("Перенести срок", "На какой день перенести?")
    await teacher.presses("13 ноября", "Почему нужно перенести?")
    await teacher.says("До десятого карантин, соберёмся после него.", "Просьба передана администрации")
    await director.sees("просит перенести срок: 30 октября", "пятница, 13 ноября", "карантин")
    await director.presses("Согласиться", "Срок перенесён")
    await teacher.sees("было 30 октября, теперь", "13 ноября")
    await teacher.presses("Открыть", "Срок: 13 ноября", "По программе: 30 октября")


async def not_mine(director: Person, teacher: Person) -> None:
    """Back to the director with a word, who does it, from now on."""
    await teacher.presses("1.6", "вебинарах", "Ещё не сделано")
    await teacher.presses("Не моё", "почему это не ваше")
    await teacher.says("Вебинары смотрит завуч.", "за вами этого дела больше нет")
    await director.sees("Нужен ответственный", "Вебинары смотрит завуч.")
    await director.presses("Поручить другому", "Кому поручить?")
    await director.presses("Динер Н.М.", "с этого раза и дальше?")
    await director.presses("С этого раза и дальше", "По программе отвечает: Келлер Л.С.")
    await teacher.sees("1.6", "Динер Н.М. отвечает начиная со срока 30 октября")


async def evidence(director: Person, teacher: Person) -> None:
    """Two photos and a sentence; the director sees all of it, and again later in the card."""
    await teacher.says("/tasks", "Мои задачи")
    await teacher.presses("2.1", "локальных нормативных актов", "Ещё не сделано")
    await teacher.presses("Сделано", "Что сделано?")
    await teacher.sends(media_group=[{"photo": True}] * 2)
    await teacher.sees("Файлы из альбома приложены", "Теперь напишите")
    await teacher.says("Положения обновили.", "Приложено 2 файла")
    await teacher.presses("Отправить", "Отчёт передан администрации")
    await director.sees("Новый отчёт", "Положения обновили.")
    await director.pictures(2)
    await director.presses("Принять", "Принято")
    await director.says("/activities", "Мероприятия программы")
    await director.presses("2.1", "Келлер Л.С.: принято")
    await director.presses("Кто отвечает, 30.10", "Чью часть открыть?")
    await director.presses("✅ Келлер Л.С.", "Принято. Спасибо!")
    await director.presses("📎 2 файла к отчёту", "Файлы к отчёту")
    await director.pictures(4)


async def calendar(person: Person) -> dict[str, tuple[date, int]]:
    """The dates that somebody fetches, by UID: the day and its sequence."""
    before = max(person.messages)
    await person.says("/tasks", "Мои задачи")
    await person.presses("Мои сроки в календарь")
    message = await person.sees("сроки появятся в календаре", after=before)
    content = await person.world.file(message["document"]["file_id"])
    return {str(event.uid): (event.start, event.sequence) for event in Calendar.from_ical(content).events}

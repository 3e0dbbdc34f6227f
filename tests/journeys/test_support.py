"""Marks from the command line to a decision in chat; a lesson, a club and a pair over HTTP."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys import school
from tests.journeys.world import Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
MARKS = """класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата
5А;Лебедева;Маша;Математика;4,5;3;10.10.2026
5А;Сомов;Петя;Математика;4;4;10.10.2026
5А;Котов;Ваня;Физика;2;;10.10.2026
"""


async def test_marks_propose_and_support_follows(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    marks(world)
    await decisions(teacher, director)
    await a_lesson(teacher)
    await a_club_and_a_pair(teacher)
    assert await world.terminate() == 0


def marks(world: World) -> None:
    """While the bot runs: a dry run, the import, the import again."""
    school.import_marks(world, MARKS, "Новых записей с оценками: 3", "--dry-run")
    school.import_marks(world, MARKS, "Новых записей с оценками: 3")
    school.import_marks(world, MARKS, "Менять нечего")


async def decisions(teacher: Person, director: Person) -> None:
    """Both are asked without a name; the teacher decides, and the director is not asked again."""
    for person in (teacher, director):
        asked = await person.sees("Загружены новые оценки", "У 2 учеников")
        assert "Котов" not in text(asked)
    card = await teacher.presses("Посмотреть", "Котов Ваня", "появилась двойка")
    assert card["has_protected_content"]
    await teacher.presses("В список поддержки", "Лебедева Маша", "в школе 4,5, внешняя 3")
    await teacher.presses("Не нужно", "ни на кого не указывают")
    await director.presses("Посмотреть", "ни на кого не указывают")
    await teacher.says("/risk", "Котов Ваня")


async def a_lesson(teacher: Person) -> None:
    """The first lesson; then the usual one in three presses, with one absent, and a mistake taken back."""
    await teacher.says("/risk", "Котов Ваня")
    await teacher.presses("Доп. занятия", "Пока ни одного")
    await teacher.presses("Новое занятие", "По какому предмету")
    await teacher.says("физика", "Кто был?")
    await teacher.presses("• Котов Ваня")
    await teacher.presses("Сомов Петя")
    await teacher.button("✅ Сомов Петя")
    await teacher.presses("Записать (2)", "Были 2 из 2")
    await teacher.says("/risk", "Котов Ваня")
    await teacher.presses("Доп. занятия", "Дополнительные занятия")
    await teacher.presses("Как в прошлый раз: Физика (2)", "Кто был?")
    await teacher.presses("✅ Сомов Петя")
    await teacher.button("➖ Сомов Петя")
    await teacher.presses("Записать (1)", "Были 1 из 2")
    await teacher.presses("Это ошибка", "Запись убрана")


async def a_club_and_a_pair(teacher: Person) -> None:
    """A club of a partner with a pupil; a pair of pupils, ended with a word."""
    await teacher.says("/risk", "Котов Ваня")
    await teacher.presses("Кружки", "Пока ни одного")
    await teacher.presses("Новый кружок", "Чей это кружок?")
    await teacher.presses("Другой организации", "Какая организация")
    await teacher.says("Детская школа искусств", "Как называется")
    await teacher.says("Хор", "Ведёт: Детская школа искусств")
    await teacher.presses("Кто ходит", "Нажмите на имя")
    await teacher.presses("Котов Ваня")
    await teacher.button("✅ • Котов Ваня")
    await teacher.presses("Готово", "Ходит 1 ученик", "Котов Ваня, 5А")
    await teacher.says("/risk", "Котов Ваня")
    await teacher.presses("Наставники", "Пар пока нет")
    await teacher.presses("ученик и ученик", "Кому нужен наставник?")
    await teacher.presses("5А")
    await teacher.presses("• Котов Ваня", "Кто из ребят будет наставником?")
    await teacher.says("Лебедева", "Кто из ребят будет наставником?")
    await teacher.presses("Лебедева Маша", "Какой учитель поможет")
    await teacher.presses("Справятся сами", "Ученик: Котов Ваня", "Наставник: Лебедева Маша")
    await teacher.presses("Завершить", "Как всё прошло?")
    await teacher.says("Подружились", "Пара завершена")

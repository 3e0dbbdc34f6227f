"""A school year from one May to the next, in accelerated time: at its end all 32 indicators have a value.

The school: 5А (in May still 4А) with Маша, Петя and Ваня, 3Б (2Б) with Лена and Дима; six guardians, of whom
Дима's mother never comes. What each value has to be stands at the end, counted by hand from this story.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from tests.journeys import school, staff
from tests.journeys.world import Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
ROSTER = """класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2
4А;Лебедева;Маша;Игоревна;Лебедева Ирина Олеговна;мать;Лебедев Игорь Львович;отец
4А;Сомов;Петя;Ильич;Сомова Юлия Петровна;мать;;
4А;Котов;Ваня;Олегович;Котова Нина Ивановна;мать;;
2Б;Рыбина;Лена;Павловна;Рыбина Ольга Юрьевна;мать;;
2Б;Орлов;Дима;Денисович;Орлова Вера Сергеевна;мать;;
"""
LAST_MARKS = """класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата
4А;Лебедева;Маша;Математика;4,5;3;15.05.2026
4А;Сомов;Петя;Математика;4;4;15.05.2026
4А;Котов;Ваня;Математика;3;2;15.05.2026
2Б;Рыбина;Лена;Математика;4;4;15.05.2026
"""
MARKS = """класс;фамилия;имя;предмет;текущая оценка;внешняя оценка;дата
5А;Лебедева;Маша;Математика;4;4;20.04.2027
5А;Сомов;Петя;Математика;4;4;20.04.2027
5А;Котов;Ваня;Математика;3;2;20.04.2027
3Б;Рыбина;Лена;Математика;5;5;20.04.2027
3Б;Орлов;Дима;Математика;3;;20.04.2027
"""


class People(NamedTuple):
    """Who uses the bot: the director, three teachers, five of the six guardians."""

    director: Person
    keller: Person
    dikanova: Person
    zubareva: Person
    lebedeva: Person
    lebedev: Person
    somova: Person
    kotova: Person
    rybina: Person

    @property
    def guardians(self) -> tuple[Person, ...]:
        """The guardians."""
        return self[4:]


async def at(world: World, year: int, month: int, day: int, hour: int = 12) -> None:
    """It is that moment at school."""
    await world.move_clock(datetime(year, month, day, hour, tzinfo=OMSK))


@pytest.mark.long
async def test_a_year_at_the_end_of_which_every_indicator_has_a_value(world: World) -> None:
    director = await in_may(world)
    people = await on_the_first_of_september(world, director)
    await in_september(people)
    await in_october(world, people)
    await in_november(world, people)
    await in_january(world, people)
    await in_february(world, people)
    await in_march(world, people)
    await in_april(world, people)
    await in_may_again(world, people)
    await the_report(world, people.director)
    await why(people.director)
    assert await world.terminate() == 0


# --- the year --------------------------------------------------------------------------------------------


async def in_may(world: World) -> Person:
    """The school begins: the roster, last year's marks, the director."""
    await at(world, 2026, 5, 25)
    school.import_roster(world, ROSTER)
    school.import_marks(world, LAST_MARKS, "Новых записей с оценками: 4")
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]", SCHOOLBOT_SCHOOL__LEVELS='["noo", "ooo"]')
    return await school.director(world)


async def on_the_first_of_september(world: World, director: Person) -> People:
    """The classes have moved up; people come in."""
    await at(world, 2026, 9, 1)
    await director.sees("С новым учебным годом!", "5 учеников")
    keller = await school.teacher(world, director)
    dikanova = await school.teacher(world, director, "Диканова М.Е.", "3Б", 40)
    zubareva = await school.teacher(world, director, "Зубарева А.И.", "", 41)
    guardians = [
        await school.guardian(world, director, place, 30 + number, class_name)
        for number, (place, class_name) in enumerate(
            (
                ("Лебедева Ирина", "5А"),
                ("Лебедев Игорь", "5А"),
                ("Сомова Юлия", "5А"),
                ("Котова Нина", "5А"),
                ("Рыбина Ольга", "3Б"),
            )
        )
    ]
    return People(director, keller, dikanova, zubareva, *guardians)


async def in_september(people: People) -> None:
    """Teachers say what they use and offer practices; what lies in the director's office is put in."""
    await asyncio.gather(office(people.director), a_lot(people.keller), a_few_things(people.dikanova))
    await people.director.says("/documents", "Документы школы")
    await people.director.presses("Ждут вашего решения (2)")
    # Nobody decides about the other one.
    await people.director.presses("Взаимопроверка в парах", "Ждёт решения администрации")
    await people.director.presses("Принять", "Действует, принято")


async def a_lot(keller: Person) -> None:
    """Келлер uses a lot."""
    await staff.declares(
        keller, "1-я", "Команда", "Современные технологии", "Сферум", "Формирующее", "Мультимедиа"
    )
    await staff.practice(keller, "Взаимопроверка в парах")


async def a_few_things(dikanova: Person) -> None:
    """Диканова less."""
    await staff.declares(dikanova, "1-я", "Современные технологии", "РЭШ")
    await staff.practice(dikanova, "Карточки-подсказки")


async def office(director: Person) -> None:
    """Acts, agreements, programmes, trainings."""
    await staff.local_acts(director)
    await staff.document(director, "Соглашение", "Центр «Точка роста»")
    await staff.document(director, "Соглашение", "Спортшкола, секция", until="31.12.2026")
    await staff.document(director, "Программа внеурочной", "Математика без страха", subject=True)
    await staff.document(director, "Программа внеурочной", "Шахматы")
    await staff.document(director, "Программа по функциональной", "Читаем и считаем")
    await staff.document(director, "Обучение педагога", "Работа со слабоуспевающими", whose="Келлер Л.С.")
    # Counts for three years: until October.
    await staff.document(
        director, "Обучение педагога", "Курсы 2023 года", day="14.10.2023", whose="Диканова М.Е."
    )


async def in_october(world: World, people: People) -> None:
    """Pupils go on the register, which is confirmed; a lesson, a route until December, an event, minutes."""
    await at(world, 2026, 10, 14)
    await staff.on_register(people.keller, "Котов Ваня", "5А")
    await staff.on_register(people.dikanova, "Рыбина Лена", "3Б")
    await staff.on_register(people.dikanova, "Орлов Дима", "3Б")
    await staff.a_route(people.dikanova)
    await staff.lesson(people.dikanova, "Рыбина Лена", "Орлов Дима")
    await people.director.says("/risk", "ещё не подтверждён")
    await people.director.presses("Подтвердить список", "В нём 3 ученика")
    await people.director.presses("Да, список верный", "подтверждён 14 октября")
    await staff.document(people.director, "Протокол", "Совет по профилактике")
    await staff.event(
        people.director,
        people.keller,
        "Мастерская",
        "20.10 18:00",
        "Вся школа",
        "Со специалистом",
        "В «Точке роста»",
    )
    await at(world, 2026, 10, 20, 20)
    await staff.held(people.director, "Мастерская", ("5А", "Лебедева Ирина"))


async def in_november(world: World, people: People) -> None:
    """Зубарева's only deed of the year: an activity, reported and accepted."""
    await at(world, 2026, 11, 26)
    await people.zubareva.says("/tasks", "Мои задачи")
    await people.zubareva.presses("30.11 · 3.3", "Ещё не сделано")
    await people.zubareva.presses("Сделано", "Что сделано?")
    await people.zubareva.says("Обновили стенды.", "Ваш отчёт", "Обновили стенды.")
    await people.zubareva.presses("Отправить", "Отчёт передан администрации")
    await people.director.sees("Новый отчёт", "Обновили стенды.", "Зубарева А.И.")
    await people.director.presses("Принять", "Принято")


async def in_january(world: World, people: People) -> None:
    """Another quarter: Диканова uses something new, Зубарева declares for the first time."""
    await at(world, 2027, 1, 14)
    await people.dikanova.says("/declare", "Отмечено то, что было в прошлый раз")
    await staff.declares(people.dikanova, "3-я", "Практики ЕМД")
    await staff.declares(people.zubareva, "3-я", "ЦОК")


async def in_february(world: World, people: People) -> None:
    """A club, pairs, minutes, an event for 5А."""
    await at(world, 2027, 2, 10)
    await staff.club(people.director)
    await staff.pair_with_teacher(people.director, "5А", "Котов Ваня", "Келлер Л.С.")
    await staff.pair_with_teacher(people.director, "3Б", "Рыбина Лена", "Диканова М.Е.")
    await staff.pair_of_pupils(people.director)
    await staff.document(people.director, "Протокол", "Педсовет")
    await staff.event(people.director, people.keller, "Собрание 5А", "12.02 18:00", "5А", "Со специалистом")
    await at(world, 2027, 2, 12, 20)
    await staff.held(people.director, "Собрание 5А")


async def in_march(world: World, people: People) -> None:
    """Five guardians say whether they are content; one thanks for the equipment."""
    await at(world, 2027, 3, 3)
    answers = dict(zip(people.guardians, ["5", "5", "4", "3", "2"], strict=True))
    await school.satisfaction(people.director, answers, "16.03.2027", "60\xa0%")
    await school.praise(people.lebedeva)
    await people.director.sees("благодарность", "Лебедева Ирина Олеговна")


async def in_april(world: World, people: People) -> None:
    """This year's marks, routes for two, a colleague who comes late, minutes, an event for everybody."""
    await at(world, 2027, 4, 22)
    school.import_marks(world, MARKS, "Новых записей с оценками: 5")
    await people.keller.says("/risk", "Котов Ваня")
    await staff.a_route(people.keller)
    await people.kotova.sees("учебный маршрут", "Занятие по вторникам")
    await people.kotova.presses("Согласен(на)", "Вы согласились 22 апреля")
    await people.dikanova.says("/risk", "Рыбина Лена")
    await staff.a_route(people.dikanova)
    await people.rybina.sees("учебный маршрут", "Занятие по вторникам")
    await school.teacher(world, people.director, "Герониме А.И.", "", 42)
    await staff.document(people.director, "Протокол", "Методическое объединение")
    await staff.event(people.director, people.keller, "День семьи", "23.04 18:00", "Вся школа")
    await at(world, 2027, 4, 23, 20)
    await staff.held(people.director, "День семьи")


async def in_may_again(world: World, people: People) -> None:
    """The last month: notes, a talk, a lesson; and what only people can say is recorded."""
    await at(world, 2027, 5, 27)
    for words in ("Маша решила все задачи", "Маша помогла соседу"):
        await people.keller.says("/note", "О ком напишем?")
        await people.keller.presses("Лебедева Маша", "О чём сообщение?")
        await people.keller.presses("Похвалить", "Что получилось?")
        await people.keller.says(words, "Вот что увидят родители", words)
        await people.keller.presses("Отправить", "Сообщение отправлено")
        await people.lebedeva.sees(words)
    await people.dikanova.says("/class", "3Б")
    await people.dikanova.presses("Отметить звонок или встречу", "О ком был разговор?")
    await people.dikanova.presses("Рыбина Лена", "Как вы связались?")
    await people.dikanova.presses("встреча", "О чём говорили?")
    await people.dikanova.presses("Сохранить без слов", "Записано", "Лена")
    await staff.lesson(people.keller, "Котов Ваня")
    await staff.reading(people.director, "4.1", "9 из 20", "45\xa0%")
    await staff.reading(people.director, "4.7", "Да", "есть")
    await staff.reading(people.director, "4.8", "Нет", "нет")


# --- where the school stands -----------------------------------------------------------------------------

# On 28 May 2027, by number: numerator, denominator, value; per cent are rounded down.
# T are four teachers (not the director): Келлер, Диканова, Зубарева, and Герониме, who came in April.
# R are Ваня, Лена and Дима. G are six guardians.
EXPECTED: dict[str, tuple[int | None, int | None, float | str]] = {
    # Келлер learnt in September; Диканова's three years were over in October.
    "1.1": (1, 4, 25),
    # Келлер, who declared Lesson Study in the first quarter.
    "1.2": (1, 4, 25),
    # Келлер (notes), Диканова (put pupils on the register), Зубарева (reported an activity); not Герониме.
    "1.3": (3, 4, 75),
    # Келлер's practice was accepted, Диканова's waits.
    "1.4": (1, 4, 25),
    # Келлер and Диканова.
    "1.5": (2, 4, 50),
    # Келлер (Сферум), Диканова (РЭШ), Зубарева (ЦОК).
    "1.6": (3, 4, 75),
    # Диканова, in the third quarter.
    "1.7": (1, 4, 25),
    # Келлер.
    "1.8": (1, 4, 25),
    # Ваня's and Лена's of April; Дима's ended on 24 November, six weeks after it began.
    "2.1": (2, 3, 66.6),
    # Last year 2 of 4 differed by half a mark or more (Маша 4,5/3, Ваня 3/2; not Петя, not Лена): 50 %. This
    # year 1 of 4 (Ваня; Дима has no external mark): 25 %. That is 25 points less.
    "2.2": (1, 4, 25),
    # Ваня, the day before; Лена's and Дима's lesson was in October.
    "2.3": (1, 3, 33.3),
    # Ваня and Дима sing; Петя is not on the register.
    "2.4": (2, 3, 66.6),
    # Келлер and Ваня, Диканова and Лена.
    "2.5": (None, None, 2),
    # Маша and Ваня.
    "2.6": (None, None, 1),
    # «Точка роста»; the one with the sports school ended with December.
    "2.7": (None, None, 1),
    # All three were looked at in October, when the register was confirmed.
    "2.8": (3, 3, "обновление есть"),
    # «Математика без страха» of two.
    "2.9": (1, 2, 50),
    # «Читаем и считаем».
    "2.10": (None, None, 1),
    # Those of February and April; those of October are of another calendar year.
    "2.11": (None, None, 2),
    # Лебедева was at the event, Котова agreed to a route, Рыбина was talked to; the others only read.
    "3.1": (3, 6, 50),
    # 5, 5 and 4 of five answers.
    "3.2": (3, 5, 60),
    # Котова agreed, Рыбина has not answered.
    "3.3": (1, 2, 50),
    # Келлер wrote twice; Диканова's one talk is less than two.
    "3.4": (1, 4, 25),
    # In 2027 3Б (НОО) had the event of April alone, 5А (ООО) that of February too: the least is one.
    "3.5": (None, None, 1),
    # Recorded.
    "4.1": (9, 20, 45),
    # Келлер.
    "4.2": (1, 4, 25),
    # The event of October, of three in the school year.
    "4.3": (1, 3, 33.3),
    # Лебедева's.
    "4.4": (None, None, "есть"),
    # The events of October and February, of three.
    "4.5": (2, 3, 66.6),
    # All five acts are in force.
    "4.6": (5, 5, "есть"),
    # Recorded.
    "4.7": (None, None, "есть"),
    "4.8": (None, None, "нет"),
}


async def the_report(world: World, director: Person) -> None:
    """The workbook that the director sends to the district carries every value, and where it comes from."""
    await at(world, 2027, 5, 28)
    await director.says("/report", "Отчёт для района")
    await director.presses("Таблица Excel")
    message = await director.sees("Отчёт о реализации программы")
    book = load_workbook(BytesIO(await world.file(message["document"]["file_id"])))
    rows: list[Sequence[Any]] = list(book["Показатели"].iter_rows(values_only=True))
    head = rows.pop(0)
    columns = [head.index(name) for name in ("№", "Числитель", "Знаменатель", "Значение", "Вид")]
    found = {}
    for row in rows:
        number, numerator, denominator, value, kind = (row[column] for column in columns)
        # A cell of per cent holds a share.
        found[number] = (numerator, denominator, round(value * 100, 1) if kind == "доля" else value)
    assert found == EXPECTED
    origin = head.index("Откуда значение")
    assert {row[columns[0]] for row in rows if row[origin] == "внесено"} == {"4.1", "4.7", "4.8"}
    assert {row[origin] for row in rows} == {"внесено", "посчитано ботом"}


async def why(director: Person) -> None:
    """Three of them unfolded in the chat: who counts, and who is missing."""
    for number, counted, missing in (
        ("1.3", "Зубарева А.И.", "Герониме А.И."),
        ("3.1", "Рыбина Ольга", "Сомова Юлия"),
        ("2.1", "Котов Ваня", "Орлов Дима"),
    ):
        await director.says("/status", "Показатели программы: 2027 год")
        await director.presses("Подробнее", "О каком показателе")
        await director.presses(f" {number}", "Сейчас:")
        said = text(await director.presses("Кто и что", "Пока не хватает", counted, missing))
        assert said.index(missing) < said.index("Посчитаны") < said.index(counted)

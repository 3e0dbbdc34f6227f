"""The programme file against a second transcription of the document, made without looking at the file."""

from datetime import date

import pytest

from bot.programme.calendar import Calendar, Occurrence, occurrences
from bot.programme.load import load
from bot.programme.model import Activity, Indicator

PROGRAMME = load()

# Number: title above the indicators, title above the activities.
DIRECTIONS = {
    1: (
        "Повышение профессионального мастерства педагогических работников и руководителей МБОУ «Алексеевская "
        "СОШ» по вопросам организации образовательной деятельности со слабоуспевающими и неуспевающими "
        "обучающимися, в т. ч. с детьми с особыми образовательными потребностями",
        "Повышение профессионального мастерства педагогических работников и руководителя МБОУ «Алексеевская "
        "СОШ» по вопросам организации образовательной деятельности с обучающимися, испытывающими затруднения "
        "в обучении, в т. ч. с детьми с особыми образовательными потребностями",
    ),
    2: ("Индивидуализация образовательного процесса", "Индивидуализация образовательного процесса"),
    3: ("Работа с родителями", "Работа с родителями"),
    4: ("Создания благоприятного климата в ОО", "Создание благоприятного климата в ОО"),
}

# Number, key, kind, start, targets 2023-2025, how the official formulation begins and ends.
INDICATORS = [
    ("1.1", "staff_trained", "share", 44, (54, 64, 60),
     "Доля педагогических работников, прошедших адресное", "с особыми образовательными потребностями"),
    ("1.2", "staff_communities", "share", 35, (45, 55, 65),
     "Доля педагогических работников, включенных в педагогические", "профессиональных сообществ педагогов)"),
    ("1.3", "staff_prevention", "share", 70, (85, 100, 100),
     "Доля педагогических работников включенных в работу", "рисков учебной неуспешности обучающихся"),
    ("1.4", "staff_practices", "share", 33, (55, 65, 75),
     "Доля педагогических работников, представивших свои", "(в том числе электронных)."),
    ("1.5", "staff_technologies", "share", 70, (85, 100, 100),
     "Доля педагогических работников, применяющих в", "(в т. ч. практик ЕМД)"),
    ("1.6", "staff_digital", "share", 75, (85, 95, 100),
     "Доля педагогических работников, использующих информационную", "испытывающими затруднения в обучении"),
    ("1.7", "staff_emd", "share", 75, (85, 95, 100),
     "Доля педагогических работников, внедряющих технологии", "ЕМД в образовательную деятельность"),
    ("1.8", "staff_assessment", "share", 50, (65, 75, 100),
     "Доля педагогических работников, внедряющих эффективные", "инструменты формирующего оценивания"),
    ("2.1", "routes", "share", 31, (45, 55, 60),
     "Доля слабоуспевающих и неуспевающих обучающихся (от", "индивидуальные образовательные маршруты."),
    # The cell spans the starting value and all three years.
    ("2.2", "grade_gap", "decrease", None, (5, 5, 5),
     "Снижение доли обучающихся, в отношении которых", "текущего и промежуточного оценивания"),
    ("2.3", "extra_lessons", "share", 55, (65, 75, 75),
     "Доля слабоуспевающих и неуспевающих обучающихся (от", "отставания по учебной программе"),
    ("2.4", "extra_education", "share", 45, (55, 65, 75),
     "Доля слабоуспевающих и неуспевающих обучающихся (от", "в рамках сетевого взаимодействия"),
    ("2.5", "pairs_teacher", "count", 1, (2, 3, 4),
     "Наличие действующих наставнических пар", "пар по форме «учитель-ученик»"),
    ("2.6", "pairs_peer", "count", 1, (2, 3, 4),
     "Наличие действующих наставнических пар", "с участием ассистента учителя"),
    # «не менее 2» spans 2024 and 2025.
    ("2.7", "agreements", "count", 0, (1, 2, 2),
     "Наличие заключённых соглашений со", "организациями по сетевому взаимодействию"),
    # The cell spans the starting value and all three years.
    ("2.8", "register_renewed", "yearly", None, (1, 1, 1),
     "Наличие банка данных о", "о детях «группы риска»"),
    ("2.9", "subject_programmes", "share", 25, (30, 35, 40),
     "Доля утвержденных программ ВУД", "/ курсов внеурочной деятельности"),
    # «не менее 1» spans 2024 and 2025.
    ("2.10", "literacy_programmes", "count", 0, (1, 1, 1),
     "Наличие утвержденных программ дополнительного", "функциональной грамотности обучающихся"),
    ("2.11", "council_minutes", "count", 1, (2, 3, 4),
     "Количество протоколов заседаний органов", "слабоуспевающими и неуспевающими учащимися"),
    ("3.1", "parents_engaged", "share", 5, (20, 30, 50),
     "Доля родительской общественности, вовлеченной", "числа родителей (законных представителей)"),
    ("3.2", "parents_satisfied", "share", 50, (65, 70, 75),
     "Доля родительской общественности, удовлетворенной", "рисков учебной неуспешности обучающихся."),
    ("3.3", "routes_agreed", "share", 31, (45, 55, 60),
     "Доля реализованных ИОМ для", "родителями (законными представителями) обучающихся"),
    ("3.4", "teacher_feedback", "share", 60, (65, 70, 75),
     "Доля педагогических работников, активно осуществляющих", "в дневнике.ру и др.)"),
    ("3.5", "parent_events", "count", 1, (2, 3, 4),
     "Количество мероприятий для родителей", "образования (НОО, ООО, СОО)"),
    ("4.1", "rooms", "share", 15, (30, 35, 40),
     "Доля помещений школы, преобразованных", "числе с проведением ремонта)"),
    ("4.2", "multimedia", "share", 55, (70, 85, 100),
     "Доля учителей от общего", "ресурсы в образовательной деятельности"),
    ("4.3", "growth_point", "share", 0, (25, 25, 50),
     "Доля мероприятий, направленных на профилактику", "количества проведенных профилактических мероприятий"),
    # The starting value is empty; the cell spans all three years, as in the other presence rows.
    ("4.4", "praise", "presence", None, (1, 1, 1),
     "Наличие положительных отзывов об", "стороны обучающихся, родителей, учредителя"),
    ("4.5", "specialists", "share", 50, (25, 25, 100),
     "Доля мероприятий, направленных на профилактику", "количества проведенных профилактических мероприятий"),
    ("4.6", "local_acts", "presence", None, (1, 1, 1),
     "Наличие локальных нормативных актов", "детям и родителям и др.)"),
    ("4.7", "psych_service", "presence", None, (1, 1, 1),
     "Наличие психолого-педагогической службы", "/ укомплектованность штата ППС"),
    ("4.8", "it_equipment", "presence", None, (1, 1, 1),
     "Оснащение ИТ-оборудованием в соответствии", "соответствии с требованиями Стандартов."),
]  # fmt: skip

# Cells that are more than the number (with % for a share).
WRITTEN = {
    ("1.1", 2025): "Не менее 60%",
    ("1.2", 2025): "не менее 65%",
    ("1.4", 2025): "не менее 75%",
    ("2.1", 2025): "Не менее 60 %",
    **{("2.2", year): "на 5 % ежегодно" for year in (2023, 2024, 2025)},
    ("2.3", 2025): "Не менее 75%",
    ("2.4", 2025): "не менее 75%",
    ("2.5", 2025): "не менее 4",
    ("2.6", 2025): "не менее 4",
    ("2.7", 2024): "не менее 2",
    ("2.7", 2025): "не менее 2",
    **{("2.8", year): "Ежегодное обновление" for year in (2023, 2024, 2025)},
    ("2.10", 2024): "не менее 1",
    ("2.10", 2025): "не менее 1",
    ("2.11", 2025): "Не менее 4",
    ("3.3", 2025): "Не менее 60 %",
    ("3.5", 2023): "не менее 2",
    ("3.5", 2024): "не менее 3",
    **{(number, year): "имеется" for number in ("4.4", "4.6", "4.7") for year in (2023, 2024, 2025)},
    **{("4.8", year): "Соответствует" for year in (2023, 2024, 2025)},
}

DIKANOVA, KELLER, GERONIME = "Диканова М.Е.", "Келлер Л.С.", "Герониме А.И."
NARMAKHAMBETOVA, ZUBAREVA, DINER = "Нармахамбетова А.Ж.", "Зубарева А.И.", "Динер Н.М."
WHOLE_PERIOD = "в течение всего периода"
LAST_THURSDAY = "последний четверг каждого месяца //методический день в каникулярные период"

# Number, deadline, people, positions, how the title begins and ends.
ACTIVITIES = [
    ("1.1", WHOLE_PERIOD, (DIKANOVA,), (),
     "Организация повышения квалификации", "квалификации педагогических работников"),
    ("1.2", "октябрь", (DIKANOVA, KELLER), (),
     "Диагностика профессиональных дефицитов педагогов", "программ их профессионального развития"),
    ("1.3", "Сентябрь-октябрь", (GERONIME,), (),
     "Внедрение моделей наставничества", "наставничества «педагог-педагог»."),
    ("1.4", "август-май", (DIKANOVA,), (),
     "Организация деятельности профессиональных сообществ", "сообществ обучения педагогов"),
    ("1.5", LAST_THURSDAY, (DIKANOVA, KELLER), (),
     "Выявление и тиражирование успешных", "рисков учебной неуспешности обучающихся"),
    ("1.6", "регулярно", (DIKANOVA, KELLER), (),
     "Участие педагогов в методических", "ФИС ОКО и БОУ ДПО, «ИРОО»"),
    ("2.1", "Сентябрь-октябрь", (DIKANOVA, KELLER), (),
     "Разработка / корректировка / приведение", "листы продвижения и т. и.)"),
    ("2.2", "октябрь", (DIKANOVA, KELLER), (),
     "Разработка и внедрение ИОМ", "с особыми образовательными потребностями"),
    ("2.3", WHOLE_PERIOD, (DIKANOVA, KELLER, GERONIME), (),
     "Внедрение моделей наставничества", "«ученик-ученик», «учитель-ученик»"),
    ("2.4", "август", (DIKANOVA, KELLER), (),
     "Разработка программ ВУД в", "функциональной грамотности и т. д."),
    ("2.5", WHOLE_PERIOD, (DIKANOVA, KELLER), (),
     "Внедрение в образовательную деятельность", "формирующего оценивания, развивающего обучения"),
    ("3.1", WHOLE_PERIOD, (), ("Классные руководители",),
     "Организация просветительской работы с", "медиапроекты, рекомендации, памятки, буклеты"),
    ("3.2", WHOLE_PERIOD, (NARMAKHAMBETOVA,), (),
     "Обеспечение доступности и открытости", "о реализуемых образовательных программах"),
    ("3.3", WHOLE_PERIOD, (DIKANOVA, KELLER, ZUBAREVA), (),
     "Актуальное обновление информационной среды", "видам функциональной грамотности, и др.)"),
    ("3.4", WHOLE_PERIOD, (GERONIME,), (),
     "Проведение совместных социокультурных событий", "детей / реализация социальных проектов."),
    ("3.5", "в течение всего период", (GERONIME,), (),
     "Трансформация деятельности органов", "в которых принимают участие родители"),
    ("4.1", WHOLE_PERIOD, (DIKANOVA,), (),
     "Обеспечение участие специалистов", "обучающихся с трудностями в обучении"),
    # The document has «Учителя предметники -»: the hyphen slid to the end of the cell.
    ("4.2", WHOLE_PERIOD, (), ("Учителя-предметники",),
     "Преобразование пространства учебных классов", "использованию современного учебного оборудования"),
    ("4.3", WHOLE_PERIOD, (DIKANOVA, KELLER, ZUBAREVA), (),
     "Зонирование школьного пространства", "по видам функциональной грамотности)"),
    ("4.4", WHOLE_PERIOD, (DINER,), (),
     "Заключение соглашения/договора о сотрудничестве", "совместной образовательной деятельности"),
]  # fmt: skip

TASKS = [
    "Обеспечить повышение профессиональных компетенций",
    "Обеспечить внедрение в образовательный процесс",
    "Обеспечить 100% включенность педагогов",
    "Сформировать банк информационных и методических ресурсов",
    "Обеспечить индивидуализацию образовательного процесса",
    "Разработать и внедрить алгоритм по выявлению",
    "Внедрить систему наставничества (учитель-учитель, учитель-ученик, ученик-ученик)",
    "Расширить систему сетевого взаимодействия",
    "Организовать мероприятия для родителей (законных представителей)",
    "Обеспечить повышение уровня качества школьной",
]

METHODS = [
    "использование данных федеральной и региональной",
    "сбор информации путем заполнения электронных форм",
    "анализ результатов текущего оценивания",
    "проведение анкетирования, тестирования, собеседований/наблюдений",
    "проведение опросов/собеседований/анкетирования/наблюдений",
    "посещение уроков / курсов ВУД / занятий",
    "оценки внедрения в образовательный процесс технологий",
    "рассмотрение промежуточных результатов реализации программы",
]

# How a result begins, and the numbers that data can answer, in ascending order.
RESULTS: list[tuple[str, list[int]]] = [
    ("Обеспечено 100% достижение целевых показателей", [100]),
    ("Снижается доля обучающихся, испытывающих затруднения", [5]),
    # Objectivity has no data: the 100 % is for the director to judge.
    ("Обеспечена 100% объективность проведения процедур", []),
    ("Снижение доли обучающихся, в отношении которых", []),
    ("100% педагогических работников охвачены системой", [100]),
    ("Обеспечено целевое распространение успешных педагогических", []),
    ("Организована деятельность профессиональных обучающихся сообществ", [2, 2]),
    ("Обеспечено 100% включенность педагогов", [100]),
    ("Не менее 90% педагогов русского языка", [40, 90, 100]),
    ("Создан и внедряется банк методических материалов", []),
    ("Разработаны ИОМ для 100% слабоуспевающих", [5, 100]),
    ("Разработаны и утверждены программы дополнительного", [3]),
    # Five for each of the three levels.
    ("Разработаны и утверждены программы ВУД", [5, 5, 5, 100]),
    ("Обеспечено тьюторское сопровождение не менее 50%", [50]),
    ("Организовано взаимодействие не менее 4 пар", [4, 4]),
    ("Привлечены дополнительные ресурсы для реализации", [1, 2]),
    ("Организованы мероприятия для родителей (законных представителей)", []),
    ("Укомплектован штат психолого-педагогической службы", []),
    ("Создан консультационный центр", []),
    ("Создана информационно-образовательная среда", []),
    ("Наблюдается положительная динамика увеличения количества", [100]),
    ("Созданы зоны по всем видам", []),
    ("Увеличивается доля учебных практических занятий", []),
]

# The school year 2026/27, worked out by hand: first day, due date, nominal due date of each occurrence.
# On 31 December 2026 nobody works: the day off of Sunday 4 January 2026 was moved there.
SCHOOL_YEAR = date(2026, 9, 1), date(2027, 8, 31)
VACATIONS = (
    (date(2026, 10, 24), date(2026, 11, 1)),  # Saturday to Sunday
    (date(2026, 12, 28), date(2027, 1, 10)),  # Monday to Sunday
    (date(2027, 3, 27), date(2027, 4, 4)),  # Saturday to Sunday
)
MONTHS = [
    (date(2026, 9, 1), date(2026, 9, 30), date(2026, 9, 30)),  # Wednesday
    (date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31)),  # the 31st is a Saturday
    (date(2026, 11, 1), date(2026, 11, 30), date(2026, 11, 30)),  # Monday
    (date(2026, 12, 1), date(2026, 12, 30), date(2026, 12, 31)),  # the 31st is the moved day off
    (date(2027, 1, 1), date(2027, 1, 29), date(2027, 1, 31)),  # the 31st is a Sunday
    (date(2027, 2, 1), date(2027, 2, 26), date(2027, 2, 28)),  # the 28th is a Sunday
    (date(2027, 3, 1), date(2027, 3, 31), date(2027, 3, 31)),  # Wednesday
    (date(2027, 4, 1), date(2027, 4, 30), date(2027, 4, 30)),  # Friday, the eve of 1 May
    (date(2027, 5, 1), date(2027, 5, 31), date(2027, 5, 31)),  # Monday
]
AUGUST = [(date(2027, 8, 1), date(2027, 8, 31), date(2027, 8, 31))]  # Tuesday
OCCURRENCES = {
    WHOLE_PERIOD: MONTHS,
    "в течение всего период": MONTHS,
    "регулярно": MONTHS,
    "октябрь": [(date(2026, 10, 1), date(2026, 10, 30), date(2026, 10, 31))],  # the 31st is a Saturday
    "Сентябрь-октябрь": [(date(2026, 9, 1), date(2026, 10, 30), date(2026, 10, 31))],
    "август": AUGUST,
    "август-май": MONTHS + AUGUST,
    LAST_THURSDAY: [
        (date(2026, 9, 24), date(2026, 9, 24), date(2026, 9, 24)),
        (date(2026, 10, 26), date(2026, 10, 26), date(2026, 10, 24)),  # autumn vacation, its first Monday
        (date(2026, 10, 29), date(2026, 10, 29), date(2026, 10, 29)),
        (date(2026, 11, 26), date(2026, 11, 26), date(2026, 11, 26)),
        (date(2026, 12, 28), date(2026, 12, 28), date(2026, 12, 28)),  # winter vacation
        (date(2026, 12, 30), date(2026, 12, 30), date(2026, 12, 31)),  # Thursday is the moved day off
        (date(2027, 1, 28), date(2027, 1, 28), date(2027, 1, 28)),
        (date(2027, 2, 25), date(2027, 2, 25), date(2027, 2, 25)),
        (date(2027, 3, 25), date(2027, 3, 25), date(2027, 3, 25)),
        (date(2027, 3, 29), date(2027, 3, 29), date(2027, 3, 27)),  # spring vacation, its first Monday
        (date(2027, 4, 29), date(2027, 4, 29), date(2027, 4, 29)),
        (date(2027, 5, 27), date(2027, 5, 27), date(2027, 5, 27)),
    ],
}


def test_head() -> None:
    school, approval = PROGRAMME.school, PROGRAMME.approval
    assert (
        PROGRAMME.title == "Программа профилактики школьной неуспешности обучающихся МБОУ «Алексеевская СОШ»"
    )
    assert school.name == "МБОУ «Алексеевская СОШ»"
    assert school.full_name.endswith("«Алексеевская средняя общеобразовательная школа»")
    assert school.address == "646086, Омская обл., Москаленский р-н, с.Алексеевка, ул.Школьная, 2"
    assert school.phone == "8(38174) 39 5 90"
    assert school.email == "mboualsosh@yandex.ru"
    assert school.site == "https://sh-alekseevskaya-r52.gosweb.gosuslugi.ru/"
    assert (approval.by, approval.order, approval.date) == (DINER, "74Б/1-ОД", date(2022, 9, 15))
    assert PROGRAMME.goal.startswith("Разработать и внедрить систему профилактики учебной неуспешности")
    assert PROGRAMME.goal.endswith("с рисками школьной неуспешности на 3-5% к концу 2025 года.")
    assert PROGRAMME.period == "Текущий учебный год с последующей ежегодной пролонгацией программы"
    assert PROGRAMME.years == (2023, 2024, 2025)


def test_directions() -> None:
    found = {
        direction.number: (direction.title, direction.activities_title) for direction in PROGRAMME.directions
    }
    assert found == DIRECTIONS


def test_indicators_are_all_there_in_order() -> None:
    assert [indicator.number for indicator in PROGRAMME.indicators] == [row[0] for row in INDICATORS]
    assert len(PROGRAMME.indicators) == 32
    directions = [indicator.direction for indicator in PROGRAMME.indicators]
    assert {number: directions.count(number) for number in DIRECTIONS} == {1: 8, 2: 11, 3: 5, 4: 8}


@pytest.mark.parametrize("row", INDICATORS, ids=lambda row: f"{row[0]}-{row[1]}")
def test_indicator(row: tuple[str, str, str, int | None, tuple[int, int, int], str, str]) -> None:
    number, key, kind, start, targets, begins, ends = row
    indicator = PROGRAMME.indicator(number)
    assert (indicator.key, indicator.kind, indicator.direction) == (key, kind, int(number.partition(".")[0]))
    assert indicator.title.startswith(begins)
    assert indicator.title.endswith(ends)
    assert (indicator.start and indicator.start.value) == start
    assert {year: target.value for year, target in indicator.targets.items()} == dict(
        zip((2023, 2024, 2025), targets, strict=True)
    )
    assert _cells(indicator) == _expected_cells(number, kind, start, targets)


def _cells(indicator: Indicator) -> dict[int, str]:
    cells = {year: target.written for year, target in indicator.targets.items()}
    return cells | ({2022: indicator.start.written} if indicator.start else {})


def _expected_cells(
    number: str, kind: str, start: int | None, targets: tuple[int, int, int]
) -> dict[int, str]:
    """Spell a row's cells; the starting value stands under 2022."""
    sign = "%" if kind == "share" else ""
    values = {2022: start, 2023: targets[0], 2024: targets[1], 2025: targets[2]}
    return {
        year: WRITTEN.get((number, year), f"{value}{sign}")
        for year, value in values.items()
        if value is not None
    }


def test_activities_are_all_there_in_order() -> None:
    assert [activity.number for activity in PROGRAMME.activities] == [row[0] for row in ACTIVITIES]
    assert len(PROGRAMME.activities) == 20
    directions = [activity.direction for activity in PROGRAMME.activities]
    assert {number: directions.count(number) for number in DIRECTIONS} == {1: 6, 2: 5, 3: 5, 4: 4}


@pytest.mark.parametrize("row", ACTIVITIES, ids=lambda row: row[0])
def test_activity(row: tuple[str, str, tuple[str, ...], tuple[str, ...], str, str]) -> None:
    number, deadline, people, positions, begins, ends = row
    activity = PROGRAMME.activity(number)
    assert activity.direction == int(number.partition(".")[0])
    assert activity.deadline == deadline
    assert (activity.responsible, activity.positions) == (people, positions)
    assert activity.title.startswith(begins)
    assert activity.title.endswith(ends)


@pytest.mark.parametrize("activity", PROGRAMME.activities, ids=lambda activity: activity.number)
def test_occurrences_of_a_school_year(activity: Activity) -> None:
    expected = [Occurrence(activity.key, *dates) for dates in OCCURRENCES[activity.deadline]]
    assert occurrences(activity, Calendar(vacations=VACATIONS), *SCHOOL_YEAR) == expected


def test_tasks() -> None:
    assert [task.number for task in PROGRAMME.tasks] == list(range(1, 11))
    for task, begins in zip(PROGRAMME.tasks, TASKS, strict=True):
        assert task.text.startswith(begins)


def test_methods() -> None:
    assert len(PROGRAMME.methods) == 8
    for method, begins in zip(PROGRAMME.methods, METHODS, strict=True):
        assert method.startswith(begins)


def test_results() -> None:
    assert [result.number for result in PROGRAMME.results] == list(range(1, 24))
    for result, (begins, numbers) in zip(PROGRAMME.results, RESULTS, strict=True):
        assert result.text.startswith(begins)
        promised = sorted(answer.at_least for answer in result.answers if answer.at_least is not None)
        assert promised == numbers, result.text


def test_people_and_positions() -> None:
    assert PROGRAMME.people == (DIKANOVA, KELLER, GERONIME, NARMAKHAMBETOVA, ZUBAREVA, DINER)
    assert PROGRAMME.positions == ("Классные руководители", "Учителя-предметники")

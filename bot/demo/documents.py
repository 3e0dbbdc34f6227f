"""The demonstration's documents: some of each kind, one that runs out soon, a practice that waits."""

from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from sqlalchemy import select

from bot.db.accounts import Person, Staff
from bot.db.documents import DocumentKind
from bot.features import documents
from bot.features.documents import Draft

if TYPE_CHECKING:
    from bot.demo.school import _Story as Story

DIRECTOR, PRIMARY, RUSSIAN, MATHEMATICS = 101, 103, 104, 105
# Kind, title, number, days ago, days until its end (None: none), whether it supports a subject.
PAPERS = (
    (DocumentKind.AGREEMENT, "Центр «Точка роста», совместные занятия по робототехнике", "7", 40, 20, False),
    (DocumentKind.AGREEMENT, "Детская школа искусств, хор для начальных классов", "9/26", 30, 700, False),
    (DocumentKind.MINUTES, "Педсовет: технологические карты работы с неуспевающими", "2", 45, None, False),
    (DocumentKind.MINUTES, "Совет по профилактике: итоги входных работ", "1", 25, None, False),
    (DocumentKind.EXTRACURRICULAR, "Трудные случаи орфографии", "", 50, 280, True),
    (DocumentKind.EXTRACURRICULAR, "Решаем задачи по-разному", "", 50, 280, True),
    (DocumentKind.EXTRACURRICULAR, "Школьный театр", "", 50, 280, False),
    (DocumentKind.LITERACY, "Читаем и считаем: функциональная грамотность", "", 48, 280, False),
)
# How many of the programme's local acts are on file.
ACTS = 3
TRAININGS = (
    (PRIMARY, "Курсы «Работа со слабоуспевающими в начальной школе», 72 часа", relativedelta(years=1)),
    # Nearly three years ago: it runs out soon.
    (RUSSIAN, "Курсы «Формирующее оценивание», 36 часов", relativedelta(years=3, days=-12)),
)
PRACTICES = (
    (PRIMARY, "Карточки-подсказки: решаем задачу по шагам", 35),
    (RUSSIAN, "Взаимопроверка в парах: ошибку ищем вместе", 20),
)
WAITING = (MATHEMATICS, "Разноуровневые самостоятельные: каждый выбирает сложность")


async def tell(story: "Story") -> None:
    """Put all of it in, the admin's and the teachers'."""
    session, today = story.session, story.local(story.now).date()

    async def put_in(who: int, days: int, draft: Draft) -> int:
        day = today - timedelta(days=days)
        actor = await story.actor(who, story.at(day, 15))
        row = await documents.put_in(session, actor, story.at(day, 15), day, story.programme, draft)
        return row.document.id

    async def confirm(days: int, id_: int) -> None:
        day = today - timedelta(days=days)
        at = story.at(day, 16)
        director = await story.actor(DIRECTOR, at)
        await documents.confirm(session, story.settings, director, at, day, id_)

    for kind, title, number, days, until, supports in PAPERS:
        day = today - timedelta(days=days)
        end = today + timedelta(days=until) if until else None
        draft = Draft(kind, title, day, number, end, supports_subject=supports)
        await put_in(DIRECTOR, days, draft)
    for act in story.programme.local_acts[:ACTS]:
        day = today - timedelta(days=44)
        await put_in(DIRECTOR, 44, Draft(DocumentKind.LOCAL_ACT, act.title, day, act_key=act.key))
    staff = select(Person.telegram_id, Staff.id).join(Staff, Staff.person_id == Person.id)
    ids = {row.telegram_id: row.id for row in await session.execute(staff)}
    for who, title, ago in TRAININGS:
        draft = Draft(DocumentKind.TRAINING, title, today - ago, staff_id=ids[who])
        await put_in(DIRECTOR, 15, draft)
    for who, title, days in PRACTICES:
        draft = Draft(DocumentKind.PRACTICE, title, today - timedelta(days=days))
        await confirm(days - 1, await put_in(who, days, draft))
    who, title = WAITING
    await put_in(who, 2, Draft(DocumentKind.PRACTICE, title, today - timedelta(days=2)))

"""An invented school with a term behind it, told by the same features that people use.

Staff names are the programme's, pupils and guardians are invented. The same story every time, up to today.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from itertools import cycle

from sqlalchemy import select

from bot.app import DELIVERED
from bot.config import Settings
from bot.db import outbox
from bot.db.access import Actor, load_actor
from bot.db.accounts import Person, Role, Staff
from bot.db.base import Database, Session
from bot.db.notes import NoteKind, NoteReceipt
from bot.db.outbox import MessageState, Result
from bot.db.roster import Guardian, Pupil, SchoolClass
from bot.demo import (
    activities,
    declarations,
    documents,
    events,
    feedback,
    invitations,
    risk,
    support,
    surveys,
)
from bot.features import accounts
from bot.features import activities as rules
from bot.features.accounts import Position
from bot.features.indicators import recording
from bot.features.indicators.sources import SOURCES
from bot.features.notes import answering, writing
from bot.features.notes.writing import Draft
from bot.features.roster import importing, table
from bot.programme.calendar import Calendar
from bot.programme.model import Indicator, Kind, Programme, target_for

WEEKS = 9
DIRECTOR = 101
# Telegram id, name, position in words, position, class that they lead.
STAFF = (
    (102, "Диканова М.Е.", "Заместитель директора", Position.DEPUTY, None),
    (103, "Келлер Л.С.", "Учитель начальных классов", Position.TEACHER, "3А"),
    (104, "Герониме А.И.", "Учитель русского языка", Position.TEACHER, "7Б"),
    (105, "Зубарева А.И.", "Учитель математики", Position.TEACHER, "10А"),
    (106, "Нармахамбетова А.Ж.", "Педагог-психолог", Position.SPECIALIST, None),
)
FIRST_GUARDIAN = 201
# Every so manieth guardian's place is still empty: nobody has come on the invitation.
ABSENT_EVERY = 4

# Worded for girls and boys alike.
NOTES = (
    (NoteKind.SUCCESS, "Трудная задача сегодня решена у доски без подсказок, и сосед по парте тоже понял."),
    (NoteKind.INFORMATION, "В четверг проверочная по теме недели. Повторите, пожалуйста, правила дома."),
    (NoteKind.CONCERN, "Третий раз нет домашней работы. Давайте вместе подумаем, что мешает и чем помочь."),
    (NoteKind.SUCCESS, "Стихотворение наизусть прозвучало так выразительно, что класс хлопал."),
    (NoteKind.SUCCESS, "На дополнительном занятии исправлены все ошибки контрольной. Виден труд!"),
    (
        NoteKind.CONCERN,
        "К пятому уроку приходит усталость, внимание теряется. Как дома со сном? Готова поговорить.",
    ),
    (NoteKind.INFORMATION, "По вторникам в 14:00 теперь кружок «Читаем и считаем». Приходите!"),
)
ANSWERS = ("Спасибо! Поговорим сегодня вечером.", "Приятно слышать, дома тоже похвалим.", "Хорошо, повторим.")
# Indicators that nobody has recorded yet: so that "no data" has something to show.
UNKNOWN = {"grade_gap", "rooms"}


@dataclass(frozen=True)
class Player:
    """Somebody whom the visitor of the sandbox can be."""

    telegram_id: int
    name: str
    what: str
    roles: Collection[Role]

    @property
    def group(self) -> str:
        """Where the page lists them."""
        if Role.ADMIN in self.roles:
            return "director"
        return "guardians" if self.roles == {Role.GUARDIAN} else "teachers"


async def found(database: Database, settings: Settings, programme: Programme, now: datetime) -> None:
    """Found the school and tell its term, unless there is anybody already."""
    async with database.write() as session:
        if await session.scalar(select(Person.id).limit(1)):
            return
        story = _Story(session, settings, programme, now)
        await story.people()
        await story.term()
        await surveys.tell(story)
        await activities.tell(story)
        await feedback.tell(story)
        await events.tell(story, DIRECTOR)
        await risk.tell(story)
        await support.tell(story)
        await documents.tell(story)
        await declarations.tell(story)
        await story.readings()
        await story.today()
        await session.commit()


async def players(database: Database, settings: Settings, now: datetime) -> list[Player]:
    """Everybody with an account: staff first, then guardians with their children."""
    async with database.read() as session:
        staff = await session.execute(
            select(Person.telegram_id, Staff.name, Staff.position)
            .join(Staff, Staff.person_id == Person.id)
            .order_by(Person.telegram_id)
        )
        people = [(who, name, what) for who, name, what in staff]
        children: dict[tuple[int, str], list[str]] = {}
        guardians = await session.execute(
            select(Person.telegram_id, Guardian.name, Pupil.first_name, SchoolClass)
            .join(Guardian, Guardian.person_id == Person.id)
            .join(Pupil, Pupil.id == Guardian.pupil_id)
            .join(SchoolClass, SchoolClass.id == Pupil.class_id)
            .where(Person.telegram_id > 0)
            .order_by(Person.telegram_id)
        )
        for telegram_id, name, child, school_class in guardians:
            children.setdefault((telegram_id, name), []).append(f"{child}, {school_class.name}")
        people += [(who, name, "; ".join(names)) for (who, name), names in children.items()]
        today, admins = now.astimezone(settings.school.zone).date(), settings.school.admins
        actors = [await load_actor(session, who, today, admins) for who, _, _ in people]
    found = zip(people, actors, strict=True)
    return [Player(who, name, what, actor.roles) for (who, name, what), actor in found if actor]


class _Story:
    """The term, from its first day up to now, in one session."""

    def __init__(self, session: Session, settings: Settings, programme: Programme, now: datetime) -> None:
        self.session, self.settings, self.programme, self.now = session, settings, programme, now
        self.zone = settings.school.zone
        self.calendar = Calendar(vacations=settings.school.vacations)
        self.first_day = self.local(now).date() - timedelta(weeks=WEEKS)
        self.guardians: list[int] = []

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.zone)

    def working_days(self, first: date) -> Iterator[date]:
        """Working days from a day on, up to yesterday."""
        while first < self.local(self.now).date():
            if not self.calendar.is_day_off(first):
                yield first
            first += timedelta(days=1)

    async def actor(self, telegram_id: int, at: datetime) -> Actor:
        today = self.local(at).date()
        actor = await load_actor(self.session, telegram_id, today, self.settings.school.admins)
        assert actor is not None  # noqa: S101 - the story has let them in
        return actor

    async def deliver(self, at: datetime) -> None:
        """What waits arrives, without Telegram."""
        await self.session.flush()
        for message in await outbox.due(self.session, at, (), 10_000):
            await outbox.record(self.session, Result(message, MessageState.SENT, at))
            hook = DELIVERED.get(message.kind)
            if hook and message.subject_id is not None:
                await hook(self.session, message.subject_id, at, MessageState.SENT)

    async def people(self) -> None:
        """The director comes, invites the staff, brings in the roster, and most guardians come."""
        session, at, today = self.session, self.at(self.first_day, 10), self.first_day
        await accounts.accept_first_admin(session, DIRECTOR, "ru", at, self.settings.school.admins)
        director = await self.actor(DIRECTOR, at)
        await accounts.introduce(session, director, at, today, name="Динер Н.М.", title="Директор")
        await rules.top_up(session, self.programme, self.calendar, at, today)
        director = await self.actor(DIRECTOR, at)
        rows = table.read_table(files("bot.demo").joinpath("roster.csv").read_bytes(), "roster.csv")
        await importing.apply(session, director, at, today, rows)
        classes = {c.name: c.id for c in await session.scalars(select(SchoolClass))}
        for telegram_id, name, title, position, leads in STAFF:
            # In the primary school one teacher has the class, further up they teach each other's.
            older = position == Position.TEACHER and leads != "3А"
            taught = {id_ for class_name, id_ in classes.items() if older and class_name != "3А"}
            led = {classes[leads]} if leads else set()
            _, code = await accounts.invite_staff(
                session,
                director,
                at,
                today,
                name=name,
                title=title,
                position=position,
                classes=taught | led,
                led=led,
                valid_days=30,
            )
            await accounts.accept(session, telegram_id, "ru", code, at, today)
        await rules.assign(session, self.programme, at, today)
        by_name: dict[str, int] = {}
        places = (await session.scalars(select(Guardian).order_by(Guardian.id))).all()
        for number, place in enumerate(places, 1):
            if number % ABSENT_EVERY == 0:
                continue
            who = by_name.setdefault(place.name, FIRST_GUARDIAN + len(by_name))
            _, _, code = await accounts.invite_guardian(session, director, at, today, place.id, 30)
            await accounts.accept(session, who, "ru", code, at, today)
        self.guardians = list(by_name.values())

    async def term(self) -> None:
        """Every few days a teacher writes; most guardians read, some answer."""
        session = self.session
        texts, answers = cycle(NOTES), cycle(ANSWERS)
        pupils = {
            name: (await session.scalars(select(Pupil.id).where(Pupil.class_id == id_))).all()
            for id_, name in [(c.id, c.name) for c in await session.scalars(select(SchoolClass))]
        }
        writers: Sequence[tuple[int, str]] = [
            (104, "7Б"),
            (103, "3А"),
            (104, "7Б"),
            (105, "10А"),
            (103, "3А"),
        ]
        # The teacher of 10А has fallen silent lately: 3.4 is below its target, and the bot can say why.
        silent_from = self.local(self.now).date() - timedelta(days=32)
        for number, day in enumerate(self.working_days(self.first_day + timedelta(days=2))):
            writer, class_name = writers[number % len(writers)]
            if writer == 105 and day >= silent_from:
                continue
            at = self.at(day, 14, number % 50)
            pupil = pupils[class_name][number * 3 % len(pupils[class_name])]
            kind, text = next(texts)
            author = await self.actor(writer, at)
            to = await writing.addressees(session, author, day, [pupil])
            if not to.reached:
                continue
            await writing.send(session, author, at, day, self.settings, Draft((pupil,), kind, text))
            await self.deliver(at + timedelta(minutes=1))
            await self.react(number, at + timedelta(hours=3), next(answers))
        await self.deliver(self.now - timedelta(hours=1))

    async def react(self, number: int, at: datetime, answer: str) -> None:
        """The guardians of the last note: most read it, some answer."""
        last = select(NoteReceipt.note_id).order_by(NoteReceipt.id.desc()).limit(1).scalar_subquery()
        copies = await self.session.execute(
            select(NoteReceipt.id, Person.telegram_id)
            .join(Guardian, Guardian.id == NoteReceipt.guardian_id)
            .join(Person, Person.id == Guardian.person_id)
            .where(NoteReceipt.note_id == last)
        )
        for receipt, telegram_id in copies.all():
            guardian, today = await self.actor(telegram_id, at), self.local(at).date()
            if number % 5 == 4:
                session, settings = self.session, self.settings
                thread = await answering.thread_of(session, guardian, at, today, receipt)
                await answering.write(
                    session, guardian, at, today, settings, thread, text=answer, receipt_id=receipt
                )
            elif number % 7:
                await answering.mark_read(self.session, guardian, at, today, receipt)

    async def readings(self) -> None:
        """Two years of readings towards the targets; those of computed values end as the bot comes."""
        for number, indicator in enumerate(self.programme.indicators):
            if indicator.key in UNKNOWN:
                continue
            for step, on in enumerate(self.reading_days()):
                if indicator.key in SOURCES and on.year == self.now.year:
                    continue
                at = self.at(on, 16)
                director = await self.actor_of_record(at)
                await recording.record(
                    self.session,
                    director,
                    at,
                    on,
                    self.programme,
                    key=indicator.key,
                    on_date=on,
                    amount=_amount(indicator, on.year, step, number),
                )

    def reading_days(self) -> list[date]:
        """January, May and October of the last two years and of this one, up to yesterday."""
        today = self.local(self.now).date()
        days = [
            date(year, month, 15) for year in range(today.year - 2, today.year + 1) for month in (1, 5, 9)
        ]
        return [day for day in days if day < today]

    async def actor_of_record(self, at: datetime) -> Actor:
        """The director, who records what was before the bot, too."""
        return await self.actor(DIRECTOR, max(at, self.at(self.first_day, 12)))

    async def today(self) -> None:
        """What is on its way when the visitor comes: it arrives before their eyes."""
        teacher = await self.actor(104, self.now)
        today = self.local(self.now).date()
        director = await self.actor(DIRECTOR, self.now)
        await invitations.printed(self.session, director, self.settings, self.now, today)
        own = (await writing.classes(self.session, teacher))[0]
        pupils = (await self.session.scalars(select(Pupil.id).where(Pupil.class_id == own.id))).all()
        text = "Сегодня на уроке уверенный ответ и помощь товарищу. Порадуйтесь вместе!"
        draft = Draft(tuple(pupils[:3]), NoteKind.SUCCESS, text)
        await writing.send(self.session, teacher, self.now, today, self.settings, draft)


def _amount(indicator: Indicator, year: int, step: int, number: int) -> recording.Amount:
    """A likely value: part of the way from the start to the last target, a little different for each."""
    goal = target_for(indicator, max(year, 2023))
    target = goal.target.value if goal else 1.0
    match indicator.kind:
        case Kind.YEARLY | Kind.PRESENCE:
            return recording.Amount(1.0)
        case Kind.DECREASE:
            return recording.Amount(3.0 + step % 3)
        case Kind.COUNT:
            return recording.Amount(float(max(0, round(target) - (number + step) % 2)))
    part = (0.74, 0.86, 0.95, 1.02)[(number + step) % 4]
    return recording.share_of(min(20, round(target * part / 5)), 20)

"""A small invented school in the database: who is there, by name, for tests to play with.

5А is led by Анна Берг, who also teaches 9Б; Олег Штарк teaches 9Б only. Маша Лебедева (5А) has a mother
who has come and a father who has not; Петя Сомов (5А) has a mother who has come; Ваня Котов (9Б) has a
mother who has come; Лена Рыбина (9Б) has no guardian.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from bot.db.access import Actor, load_actor
from bot.db.accounts import Consent, Person, Role, Staff, StaffRole
from bot.db.base import Session
from bot.db.roster import Guardian, Pupil, SchoolClass, Teaching
from bot.features.accounts import NOTICE_VERSION

SINCE = date(2026, 9, 1)

# Telegram ids.
DIRECTOR, BERG, STARK, PSYCHOLOGIST = 1001, 1002, 1003, 1004
MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER = 2001, 2002, 2003
STRANGER = 9001


@dataclass
class School:
    """Ids of the rows by a short name."""

    people: dict[int, int]
    staff: dict[int, int]
    classes: dict[str, int]
    pupils: dict[str, int]
    guardians: dict[str, int]
    # What a test has made besides, by a name of its own.
    made: dict[str, int] = field(default_factory=dict)

    @staticmethod
    async def found(session: Session, now: datetime) -> "School":
        school = School({}, {}, {}, {}, {})
        for telegram_id in (DIRECTOR, BERG, STARK, PSYCHOLOGIST, MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER):
            person = Person(telegram_id=telegram_id, language="ru", created_at=now)
            session.add(person)
            await session.flush()
            session.add(Consent(person_id=person.id, version=NOTICE_VERSION, given_at=now))
            school.people[telegram_id] = person.id
        for grade, letter in ((5, "А"), (9, "Б")):
            school_class = SchoolClass(grade=grade, letter=letter)
            session.add(school_class)
            await session.flush()
            school.classes[school_class.name] = school_class.id
        for telegram_id, name, position, role in (
            (DIRECTOR, "Динер Н.М.", "Директор", Role.ADMIN),
            (BERG, "Берг А.И.", "Учитель", Role.TEACHER),
            (STARK, "Штарк О.П.", "Учитель", Role.TEACHER),
            (PSYCHOLOGIST, "Ким Е.В.", "Педагог-психолог", Role.SPECIALIST),
        ):
            staff = Staff(
                name=name,
                position=position,
                teaching=role == Role.TEACHER,
                person_id=school.people[telegram_id],
                active_from=SINCE,
            )
            session.add(staff)
            await session.flush()
            session.add(StaffRole(staff_id=staff.id, role=role))
            school.staff[telegram_id] = staff.id
        a5, b9 = school.classes["5А"], school.classes["9Б"]
        session.add(Teaching(staff_id=school.staff[BERG], class_id=a5, leads=True))
        session.add(Teaching(staff_id=school.staff[BERG], class_id=b9, leads=False))
        session.add(Teaching(staff_id=school.staff[STARK], class_id=b9, leads=False))
        for surname, first_name, class_id in (
            ("Лебедева", "Маша", a5),
            ("Сомов", "Петя", a5),
            ("Котов", "Ваня", b9),
            ("Рыбина", "Лена", b9),
        ):
            pupil = Pupil(
                surname=surname, first_name=first_name, patronymic="", class_id=class_id, active_from=SINCE
            )
            session.add(pupil)
            await session.flush()
            school.pupils[first_name] = pupil.id
        places: tuple[tuple[str, str, str, str, int | None], ...] = (
            ("Маша/мать", "Лебедева Ирина Олеговна", "мать", "Маша", MASHA_MOTHER),
            ("Маша/отец", "Лебедев Игорь Львович", "отец", "Маша", None),
            ("Петя/мать", "Сомова Юлия Петровна", "мать", "Петя", PETYA_MOTHER),
            ("Ваня/мать", "Котова Нина Ивановна", "мать", "Ваня", VANYA_MOTHER),
        )
        for key, name, relation, child, who in places:
            guardian = Guardian(
                pupil_id=school.pupils[child],
                name=name,
                relation=relation,
                person_id=school.people[who] if who else None,
                active_from=SINCE,
            )
            session.add(guardian)
            await session.flush()
            school.guardians[key] = guardian.id
        return school

    @staticmethod
    async def actor(session: Session, telegram_id: int, now: datetime) -> Actor:
        """The actor behind a Telegram id."""
        actor = await load_actor(session, telegram_id, now.date(), ())
        return actor or Actor(telegram_id)

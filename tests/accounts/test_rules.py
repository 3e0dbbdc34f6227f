"""A guardian's access to one child: ended singly, and what follows."""

from base64 import urlsafe_b64encode
from random import Random

import pytest
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.outbox import MessageState, OutboxMessage
from bot.db.roster import Guardian
from bot.errors import AppError, NotFoundError
from bot.features import accounts
from bot.features.accounts.access import open_again, withdraw_access
from bot.features.outbox import Message, post
from bot.ui.invite import pasted_code
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STARK, School


@pytest.mark.parametrize("who", [DIRECTOR, BERG])
async def test_a_guardian_without_access_hears_nothing_more(
    telegram: Telegram, school: School, database: Database, settings: Settings, clock: StoppedClock, who: int
) -> None:
    now, today = clock.now(), clock.now().date()
    place_id, person_id = school.guardians["Маша/мать"], school.people[MASHA_MOTHER]
    about_masha, other = (
        Message(person_id, "note-call", {}, key=key, guardian_id=place)
        for key, place in (("a", place_id), ("b", None))
    )
    async with database.write() as session:
        await post(session, settings, now, [about_masha, other])
        actor = await School.actor(session, who, now)
        fresh, pupil = await withdraw_access(session, actor, settings, now, today, place_id)
        await session.commit()
    assert (pupil.first_name, fresh.name, fresh.relation) == ("Маша", "Лебедева Ирина Олеговна", "мать")
    async with database.read() as session:
        query = select(OutboxMessage.dedup_key, OutboxMessage.state)
        states = dict((await session.execute(query)).fetchall())
        assert states.pop(f"access-closed:{place_id}") == MessageState.WAITING
        assert states == {"a": MessageState.WITHDRAWN, "b": MessageState.WAITING}
        # The old place stays hers, so that she can still take her words away; the new one is nobody's.
        assert (await session.get_one(Guardian, place_id)).person_id == person_id
        assert (await session.get_one(Guardian, fresh.id)).person_id is None
        assert not (await School.actor(session, MASHA_MOTHER, now)).roles
    mother = telegram.chat(MASHA_MOTHER)
    await mother.says("/children")
    assert "Маша" not in mother.last.text


async def test_access_can_be_given_anew_to_the_same_person(
    school: School, database: Database, settings: Settings, clock: StoppedClock
) -> None:
    now, today = clock.now(), clock.now().date()
    async with database.write() as session:
        leader = await School.actor(session, BERG, now)
        fresh, _ = await withdraw_access(session, leader, settings, now, today, school.guardians["Маша/мать"])
        with pytest.raises(AppError, match="error-place-closed"):
            await accounts.invite_guardian(session, leader, now, today, fresh.id, 30)
        await open_again(session, leader, now, today, fresh.id)
        with pytest.raises(AppError, match="error-place-open"):
            await open_again(session, leader, now, today, fresh.id)
        _, _, code = await accounts.invite_guardian(session, leader, now, today, fresh.id, 30)
        await accounts.accept(session, MASHA_MOTHER, "ru", code, now, today)
        assert (await School.actor(session, MASHA_MOTHER, now)).roles
        _, _, code = await accounts.invite_guardian(
            session, leader, now, today, school.guardians["Маша/отец"], 30
        )
        with pytest.raises(AppError, match="error-already-guardian"):
            await accounts.accept(session, MASHA_MOTHER, "ru", code, now, today)


@pytest.mark.parametrize("who", [STARK, PETYA_MOTHER])
async def test_only_an_admin_or_the_class_leader_ends_access(
    school: School, database: Database, settings: Settings, clock: StoppedClock, who: int
) -> None:
    now, today = clock.now(), clock.now().date()
    async with database.write() as session:
        actor = await School.actor(session, who, now)
        with pytest.raises(NotFoundError):
            await withdraw_access(session, actor, settings, now, today, school.guardians["Маша/мать"])
        leader = await School.actor(session, BERG, now)
        with pytest.raises(NotFoundError):  # Анна Берг teaches 9Б, but does not lead it
            await withdraw_access(session, leader, settings, now, today, school.guardians["Ваня/мать"])
        with pytest.raises(AppError, match="error-nobody-came"):
            await withdraw_access(session, leader, settings, now, today, school.guardians["Маша/отец"])


CODE = "0h-IVzHvRz3S_yTeA4mL9g"


@pytest.mark.parametrize(
    "text",
    [
        CODE,
        f" {CODE}\n",
        f"https://t.me/school_bot?start={CODE}",
        f"Откройте: T.me/school_bot?start={CODE}, это листок Маши",
        f"tg://resolve?domain=school_bot&start={CODE}",
        f"tg://resolve?start={CODE}&domain=school_bot",
    ],
)
def test_a_pasted_invitation_is_known(text: str) -> None:
    assert pasted_code(text) == CODE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Спасибо",
        "приглашениеприглашение",
        "internationalisationng",
        "Internationalisationng",
        CODE[:-1],
        f"{CODE}w",
        f"{CODE} {CODE}",
        f"{CODE[:-1]}b",
        "https://t.me/school_bot",
        "https://t.me/school_bot?startgroup=a",
        "https://school.example/?start=abc",
    ],
)
def test_words_are_no_invitation(text: str) -> None:
    assert pasted_code(text) is None


def test_whatever_code_is_made_is_known_when_pasted() -> None:
    chance = Random(1)
    for _ in range(200):
        assert pasted_code(urlsafe_b64encode(chance.randbytes(16)).rstrip(b"=").decode())
    assert len(accounts.new_code()) == len(CODE) and accounts.new_code()[-1] in "AQgw"

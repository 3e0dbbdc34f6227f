"""The inbox: nothing that Telegram was told of is lost, nothing happens twice, wherever the process dies."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import pytest
from aiogram import Bot
from aiogram.methods import TelegramMethod
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

from bot.config import Settings
from bot.db import inbox
from bot.db.accounts import Consent, Person
from bot.db.base import Database, Session
from bot.db.inbox import InboxUpdate, Incoming, UpdateState
from bot.db.locks import Locks
from bot.db.roster import Guardian
from bot.errors import StartError
from bot.features import accounts
from bot.scheduler import Context
from bot.scheduler.inbox import tick
from bot.ui.accounts import Join
from bot.ui.screen import Screen
from bot.updates import understood
from tests.chat import Telegram, Wire
from tests.databases import only_sqlite
from tests.fixtures import NOON, StoppedClock
from tests.processes import PATIENCE
from tests.school import DIRECTOR, MASHA_MOTHER, School

FATHER = 3000


class KilledError(BaseException):
    """The process is gone: nothing after this line happens."""


class Death:
    """Comes before the n-th step: a commit, or a call of Telegram."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
        self.left, self.came = moment, False
        commit, commit_of_all = AsyncSession.commit, AsyncSessionTransaction.commit
        request = Wire.make_request

        async def dying_commit(session: AsyncSession) -> None:
            self._step()
            await commit(session)

        async def dying_commit_of_all(transaction: AsyncSessionTransaction) -> None:
            self._step()
            await commit_of_all(transaction)

        async def dying_request(
            wire: Wire, bot: Bot, method: TelegramMethod[Any], *rest: Any, **more: Any
        ) -> Any:
            self._step()
            return await request(wire, bot, method, *rest, **more)

        monkeypatch.setattr(AsyncSession, "commit", dying_commit)
        monkeypatch.setattr(AsyncSessionTransaction, "commit", dying_commit_of_all)
        monkeypatch.setattr(Wire, "make_request", dying_request)

    def _step(self) -> None:
        if self.came:
            raise KilledError
        self.left -= 1
        if self.left < 0:
            self.came = True
            raise KilledError


async def invitation(database: Database, school: School, clock: StoppedClock) -> str:
    async with database.write() as session:
        director = await school.actor(session, DIRECTOR, clock.now())
        _, _, code = await accounts.invite_guardian(
            session, director, clock.now(), clock.now().date(), school.guardians["Маша/отец"], 30
        )
        await session.commit()
    return code


async def test_killed_at_every_step_of_coming_in(
    settings: Settings, database: Database, clock: StoppedClock, school: School
) -> None:
    """A guardian consents; the process dies before each commit and each call; the next one finishes it."""
    for moment in count():
        code = await invitation(database, school, clock)
        telegram = Telegram(settings, database, clock)
        telegram._update_id = 1000 * (moment + 1)
        father = telegram.chat(FATHER + moment)
        await father.says(f"/start {code}")
        with pytest.MonkeyPatch.context() as patch:
            death = Death(patch, moment)
            with contextlib.suppress(KilledError):
                await father.presses("Согласен")
        # The next process takes up the inbox, and Telegram repeats what it had not been told of.
        reborn = Telegram(settings, database, clock, telegram.wire)
        await reborn.intake.resume()
        await reborn.intake.idle()
        reborn._update_id = telegram._update_id - 1
        await reborn.chat(father.telegram_id).forges(Join(code=code).pack(), father.messages[0])

        async with database.write() as session:
            of_father = Person.telegram_id == father.telegram_id
            people = await session.scalar(select(func.count()).where(of_father))
            consents = await session.scalar(
                select(func.count()).select_from(Consent).join(Person).where(of_father)
            )
            assert (people, consents) == (1, 1), moment
            update = await session.get_one(InboxUpdate, telegram._update_id)
            assert (update.state, update.payload, update.replies) == (UpdateState.DONE, None, None)
            # The place is free again for the next round.
            (await session.get_one(Guardian, school.guardians["Маша/отец"])).person_id = None
            await session.commit()
        assert father.last.text == "Чем помочь?", moment
        if not death.came:
            # Stored, handled (a savepoint and the commit), answered, and at least four calls.
            assert moment >= 8
            return


async def test_an_update_seen_twice_does_nothing_twice(telegram: Telegram, school: School) -> None:
    chat = telegram.chat(DIRECTOR)
    await chat.says("/menu")
    telegram._update_id -= 1
    await chat.says("/menu")
    assert len(chat.messages) == 1


async def test_an_update_in_the_hands_of_two_has_its_effects_once(
    settings: Settings, telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    """A process that was thought dead handles what the next has taken up: the later leaves nothing."""
    mother = telegram.chat(MASHA_MOTHER)
    other = Telegram(settings, database, clock, telegram.wire)
    payload = {"update_id": 700, "message": mother._message("/menu")}
    async with database.write() as session:
        await inbox.store(session, [Incoming(700, MASHA_MOTHER, payload)], clock.now())
        await session.commit()
    for each in (telegram, other):
        each.intake._enqueue(MASHA_MOTHER, understood(payload, each.bot))
    for each in (telegram, other):
        await each.intake.idle()
    assert [seen.text for seen in mother.messages] == ["Чем помочь?"]


@only_sqlite
async def test_a_second_process_on_the_same_file_is_refused(database: Database) -> None:
    """Both would send what lies in the outbox."""
    first = Locks(database)
    with pytest.raises(StartError, match=r"database\.url: another process of the bot runs on"):
        Locks(database)
    await first.close()
    await Locks(database).close()


async def test_what_is_being_stored_when_the_end_comes_is_stored(
    telegram: Telegram, school: School, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cancelled in the middle the transaction was rolled back, and left a traceback in the log."""
    message = telegram.chat(DIRECTOR)._message("/menu")
    update = {"update_id": 700, "message": message}
    store, storing, may_go_on = inbox.store, asyncio.Event(), asyncio.Event()

    async def slow(*arguments: Any) -> Any:
        storing.set()
        await may_go_on.wait()
        return await store(*arguments)

    async def updates(*_: Any, **__: Any) -> list[dict[str, Any]]:
        return [update]

    monkeypatch.setattr(inbox, "store", slow)
    monkeypatch.setattr(Bot, "__call__", updates)
    polling = asyncio.create_task(telegram.intake.poll())
    await storing.wait()
    polling.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await polling
    draining = asyncio.create_task(telegram.intake.drain())
    may_go_on.set()
    await draining
    async with database.read() as session:
        assert (await session.scalars(select(InboxUpdate.update_id))).all() == [700]


async def raises(*_: Any) -> Screen:
    raise RuntimeError("Лебедева Маша, 42:TEST")


async def breaks_a_rule_later(session: Session, *_: Any) -> Screen:
    """When what it adds is written: there is such a person already."""
    session.add(Person(telegram_id=DIRECTOR, language="Лебедева Маша, 42:TEST", created_at=NOON))
    return Screen("Чем помочь?")


@pytest.mark.parametrize("fails", [raises, breaks_a_rule_later])
async def test_a_failure_is_told_logged_and_not_tried_again(
    telegram: Telegram,
    school: School,
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    fails: Callable[..., Awaitable[Screen]],
) -> None:
    monkeypatch.setattr("bot.handlers.accounts.menu.main_menu", fails)
    chat = telegram.chat(DIRECTOR)
    await chat.says("/menu")
    async with database.read() as session:
        (update,) = (await session.scalars(select(InboxUpdate))).all()
    assert update.state == UpdateState.FAILED and update.error_id
    assert update.error_id in chat.last.text  # the person can name it
    logged = capsys.readouterr()
    assert update.error_id in logged.out + logged.err  # and it is found in the log, without anybody's words
    assert "Лебедева" not in logged.out + logged.err and "42:TEST" not in logged.out + logged.err


async def test_within_a_chat_order_is_kept_and_chats_do_not_wait_for_each_other(
    telegram: Telegram, school: School
) -> None:
    updates = [
        {"update_id": n, "message": telegram.chat(who)._message(text)}
        for n, (who, text) in enumerate(
            [(DIRECTOR, "/menu"), (MASHA_MOTHER, "/help"), (DIRECTOR, "/help"), (DIRECTOR, "/language")], 500
        )
    ]
    await telegram.intake.take(updates)
    await telegram.intake.idle()
    chat = telegram.chat(DIRECTOR)
    assert len(telegram.chat(MASHA_MOTHER).messages) == 1
    menu, help_, language = chat.messages
    assert (menu.text, "Русский" in language.buttons) == ("Чем помочь?", True) and help_.text != menu.text


async def test_what_was_stored_though_nobody_was_told_is_not_overtaken(
    telegram: Telegram, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The way to the database breaks between a commit and its answer: Telegram repeats what lies there."""
    chat, commit = telegram.chat(DIRECTOR), AsyncSession.commit
    first, second = (
        {"update_id": number, "message": chat._message(text)}
        for number, text in ((700, "/menu"), (701, "/help"))
    )

    async def breaks(session: AsyncSession) -> None:
        await commit(session)
        raise OSError

    with monkeypatch.context() as patch, pytest.raises(OSError):
        patch.setattr(AsyncSession, "commit", breaks)
        await telegram.intake.take([first])
    await telegram.intake.take([first, second])
    await telegram.intake.idle()
    assert [seen.text == "Чем помочь?" for seen in chat.messages] == [True, False]


async def test_what_comes_before_the_inbox_is_looked_at_is_handled_once(
    telegram: Telegram,
    school: School,
    database: Database,
    clock: StoppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It was found there and handled again as what had come: what a handler commits early it did twice."""
    chat, unfinished, may_look = telegram.chat(DIRECTOR), inbox.unfinished, asyncio.Event()
    left, new = ({"update_id": number, "message": chat._message("/menu")} for number in (700, 701))

    async def late(*arguments: Any) -> Any:
        await may_look.wait()
        return await unfinished(*arguments)

    monkeypatch.setattr(inbox, "unfinished", late)
    async with database.write() as session:
        await inbox.store(session, [Incoming(700, DIRECTOR, left)], clock.now())
        await session.commit()
    await telegram.intake.resume()
    await telegram.intake.take([new])
    may_look.set()
    await telegram.intake.idle()
    assert len(telegram.handled) == len(chat.messages) == 2


async def test_handled_updates_are_forgotten_after_two_days(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock, context: Context
) -> None:
    await telegram.chat(DIRECTOR).says("/menu")
    for days, left in ((1, 1), (2, 0)):
        clock.move(days=days)
        await tick(context)
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(InboxUpdate)) == left


async def test_who_waits_for_room_is_not_taken_for_dead(
    telegram: Telegram, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram says to wait, and as much is in hand as may be."""
    monkeypatch.setattr("bot.intake.IN_HAND", 1)
    monkeypatch.setattr("bot.intake.LOOK_SECONDS", 0.001)
    may_go_on, signed_twice, times = asyncio.Event(), asyncio.Event(), count(1)

    async def waits(_: Any) -> None:
        await may_go_on.wait()

    def sign(name: str) -> None:
        if name == "intake" and next(times) == 2:
            signed_twice.set()

    monkeypatch.setattr(telegram.intake, "_send", waits)
    monkeypatch.setattr(telegram.watch, "sign", sign)
    chat = telegram.chat(DIRECTOR)
    await telegram.intake.take([{"update_id": 900, "message": chat._message("/menu")}])
    second = asyncio.create_task(
        telegram.intake.take([{"update_id": 901, "message": chat._message("/menu")}])
    )
    await asyncio.wait_for(signed_twice.wait(), PATIENCE)
    assert not second.done()
    may_go_on.set()
    await second
    await telegram.intake.idle()

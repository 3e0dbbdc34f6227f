"""The outbox to Telegram, when Telegram is not well."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import AnswerCallbackQuery, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import Message
from sqlalchemy import select

from bot.db import outbox
from bot.db.accounts import Person
from bot.db.base import Database, Session
from bot.db.outbox import MessageState, OutboxMessage
from bot.delivery import Delivery, Pace
from bot.ui.screen import Screen
from tests.conftest import StoppedClock
from tests.outbox.test_rules import Stopwatch
from tests.school import MASHA_MOTHER, PETYA_MOTHER, School

Trouble = Callable[[TelegramMethod[Any]], Exception]


class Line(BaseSession):
    """A line to Telegram: `troubles` are what the next calls meet, None is success."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.troubles: list[Trouble | None] = []

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        self.calls.append(method)
        if self.troubles and (trouble := self.troubles.pop(0)) is not None:
            raise trouble(method)
        chat = {"id": getattr(method, "chat_id", 1), "type": "private"}
        return Message.model_validate({"message_id": len(self.calls), "date": 0, "chat": chat, "text": "."})

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.calls if isinstance(call, SendMessage)]

    async def close(self) -> None:
        pass

    async def stream_content(self, *args: Any, **kwargs: Any) -> AsyncGenerator[bytes, None]:
        yield b""


def too_many(method: TelegramMethod[Any]) -> Exception:
    return TelegramRetryAfter(method, "Too Many Requests: retry after 7", 7)


def blocked(method: TelegramMethod[Any]) -> Exception:
    return TelegramForbiddenError(method, "Forbidden: bot was blocked by the user")


def broken(method: TelegramMethod[Any]) -> Exception:
    return TelegramServerError(method, "Internal Server Error")


def cut(method: TelegramMethod[Any]) -> Exception:
    return TelegramNetworkError(method, "ServerDisconnectedError")


def nonsense(method: TelegramMethod[Any]) -> Exception:
    """Something between here and Telegram answered with a page of its own."""
    return ClientDecodeError("Failed to decode object", ValueError("no JSON"), "<html>")


def bad(words: str) -> Trouble:
    return lambda method: TelegramBadRequest(method, f"Bad Request: {words}")


class Post:
    """A delivery over such a line, with people to write to."""

    def __init__(self, database: Database, clock: StoppedClock, school: School) -> None:
        self.line, self.watch, self.clock, self.school = Line(), Stopwatch(), clock, school
        self.database = database
        self.told: list[tuple[int, MessageState]] = []
        self.delivery = Delivery(
            Bot("42:TEST", session=self.line),
            database,
            clock,
            Pace(25, 1, self.watch.now, self.watch.sleep),
            {"words": lambda t, arguments: Screen(arguments["text"])},
            {"words": self._tell},
        )

    async def _tell(self, session: Session, subject_id: int, at: Any, state: MessageState) -> None:
        self.told.append((subject_id, state))

    async def write(self, *letters: tuple[int, str]) -> None:
        async with self.database.write() as session:
            for telegram_id, text in letters:
                await outbox.add(
                    session,
                    person_id=self.school.people[telegram_id],
                    kind="words",
                    arguments={"text": text},
                    dedup_key=text,
                    now=self.clock.now(),
                    subject_id=7,
                )
            await session.commit()

    async def send(self) -> None:
        while await self.delivery.send_due():
            await self.delivery.finish()

    async def states(self) -> dict[str, MessageState]:
        async with self.database.read() as session:
            rows = await session.execute(select(OutboxMessage.dedup_key, OutboxMessage.state))
            return {row.dedup_key: row.state for row in rows}


@pytest.fixture
def post(database: Database, clock: StoppedClock, school: School) -> Post:
    return Post(database, clock, school)


class TestSending:
    async def test_in_order_for_each_person(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"), (MASHA_MOTHER, "3"), (MASHA_MOTHER, "4"))
        await post.send()
        assert [text for text in post.line.texts if text != "2"] == ["1", "3", "4"]
        assert post.told == [(7, MessageState.SENT)] * 4
        assert post.watch.time == pytest.approx(2)  # one a second to one person

    async def test_the_same_message_is_not_there_twice(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (MASHA_MOTHER, "1"))
        await post.send()
        await post.write((MASHA_MOTHER, "1"))
        await post.send()
        assert post.line.texts == ["1"]

    async def test_not_before_its_time(self, post: Post, clock: StoppedClock) -> None:
        async with post.database.write() as session:
            await outbox.add(
                session,
                person_id=post.school.people[MASHA_MOTHER],
                kind="words",
                arguments={"text": "morning"},
                dedup_key="morning",
                now=clock.now(),
                not_before=clock.now().replace(hour=20),
            )
            await session.commit()
        await post.send()
        assert post.line.texts == []
        clock.move(hours=14)
        await post.send()
        assert post.line.texts == ["morning"]


class TestTrouble:
    async def test_429_pauses_the_whole_bot_and_loses_nothing(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))
        post.line.troubles = [too_many]
        await post.send()
        assert sorted(post.line.texts[1:]) == ["1", "2"] or post.line.texts == ["1", "2", "1"]
        assert post.watch.time >= 7
        assert set((await post.states()).values()) == {MessageState.SENT}

    async def test_a_blocked_person_is_marked_and_the_others_get_theirs(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))
        post.line.troubles = [blocked]
        await post.send()
        assert await post.states() == {"1": MessageState.UNREACHABLE, "2": MessageState.SENT}
        async with post.database.read() as session:
            person = await session.get_one(Person, post.school.people[MASHA_MOTHER])
        assert person.unreachable_since == post.clock.now()

    @pytest.mark.parametrize("trouble", [broken, cut, nonsense])
    async def test_what_may_pass_is_tried_again_and_not_overtaken(
        self, post: Post, clock: StoppedClock, trouble: Trouble
    ) -> None:
        await post.write((MASHA_MOTHER, "1"), (MASHA_MOTHER, "2"))
        post.line.troubles = [trouble, trouble]
        for _ in range(3):
            await post.send()
            clock.move(seconds=10)
        assert post.line.texts == ["1", "1", "1", "2"]
        assert set((await post.states()).values()) == {MessageState.SENT}

    async def test_somebody_who_never_opened_the_chat_is_unreachable(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"))
        post.line.troubles = [bad("chat not found")]
        await post.send()
        assert post.told == [(7, MessageState.UNREACHABLE)]

    async def test_what_telegram_refuses_is_given_up_and_the_next_one_goes(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (MASHA_MOTHER, "2"))
        post.line.troubles = [bad("message is too long")]
        await post.send()
        assert await post.states() == {"1": MessageState.FAILED, "2": MessageState.SENT}

    async def test_one_that_cannot_be_worded_stops_nobody(self, post: Post, clock: StoppedClock) -> None:
        async with post.database.write() as session:
            person = post.school.people[MASHA_MOTHER]
            await outbox.add(
                session, person_id=person, kind="words", arguments={}, dedup_key="nameless", now=clock.now()
            )
            await session.commit()
        await post.write((MASHA_MOTHER, "2"))
        await post.send()
        assert await post.states() == {"nameless": MessageState.FAILED, "2": MessageState.SENT}

    async def test_killed_between_sent_and_recorded_it_goes_once_more(
        self, post: Post, clock: StoppedClock
    ) -> None:
        """Telegram has no idempotency key: one message in flight may repeat, none is lost."""
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))
        async with post.database.read() as session:
            first, _ = await outbox.due(session, clock.now(), (), 10)
        await post.delivery._attempt(first)  # sent; the process dies before the result is written
        await Post(post.database, clock, post.school).send()
        assert set((await post.states()).values()) == {MessageState.SENT}


class TestReplies:
    async def test_a_message_that_is_gone_is_answered_with_a_new_one(self, post: Post) -> None:
        post.line.troubles = [bad("message to edit not found")]
        await post.delivery.reply(EditMessageText(chat_id=5, message_id=1, text="words"))
        assert post.line.texts == ["words"]

    @pytest.mark.parametrize("words", ["message is not modified: same", "query is too old and so on"])
    async def test_what_changes_nothing_is_no_error(self, post: Post, words: str) -> None:
        post.line.troubles = [bad(words)]
        await post.delivery.reply(AnswerCallbackQuery(callback_query_id="1"))
        assert len(post.line.calls) == 1

    @pytest.mark.parametrize("trouble", [too_many, broken, cut, nonsense])
    async def test_trouble_that_passes_is_waited_for(self, post: Post, trouble: Trouble) -> None:
        post.line.troubles = [trouble, trouble]
        await post.delivery.reply(SendMessage(chat_id=5, text="words"))
        assert post.line.texts == ["words"] * 3

    async def test_a_person_who_blocked_the_bot_meanwhile_is_no_error(self, post: Post) -> None:
        post.line.troubles = [blocked]
        await post.delivery.reply(SendMessage(chat_id=5, text="words"))
        assert len(post.line.calls) == 1

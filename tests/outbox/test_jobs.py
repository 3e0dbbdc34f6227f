"""The outbox to Telegram, when Telegram is not well."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from pathlib import Path
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
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteMessages,
    EditMessageText,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import Message
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.db import outbox
from bot.db.accounts import Person
from bot.db.base import Database, Session
from bot.db.outbox import File, Letter, MessageState, OutboxMessage, Picture
from bot.delivery import RECORD_AGAIN, Delivery, Pace
from bot.features.health import ailing
from bot.texts import Texts
from bot.ui.screen import Screen
from bot.watch import Watch
from tests.fixtures import StoppedClock
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
        if isinstance(method, SendMediaGroup):
            numbers = [len(self.calls) * 100 + n for n in range(len(method.media))]
            message = {"date": 0, "chat": chat}
            return [Message.model_validate({**message, "message_id": number}) for number in numbers]
        if isinstance(method, DeleteMessages):
            return True
        message = {"message_id": len(self.calls), "date": 0, "chat": chat, "text": "."}
        if isinstance(method, SendPhoto):
            message["photo"] = [{"file_id": "photo", "file_unique_id": "photo", "width": 1, "height": 1}]
        return Message.model_validate(message)

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


def words(t: Texts, arguments: dict[str, Any]) -> Screen:
    files = tuple(File(*each) for each in arguments.get("files", ()))
    return Screen(arguments["text"], files=files)


class Post:
    """A delivery over such a line, with people to write to."""

    def __init__(self, database: Database, clock: StoppedClock, school: School) -> None:
        self.line, self.watch, self.clock, self.school = Line(), Stopwatch(), clock, school
        self.database, self.signs = database, Watch(self.watch.now)
        self.told: list[tuple[int, MessageState]] = []
        self.delivery = Delivery(
            Bot("42:TEST", session=self.line),
            database,
            clock,
            Pace(25, 1, self.watch.now, self.watch.sleep),
            {"words": words},
            {"words": self._tell},
            Path(),
            self.signs,
        )

    async def _tell(self, session: Session, subject_id: int, at: Any, state: MessageState) -> None:
        self.told.append((subject_id, state))

    async def write(self, *letters: tuple[int, str]) -> None:
        async with self.database.write() as session:
            for telegram_id, text in letters:
                await outbox.add(session, [self.letter(telegram_id, text)], self.clock.now())
            await session.commit()

    def letter(self, telegram_id: int, text: str, **more: Any) -> Letter:
        arguments = {"text": text, **more.pop("arguments", {})}
        at = more.pop("not_before", self.clock.now())
        person_id = self.school.people[telegram_id]
        return Letter(person_id, "words", arguments, text, at, subject_id=7, **more)

    async def put(self, *letters: Letter) -> list[int]:
        async with self.database.write() as session:
            added = await outbox.add(session, letters, self.clock.now())
            await session.commit()
        return list(added.values())

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
        await post.put(post.letter(MASHA_MOTHER, "morning", not_before=clock.now().replace(hour=20)))
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

    async def test_nor_by_what_was_read_with_it(self, post: Post, clock: StoppedClock) -> None:
        """The first is tried and to be tried again while others of the batch wait for their turn."""

        async def sleep(seconds: float) -> None:
            if asyncio.current_task() not in post.delivery._sending:
                await post.delivery.finish()
            await post.watch.sleep(seconds)

        post.delivery._pace._sleep = sleep
        post.delivery._pace._tokens = 1.0
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "-"), (MASHA_MOTHER, "2"))
        post.line.troubles = [cut]
        await post.send()
        clock.move(seconds=10)
        await post.send()
        assert post.line.texts == ["1", "-", "1", "2"]

    @pytest.mark.parametrize("door", ["read", "write"])
    async def test_a_picture_that_the_database_does_not_give_or_take_is_not_given_up(
        self, post: Post, clock: StoppedClock, monkeypatch: pytest.MonkeyPatch, door: str
    ) -> None:
        async with post.database.write() as session:
            session.add(Picture(id=7, png=b"png"))
            await session.commit()
        await post.put(post.letter(MASHA_MOTHER, "words", arguments={"files": [["photo", "picture:7", ""]]}))
        open_, make = getattr(post.database, door), post.delivery._make
        away: list[None] = []

        async def make_while_it_is_away(method: TelegramMethod[Any]) -> Any:
            with monkeypatch.context() as patch:
                if not away:
                    patch.setattr(post.database, door, fails)
                return await make(method)

        def fails() -> Any:
            away.append(None)
            raise OperationalError("", {}, OSError("database is locked"))

        monkeypatch.setattr(post.delivery, "_make", make_while_it_is_away)
        for _ in range(2):
            await post.send()
            clock.move(seconds=10)
        assert away and getattr(post.database, door) == open_
        assert [type(call) for call in post.line.calls] == [SendPhoto, SendMessage]
        assert await post.states() == {"words": MessageState.SENT}

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
        await post.put(Letter(post.school.people[MASHA_MOTHER], "words", {}, "nameless", clock.now()))
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

    async def test_a_database_that_cannot_be_written_makes_nothing_come_again_and_again(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A full disk, once, made the same message come every second until there was room."""
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"), (MASHA_MOTHER, "3"))
        record, tries = outbox.record, iter(range(9))

        async def full(session: Session, result: outbox.Result) -> None:
            if next(tries, 9) < 8:
                raise OperationalError("", {}, OSError("disk full"))
            await record(session, result)

        monkeypatch.setattr(outbox, "record", full)
        await post.send()
        assert sorted(post.line.texts) == ["1", "2", "3"]
        assert set((await post.states()).values()) == {MessageState.SENT}
        assert post.watch.time > 2 * RECORD_AGAIN

    async def test_one_result_that_cannot_be_written_does_not_hold_up_the_others(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))
        tell = post.delivery._tell
        failed: list[set[MessageState]] = []

        async def tell_none(session: Session, result: outbox.Result) -> None:
            if result.message.arguments["text"] == "1" and len(failed) < 3:
                failed.append(await states(session))
                raise RuntimeError
            await tell(session, result)

        async def states(session: Session) -> set[MessageState]:
            return set(await session.scalars(select(OutboxMessage.state)))

        monkeypatch.setattr(post.delivery, "_tell", tell_none)
        await post.send()
        assert sorted(post.line.texts) == ["1", "2"]
        assert MessageState.SENT in failed[-1]  # the other one

    async def test_a_long_pause_is_not_taken_for_death(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await post.write((MASHA_MOTHER, "1"))
        post.signs.sign("delivery")
        said: list[str] = []

        async def sleep(seconds: float) -> None:
            await post.watch.sleep(seconds)
            said.extend(ailing(post.signs))

        monkeypatch.setattr(post.delivery._pace, "_sleep", sleep)
        post.delivery._pace.pause(300)
        await post.send()
        assert (post.line.texts, said) == (["1"], [])
        assert post.watch.time == pytest.approx(300)

    @pytest.mark.parametrize("before", [[], ["0"]])
    async def test_what_is_withdrawn_in_a_pause_does_not_go_out_after_it(
        self, post: Post, monkeypatch: pytest.MonkeyPatch, before: list[str]
    ) -> None:
        """Nor where its person has been written to just before, so that it waits for their chat as well."""
        await post.write(*((MASHA_MOTHER, text) for text in before))
        await post.send()
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))

        async def sleep(seconds: float) -> None:
            await post.watch.sleep(seconds)
            if post.watch.time > 100:
                async with post.database.write() as session:
                    await outbox.withdraw(session, post.clock.now(), OutboxMessage.dedup_key == "1")
                    await session.commit()

        monkeypatch.setattr(post.delivery._pace, "_sleep", sleep)
        post.delivery._pace.pause(300)
        await post.send()
        assert post.line.texts == [*before, "2"]

    async def test_an_outbox_that_cannot_be_read_is_read_again(
        self, post: Post, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await post.write((MASHA_MOTHER, "1"))
        due, tries = outbox.due, iter(range(2))

        async def locked(*arguments: Any) -> list[outbox.Due]:
            if next(tries, None) is not None:
                raise OperationalError("", {}, OSError("database is locked"))
            found = await due(*arguments)
            if not found:
                post.delivery.stop()
            return found

        monkeypatch.setattr(outbox, "due", locked)
        await post.delivery.start(idle=0)
        assert post.line.texts == ["1"]


class TestLeadingNoMore:
    """Whoever leads next may have sent long ago what this process waits to send."""

    @pytest.fixture(autouse=True)
    def lost(self, post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
        """The lead is lost as soon as delivery waits."""

        async def sleep(seconds: float) -> None:
            post.delivery.stop()
            await post.watch.sleep(seconds)

        monkeypatch.setattr(post.delivery._pace, "_sleep", sleep)

    async def leads_again(self, post: Post) -> None:
        """What was not begun is not lost: the same process, when it leads once more, sends it."""
        post.delivery._stopping = False
        await post.send()

    async def test_nothing_is_begun_after_a_pause(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (PETYA_MOTHER, "2"))
        post.delivery._pace.pause(300)
        await post.send()
        assert post.line.texts == [] and post.watch.time < 10
        post.watch.time += 300
        await self.leads_again(post)
        assert sorted(post.line.texts) == ["1", "2"]

    async def test_nor_what_waits_for_its_own_chat(self, post: Post) -> None:
        await post.write((MASHA_MOTHER, "1"), (MASHA_MOTHER, "2"))
        await post.send()
        assert post.line.texts == ["1"]
        post.watch.time += 1
        await self.leads_again(post)
        assert post.line.texts == ["1", "2"]

    async def test_what_is_half_out_is_gone_on_with(self, post: Post) -> None:
        await post.put(post.letter(MASHA_MOTHER, "words", arguments=PICTURES))
        await post.send()
        assert [type(call) for call in post.line.calls] == [SendMediaGroup]
        again = Post(post.database, post.clock, post.school)
        await again.send()
        assert [type(call) for call in again.line.calls] == [SendVoice, SendMessage]


PICTURES = {"files": [["photo", "a", ""], ["photo", "b", ""], ["voice", "c", ""]]}


class TestFiles:
    async def test_files_go_before_the_words_in_as_few_messages_as_may_be(self, post: Post) -> None:
        (id_,) = await post.put(post.letter(MASHA_MOTHER, "words", arguments=PICTURES))
        await post.send()
        assert [type(call) for call in post.line.calls] == [SendMediaGroup, SendVoice, SendMessage]
        assert post.watch.time == pytest.approx(2)  # each is a message: one a second to one person
        async with post.database.read() as session:
            row = await session.get_one(OutboxMessage, id_)
        assert (row.media, row.message_id) == ([[100, 101], [2]], 3)

    async def test_what_has_gone_out_is_not_sent_again_after_trouble(
        self, post: Post, clock: StoppedClock
    ) -> None:
        await post.put(post.letter(MASHA_MOTHER, "words", arguments=PICTURES))
        post.line.troubles = [None, broken, None, broken]
        for _ in range(3):
            await post.send()
            clock.move(seconds=10)
        kinds = [SendMediaGroup, SendVoice, SendVoice, SendMessage, SendMessage]
        assert [type(call) for call in post.line.calls] == kinds


class TestReplacing:
    async def test_one_takes_the_place_of_another_that_has_come(self, post: Post) -> None:
        (old,) = await post.put(post.letter(MASHA_MOTHER, "old", arguments=PICTURES))
        await post.send()
        await post.put(post.letter(MASHA_MOTHER, "new", replaces_id=old))
        await post.send()
        deleted, edited = post.line.calls[-2:]
        assert isinstance(deleted, DeleteMessages) and deleted.message_ids == [100, 101, 2]
        assert isinstance(edited, EditMessageText) and (edited.text, edited.message_id) == ("new", 3)

    async def test_files_stay_where_the_new_one_has_them_too(self, post: Post) -> None:
        (old,) = await post.put(post.letter(MASHA_MOTHER, "old", arguments=PICTURES))
        await post.send()
        await post.put(post.letter(MASHA_MOTHER, "new", arguments=PICTURES, replaces_id=old))
        await post.send()
        assert [type(call) for call in post.line.calls[3:]] == [EditMessageText]

    async def test_the_place_of_one_that_never_came_stays_empty(self, post: Post) -> None:
        (old,) = await post.put(post.letter(MASHA_MOTHER, "old"))
        post.line.troubles = [blocked]
        await post.send()
        await post.put(post.letter(MASHA_MOTHER, "new", replaces_id=old))
        await post.send()
        assert post.line.texts == ["old"]
        assert (await post.states())["new"] == MessageState.WITHDRAWN

    async def test_withdrawn_on_its_way_it_is_known_and_replaced(
        self, post: Post, clock: StoppedClock
    ) -> None:
        """It is being sent while it is withdrawn: it comes, and goes again."""
        (old,) = await post.put(post.letter(MASHA_MOTHER, "old"))
        async with post.database.read() as session:
            (due,) = await outbox.due(session, clock.now(), (), 10)
        async with post.database.write() as session:
            (await session.get_one(OutboxMessage, old)).state = MessageState.WITHDRAWN
            await session.commit()
        await post.put(post.letter(MASHA_MOTHER, "new", replaces_id=old))
        await post.delivery._send(due)
        await post.send()
        assert [type(call) for call in post.line.calls] == [SendMessage, EditMessageText]
        assert await post.states() == {"old": MessageState.WITHDRAWN, "new": MessageState.SENT}

    @pytest.mark.parametrize("words", ["message is not modified", "message to edit not found"])
    async def test_one_that_needs_no_replacing_is_no_error(self, post: Post, words: str) -> None:
        (old,) = await post.put(post.letter(MASHA_MOTHER, "old"))
        await post.send()
        post.line.troubles = [bad(words)]
        await post.put(post.letter(MASHA_MOTHER, "new", replaces_id=old))
        await post.send()
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

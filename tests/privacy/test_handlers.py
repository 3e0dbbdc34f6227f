"""/privacy: the notice, my data as files, leaving; and a notice that has changed."""

import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from sqlalchemy import func, select, update

from bot.db.accounts import Consent, Person
from bot.db.base import Database
from bot.db.notes import Note
from bot.db.roster import Guardian
from bot.features.accounts import NOTICE_VERSION
from bot.features.outbox import Message, post
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STRANGER, School


def files(telegram: Telegram) -> dict[str, bytes]:
    """The documents that the bot has sent."""
    documents = [call.document for call in telegram.wire.calls if isinstance(call, SendDocument)]
    return {str(file.filename): file.data for file in documents if isinstance(file, BufferedInputFile)}


class Page(HTMLParser):
    """What a page says, and everything that it would fetch from elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fetched: list[str] = []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "action")]


async def writes(teacher: Chat, pupil: str, words: str) -> None:
    await teacher.says("/note")
    await teacher.presses("5А")
    await teacher.presses(pupil)
    await teacher.presses("Похвалить")
    await teacher.says(words)
    await teacher.presses("Отправить")


async def asks_for_data(chat: Chat) -> tuple[str, dict[str, Any]]:
    chat.telegram.wire.calls.clear()
    await chat.says("/privacy")
    await chat.presses("Мои данные файлом")
    found = files(chat.telegram)
    page = Page()
    page.feed(found["my-data.html"].decode())
    assert page.fetched == [] and "url(" not in found["my-data.html"].decode()
    return " ".join(page.words), json.loads(found["my-data.json"])


class TestMyData:
    async def test_is_everything_of_mine_and_nobody_elses(self, telegram: Telegram, school: School) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await writes(teacher, "Лебедева Маша", "Маша <b>молодец</b> & умница")
        await writes(teacher, "Сомов Петя", "Петя тоже")
        await telegram.deliver()
        await mother.presses("Ответить")
        await mother.says("Спасибо за Машу")
        page, values = await asks_for_data(mother)
        for mine in ("Лебедева Ирина Олеговна", "мать", "Маша <b>молодец</b> & умница", "Спасибо за Машу"):
            assert mine in page and mine in json.dumps(values, ensure_ascii=False)
        assert "Ваши согласия" in page and NOTICE_VERSION in page
        assert str(MASHA_MOTHER) in page
        assert "14 октября 2026, 12:00" in page
        for theirs in ("Петя", "Сомов", "Котов", str(PETYA_MOTHER), "Лебедев Игорь"):
            assert theirs not in page and theirs not in json.dumps(values, ensure_ascii=False)
        assert values["tables"]["people"]["rows"][0]["telegram"] == MASHA_MOTHER
        assert values["tables"]["notes"]["rows"] == []

    async def test_of_a_teacher_is_what_she_wrote_but_not_what_was_answered(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await writes(teacher, "Лебедева Маша", "Маша молодец")
        await telegram.deliver()
        await mother.presses("Ответить")
        await mother.says("Спасибо за Машу")
        page, values = await asks_for_data(teacher)
        assert "Маша молодец" in page and "Берг А.И." in page and "Классное руководство" in page
        assert values["tables"]["note_answers"]["rows"] == []

    @pytest.mark.parametrize("who", [DIRECTOR, PETYA_MOTHER])
    async def test_is_in_the_persons_language(self, telegram: Telegram, school: School, who: int) -> None:
        chat = telegram.chat(who)
        await chat.says("/language")
        await chat.presses("English")
        await chat.says("/privacy")
        assert "About your data" in chat.last.text
        await chat.presses("My data as a file")
        page = files(telegram)["my-data.html"].decode()
        assert '<html lang="en">' in page and "Your consents" in page

    async def test_a_message_of_an_earlier_version_stands_there_as_it_was_kept(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        async with database.write() as session:
            old = [
                Message(school.people[MASHA_MOTHER], kind, {"words": "давно"}, kind) for kind in ("note", "x")
            ]
            await post(session, telegram.dispatcher["settings"], clock.now(), old)
            await session.commit()
        page, _ = await asks_for_data(telegram.chat(MASHA_MOTHER))
        assert page.count("words: давно") == 2

    async def test_a_guest_has_none(self, telegram: Telegram, school: School) -> None:
        guest = telegram.chat(STRANGER)
        await guest.says("/privacy")
        assert "О ваших данных" in guest.last.text and guest.last.buttons == []
        await guest.forges("mine")
        assert guest.toast == "Такого нет, или это не ваше."


class TestLeaving:
    async def test_says_what_the_school_keeps_before_and_after(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await writes(teacher, "Лебедева Маша", "Маша молодец")
        await telegram.deliver()
        await mother.says("/privacy")
        assert "Вы дали согласие 14 октября 2026." in mother.last.text
        await mother.presses("Отозвать согласие")
        question = mother.last.text
        await mother.presses("Да, стереть")
        for text in (question, mother.last.text):
            assert "списки классов" in text and "запись, что школа связывалась с семьёй" in text
            assert "список сотрудников" not in text and "показателей" not in text
        await teacher.says("/privacy")
        await teacher.presses("Отозвать согласие")
        assert "список сотрудников" in teacher.last.text and "родителям" in teacher.last.text

    async def test_what_was_said_stays_nameless_and_the_place_is_free(
        self, telegram: Telegram, school: School, database: Database
    ) -> None:
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await writes(teacher, "Лебедева Маша", "Маша молодец")
        await mother.says("/privacy")
        await mother.presses("Отозвать согласие")
        await mother.presses("Да, стереть")
        async with database.read() as session:
            old = await session.get_one(Guardian, school.guardians["Маша/мать"])
            assert (old.name, old.person_id) == ("", None)
            fresh = await session.scalar(
                select(Guardian).where(Guardian.name == "Лебедева Ирина Олеговна", Guardian.id != old.id)
            )
            assert fresh and fresh.person_id is None and fresh.active_to is None
        director = telegram.chat(DIRECTOR)
        await director.says("/invite")
        await director.presses("Родителей")
        await director.presses("5А")
        await director.presses("Лебедева Ирина")
        code = director.last.text.split("?start=")[1].split()[0]
        await mother.says(f"/start {code}")
        await mother.presses("Согласен")
        await mother.says("/children")
        assert "Маша молодец" not in mother.last.text  # the next at this place does not read it

    async def test_pressed_twice_it_is_done_once(self, telegram: Telegram, school: School) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/privacy")
        await mother.presses("Отозвать согласие")
        question = mother.last
        data = question.data("Да, стереть")
        await mother.forges(data, question)
        await mother.forges(data, question)
        assert mother.toast == "Такого нет, или это не ваше."


class TestChangedNotice:
    @pytest.fixture
    async def changed(self, school: School, database: Database) -> None:
        async with database.write() as session:
            await session.execute(update(Consent).values(version="2020-01"))
            await session.commit()

    async def test_is_shown_before_anything_else(
        self, changed: None, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        teacher = telegram.chat(BERG)
        clock.move(hours=1)
        async with database.read() as session:
            notes_before = await session.scalar(select(func.count()).select_from(Note))
        for words in ("/start", "/menu", "/note", "просто слова"):
            await teacher.says(words)
            assert "О ваших данных" in teacher.messages[-2].text
            assert "Мы обновили текст" in teacher.last.text and NOTICE_VERSION in teacher.last.text
        await teacher.forges("go:note")
        assert "Мы обновили текст" in teacher.last.text
        async with database.read() as session:
            assert await session.scalar(select(func.count()).select_from(Note)) == notes_before
            assert await session.scalar(select(func.count()).select_from(Consent)) == 7
        await teacher.presses("Согласен")
        assert "Написать родителям" in teacher.last.buttons  # the role was kept
        async with database.read() as session:
            query = select(Consent.version).where(Consent.person_id == school.people[BERG])
            assert list(await session.scalars(query.order_by(Consent.id))) == ["2020-01", NOTICE_VERSION]
        await teacher.says("/note")
        assert "Мы обновили" not in teacher.last.text

    async def test_pressed_twice_is_one_consent(
        self, changed: None, telegram: Telegram, school: School, database: Database
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/menu")
        question = mother.last
        data = question.data("Согласен")
        for _ in range(2):
            await mother.forges(data, question)
        async with database.read() as session:
            of_hers = select(func.count()).where(Consent.person_id == school.people[MASHA_MOTHER])
            assert await session.scalar(of_hers) == 2

    async def test_leaves_the_ways_to_look_to_speak_and_to_go(
        self, changed: None, telegram: Telegram, school: School, database: Database
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/language")
        assert mother.last.buttons == ["Русский", "English"]
        await mother.says("/privacy")
        assert "Вы дали согласие" in mother.last.text
        await mother.says("/menu")
        await mother.presses("Отозвать согласие")
        await mother.presses("Да, стереть")
        async with database.read() as session:
            gone = await session.get_one(Person, school.people[MASHA_MOTHER])
            assert gone.telegram_id < 0

    async def test_an_invitation_asks_for_the_new_consent_by_itself(
        self, changed: None, telegram: Telegram, school: School
    ) -> None:
        director = telegram.chat(DIRECTOR)
        await director.says("/menu")
        await director.presses("Согласен")
        await director.says("/invite")
        await director.presses("Родителей")
        await director.presses("5А")
        await director.presses("Лебедев Игорь")
        code = director.last.text.split("?start=")[1].split()[0]
        teacher = telegram.chat(BERG)
        await teacher.says(f"/start {code}")
        assert "Согласие на обработку персональных данных" in teacher.last.text
        await teacher.presses("Согласен")
        assert "Мои дети" in teacher.last.buttons


def test_the_consent_is_a_document_of_its_own() -> None:
    """Purposes one by one, none bundled with another, and its version; the notice does not contain it."""
    from bot.texts import texts

    for language in ("ru", "en"):
        t = texts(language)
        consent = t("consent-document", school="Школа", version="2026-11")
        assert len(re.findall(r"^•", consent, re.MULTILINE)) == 4 and "2026-11" in consent
        assert "•" not in t("notice", school="Школа", days=30, years=3, nights=14)


def test_the_notice_tells_of_copies_where_there_are_any() -> None:
    from bot.texts import texts

    t = texts("ru")
    assert "через 14 ночей" in t("notice", school="Школа", days=30, years=3, nights=14)
    assert "копи" not in t("notice", school="Школа", days=30, years=3, nights=0)

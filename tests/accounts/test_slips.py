"""Invitations on paper, in chat: printed, renewed, withdrawn; who has come; access ended."""

import pypdfium2
import pytest
import zxingcpp
from aiogram.methods import SendDocument
from aiogram.types import BufferedInputFile
from sqlalchemy import func, select

from bot.config import Settings
from bot.db.accounts import Invitation
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.roster import Guardian
from bot.features.accounts import printing
from bot.features.accounts.access import withdraw_access
from bot.features.notes import writing
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, SINCE, STARK, STRANGER, School


def printed(telegram: Telegram) -> tuple[str, list[str]]:
    """The name of the last document and the codes in it."""
    document = next(c.document for c in reversed(telegram.wire.calls) if isinstance(c, SendDocument))
    assert isinstance(document, BufferedInputFile)
    pdf = pypdfium2.PdfDocument(document.data)
    codes = []
    for page in pdf:
        codes += [code.text for code in zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())]
        page.close()
    pdf.close()
    return document.filename or "", codes


async def prints(chat: Chat, school_class: str, language: str = "по-русски") -> list[str]:
    await chat.says("/invite")
    await chat.presses("Родителей")
    await chat.presses(school_class)
    await chat.presses("Листки")
    await chat.presses(language)
    name, codes = printed(chat.telegram)
    assert name == "invitations.pdf"
    return codes


def code_of(link: str) -> str:
    return link.partition("?start=")[2]


async def test_a_printed_code_lets_a_guardian_in(telegram: Telegram, school: School) -> None:
    (link,) = await prints(telegram.chat(DIRECTOR), "5А")
    assert link.startswith("https://t.me/school_test_bot?start=")
    father = telegram.chat(STRANGER)
    await father.says(f"/start {code_of(link)}")
    await father.presses("Согласен")
    await father.says("/children")
    assert "Маша" in father.last.text
    director = telegram.chat(DIRECTOR)
    await director.says("/roster")
    await director.presses("5А")
    assert "✅ Лебедев Игорь Львович, отец" in director.last.text
    await director.presses("Листки")
    assert "печатать нечего" in director.last.text


async def test_the_leaflet_lies_beside_the_slips_and_opens_the_bot(
    telegram: Telegram, school: School
) -> None:
    berg = telegram.chat(BERG)
    await berg.says("/class")
    await berg.presses("5А")
    await berg.presses("Пригласить")
    await berg.presses("Листки")
    await berg.presses("Листовка")
    assert printed(telegram) == ("leaflet.pdf", ["https://t.me/school_test_bot"])


async def test_printing_renews_and_says_so_before(
    telegram: Telegram, school: School, database: Database
) -> None:
    director = telegram.chat(DIRECTOR)
    (old,) = await prints(director, "5А")
    await director.says("/roster")
    await director.presses("5А")
    assert "✉️ Лебедев Игорь Львович, отец — приглашение до 13 ноября" in director.last.text
    await director.presses("Листки")
    assert "больше не будут действовать" in director.last.text and "Будет 1 листок" in director.last.text
    await director.presses("по-английски")
    _, (new,) = printed(telegram)
    father = telegram.chat(STRANGER)
    await father.says(f"/start {code_of(old)}")
    assert "отменили" in father.last.text
    await father.says(f"/start {code_of(new)}")
    assert "Маша" in father.messages[-2].text
    async with database.read() as session:
        prints_ = select(AuditEntry.details).where(AuditEntry.action == "invitations.printed")
        assert list(await session.scalars(prints_)) == [{"count": 1}, {"count": 1}]
        assert code_of(new) not in set(await session.scalars(select(Invitation.code_hash)))


async def test_pressed_twice_the_first_paper_stays_good(telegram: Telegram, school: School) -> None:
    director = telegram.chat(DIRECTOR)
    await director.says("/invite")
    await director.presses("Родителей")
    await director.presses("5А")
    await director.presses("Листки")
    question, data = director.last, director.last.data("по-русски")
    for _ in range(2):
        await director.forges(data, question)
    assert "уже делали приглашения" in director.toast
    (link,) = printed(telegram)[1]
    await telegram.chat(STRANGER).says(f"/start {code_of(link)}")
    assert "Маша" in telegram.chat(STRANGER).messages[-2].text


async def test_the_whole_school_by_class(telegram: Telegram, school: School, database: Database) -> None:
    async with database.write() as session:
        session.add(Guardian(pupil_id=school.pupils["Лена"], name="", relation="бабушка", active_from=SINCE))
        await session.commit()
    director = telegram.chat(DIRECTOR)
    await director.says("/invite")
    await director.presses("Родителей")
    await director.presses("всей школы")
    assert "вся школа" in director.last.text and "Будет 2 листка" in director.last.text
    await director.presses("по-русски")
    _, codes = printed(telegram)
    assert len(codes) == 2


async def test_withdrawing_a_class(telegram: Telegram, school: School) -> None:
    director = telegram.chat(DIRECTOR)
    (link,) = await prints(director, "5А")
    await director.says("/roster")
    await director.presses("5А")
    await director.presses("Листки")
    await director.presses("Отозвать приглашения класса")
    assert "Сейчас их 1" in director.last.text
    await director.presses("Да, отозвать")
    assert director.toast == "Приглашения отозваны." and "больше не будут" not in director.last.text
    await telegram.chat(STRANGER).says(f"/start {code_of(link)}")
    assert "отменили" in telegram.chat(STRANGER).last.text


async def test_a_leader_does_it_for_their_own_class_only(telegram: Telegram, school: School) -> None:
    berg = telegram.chat(BERG)
    for who in (BERG, STARK):
        telegram.wire.shows(who, "…")
    await berg.forges(f"sl:{school.classes['5А']}")
    await berg.presses("по-русски")
    assert len(printed(telegram)[1]) == 1
    telegram.wire.calls.clear()
    for who, school_class in ((BERG, school.classes["9Б"]), (BERG, 0), (STARK, school.classes["9Б"])):
        for data in (f"sl:{school_class}", f"slp:{school_class}:ru:0", f"slw:{school_class}:1"):
            await telegram.chat(who).forges(data)
            assert telegram.chat(who).toast == "Такого нет, или это не ваше."
    assert not any(isinstance(call, SendDocument) for call in telegram.wire.calls)


@pytest.mark.parametrize("more", [1, 40])
async def test_printing_costs_the_same_however_many_there_are(
    telegram: Telegram, school: School, database: Database, more: int
) -> None:
    async with database.write() as session:
        places = [
            Guardian(pupil_id=school.pupils["Петя"], name="", relation="тётя", active_from=SINCE)
            for _ in range(more)
        ]
        session.add_all(places)
        await session.commit()
    director = telegram.chat(DIRECTOR)
    with count_queries(database) as queries:
        await director.forges(f"slp:{school.classes['5А']}:ru:0")
    assert queries.count <= 20
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Invitation)) == more + 1


class TestPupilCard:
    async def test_access_is_ended_after_a_question_and_the_person_is_told(
        self, telegram: Telegram, school: School
    ) -> None:
        berg, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        telegram.wire.shows(BERG, "…")
        await berg.forges(f"rc:{school.classes['5А']}")
        await berg.presses("Лебедева Маша")
        assert "Выбыл из школы" not in berg.last.buttons
        await berg.presses("Закрыть доступ: Лебедева Ирина")
        assert "Человек больше не будет ничего получать" in berg.last.text
        await berg.presses("Да, закрыть доступ")
        assert "🚫 Лебедева Ирина Олеговна, мать — доступ закрыт школой" in berg.last.text
        await telegram.deliver()
        assert "закрыла вам доступ" in mother.last.text and "Лебедева" not in mother.last.text
        await mother.says("/children")
        assert "Маша" not in mother.last.text

    async def test_whose_access_was_ended_is_not_invited_again_by_mistake(
        self, telegram: Telegram, school: School, database: Database, settings: Settings, clock: StoppedClock
    ) -> None:
        """Neither from the list, nor on a slip, nor is the person among a note's receipts or a call's."""
        now, today = clock.now(), clock.now().date()
        async with database.write() as session:
            leader, place = await School.actor(session, BERG, now), school.guardians["Маша/мать"]
            await withdraw_access(session, leader, settings, now, today, place)
            assert (await printing.offer(session, leader, now, today, school.classes["5А"])).slips == 1
            to = await writing.addressees(session, leader, today, [school.pupils["Маша"]])
            await session.commit()
        assert [each.relation for each in to.pupils[0].guardians] == ["отец"]
        berg = telegram.chat(BERG)
        telegram.wire.shows(BERG, "…")
        await berg.forges(f"gc:{school.classes['5А']}")
        assert not any("Лебедева Ирина" in label for label in berg.last.buttons)
        await berg.forges(f"rp:{school.pupils['Маша']}")
        assert not any("приглашение: Лебедева" in label for label in berg.last.buttons)
        await berg.presses("Открыть доступ снова: Лебедева Ирина")
        assert "Разрешить снова пригласить?" in berg.last.text
        await berg.presses("Да, разрешить")
        assert "Новое приглашение: Лебедева Ирина Олеговна" in berg.last.buttons

    async def test_an_invitation_is_made_and_withdrawn_singly(
        self, telegram: Telegram, school: School
    ) -> None:
        berg = telegram.chat(BERG)
        telegram.wire.shows(BERG, "…")
        await berg.forges(f"rp:{school.pupils['Маша']}")
        await berg.presses("Новое приглашение: Лебедев Игорь")
        link = next(word for word in berg.last.text.split() if word.startswith("https"))
        telegram.wire.shows(BERG, "…")
        await berg.forges(f"rp:{school.pupils['Маша']}")
        assert "✉️ Лебедев Игорь" in berg.last.text
        await berg.presses("Отозвать приглашение: Лебедев Игорь")
        assert "⏳ Лебедев Игорь" in berg.last.text
        await telegram.chat(STRANGER).says(f"/start {code_of(link)}")
        assert "отменили" in telegram.chat(STRANGER).last.text

    async def test_an_expired_invitation_is_none(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await prints(telegram.chat(DIRECTOR), "5А")
        clock.move(days=31)
        director = telegram.chat(DIRECTOR)
        await director.forges(f"rp:{school.pupils['Маша']}")
        assert "⏳ Лебедев Игорь" in director.last.text

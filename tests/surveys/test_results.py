"""What came out: figures, groups, picture, workbook; and telling those who were asked."""

from io import BytesIO

import pytest
from aiogram.methods import SendDocument, SendPhoto
from aiogram.types import BufferedInputFile
from openpyxl import load_workbook
from sqlalchemy import select

from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.outbox import Picture
from bot.db.roster import Guardian
from bot.db.surveys import Survey, SurveyAnswer
from bot.reports import charts
from bot.ui.surveys.results import SurveyOutcome, SurveyPublish, SurveyResults
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, SINCE, STARK, STRANGER, VANYA_MOTHER, School
from tests.surveys.people import answers, draws_up, hand_in, more_guardians, opens
from tests.surveys.test_paper import enters, prints

MEASURES = "Откроем <консультации> по вторникам & четвергам."


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


async def closed(director: Chat) -> None:
    await director.says("/survey")
    await director.presses("🟢")
    await director.presses("Закрыть сейчас")
    await director.presses("Да, закрыть")


async def two_classes(database: Database, school: School, clock: StoppedClock, in_9b: int) -> list[int]:
    """Seven more guardians in 5А, as many as asked for more in 9Б; those of 9Б last."""
    everybody = await more_guardians(database, school, clock, 7 + in_9b)
    moved = everybody[len(everybody) - in_9b :] if in_9b else []
    async with database.write() as session:
        people = [school.people[who] for who in moved]
        for place in await session.scalars(select(Guardian).where(Guardian.person_id.in_(people))):
            place.pupil_id = school.pupils["Ваня"]
        await session.commit()
    return everybody


class TestByClass:
    async def test_classes_that_may_be_told(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await two_classes(database, school, clock, 5)
        await opens(director)
        for number, who in enumerate(everybody):
            await hand_in(telegram, who, 2 + number % 4, f"Слова {number}")
        await closed(director)
        await director.presses("По классам")
        assert "<b>5А</b> ▇▇▇▇▇▇▇▇▇▇ 9 из 9 (100\xa0%)" in director.last.text
        assert "<b>9Б</b> ▇▇▇▇▇▇▇▇▇▇ 6 из 6 (100\xa0%)" in director.last.text
        await director.presses("→")
        assert "<b>5А</b>: 4 и 5" in director.last.text and "9 ответов" in director.last.text
        assert "<b>9Б</b>: 4 и 5" in director.last.text and "6 ответов" in director.last.text
        await director.presses("→")  # everybody said the same there
        assert "Ни об одном классе отдельно" in director.last.text

    async def test_a_class_of_four_is_hidden_and_what_it_follows_from(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await two_classes(database, school, clock, 3)
        await opens(director)
        for number, who in enumerate(everybody):
            await hand_in(telegram, who, 2 + number % 4)
        await closed(director)
        await director.presses("По классам")
        assert "4 из 4" in director.last.text  # that they answered is no secret
        await director.presses("→")
        assert "5А" not in director.last.text and "9Б" not in director.last.text
        async with database.read() as session:
            assert not any((await session.scalars(select(SurveyAnswer.class_name))).all())

    async def test_words_from_ten_on_and_without_a_class(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await two_classes(database, school, clock, 5)
        await opens(director)
        for number, who in enumerate(everybody):
            await hand_in(telegram, who, 2 + number % 4, f"Слова <{number}>" if number < 10 else None)
        await closed(director)
        assert "Написали 10 человек" in director.last.text
        await director.presses("Своими словами")
        first = director.last.text
        await director.presses("→")
        assert sum(f"Слова &lt;{n}&gt;" in first + director.last.text for n in range(10)) == 10


class TestFiles:
    async def test_the_workbook_hides_what_the_screen_hides(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await two_classes(database, school, clock, 3)
        await opens(director)
        for number, who in enumerate(everybody):
            await hand_in(telegram, who, 2 + number % 4, "=1+1" if number < 9 else None)
        await closed(director)
        await director.presses("Excel")
        call = next(c for c in reversed(telegram.wire.calls) if isinstance(c, SendDocument))
        assert isinstance(call.document, BufferedInputFile)
        book = load_workbook(BytesIO(call.document.data))
        assert book.sheetnames == ["Ответы", "Отклик по классам"]  # no groups, no words, no names
        answers_sheet = book["Ответы"]
        assert answers_sheet.freeze_panes == "A2"
        rows = list(answers_sheet.iter_rows(values_only=True))
        assert rows[1][2:4] == ("5", 3) and rows[1][4] == pytest.approx(3 / 13)
        assert "1+1" not in repr(rows) and rows[-1][2] == "ответов мало, итог скрыт"
        response = list(book["Отклик по классам"].iter_rows(values_only=True))
        assert response[1:] == [("5А", 9, 9, 1), ("9Б", 4, 4, 1)]

    async def test_by_name_the_workbook_names_them_and_that_is_noted(
        self, telegram: Telegram, director: Chat, database: Database, school: School
    ) -> None:
        await draws_up(director, "Учителям: методическая помощь")
        await director.presses("Сделать с именами")
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        await telegram.deliver()
        for who, words in ((BERG, "=cmd|' /C calc'!A0"), (STARK, "Всё хорошо")):
            chat = telegram.chat(who)
            await chat.presses("Ответить")
            await chat.presses("4")
            await chat.presses("5")
            await chat.presses("Цифровые ресурсы")
            await chat.presses("Разговор с родителями")
            double = chat.last.data("Цифровые ресурсы")
            for _ in range(2):  # two presses at once take it away once
                await chat.forges(double)
            assert "☑ Разговор с родителями" in chat.last.buttons
            assert "☐ Цифровые ресурсы" in chat.last.buttons
            await chat.presses("Готово")
            await chat.presses("Семинар в школе")
            await chat.presses("Да")
            await chat.says(words)
            await chat.presses("Отправить ответы")
            assert "общие итоги" not in chat.last.text
        await closed(director)
        assert "Довольны (4 и 5): 100\xa0%" in director.last.text  # by name nothing is hidden from the admin
        await director.presses("Excel")
        call = next(c for c in reversed(telegram.wire.calls) if isinstance(c, SendDocument))
        assert isinstance(call.document, BufferedInputFile)
        sheet = load_workbook(BytesIO(call.document.data))["По именам"]
        rows = list(sheet.iter_rows(values_only=True))
        assert rows[1][:4] == ("Берг А.И.", "4", "5", "Разговор с родителями")
        assert rows[2][-1] == "Всё хорошо"
        assert sheet.cell(2, 7).data_type == "s" and sheet.cell(2, 7).value == "=cmd|' /C calc'!A0"
        async with database.read() as session:
            assert "survey.names_read" in (await session.scalars(select(AuditEntry.action))).all()
        await director.forges(SurveyResults(survey_id=1, view="publish").pack())
        assert "ответов слишком мало" in director.toast  # to all the minimum holds

    async def test_nothing_to_draw(self, telegram: Telegram, director: Chat) -> None:
        await opens(director)
        await closed(director)
        await director.presses("Картинка")
        assert "Показывать пока нечего" in director.toast


class TestPublishing:
    @pytest.fixture
    async def results(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await more_guardians(database, school, clock, 4)
        await opens(director)
        for number, who in enumerate(everybody[:-1]):
            await hand_in(telegram, who, 3 + number % 3)
        await closed(director)

    async def test_everybody_asked_gets_picture_share_and_words(
        self, telegram: Telegram, director: Chat, database: Database, results: None
    ) -> None:
        await director.presses("Рассказать участникам")
        await director.says("Сначала одно")
        assert "Сначала одно" in director.last.text
        early = director.last.data("Отправить участникам")
        await director.says(MEASURES)
        await director.forges(early)  # the preview before the correction
        assert "уже не работает" in director.toast
        send = director.last.data("Отправить участникам")
        for _ in range(2):
            await director.forges(send)
        await telegram.deliver()
        for who in (MASHA_MOTHER, VANYA_MOTHER, 5001, 5004):
            *_, picture, words = telegram.chat(who).messages
            assert picture.photo and picture.photo.startswith(b"\x89PNG")
            assert "Довольны (4 и 5): 67\xa0%" in words.text
            assert "Откроем &lt;консультации&gt; по вторникам &amp; четвергам." in words.text
            assert sum("вот что вышло" in m.text for m in telegram.chat(who).messages) == 1
        mother = telegram.chat(MASHA_MOTHER)
        await mother.says("/surveys")
        await mother.presses("Итоги: Как школа помогает")
        assert "консультации" in mother.last.text
        await director.says("/survey")
        await director.presses("Как школа помогает")
        assert "Участникам рассказано" in director.last.text
        await director.forges(SurveyResults(survey_id=1, view="publish").pack())
        assert "уже рассказано" in director.toast

    async def test_the_picture_goes_by_its_id_once_telegram_knows_it(
        self, telegram: Telegram, director: Chat, database: Database, results: None
    ) -> None:
        await director.presses("Рассказать участникам")
        await director.says(MEASURES)
        async with database.write() as session:
            picture = (await session.scalars(select(Picture))).one()
            picture.file_id = "known"
            await session.commit()
        await director.presses("Отправить участникам")
        await telegram.deliver()
        sent = [c.photo for c in telegram.wire.calls if isinstance(c, SendPhoto)]
        assert sent[-7:] == ["known"] * 7

    async def test_only_who_was_asked_sees_it_and_not_before(
        self, telegram: Telegram, director: Chat, results: None
    ) -> None:
        await telegram.chat(MASHA_MOTHER).forges(SurveyOutcome(survey_id=1).pack())
        assert "не ваше" in telegram.chat(MASHA_MOTHER).toast
        await director.presses("Рассказать участникам")
        await director.says(MEASURES)
        await director.presses("Отправить участникам")
        for who in (BERG, STRANGER):
            await telegram.chat(who).forges(SurveyOutcome(survey_id=1).pack())
            assert "не ваше" in telegram.chat(who).toast

    async def test_words_too_long_or_none(self, director: Chat, results: None) -> None:
        await director.presses("Рассказать участникам")
        await director.says("а" * 1501)
        assert "не больше 1\xa0500" in director.last.text
        await director.says(voice={"file_id": "v", "file_unique_id": "v", "duration": 3})
        assert "Нужен текст" in director.last.text
        await director.forges(SurveyPublish(survey_id=1, draft=1).pack())
        assert "уже не работает" in director.toast


async def test_paper_and_chat_make_the_schools_value(
    telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
) -> None:
    """3.2 counts what was entered from paper."""
    everybody = await more_guardians(database, school, clock, 2)
    await opens(director)
    for who in everybody[:3]:
        await hand_in(telegram, who, 5)
    async with database.write() as session:
        for number in range(2):
            place = {"pupil_id": school.pupils["Лена"], "name": f"Рыбина {number}", "relation": "родня"}
            session.add(Guardian(**place, active_from=SINCE))
        await session.commit()
    await answers(telegram.chat(everybody[3]), 2)
    await enters(director, (await prints(director))["Рыбина Лена"], overall=2)
    await closed(director)
    async with database.read() as session:
        survey = await session.get_one(Survey, 1)
    assert survey.template == "satisfaction"
    assert "Довольны (4 и 5): 60\xa0%" in director.last.text
    status = await director.says("/status")
    assert status
    row = next(line for line in status.text.splitlines() if " 3.2 " in line)
    assert "<b>60</b>" in row


def test_long_surveys_are_drawn_on_several_pages() -> None:
    block = charts.Block("Вопрос " * 30, "27 ответов", [("Ответ $1 " * 9, 0.5, "50 %")] * 10)
    pages = charts.distribution("Опрос", "Ответили", [block] * 3)
    assert len(pages) == 3 and all(page.startswith(b"\x89PNG") for page in pages)
    assert charts.distribution("Опрос", "Ответили", []) == []

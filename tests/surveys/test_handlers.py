"""The satisfaction survey as people meet it."""

from typing import Any

import pytest
from sqlalchemy import func, select

from bot.db.base import Database
from bot.db.surveys import SurveyAnswer, SurveyDraft, SurveyParticipant
from bot.ui.surveys.answering import SurveyPress, SurveySend, SurveyStart
from bot.ui.surveys.editing import SurveyEdit
from bot.ui.surveys.results import SurveyResults
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.queries import count_queries
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STRANGER, VANYA_MOTHER, School
from tests.surveys.people import answers, hand_in, more_guardians, opens


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
def mother(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(MASHA_MOTHER)


async def count(database: Database, table: Any) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


class TestOpening:
    async def test_every_guardian_who_has_come_is_asked_once(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        await opens(director)
        for who in (MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER):
            (invitation,) = telegram.chat(who).messages
            assert "Школа спрашивает ваше мнение" in invitation.text and invitation.buttons == ["Ответить"]
        assert not telegram.chat(BERG).messages
        assert (
            "Ответили 0 из 3 (0\xa0%)" in director.last.text and "Открыт по 20.10.2026" in director.last.text
        )
        assert await count(database, SurveyParticipant) == 3

    async def test_a_second_one_does_not_open_beside_it(self, director: Chat, database: Database) -> None:
        await opens(director)
        await director.says("/survey")
        await director.presses("Новый опрос")
        await director.presses("Родителям: как школа помогает")
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        assert "уже идёт" in director.toast
        assert await count(database, SurveyParticipant) == 3

    async def test_opening_pressed_twice(self, director: Chat, database: Database) -> None:
        await opens(director)
        await director.forges(SurveyEdit(survey_id=1, part="launch").pack())
        assert "уже запущен" in director.toast
        assert await count(database, SurveyParticipant) == 3

    async def test_at_night_nobody_is_woken(
        self, telegram: Telegram, director: Chat, mother: Chat, clock: StoppedClock
    ) -> None:
        clock.move(hours=10)  # 22:00
        await opens(director)
        assert not mother.messages
        clock.move(hours=10)
        await telegram.deliver()
        assert len(mother.messages) == 1


class TestAnswering:
    async def test_one_press_an_answer_back_and_send(
        self, director: Chat, mother: Chat, database: Database
    ) -> None:
        await opens(director)
        first = await mother.presses("Ответить")
        assert "Вопрос 1 из 6" in first.text and "анонимный" in first.text
        await mother.presses("5")
        assert "Вопрос 2 из 6" in mother.last.text
        again = await mother.presses("Назад")
        assert "✓ 5" in again.buttons
        await mother.presses("3")
        for label in ("4", "5", "Да", "На собраниях"):
            await mother.presses(label)
        await mother.says("Больше <b>кружков</b> 🙂 & тепла")
        summary = mother.last
        assert (
            "→ <b>3</b>" in summary.text
            and "Больше &lt;b&gt;кружков&lt;/b&gt; 🙂 &amp; тепла" in summary.text
        )
        await mother.presses("Отправить ответы")
        assert "Спасибо" in mother.last.text
        assert await count(database, SurveyAnswer) == 6
        assert await count(database, SurveyDraft) == 0
        await director.says("/survey")
        await director.presses("🟢")
        assert "Ответили 1 из 3" in director.last.text

    async def test_leaving_and_going_on_later(self, director: Chat, mother: Chat) -> None:
        await opens(director)
        await mother.presses("Ответить")
        await mother.presses("5")
        menu = await mother.presses("Потом")
        assert "Опросы (1)" in menu.buttons
        await mother.says("/surveys")
        assert any("(1 из 6)" in label for label in mother.last.buttons)
        await mother.presses("(1 из 6)")
        assert "Вопрос 2 из 6" in mother.last.text

    async def test_cancelling_midway_keeps_what_was_answered(self, director: Chat, mother: Chat) -> None:
        await opens(director)
        await mother.presses("Ответить")
        for label in ("5", "4", "5"):
            await mother.presses(label)
        await mother.says("да")  # typed, and good
        await mother.presses("Из дневника")
        await mother.says("/cancel")
        await mother.says("это уже не ответ")
        assert "Кому это передать?" in mother.last.text
        await mother.says("/surveys")
        await mother.presses("(5 из 6)")
        assert "Вопрос 6 из 6" in mother.last.text
        await mother.says("Спасибо учителям")
        assert "Спасибо учителям" in mother.last.text and "Ваши ответы" in mother.last.text

    async def test_pressed_twice(self, director: Chat, mother: Chat, database: Database) -> None:
        await opens(director)
        first = await mother.presses("Ответить")
        five = first.data("5")
        for _ in range(2):
            await mother.forges(five)
            assert "Вопрос 2 из 6" in mother.last.text
        for label in ("4", "5", "Да", "Из дневника", "Пропустить"):
            await mother.presses(label)
        send = mother.last.data("Отправить ответы")
        await mother.forges(send)
        await mother.forges(send)
        assert "уже ответили" in mother.toast
        assert await count(database, SurveyAnswer) == 5

    async def test_a_second_time_is_not_possible(
        self, director: Chat, mother: Chat, database: Database
    ) -> None:
        await opens(director)
        await answers(mother, 5)
        for data in (
            SurveySend(survey_id=1),
            SurveyStart(survey_id=1),
            SurveyPress(survey_id=1, at=0, score=1),
        ):
            await mother.forges(data.pack())
            assert "уже ответили" in mother.toast
        assert await count(database, SurveyAnswer) == 5
        await mother.says("/surveys")
        assert "опросов для вас нет" in mother.last.text

    @pytest.mark.parametrize(
        "data",
        [
            SurveyPress(survey_id=1, at=0, score=9),
            SurveyPress(survey_id=1, at=0, score=-1),
            SurveyPress(survey_id=1, at=99, score=1),
            SurveyPress(survey_id=1, at=-1, score=1),
            SurveyPress(survey_id=77, at=0, score=1),
        ],
    )
    async def test_answers_that_there_are_not(
        self, director: Chat, mother: Chat, database: Database, data: SurveyPress
    ) -> None:
        await opens(director)
        await mother.forges(data.pack())
        assert await count(database, SurveyAnswer) == 0
        async with database.read() as session:
            draft = await session.get(SurveyDraft, (1, 2))
        assert draft is None or all(value is not None for value in draft.answers.values())

    async def test_sending_too_early(self, director: Chat, mother: Chat, database: Database) -> None:
        await opens(director)
        await mother.presses("Ответить")
        await mother.forges(SurveySend(survey_id=1).pack())
        assert "номер 1" in mother.toast and await count(database, SurveyAnswer) == 0

    async def test_words_too_long_or_none(self, director: Chat, mother: Chat) -> None:
        await opens(director)
        await mother.presses("Ответить")
        for label in ("5", "4", "5", "Да", "Из дневника"):
            await mother.presses(label)
        await mother.says("а" * 5000)
        assert "не больше" in mother.last.text
        await mother.says(photo=[{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}])
        assert "Нужен текст" in mother.last.text
        await mother.says("Всё хорошо")
        assert "Ваши ответы" in mother.last.text

    async def test_closed_between_two_answers(self, director: Chat, mother: Chat, database: Database) -> None:
        await opens(director)
        await mother.presses("Ответить")
        await mother.presses("5")
        await director.presses("Закрыть сейчас")
        await director.presses("Да, закрыть")
        await mother.presses("4")
        assert "уже закрыт" in mother.toast
        assert await count(database, SurveyDraft) == await count(database, SurveyAnswer) == 0

    async def test_only_who_was_asked(self, telegram: Telegram, director: Chat, database: Database) -> None:
        await opens(director)
        for who in (BERG, STRANGER, DIRECTOR):
            chat = telegram.chat(who)
            for data in (
                SurveyStart(survey_id=1),
                SurveyPress(survey_id=1, at=0, score=5),
                SurveySend(survey_id=1),
            ):
                await chat.forges(data.pack())
                assert "не ваше" in chat.toast
        assert await count(database, SurveyDraft) == 0


class TestResults:
    async def test_share_satisfied_and_distribution(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        everybody = await more_guardians(database, school, clock, 7)
        await opens(director)
        for number, who in enumerate(everybody):
            await hand_in(telegram, who, 5 if number < 7 else 2, f"Слова {number}" if number else None)
        await director.says("/survey")
        await director.presses("🟢")
        await director.presses("Закрыть сейчас")
        results = await director.presses("Да, закрыть")
        assert "Ответили 10 из 10 (100\xa0%)" in results.text
        assert "Довольны (4 и 5): 70\xa0%" in results.text
        assert "5 ▇▇▇▇▇▇▇ 70\xa0% (7)" in results.text and "2 ▇▇▇ 30\xa0% (3)" in results.text
        assert "Слова" not in results.text  # nine have written: too few
        status = await director.says("/status")
        assert status and "3.2" in status.text
        row = next(line for line in status.text.splitlines() if " 3.2 " in line)
        assert "<b>70</b>" in row

    async def test_under_five_answers_nothing_is_shown(
        self, telegram: Telegram, director: Chat, database: Database
    ) -> None:
        await opens(director)
        for who in (MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER):
            await hand_in(telegram, who, 5)
        await director.presses("Закрыть сейчас")
        results = await director.presses("Да, закрыть")
        assert "меньше 5" in results.text and "▇" not in results.text

    async def test_while_it_is_open_nobody_sees_any(self, director: Chat) -> None:
        await opens(director)
        await director.forges(SurveyResults(survey_id=1).pack())
        assert "ещё идёт" in director.toast

    async def test_a_constant_number_of_queries(
        self, telegram: Telegram, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        await opens(director)
        await director.says("/survey")
        with count_queries(database) as few:
            await director.says("/survey")
        await more_guardians(database, school, clock, 30)
        await director.presses("🟢")
        await director.presses("Закрыть сейчас")
        await director.presses("Да, закрыть")
        await opens(director)
        with count_queries(database) as many:
            await director.says("/survey")
        assert few.count == many.count


async def test_leaving_forgets_what_was_begun_and_keeps_the_count(
    telegram: Telegram, director: Chat, mother: Chat, database: Database
) -> None:
    await opens(director)
    await answers(mother, 5)
    petya = telegram.chat(PETYA_MOTHER)
    await petya.presses("Ответить")
    await petya.presses("5")
    for chat in (mother, petya):
        await chat.says("/privacy")
        await chat.presses("Отозвать согласие")
        await chat.presses("Да, стереть")
    assert await count(database, SurveyDraft) == 0
    assert await count(database, SurveyAnswer) == 5
    await director.says("/survey")
    await director.presses("🟢")
    assert "Ответили 1 из 2" in director.last.text

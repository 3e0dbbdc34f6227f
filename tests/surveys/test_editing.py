"""Writing a survey in the chat: every kind of question, whom, when; and what is refused."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from bot.db.base import Database
from bot.db.roster import Guardian
from bot.db.surveys import QuestionKind, Survey, SurveyParticipant, SurveyQuestion, SurveyState
from bot.features.surveys import Audience
from bot.features.surveys.paper import new_code, read_code
from bot.scheduler import Context
from bot.scheduler.surveys import tick
from bot.ui.surveys.editing import (
    QuestionDo,
    QuestionMove,
    SurveyAdd,
    SurveyEdit,
    SurveyTo,
    leading,
)
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, STARK, VANYA_MOTHER, School
from tests.surveys.people import draws_up, more_guardians

VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


async def survey(database: Database, id_: int = 1) -> Survey:
    async with database.read() as session:
        return await session.get_one(Survey, id_)


async def questions(database: Database) -> list[SurveyQuestion]:
    async with database.read() as session:
        found = select(SurveyQuestion).where(SurveyQuestion.survey_id == 1)
        return list(await session.scalars(found.order_by(SurveyQuestion.position)))


async def an_empty_one(director: Chat) -> None:
    await director.says("/survey")
    await director.presses("Новый опрос")
    await director.presses("Пустой опрос")
    await director.says("Питание <в> школе")


async def adds(director: Chat, kind: str, text: str, options: str | None = None) -> None:
    await director.presses("➕ Вопрос")
    await director.presses(kind)
    await director.says(text)
    if options is not None:
        await director.says(options)
    assert text in director.last.text
    await director.presses("Назад к опросу")


class TestQuestions:
    async def test_one_of_every_kind(self, director: Chat, database: Database) -> None:
        await an_empty_one(director)
        assert "Питание &lt;в&gt; школе" in director.last.text and "Вопросов пока нет" in director.last.text
        await adds(director, "Шкала", "Насколько вкусно?")
        await adds(director, "Один вариант", "Что лучше?", "Суп\nКаша\n\n  Компот ")
        await adds(director, "Несколько вариантов", "Что добавить?", "Фрукты\nСалат")
        await adds(director, "Да или нет", "Едите ли вы дома?")
        await adds(director, "своими словами", "Что ещё?")
        found = await questions(database)
        assert [q.kind for q in found] == list(QuestionKind)
        assert found[1].options == ["Суп", "Каша", "Компот"]
        assert director.last.buttons[:5] == ["1", "2", "3", "4", "5"]

    async def test_reworded_moved_dropped(self, director: Chat, database: Database) -> None:
        await an_empty_one(director)
        for text in ("Первый?", "Второй?", "Третий?"):
            await adds(director, "Шкала", text)
        await director.presses("3")
        up = director.last.data("Выше")
        for _ in range(2):  # twice at once goes up once
            await director.forges(up)
        assert [q.text for q in await questions(database)] == ["Первый?", "Третий?", "Второй?"]
        await director.presses("Изменить вопрос")
        await director.says("Третий, иначе?")
        await director.presses("Сделать главным")
        assert "Главный вопрос" in director.last.text
        await director.presses("Удалить вопрос")
        drop = QuestionDo(question_id=3, action="drop").pack()
        await director.forges(drop)
        assert "не ваше" in director.toast
        found = await questions(database)
        assert [(q.position, q.text) for q in found] == [(0, "Первый?"), (1, "Второй?")]

    async def test_options_changed(self, director: Chat, database: Database) -> None:
        await an_empty_one(director)
        await adds(director, "Один вариант", "Что лучше?", "Суп\nКаша")
        await director.presses("1")
        await director.presses("Изменить варианты")
        await director.says("Суп\nСуп")
        assert "повторяется" in director.last.text
        await director.says("Только один")
        assert "от двух до 10" in director.last.text
        await director.says("а\n" + "б" * 61)
        assert "не больше 60" in director.last.text
        await director.says(voice=VOICE)
        assert "от двух до 10" in director.last.text
        await director.says("Суп\nКомпот")
        assert (await questions(database))[0].options == ["Суп", "Компот"]

    @pytest.mark.parametrize(
        ("text", "leads"),
        [
            ("Согласны ли вы, что школа помогает?", True),
            ("Согласен / не согласен", True),
            ("Do you agree that lessons help?", True),
            ("Насколько хорошо согласованы уроки?", False),
            ("Как часто вы говорите с учителем?", False),
        ],
    )
    async def test_agreeing_is_warned_about(self, director: Chat, text: str, leads: bool) -> None:
        assert leading(text) == leads
        await an_empty_one(director)
        await director.presses("➕ Вопрос")
        await director.presses("Шкала")
        card = await director.says(text)
        assert card and ("подталкивает" in card.text) == leads
        draft = await director.presses("Назад к опросу")
        assert ("подталкивает" in draft.text) == leads

    async def test_only_the_scale_is_a_headline(self, director: Chat, database: Database) -> None:
        await an_empty_one(director)
        await adds(director, "Да или нет", "Да?")
        await director.forges(QuestionDo(question_id=1, action="head").pack())
        assert "не ваше" in director.toast
        assert not (await questions(database))[0].headline

    async def test_looking_at_it_keeps_nothing(self, director: Chat, database: Database) -> None:
        await draws_up(director)
        seen = await director.presses("Посмотреть")
        assert "Вопрос 1 из 6" in seen.text and "анонимный" in seen.text and "не сохраняются" in seen.text
        for label in ("5", "4", "4", "Да", "На собраниях", "Пропустить"):
            await director.presses(label)
        assert "Ваши ответы" in director.last.text
        await director.presses("Отправить ответы")
        assert "Черновик" in director.last.text

    async def test_a_voice_message_for_a_title(self, director: Chat, database: Database) -> None:
        await director.says("/survey")
        await director.presses("Новый опрос")
        await director.presses("Пустой опрос")
        await director.says(voice=VOICE)
        assert "Нужен текст" in director.last.text
        await director.says("а" * 101)
        assert "не больше 100" in director.last.text


class TestAudience:
    async def test_by_level_and_class(self, telegram: Telegram, director: Chat, database: Database) -> None:
        await draws_up(director)
        await director.presses("Кого спросить")
        assert "3 человека" in director.last.text
        await director.presses("☐ 5А")
        assert "2 человека" in director.last.text and "☑ 5А" in director.last.buttons
        await director.presses("☐ 5–9 классы")
        assert "3 человека" in director.last.text
        await director.presses("☑ 5–9 классы")
        await director.presses("Назад к опросу")
        assert "родителей (5А)" in director.last.text
        when = await director.presses("Когда откроем")
        assert "не пойдёт" in when.text  # a part of the school is not the school's value of 3.2
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        await telegram.deliver()
        asked = [who for who in (MASHA_MOTHER, PETYA_MOTHER, VANYA_MOTHER) if telegram.chat(who).messages]
        assert asked == [MASHA_MOTHER, PETYA_MOTHER]
        assert (await survey(database)).template is None

    async def test_teachers_by_name(self, telegram: Telegram, director: Chat, database: Database) -> None:
        await draws_up(director, "Учителям: методическая помощь")
        assert "учителей" in director.last.text and "2 человека" in director.last.text
        await director.presses("Сделать с именами")
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        await telegram.deliver()
        berg = telegram.chat(BERG)
        assert "увидит, кто что ответил" in berg.last.text and telegram.chat(STARK).messages
        first = await berg.presses("Ответить")
        assert "с именами" in first.text

    async def test_all_staff(self, director: Chat) -> None:
        await draws_up(director, "Учителям: методическая помощь")
        await director.forges(SurveyTo(survey_id=1, role=Audience.STAFF).pack())
        assert "4 человека" in director.last.text

    async def test_of_two_children_one_is_asked_once(
        self, telegram: Telegram, director: Chat, database: Database, school: School
    ) -> None:
        async with database.write() as session:
            place = await session.get_one(Guardian, school.guardians["Ваня/мать"])
            place.person_id = school.people[MASHA_MOTHER]  # 5А and 9Б
            await session.commit()
        await draws_up(director)
        assert "2 человека" in director.last.text
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        async with database.read() as session:
            mine = await session.get_one(SurveyParticipant, (1, school.people[MASHA_MOTHER]))
        assert mine.class_id == school.classes["5А"]  # the youngest's class


class TestWhen:
    async def test_typed_days_and_planned_opening(
        self,
        telegram: Telegram,
        director: Chat,
        database: Database,
        clock: StoppedClock,
        context: Context,
    ) -> None:
        await draws_up(director)
        await director.presses("Когда откроем")
        await director.presses("Открыть позже")
        await director.says(voice=VOICE)
        assert "Не понял, когда" in director.last.text
        await director.says("завтра в 9")
        assert "четверг, 15 октября, 09:00" in director.last.text
        await director.presses("Выбрать последний день")
        await director.says("когда-нибудь")
        assert "Не понял, какой" in director.last.text
        await director.says("14.10.2026")
        assert "после открытия" in director.last.text
        await director.says("20.10")
        assert "Открыт по 20.10.2026" in director.last.text
        await director.presses("Запланировать")
        assert (await survey(database)).state == SurveyState.PLANNED
        await telegram.deliver()
        assert not telegram.chat(MASHA_MOTHER).messages
        clock.set(datetime(2026, 10, 15, 3, 0, tzinfo=UTC))
        for _ in range(2):
            await tick(context)
        await telegram.deliver()
        assert len(telegram.chat(MASHA_MOTHER).messages) == 1
        assert (await survey(database)).state == SurveyState.OPEN

    async def test_planned_and_taken_back(self, director: Chat, database: Database) -> None:
        await draws_up(director)
        await director.presses("Когда откроем")
        await director.presses("Открыть позже")
        await director.says("завтра в 9")
        await director.presses("7 дней")
        await director.presses("Запланировать")
        await director.presses("Вернуть в черновики")
        assert "Черновик" in director.last.text
        assert (await survey(database)).state == SurveyState.DRAFT

    async def test_a_planned_one_that_cannot_open_is_a_draft_again(
        self, telegram: Telegram, director: Chat, database: Database, clock: StoppedClock, context: Context
    ) -> None:
        await draws_up(director)
        await director.presses("Когда откроем")
        await director.presses("Открыть позже")
        await director.says("завтра в 9")
        await director.presses("7 дней")
        await director.presses("Запланировать")
        clock.move(days=20)  # the bot was off past its last day
        await tick(context)
        await telegram.deliver()
        assert "не открылся" in director.last.text and "Последний день" in director.last.text
        await director.presses("Открыть черновик")
        assert "Черновик" in director.last.text

    async def test_what_cannot_be_opened(self, director: Chat, database: Database) -> None:
        await an_empty_one(director)
        launch = SurveyEdit(survey_id=1, part="launch").pack()
        await director.forges(launch)
        assert "ни одного вопроса" in director.toast
        await director.forges(SurveyAdd(survey_id=1, kind=QuestionKind.SCALE).pack())
        await director.says("Насколько?")
        await director.forges(launch)
        assert "по какой день" in director.toast
        assert (await survey(database)).state == SurveyState.DRAFT

    async def test_an_open_one_is_not_changed(self, director: Chat, database: Database) -> None:
        await draws_up(director)
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        for data in (
            SurveyEdit(survey_id=1, part="named"),
            SurveyTo(survey_id=1, role=Audience.STAFF),
            QuestionMove(question_id=1, to=3),
            QuestionDo(question_id=1, action="drop"),
        ):
            await director.forges(data.pack())
            assert "уже запущен" in director.toast
        found = await survey(database)
        assert found.anonymous and found.audience["role"] == "guardian"
        assert len(await questions(database)) == 6

    async def test_who_comes_later_is_asked(
        self,
        telegram: Telegram,
        director: Chat,
        database: Database,
        school: School,
        clock: StoppedClock,
        context: Context,
    ) -> None:
        await draws_up(director)
        await director.presses("Когда откроем")
        await director.presses("7 дней")
        await director.presses("Открыть опрос")
        clock.move(days=4)
        await more_guardians(database, school, clock, 1)
        for _ in range(2):
            await tick(context)
        await telegram.deliver()
        (invitation,) = telegram.chat(5001).messages  # and no reminder beside it
        assert "Школа спрашивает" in invitation.text

    async def test_a_draft_thrown_away(self, director: Chat, database: Database) -> None:
        await draws_up(director)
        await director.presses("Удалить")
        await director.presses("Да, удалить")
        assert "Опросов пока не было" in director.last.text
        assert await questions(database) == []


def test_codes_show_every_mistake() -> None:
    """One digit wrong, or two neighbours swapped: the code is none."""
    for _ in range(200):
        code = new_code()
        assert read_code(f" {code[:3]} {code[3:6]}-{code[6:]} ") == code
        for at in range(len(code)):
            for digit in "0123456789":
                wrong = code[:at] + digit + code[at + 1 :]
                assert wrong == code or read_code(wrong) is None
            swapped = code[:at] + code[at : at + 2][::-1] + code[at + 2 :]
            assert swapped == code or read_code(swapped) is None
    assert read_code("") is read_code("12345678") is read_code("١٢٣٤٥٦٧٨٩") is None

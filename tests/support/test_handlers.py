"""Lessons, clubs and pairs in the chat: the usual way, old buttons, double presses, wrong input."""

import pytest

from bot.db.base import Database
from bot.ui.risk.support.clubs import ClubsAt
from bot.ui.risk.support.lessons import LessonsAt
from bot.ui.risk.support.pairs import PairsAt
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, PSYCHOLOGIST, STARK, School
from tests.support.school import club, lesson, pair, registered


async def opens(telegram: Telegram, who: int, button: str) -> Chat:
    """Somebody opens a part of /risk."""
    chat = telegram.chat(who)
    await chat.says("/risk")
    await chat.presses(button)
    return chat


@pytest.fixture
async def berg(telegram: Telegram, school: School) -> Chat:
    return await opens(telegram, BERG, "Доп. занятия")


class TestLessons:
    async def test_the_usual_lesson_costs_three_presses_from_risk(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": False})
        chat = telegram.chat(BERG)
        await chat.says("/risk")
        for label in ("Доп. занятия", "Как в прошлый раз: Математика (2)", "Записать (2)"):
            await chat.presses(label)
        assert "Математика, сегодня. Были 2 из 2" in chat.last.text

    async def test_a_new_lesson_with_those_on_the_register_first(
        self, berg: Chat, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await registered(database, school, clock.now(), BERG, "Петя")
        await berg.presses("Новое занятие")
        classes = await berg.says("  русский   язык ")
        assert classes and classes.buttons[:2] == ["5А (1 в списке)", "9Б"]
        who = await berg.presses("5А")
        assert who.buttons[:2] == ["• Сомов Петя", "Лебедева Маша"] and "в списке поддержки" in who.text
        assert not any("Записать" in label for label in who.buttons)
        await berg.presses("Сомов Петя")
        await berg.presses("Другой класс")
        await berg.presses("9Б")
        await berg.presses("Котов Ваня")
        done = await berg.presses("Записать (2)")
        assert "Русский язык, сегодня. Были 2 из 2" in done.text
        await berg.presses("Доп. занятия")
        card = await berg.presses("14 октября · Русский язык · 2 из 2")
        assert "Были (2): Котов Ваня, Сомов Петя" in card.text and "Берг А.И." in card.text

    async def test_who_is_unticked_of_the_usual_group_was_absent(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await lesson(database, school, clock.now(), BERG, {"Маша": True, "Петя": True})
        chat = await opens(telegram, BERG, "Доп. занятия")
        await chat.presses("Как в прошлый раз")
        shown = await chat.presses("✅ Сомов Петя")
        assert "➖ Сомов Петя" in shown.buttons
        await chat.presses("Записать (1)")
        await chat.presses("Доп. занятия")
        card = await chat.presses("1 из 2")
        assert "Не пришли (1): Сомов Петя" in card.text

    async def test_another_day(self, berg: Chat) -> None:
        await berg.presses("Новое занятие")
        await berg.says("Физика")
        await berg.presses("5А")
        await berg.presses("Лебедева Маша")
        await berg.presses("📅 сегодня")
        assert "например 11.10" in berg.last.text
        await berg.presses("вчера")
        assert "Физика</b>, вчера" in berg.last.text
        await berg.presses("📅 вчера")
        for typed, said in (
            ("когда-то", "Не понял, какой это день"),
            ("15.10", "ещё не наступил"),
            ("завтра", "ещё не наступил"),
            ("15.10.2026", "ещё не наступил"),
            ("31.08", "прошлый учебный год"),
        ):
            await berg.says(typed)
            assert said in berg.last.text, typed
        await berg.says("1 октября")
        assert "Физика</b>, 1 октября" in berg.last.text
        await berg.presses("Записать (1)")
        assert "Физика, 1 октября. Были 1 из 1" in berg.last.text

    async def test_a_mistake_is_taken_back(self, berg: Chat, clock: StoppedClock) -> None:
        await berg.presses("Новое занятие")
        await berg.says("Физика")
        await berg.presses("5А")
        await berg.presses("Лебедева Маша")
        await berg.presses("Записать")
        await berg.presses("Доп. занятия")
        await berg.presses("14 октября · Физика")
        asked = await berg.presses("Это ошибка")
        data = asked.data("Да, убрать")
        await berg.presses("Да, убрать")
        assert "Запись убрана" in berg.last.text
        await berg.forges(data)
        assert "не ваше" in berg.toast
        await berg.presses("Доп. занятия")
        assert "Пока ни одного" in berg.last.text

    async def test_yesterdays_entry_stays(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await lesson(database, school, clock.now(), BERG, {"Маша": True})
        chat = await opens(telegram, BERG, "Доп. занятия")
        card = await chat.presses("14 октября · Математика")
        await chat.presses("Это ошибка")
        data = chat.last.data("Да, убрать")
        clock.move(days=1)
        await chat.forges(data)
        assert "только в тот день" in chat.toast
        await chat.presses("Нет, оставить")
        assert not any("ошибка" in label for label in card.buttons)

    async def test_old_buttons_and_double_presses(self, berg: Chat) -> None:
        await berg.presses("Новое занятие")
        await berg.says("Физика")
        shown = await berg.presses("5А")
        tick, day = shown.data("Лебедева"), shown.data("📅")
        shown = await berg.presses("Лебедева Маша")
        save = shown.data("Записать")
        await berg.presses("Записать")
        for data in (save, tick, day):
            await berg.forges(data)
            assert "уже записано или отменено" in berg.toast
        await berg.presses("Доп. занятия")
        assert (
            sum("Физика" in label for label in berg.last.buttons) == 2
        )  # the lesson, and «как в прошлый раз»

    @pytest.mark.parametrize("content", [{"text": "я" * 61}, {"sticker": None}])
    async def test_a_subject_that_is_none(self, berg: Chat, content: dict[str, str | None]) -> None:
        await berg.presses("Новое занятие")
        text = content.get("text")
        voice = {"file_id": "v", "file_unique_id": "v", "duration": 1}
        await (berg.says(text) if text else berg.says(voice=voice))
        assert "Физика" not in berg.last.text and "Из какого класса" not in berg.last.text
        await berg.says("Физика")
        assert "Из какого класса" in berg.last.text

    async def test_a_pupil_moved_to_another_class_meanwhile(
        self, berg: Chat, school: School, database: Database
    ) -> None:
        from sqlalchemy import update

        from bot.db.roster import Pupil, SchoolClass

        await berg.presses("Новое занятие")
        await berg.says("Физика")
        await berg.presses("5А")
        await berg.presses("Лебедева Маша")
        async with database.write() as session:
            other = SchoolClass(grade=6, letter="А")
            session.add(other)
            await session.flush()
            await session.execute(
                update(Pupil).where(Pupil.id == school.pupils["Маша"]).values(class_id=other.id)
            )
            await session.commit()
        await berg.presses("Записать")
        assert "не ваше" in berg.toast

    async def test_a_specialist_without_a_register(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, PSYCHOLOGIST, "Доп. занятия")
        await chat.presses("Новое занятие")
        await chat.says("Чтение")
        assert "некого выбрать" in chat.last.text


class TestClubs:
    async def test_a_partners_club(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, STARK, "Кружки")
        await chat.presses("Новый кружок")
        await chat.presses("Другой организации")
        await chat.says("Школа <искусств>")
        card = await chat.says("Хор & танец")
        assert card and "<b>Хор &amp; танец</b>\nВедёт: Школа &lt;искусств&gt;" in card.text
        await chat.presses("Кто ходит")  # one class only: its pupils at once
        await chat.presses("Котов Ваня")
        assert "Ваня: теперь в кружке" in chat.toast and "✅ Котов Ваня" in chat.last.buttons
        await chat.presses("✅ Котов Ваня")
        assert "больше не в кружке" in chat.toast
        await chat.presses("Рыбина Лена")
        await chat.presses("Готово")
        assert "Ходит 1 ученик" in chat.last.text and "· Рыбина Лена, 9Б (с 14 октября)" in chat.last.text

    async def test_others_pupils_are_a_number(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await club(database, school, clock.now(), BERG)
        berg = await opens(telegram, BERG, "Кружки")
        await berg.presses("Шахматы · 0")
        await berg.presses("Кто ходит")
        await berg.presses("5А")
        await berg.presses("Лебедева Маша")
        stark = await opens(telegram, STARK, "Кружки")
        card = await stark.presses("Шахматы · 1")
        assert "Лебедева" not in card.text and "…и ещё 1" in card.text
        assert "Кружок закончился" not in card.buttons

    async def test_closing(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await club(database, school, clock.now(), BERG)
        chat = await opens(telegram, DIRECTOR, "Кружки")
        await chat.presses("Шахматы")
        asked = await chat.presses("Кружок закончился")
        data = asked.data("Да, закрыть")
        closed = await chat.presses("Да, закрыть")
        assert "Кружок закрыт" in chat.toast and "Пока ни одного" in closed.text
        await chat.forges(data)
        assert "не ваше" in chat.toast

    async def test_the_same_name_can_be_mended_at_once(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await club(database, school, clock.now(), BERG)
        chat = await opens(telegram, STARK, "Кружки")
        await chat.presses("Новый кружок")
        await chat.presses("Школьный")
        await chat.says("шахматы")
        assert "уже есть" in chat.last.text
        await chat.says("Шашки")
        assert "<b>Шашки</b>" in chat.last.text


class TestPairs:
    async def test_a_teacher_for_their_own_pupil(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, BERG, "Наставники")
        await chat.presses("учитель и ученик")
        await chat.presses("5А")
        made = await chat.presses("Лебедева Маша")
        assert "Ученик: Лебедева Маша, 5А\nНаставник: Берг А.И.\nВместе с 14 октября" in made.text
        await chat.presses("Завершить")
        ended = await chat.presses("Цель достигнута")
        assert "Пара завершена" in ended.text

    async def test_an_admin_chooses_the_teacher(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, DIRECTOR, "Наставники")
        await chat.presses("учитель и ученик")
        await chat.presses("9Б")
        await chat.presses("Котов Ваня")
        made = await chat.presses("Штарк О.П.")
        assert "Наставник: Штарк О.П." in made.text

    async def test_a_specialist_names_the_pupils(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, PSYCHOLOGIST, "Наставники")
        await chat.presses("ученик и ученик")
        await chat.says("Никто")
        assert "Лебедева" not in chat.last.text
        await chat.says("лебедева")
        await chat.presses("Лебедева Маша")
        await chat.says("Сомов Петя")
        await chat.presses("Сомов Петя")
        made = await chat.presses("Берг А.И.")
        assert "Наставник: Сомов Петя, 5А\nПомогает учитель: Берг А.И." in made.text

    async def test_a_double_press_makes_one_pair(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, BERG, "Наставники")
        await chat.presses("учитель и ученик")
        shown = await chat.presses("5А")
        data = shown.data("Лебедева Маша")
        await chat.presses("Лебедева Маша")
        await chat.forges(data)
        assert "уже записана или отменена" in chat.toast

    async def test_an_end_without_a_word_is_none(
        self, telegram: Telegram, school: School, database: Database, clock: StoppedClock
    ) -> None:
        await pair(database, school, clock.now(), BERG, "Маша", mentor="Петя")
        chat = await opens(telegram, BERG, "Наставники")
        await chat.presses("Сомов Петя → Лебедева Маша")
        await chat.presses("Завершить")
        await chat.says("э" * 201)
        assert "Пара завершена" not in chat.last.text
        await chat.says("Дружат")
        assert "Пара завершена" in chat.last.text

    async def test_nobody_to_see(self, telegram: Telegram, school: School) -> None:
        chat = await opens(telegram, STARK, "Наставники")
        assert "Пар пока нет" in chat.last.text


async def test_in_english(telegram: Telegram, school: School) -> None:
    chat = telegram.chat(BERG)
    await chat.says("/language")
    await chat.presses("English")
    for data, said in (
        (LessonsAt(page=0).pack(), "None yet"),
        (ClubsAt().pack(), "None yet"),
        (PairsAt().pack(), "There are no pairs yet"),
    ):
        await chat.forges(data)
        assert said in chat.last.text

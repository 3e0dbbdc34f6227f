"""/status and /reading: what the director sends and sees, and what others get."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
from sqlalchemy import func, select

from bot.db.accounts import Role, Staff, StaffRole
from bot.db.base import Database
from bot.db.indicators import Reading
from bot.features import activities
from bot.programme.load import load
from bot.ui.indicators import (
    IndicatorCard,
    ReadingPick,
    StatusDirection,
    StatusView,
    View,
)
from bot.ui.indicators.recording import (
    ReadingAnswer,
    ReadingChange,
    ReadingDirection,
    ReadingEdit,
    ReadingSave,
)
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.indicators.facts import add_note, add_reading, add_survey, noon
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, STRANGER, School

PROGRAMME = load()
TODAY = date(2026, 10, 14)
NOT_FOUND = "Такого нет, или это не ваше."
OLD_BUTTON = "уже не работает"


def plain(text: str) -> str:
    """What the person sees: without markup, hard spaces as spaces."""
    return unescape(re.sub(r"</?(?:b|i)>", "", text)).replace("\u00a0", " ")


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
async def facts(database: Database, school: School) -> None:
    """Berg writes enough, Stark does not; 4 of 5 parents are satisfied; rooms went from 30 to 36 %."""
    async with database.write() as session:
        for _ in range(2):
            add_note(session, school.staff[BERG], noon(TODAY), noon(TODAY))
        add_note(session, school.staff[STARK], noon(TODAY), noon(TODAY))
        await add_survey(session, noon(TODAY), [5, 5, 4, 4, 1])
        add_reading(session, "rooms", date(2026, 3, 1), 30)
        add_reading(session, "rooms", date(2026, 6, 1), 36)
        add_reading(session, "praise", date(2026, 6, 1), 1)
        add_reading(session, "pairs_teacher", date(2026, 6, 1), 2)
        await session.commit()


async def readings(database: Database) -> list[Reading]:
    async with database.read() as session:
        return list(await session.scalars(select(Reading).order_by(Reading.id)))


class TestStatus:
    async def test_one_message_says_where_the_school_stands(self, director: Chat, facts: None) -> None:
        await director.says("/status")
        seen = plain(director.last.text)
        assert "Показатели программы: 2026 год" in seen
        assert "Программа продлена: действуют цели 2025 года." in seen
        assert "✅ у цели: 3 · 🟡 почти: 1 · 🔴 отстают: 18 · ⚪ нет данных: 10 · всего 32" in seen
        for line in (
            "3. Работа с родителями",
            "🔴 3.4 Обратная связь с родителями: 50 / 75 %",
            "✅ 3.2 Довольные родители: 80 / 75 %",
            "🟡 4.1 Преобразованные помещения: 36 / 40 % ↑",
            "🔴 2.5 Пары «учитель-ученик»: 2 / 4",
            "✅ 4.4 Отзывы об оснащении: есть",
            "⚪ 2.1 Ученики с маршрутом (ИОМ): — / 60 %",
        ):
            assert line in seen.splitlines()
        assert all(indicator.number in seen for indicator in PROGRAMME.indicators)

    @pytest.mark.parametrize("language", ["Русский", "English"])
    async def test_it_fits_in_one_message_at_its_longest(
        self, director: Chat, database: Database, language: str
    ) -> None:
        async with database.write() as session:
            for indicator in PROGRAMME.indicators:
                least, greatest = indicator.kind.bounds
                for days, value in ((1, least), (0, min(greatest, 99_999.5))):
                    add_reading(session, indicator.key, TODAY - timedelta(days=days), value)
            await session.commit()
        await director.says("/language")
        await director.presses(language)
        await director.says("/status")
        assert len(plain(director.last.text).encode("utf-16-le")) // 2 <= 4096
        # A phone shows about forty letters a line: no row needs more than two.
        assert max(map(len, plain(director.last.text).splitlines())) <= 80

    async def test_a_value_short_of_the_target_never_looks_like_it(
        self, director: Chat, database: Database
    ) -> None:
        async with database.write() as session:
            add_reading(session, "rooms", TODAY, 39.97)
            await session.commit()
        await director.says("/status")
        assert "🟡 4.1 Преобразованные помещения: 39,9 / 40 %" in plain(director.last.text)

    async def test_a_direction_unfolds_to_its_indicators(self, director: Chat, facts: None) -> None:
        await director.says("/status")
        await director.presses("4. Климат")
        assert "4.1 Преобразованные помещения" in director.last.text and "3.4" not in director.last.text
        await director.presses("🟡 4.1")
        assert "Доля помещений школы" in director.last.text
        await director.presses("Ко всем показателям")
        assert "всего 32" in director.last.text

    async def test_only_what_is_behind(self, director: Chat, facts: None) -> None:
        await director.says("/status")
        await director.presses("Что отстаёт")
        rows = plain(director.last.text).splitlines()[2:]
        assert [row.split()[1] for row in rows] == [
            *("1.1", "1.2", "1.4", "1.5", "1.6", "1.7", "1.8", "2.5", "2.6", "2.7", "2.8", "2.10", "2.11"),
            *("3.1", "3.4", "3.5", "4.2", "4.6", "4.1"),
        ]

    async def test_nothing_is_behind(self, director: Chat, database: Database) -> None:
        async with database.write() as session:
            for indicator in PROGRAMME.indicators:
                add_reading(
                    session,
                    indicator.key,
                    TODAY,
                    max(indicator.targets.values(), key=lambda x: x.value).value,
                )
            await session.commit()
        await director.says("/status")
        assert "✅ у цели: 32" in plain(director.last.text)
        await director.presses("Что отстаёт")
        assert "Отстающих показателей нет" in director.last.text
        await director.presses("Ко всем")
        await director.presses("Что делать")
        assert "у цели" in director.last.text and director.last.buttons == ["Ко всем показателям"]

    async def test_what_to_do_leads_to_the_places_where_it_is_done(self, director: Chat, facts: None) -> None:
        await director.says("/status")
        await director.presses("Что делать")
        seen = plain(director.last.text)
        assert "До цели не хватает 1 из 2." in seen
        assert "Нет данных: 4.7, 4.8." in seen and "3.2" not in seen
        assert "2.5, 2.6, 2.8, 3.3: откройте список поддержки" in seen and "3.4: видно, чьи родители" in seen
        places = {"Поддержка учеников", "⚙ Все события школы", "Мой класс", "Мероприятия", "Внести значение"}
        assert places <= set(director.last.buttons)

    async def test_without_a_survey_the_survey_is_what_to_do(self, director: Chat) -> None:
        await director.says("/status")
        await director.presses("Что делать")
        assert "Провести опрос" in director.last.buttons
        assert "3.2: спросите родителей" in plain(director.last.text)

    async def test_the_picture_is_two_pages(self, director: Chat, facts: None) -> None:
        await director.says("/status")
        before = len(director.messages)
        await director.presses("Картинка")
        pages = director.messages[before:]
        assert len(pages) == 2
        assert all(page.photo and page.photo.startswith(b"\x89PNG") for page in pages)


class TestCard:
    async def card(self, director: Chat, number: str) -> str:
        await director.says("/status")
        await director.presses("Подробнее")
        await director.presses(f" {number}")
        return plain(director.last.text)

    async def test_feedback_names_who_has_written_and_who_has_not(self, director: Chat, facts: None) -> None:
        seen = await self.card(director, "3.4")
        assert "активно осуществляющих обратную связь" in seen
        assert "🔴 Сейчас: 50 % (1 из 2)" in seen and "Посчитано ботом" in seen
        assert "Цель 2026 года: 75% (продлена с 2025 года)" in seen
        assert "в начале: 60%" in seen and "2023: 65%" in seen
        assert "За последние 30 дней хотя бы 2 сообщения дошли до родителей у 1 из 2 учителей." in seen
        await director.presses("Кто и что посчитано")
        seen = plain(director.last.text)
        assert "Посчитаны (1):\n• Берг А.И.: 2 сообщения" in seen
        assert "Пока не хватает (1):\n• Штарк О.П.: 1 сообщение" in seen
        await director.presses("К показателю")
        assert "Сейчас: 50 %" in plain(director.last.text)

    async def test_feedback_by_month_of_the_school_year(
        self, director: Chat, school: School, database: Database, clock: StoppedClock
    ) -> None:
        """Both wrote in September, one in October, nobody in the 30 days before the 14th of November."""
        async with database.write() as session:
            for day in (date(2026, 9, 10), date(2026, 9, 11)):
                for who in (BERG, STARK):
                    add_note(session, school.staff[who], noon(day), noon(day))
            for day in (date(2026, 10, 12), date(2026, 10, 15)):
                add_note(session, school.staff[BERG], noon(day), noon(day))
            await session.commit()
        clock.set(noon(date(2026, 11, 14)))
        seen = await self.card(director, "3.4")
        assert (
            "По месяцам этого учебного года\n"
            "▰▰▰▰▰▰▰▰▰▰ сентябрь: 100 % (2 из 2)\n"
            "▰▰▰▰▰▱▱▱▱▱ октябрь: 50 % (1 из 2)\n"
            "▱▱▱▱▱▱▱▱▱▱ ноябрь: 0 % (0 из 2)\n"
        ) in seen
        clock.set(noon(date(2027, 9, 1)))
        seen = await self.card(director, "3.4")
        assert "сентябрь: 0 %" in seen and "октябрь" not in seen  # another school year

    async def test_sixty_teachers_and_a_whole_year_fit_in_a_message(
        self, director: Chat, database: Database, school: School, clock: StoppedClock
    ) -> None:
        clock.set(noon(date(2027, 8, 31)))
        async with database.write() as session:
            for n in range(60):
                staff = Staff(
                    name=f"{n} " + "Константинопольская-Задунайская А.Б. " * 2,
                    position="",
                    teaching=True,
                    active_from=date(2026, 9, 1),
                )
                session.add(staff)
                await session.flush()
                for _ in range(n % 4):
                    add_note(session, staff.id, clock.now(), clock.now())
            for n in range(10):
                session.add(
                    Reading(
                        indicator_key="teacher_feedback",
                        on_date=date(2027, 8, 1 + n),
                        value=55.5,
                        comment="я" * 500,
                        recorded_at=clock.now(),
                    )
                )
            await session.commit()
        seen = await self.card(director, "3.4")
        assert len(seen.encode("utf-16-le")) // 2 <= 4096
        assert "август" in seen
        await director.presses("Кто и что посчитано")
        pages = [plain(director.last.text)]
        while "→" in director.last.buttons:
            await director.presses("→")
            pages.append(plain(director.last.text))
        assert len(pages) == 3 and all(len(page.encode("utf-16-le")) // 2 <= 4096 for page in pages)
        assert "Пока не хватает (32):" in pages[0] and "Посчитаны (30):" in pages[1]
        assert sum(page.count("•") for page in pages) == 62

    async def test_satisfaction_shows_its_numbers(self, director: Chat, facts: None) -> None:
        assert "Оценку 4 или 5 поставили 4 из 5 ответивших." in await self.card(director, "3.2")

    async def test_too_few_answers_say_so_and_show_none(
        self, director: Chat, school: School, database: Database
    ) -> None:
        async with database.write() as session:
            await add_survey(session, noon(TODAY), [5, 5, 5])
            await session.commit()
        seen = await self.card(director, "3.2")
        assert "хотя бы 5 человек" in seen and "Данных пока нет" in seen and " 3 " not in seen

    async def test_history_forecast_and_comment(
        self, director: Chat, facts: None, database: Database
    ) -> None:
        async with database.write() as session:
            session.add(
                Reading(
                    indicator_key="rooms",
                    on_date=date(2026, 9, 1),
                    value=38.0,
                    numerator=19,
                    denominator=50,
                    comment="<b>ремонт</b>",
                    recorded_at=noon(TODAY),
                )
            )
            await session.commit()
        seen = await self.card(director, "4.1")
        assert "01.09.2026: 38 % (19 из 50) — <b>ремонт</b>" in seen
        assert "01.03.2026: 30 %" in seen
        assert "к 31 декабря будет 43,9 %: цель достижима" in seen
        assert "До цели не хватает 1 из 50." in seen

    async def test_a_goal_in_reach_under_a_falling_arrow_is_explained(
        self, director: Chat, database: Database, school: School
    ) -> None:
        async with database.write() as session:
            for month, value in ((2, 20), (5, 30), (8, 42), (10, 38)):
                add_reading(session, "rooms", date(2026, month, 1), value)
            await session.commit()
        seen = await self.card(director, "4.1")
        assert "38 % ↓" in seen
        assert "Сейчас ниже, чем в прошлый раз, но если судить по всему году" in seen
        assert "цель достижима" in seen

    async def test_an_overridden_value_stands_beside_the_recorded_one(
        self, director: Chat, facts: None, database: Database
    ) -> None:
        async with database.write() as session:
            add_reading(session, "teacher_feedback", TODAY, 80)
            await session.commit()
        seen = await self.card(director, "3.4")
        assert "✅ Сейчас: 80 %" in seen and "Бот насчитал 50 %, но считается внесённое" in seen

    async def test_the_longest_card_fits_in_a_message(
        self, director: Chat, database: Database, school: School
    ) -> None:
        async with database.write() as session:
            for i in range(40):
                session.add(
                    Reading(
                        indicator_key="local_acts",
                        on_date=TODAY - timedelta(days=i),
                        value=1.0,
                        comment="я" * 500,
                        recorded_at=noon(TODAY),
                    )
                )
            await session.commit()
        seen = await self.card(director, "4.6")
        assert len(seen.encode("utf-16-le")) // 2 <= 4096 and "и раньше: 32" in seen


class TestReading:
    async def ask(self, director: Chat, direction: str, number: str) -> None:
        await director.says("/reading")
        await director.presses(direction)
        await director.presses(f"{number} ")

    async def test_a_share_from_two_numbers(self, director: Chat, facts: None, database: Database) -> None:
        await self.ask(director, "4.", "4.1")
        assert "Сейчас: 36 %" in plain(director.last.text)
        await director.says("19 из 50")
        seen = plain(director.last.text)
        assert "Записать 38 % (19 из 50) на 14.10.2026?" in seen and "Было 36 % (01.06.2026)." in seen
        assert len(await readings(database)) == 4
        await director.presses("Записать")
        assert "Записано: 4.1" in plain(director.last.text)
        row = (await readings(database))[-1]
        assert (row.indicator_key, row.value, row.numerator, row.denominator) == ("rooms", 38, 19, 50)
        assert row.on_date == TODAY and row.comment == ""
        await director.says("/status")
        assert "4.1 Преобразованные помещения: 38 / 40 % ↑" in plain(director.last.text)

    async def test_yes_by_a_button(self, director: Chat, database: Database) -> None:
        await self.ask(director, "4.", "4.7")
        await director.presses("Да")
        await director.presses("Записать")
        assert "есть" in plain(director.last.text)
        assert [(r.indicator_key, r.value) for r in await readings(database)] == [("psych_service", 1)]

    async def test_another_date_and_a_comment(self, director: Chat, facts: None, database: Database) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("33 %")
        await director.presses("Другая дата")
        await director.says("31.02.2026")
        assert "Не понял дату" in director.last.text
        await director.says("01.05.2026")
        seen = plain(director.last.text)
        assert "на 01.05.2026?" in seen and "Было 30 % (01.03.2026)." in seen
        assert "Есть более свежая запись: 36 % на 01.06.2026." in seen
        await director.presses("комментарий")
        await director.says("я" * 501)
        assert "не больше 500" in plain(director.last.text)
        await director.says("после <ремонта>")
        assert "Комментарий: после <ремонта>" in plain(director.last.text)
        await director.presses("Записать")
        row = (await readings(database))[-1]
        assert (row.on_date, row.value, row.comment) == (date(2026, 5, 1), 33, "после <ремонта>")
        await director.says("/status")
        assert "4.1 Преобразованные помещения: 36 / 40 %" in plain(director.last.text)

    async def test_with_the_paper_that_it_comes_from(
        self, director: Chat, facts: None, database: Database
    ) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("38")
        await director.presses("Приложить файл")
        await director.says("вот")
        assert "Пришлите файл или фото" in director.last.text
        await director.sends_file("акт <1>.pdf", b"%PDF")
        assert "📎 акт <1>.pdf" in plain(director.last.text)
        await director.presses("Записать")
        assert (await readings(database))[-1].file == ["document", "акт <1>.pdf", "акт <1>.pdf"]
        await director.presses("Подробнее")
        assert "14.10.2026: 38 % 📎" in plain(director.last.text)
        await director.presses("📎 Файлы (1)")
        assert director.messages[-2].file == ("document", "акт <1>.pdf")
        assert "Файлы к показателю 4.1" in director.last.text

    async def test_back_leaves_the_reading_as_it_is(self, director: Chat) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("33")
        preview = director.last.text
        await director.presses("Другая дата")
        await director.presses("Назад")
        assert director.last.text == preview

    async def test_a_computed_indicator_says_what_the_bot_counts(self, director: Chat, facts: None) -> None:
        await self.ask(director, "3.", "3.4")
        await director.says("80")
        assert "По данным бота выходит 50 %" in plain(director.last.text)

    async def test_points_may_fall(self, director: Chat, database: Database) -> None:
        await self.ask(director, "2.", "2.2")
        await director.says("−2,5")
        assert "Записать -2,5 пункта" in plain(director.last.text)
        await director.presses("Записать")
        await director.says("/status")
        assert "🔴 2.2 Снижение расхождения оценок: -2,5 / 5 пунктов" in plain(director.last.text)

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("много", "Не понял число"),
            ("21 из 20", "Часть больше целого"),
            ("5 из 0", "Из нуля долю не посчитать"),
            ("120", "от 0 до 100"),
            ("5" * 5000, "не больше 100"),
            (None, "Нужен текст"),
        ],
    )
    async def test_a_mistake_costs_one_more_try(
        self, director: Chat, database: Database, text: str | None, answer: str
    ) -> None:
        await self.ask(director, "4.", "4.1")
        content = {} if text else {"location": {"latitude": 55.0, "longitude": 73.0}}
        await director.says(text, **content)
        assert answer in plain(director.last.text)
        await director.says("55")
        assert "Записать 55 %" in plain(director.last.text)
        assert await readings(database) == []

    async def test_cancelling_leaves_nothing(self, director: Chat, database: Database) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("55")
        preview = director.last
        data = preview.data("Записать")
        await director.presses("Отменить")
        await director.forges(data, preview)
        assert OLD_BUTTON in director.toast and await readings(database) == []

    async def test_pressed_twice_it_is_recorded_once(self, director: Chat, database: Database) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("55")
        data = director.last.data("Записать")
        await director.forges(data)
        await director.forges(data)
        assert OLD_BUTTON in director.toast and len(await readings(database)) == 1

    async def test_the_button_of_an_older_preview_records_nothing(
        self, director: Chat, database: Database
    ) -> None:
        await self.ask(director, "4.", "4.1")
        await director.says("55")
        old = director.last.data("Записать")
        await self.ask(director, "4.", "4.1")
        await director.says("65")
        await director.forges(old)
        assert OLD_BUTTON in director.toast and await readings(database) == []
        await director.presses("Записать")
        assert [r.value for r in await readings(database)] == [65]

    async def test_buttons_of_a_flow_that_is_over(self, director: Chat) -> None:
        for change in ReadingChange:
            await director.forges(ReadingEdit(change=change).pack())
            assert OLD_BUTTON in director.toast

    async def test_it_survives_a_night(self, director: Chat, database: Database, clock: StoppedClock) -> None:
        """What was read in the preview is what is recorded, though the day has changed."""
        await self.ask(director, "4.", "4.1")
        await director.says("55")
        clock.move(days=1)
        await director.presses("Записать")
        assert [r.on_date for r in await readings(database)] == [TODAY]


FORGED = [
    "go:status",
    "go:reading",
    *(StatusView(view=view).pack() for view in View),
    StatusDirection(number=1).pack(),
    IndicatorCard(key="rooms").pack(),
    ReadingDirection(number=1).pack(),
    ReadingPick(key="rooms").pack(),
    ReadingAnswer(key="praise", yes=True).pack(),
    *(ReadingEdit(change=change).pack() for change in ReadingChange),
    ReadingSave(draft=0).pack(),
]


@pytest.mark.parametrize("who", [BERG, PSYCHOLOGIST, MASHA_MOTHER, STRANGER])
async def test_for_others_none_of_it_exists(
    telegram: Telegram, school: School, database: Database, who: int
) -> None:
    chat = telegram.chat(who)
    for i, data in enumerate(FORGED, 1):
        await chat.forges(data)
        assert telegram.wire.toasts[who] == [NOT_FOUND] * i, data
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Reading)) == 0


@pytest.mark.parametrize(
    "data",
    [
        StatusDirection(number=9).pack(),
        IndicatorCard(key="nothing").pack(),
        ReadingDirection(number=0).pack(),
        ReadingPick(key="nothing").pack(),
        ReadingAnswer(key="rooms", yes=True).pack(),
        ReadingAnswer(key="nothing", yes=True).pack(),
    ],
)
async def test_what_is_not_in_the_programme_is_not_found(director: Chat, data: str) -> None:
    await director.forges(data)
    assert director.toast == NOT_FOUND


async def test_an_admin_no_more_cannot_finish(
    director: Chat, school: School, database: Database, telegram: Telegram
) -> None:
    """Berg was made an admin for a while: what she had begun is refused afterwards."""
    async with database.write() as session:
        session.add(StaffRole(staff_id=school.staff[BERG], role=Role.ADMIN))
        await session.commit()
    berg = telegram.chat(BERG)
    await TestReading().ask(berg, "4.", "4.1")
    async with database.write() as session:
        await session.delete(await session.get_one(StaffRole, (school.staff[BERG], Role.ADMIN)))
        await session.commit()
    await berg.says("55")
    assert NOT_FOUND in berg.last.text


def test_callback_data_fits() -> None:
    for indicator in PROGRAMME.indicators:
        assert len(ReadingAnswer(key=indicator.key, yes=True).pack().encode()) <= 64
    assert len(ReadingSave(draft=2**32 - 1).pack().encode()) <= 64


async def test_status_names_whom_the_programmes_reminders_do_not_reach(
    telegram: Telegram, school: School, database: Database, clock: StoppedClock
) -> None:
    async with database.write() as session:
        await activities.top_up(
            session, telegram.programme, telegram.calendar, clock.now(), clock.now().date()
        )
        await session.commit()
    director = telegram.chat(DIRECTOR)
    await director.says("/status")
    assert "Некому напоминать о 17 мероприятиях программы" in director.last.text
    assert "Диканова М.Е." in director.last.text and len(director.last.text) < 4096

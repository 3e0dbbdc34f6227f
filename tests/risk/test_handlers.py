"""The register and the routes as people use them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.db.audit import AuditEntry
from bot.db.outbox import OutboxMessage
from bot.db.risk.register import RiskConfirmation, RiskEntry, RiskReview
from bot.db.risk.routes import (
    AnswerKind,
    LearningRoute,
    RouteAnswer,
    RouteCopy,
    RouteMessage,
    RouteProgress,
    RouteResult,
    RouteVersion,
)
from bot.db.roster import Guardian, Pupil
from bot.ui.risk.agreeing import RouteOwn
from bot.ui.risk.register import RiskDraft, RiskMark, RiskOffSure, RiskPick
from bot.ui.risk.routes import RouteCycle, RouteEdit, RoutePaper, RouteWeek
from tests.chat import Chat, Telegram
from tests.fixtures import StoppedClock
from tests.risk.people import draft_route, put_on, send_route
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PSYCHOLOGIST, STARK, VANYA_MOTHER, School


async def rows(telegram: Telegram, table: type[Any]) -> Sequence[Any]:
    async with telegram.database.read() as session:
        return (await session.scalars(select(table).order_by(table.id))).all()


async def change(telegram: Telegram, statement: Any) -> None:
    async with telegram.database.write() as session:
        await session.execute(statement)
        await session.commit()


async def begin(chat: Chat, school_class: str = "5А", pupil: str = "Лебедева Маша") -> Chat:
    """As far as the signals."""
    await chat.says("/risk")
    await chat.presses("Добавить ученика")
    await chat.presses(school_class)
    await chat.presses(pupil)
    return chat


class TestPuttingOn:
    @pytest.mark.parametrize("fraction", ["9,9", "7.5 %"])
    async def test_a_fraction_is_not_cut_off(self, telegram: Telegram, school: School, fraction: str) -> None:
        teacher = await begin(telegram.chat(BERG))
        await teacher.says(fraction)
        assert "целое число" in teacher.last.text
        await teacher.says("7,0 %")
        assert "Пропуски 7\xa0%" in teacher.last.text

    async def test_signals_explain_themselves_and_a_person_decides(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = await begin(telegram.chat(BERG))
        await teacher.says("12 %")
        assert "Пропуски 12\xa0% (порог 10\xa0%): высокий риск" in teacher.last.text
        assert "решает человек" in teacher.last.text
        assert "✓ от 10\xa0%" in teacher.last.buttons
        await teacher.presses("замечания")
        await teacher.presses("Трудные предметы")
        await teacher.presses("Математика")
        assert "✓ Математика" in teacher.last.buttons
        await teacher.says("Черчение")
        assert "Ещё: Черчение" in teacher.last.text
        await teacher.presses("Готово")
        await teacher.says("Дома болеет бабушка <b>")
        assert "Трудные предметы — Математика, Черчение" in teacher.last.text
        await teacher.presses("Дальше")
        assert "Родителям об этом ничего не придёт" in teacher.last.text
        assert await rows(telegram, RiskEntry) == []
        await teacher.presses("Добавить в список")
        assert "Лебедева Маша" in teacher.last.text and "25 ноября" in teacher.last.text
        (entry,) = await rows(telegram, RiskEntry)
        (review,) = await rows(telegram, RiskReview)
        assert (entry.pupil_id, entry.active_from, entry.active_to) == (
            school.pupils["Маша"],
            date(2026, 10, 14),
            None,
        )
        assert (review.percent, review.behaviour, review.failing) == (12, "remarks", ["math", "Черчение"])
        assert review.text == "Дома болеет бабушка <b>" and review.due_on == date(2026, 11, 25)
        assert await rows(telegram, OutboxMessage) == [], "nobody is told"
        await teacher.says("/risk")
        assert "высокий риск: пропуски 12\xa0%, поведение — есть замечания, предметы" in teacher.last.text
        await teacher.presses("Лебедева Маша, 5А")
        assert "&lt;b&gt;" in teacher.last.text and "нет маршрута" in teacher.last.text

    async def test_an_impossible_number_is_refused_and_marks_are_taken_back(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = await begin(telegram.chat(BERG))
        for wrong in ("120", "-5", "250 %"):
            await teacher.says(wrong)
            assert "от 0 до 100" in teacher.last.text
        await teacher.says("Рассеян")
        assert "Наблюдение" in teacher.last.text
        await teacher.presses("Пропуски <5\xa0%")
        assert "Пропуски меньше 5\xa0% (порог 5\xa0%): спокойно" in teacher.last.text
        await teacher.presses("✓ Пропуски <5\xa0%")
        assert "Пропуски меньше" not in teacher.last.text
        await teacher.presses("По предметам успевает")
        assert "По предметам успевает: спокойно" in teacher.last.text

    async def test_a_second_observation_is_added_to_the_first(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = await begin(telegram.chat(BERG))
        assert "Стереть наблюдение" not in teacher.last.buttons
        await teacher.says("Рассеян")
        await teacher.says("Засыпает на уроках")
        assert "Наблюдение: Рассеян\nЗасыпает на уроках" in teacher.last.text
        await teacher.says("я" * 490)
        assert "Прежнее на месте" in teacher.last.text and "получится 517" in teacher.last.text
        await teacher.says("Рассказал про дом")
        assert "Рассеян\nЗасыпает на уроках\nРассказал про дом" in teacher.last.text
        await teacher.presses("Стереть наблюдение")
        assert "Рассеян" not in teacher.last.text
        await teacher.says("Тих")
        await teacher.presses("Дальше")
        await teacher.presses("Добавить в список")
        [review] = await rows(telegram, RiskReview)
        assert review.text == "Тих"

    async def test_no_reason_no_entry(self, telegram: Telegram, school: School) -> None:
        teacher = await begin(telegram.chat(BERG))
        await teacher.presses("Дальше")
        assert "хотя бы один признак" in teacher.toast
        await teacher.says("я" * 501)
        assert "Слишком длинно" in teacher.last.text
        assert await rows(telegram, RiskEntry) == []

    async def test_a_second_press_and_an_old_draft_store_nothing(
        self, telegram: Telegram, school: School
    ) -> None:
        teacher = await begin(telegram.chat(BERG))
        await teacher.presses("замечания")
        await teacher.presses("Дальше")
        shown = teacher.last
        data = shown.data("Добавить в список")
        await teacher.forges(data, shown)
        await teacher.forges(data, shown)
        assert "уже закрыта" in teacher.toast
        assert len(await rows(telegram, RiskEntry)) == len(await rows(telegram, RiskReview)) == 1
        # The buttons of a draft about another pupil.
        await begin(teacher, pupil="Сомов Петя")
        masha = school.pupils["Маша"]
        await teacher.forges(RiskMark(pupil_id=masha, what="behaviour", value="serious").pack())
        assert "уже закрыта" in teacher.toast
        await teacher.forges(RiskDraft(pupil_id=masha, action="save").pack())
        assert len(await rows(telegram, RiskReview)) == 1

    async def test_two_people_at_once_put_a_pupil_on_once(self, telegram: Telegram, school: School) -> None:
        teacher, director = await begin(telegram.chat(BERG)), await begin(telegram.chat(DIRECTOR))
        for chat in (teacher, director):
            await chat.presses("замечания")
            await chat.presses("Дальше")
        shown = director.last
        await teacher.presses("Добавить в список")
        await director.forges(shown.data("Добавить в список"), shown)
        assert len(await rows(telegram, RiskEntry)) == 1, "what the director saw becomes a review"
        assert len(await rows(telegram, RiskReview)) == 2

    async def test_a_specialist_names_the_pupil_and_sees_no_class(
        self, telegram: Telegram, school: School
    ) -> None:
        specialist = telegram.chat(PSYCHOLOGIST)
        await specialist.says("/risk")
        await specialist.presses("Добавить ученика")
        assert "фамилию" in specialist.last.text and not any("5А" in b for b in specialist.last.buttons)
        await specialist.says("Леб")
        assert "не нашлось" in specialist.last.text
        await specialist.says("лебедева МАША")
        await specialist.presses("Лебедева Маша, 5А")
        await specialist.presses("серьёзно")
        await specialist.presses("Дальше")
        await specialist.presses("Добавить в список")
        assert len(await rows(telegram, RiskEntry)) == 1
        # Own classes only for the teacher of another class.
        stark = telegram.chat(STARK)
        await stark.says("/risk")
        assert "Лебедева" not in stark.last.text
        await stark.presses("Добавить ученика")
        assert stark.last.buttons[0] == "9Б" and "5А" not in stark.last.buttons
        await stark.says("Лебедева")
        assert "не нашлось" in stark.last.text

    async def test_an_admin_without_a_name(self, telegram: Telegram, school: School) -> None:
        from bot.db.accounts import Staff

        person = school.people[DIRECTOR]
        await change(telegram, update(Staff).where(Staff.person_id == person).values(person_id=None))
        director = await begin(telegram.chat(DIRECTOR))
        await director.presses("замечания")
        await director.presses("Дальше")
        await director.presses("Добавить в список")
        assert "Представьтесь" in director.toast
        assert await rows(telegram, RiskEntry) == []


class TestRegister:
    async def test_review_begins_with_what_was_marked_and_keeps_the_past(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        teacher = telegram.chat(BERG)
        clock.move(days=42)
        await teacher.says("/risk")
        assert "пора пересмотреть" in teacher.last.text
        await teacher.presses("Пересмотреть")
        assert "✓ от 10\xa0%" in teacher.last.buttons and "12\xa0%" in teacher.last.text
        await teacher.says("4")
        await teacher.presses("Дальше")
        await teacher.presses("Записать пересмотр")
        first, second = await rows(telegram, RiskReview)
        assert (first.percent, second.percent, second.on_day) == (12, 4, date(2026, 11, 25))
        await teacher.presses("Открыть карточку")
        assert "Раньше:" in teacher.last.text and "пора пересмотреть" not in teacher.last.text

    async def test_take_off_with_an_outcome(self, telegram: Telegram, school: School) -> None:
        await put_on(telegram, school)
        await send_route(telegram, school)
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        await teacher.presses("Лебедева Маша, 5А")
        await teacher.presses("Снять с поддержки")
        await teacher.presses("Другое")
        assert "Снять с поддержки" not in teacher.last.buttons, "another outcome needs words"
        await teacher.forges(RiskOffSure(pupil_id=school.pupils["Маша"]).pack())
        assert "Нужен текст" in teacher.toast
        await teacher.says("Семья переехала, учится дома")
        assert "Маршрут тоже завершится" in teacher.last.text
        await teacher.presses("Снять с поддержки")
        (entry,) = await rows(telegram, RiskEntry)
        assert (entry.outcome, entry.outcome_text) == ("other", "Семья переехала, учится дома")
        assert entry.active_to == date(2026, 10, 13)
        (route,) = await rows(telegram, LearningRoute)
        assert route.ended_on == date(2026, 10, 14)
        await telegram.deliver()
        assert "маршрут завершён" in telegram.chat(MASHA_MOTHER).last.text
        await teacher.says("/risk")
        assert "Лебедева" not in teacher.last.text
        await put_on(telegram, school)  # and on again
        assert len(await rows(telegram, RiskEntry)) == 2

    async def test_the_keeper_confirms_once_a_school_year(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        teacher, specialist = telegram.chat(BERG), telegram.chat(PSYCHOLOGIST)
        await teacher.says("/risk")
        assert "Подтвердить список" not in teacher.last.buttons
        await specialist.says("/risk")
        await specialist.presses("Подтвердить список")
        assert "все пересмотрены" in specialist.last.text
        asked = specialist.last
        data = asked.data("Да, список верный")
        await specialist.forges(data, asked)
        await specialist.forges(data, asked)
        assert "уже подтверждён" in specialist.toast
        (confirmation,) = await rows(telegram, RiskConfirmation)
        assert confirmation.entries == 1
        clock.set(datetime(2027, 9, 1, 6, tzinfo=UTC))
        await specialist.says("/risk")
        assert any("Подтвердить" in label for label in specialist.last.buttons)

    async def test_pages(self, telegram: Telegram, school: School) -> None:
        async with telegram.database.write() as session:
            for number in range(10):
                pupil = Pupil(
                    surname=f"Яковлев{number}",
                    first_name="Ян",
                    patronymic="",
                    class_id=school.classes["5А"],
                    active_from=date(2026, 9, 1),
                )
                session.add(pupil)
                await session.flush()
                school.pupils[f"Ян{number}"] = pupil.id
            await session.commit()
        for number in range(10):
            await put_on(telegram, school, f"Ян{number}")
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        assert "Яковлев7" in teacher.last.text and "Яковлев8" not in teacher.last.text
        assert "10 учеников" in teacher.last.text
        await teacher.presses("→")
        assert "Яковлев9" in teacher.last.text
        await teacher.forges("rkl:99")
        assert "Яковлев9" in teacher.last.text


class TestWriting:
    async def test_from_the_goal_to_the_mother(self, telegram: Telegram, school: School) -> None:
        await put_on(telegram, school)
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await teacher.says("/risk")
        await teacher.presses("Составить маршрут")
        await teacher.says("Решать <задачи>")
        await teacher.says("1. Занятие по вторникам\n\n• Тетрадь & ручка")
        assert "14 октября — 24 ноября 2026" in teacher.last.text and "Берг А.И." in teacher.last.text
        await teacher.presses("Даты")
        await teacher.says("когда-нибудь")
        assert "Не понял даты" in teacher.last.text
        await teacher.says("15.10 – 20.11")
        await teacher.presses("Кто отвечает")
        assert "✓ Берг А.И." in teacher.last.buttons and "Штарк О.П." not in teacher.last.buttons
        await teacher.presses("Ким Е.В.")
        await teacher.presses("Файл")
        await teacher.says("нет файла")
        assert "Пришлите файл" in teacher.last.text
        await teacher.says(photo=[{"file_id": "f", "file_unique_id": "f", "width": 1, "height": 1}])
        assert "📎 файл" in teacher.last.text
        await teacher.presses("Показать, что увидят")
        preview = teacher.last.text
        assert await rows(telegram, RouteCopy) == []
        await teacher.presses("Отправить родителям")
        assert "мать, Лебедева Ирина Олеговна" in teacher.last.text
        assert "Без бота: отец, Лебедев Игорь Львович" in teacher.last.text
        await telegram.deliver()
        got = mother.last
        assert got.protected and got.buttons == [
            "Согласен(на)",
            "Обсудить",
            "Не согласен(на)",
            "Весь маршрут",
        ]
        assert got.text in preview and "Лебедева" not in got.text
        assert (
            "Решать &lt;задачи&gt;" in got.text
            and "• Занятие по вторникам\n• Тетрадь &amp; ручка" in got.text
        )
        lowered = got.text.casefold()
        assert not any(word in lowered for word in ("риск", "неуспева", "учёт", "список"))
        mine, father = await rows(telegram, RouteCopy)
        assert mine.delivered_at and mine.outbox_id and father.outbox_id is None
        (version,) = await rows(telegram, RouteVersion)
        assert (version.number, version.active_from, version.active_to) == (
            1,
            date(2026, 10, 15),
            date(2026, 11, 20),
        )

    async def test_a_draft_is_not_sent_unfinished_twice_or_late(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        await teacher.presses("Составить маршрут")
        await teacher.says("Цель")
        draft = (await rows(telegram, RouteVersion))[0].id
        await teacher.forges(RouteEdit(version_id=draft, what="sure").pack())
        assert "не дописан" in teacher.toast
        await teacher.says("\n".join(f"мера {n}" for n in range(11)))
        assert "не больше 10 строк" in teacher.last.text
        await teacher.says("Мера")
        await teacher.forges(RouteEdit(version_id=draft, what="sure").pack())
        await teacher.forges(RouteEdit(version_id=draft, what="sure").pack())
        assert "уже отправлена" in teacher.toast
        assert len(await rows(telegram, OutboxMessage)) == 1
        await teacher.forges(RouteEdit(version_id=draft, what="goal").pack())
        assert "уже отправлена" in teacher.toast

    async def test_a_draft_put_aside_leaves_what_was_sent(self, telegram: Telegram, school: School) -> None:
        await put_on(telegram, school)
        sent = await send_route(telegram, school)
        draft = await draft_route(telegram, school, goal="Другая цель")
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        await teacher.presses("Дописать маршрут")
        await teacher.presses("Отложить черновик")
        await teacher.forges(RouteEdit(version_id=draft, what="look").pack())
        assert "отложен" in teacher.toast
        await teacher.says("/risk")
        await teacher.presses("Ответ родителей")
        assert "версия 1" in teacher.last.text and "дроби" in teacher.last.text
        assert (await rows(telegram, RouteVersion))[0].id == sent

    async def test_a_pupil_taken_off_while_the_draft_lay(self, telegram: Telegram, school: School) -> None:
        await put_on(telegram, school)
        draft = await draft_route(telegram, school)
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        await teacher.forges(f"rkf:{school.pupils['Маша']}:moved")
        await teacher.presses("Снять с поддержки")
        await teacher.forges(RouteEdit(version_id=draft, what="sure").pack())
        assert "отложен" in teacher.toast
        assert await rows(telegram, OutboxMessage) == []


class TestAgreeing:
    @pytest.fixture
    async def sent(self, telegram: Telegram, school: School) -> int:
        """Маша's route, which has come to her mother, and to her father, who has come in meanwhile."""
        father = school.guardians["Маша/отец"]
        person = school.people[VANYA_MOTHER]
        await change(telegram, update(Guardian).where(Guardian.id == father).values(person_id=person))
        await put_on(telegram, school)
        version = await send_route(telegram, school)
        await telegram.deliver()
        return version

    async def test_agreement_is_to_the_exact_version_and_a_change_is_shown(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
        first = mother.last
        await mother.presses("Согласен(на)")
        assert "Школа видит" in mother.toast and "Вы согласились 14 октября" in mother.last.text
        await mother.forges(first.data("Написать о маршруте").replace("write", "agree"), first)
        assert "уже записано" in mother.toast
        await telegram.deliver()
        assert "мать — согласие с маршрутом" in teacher.last.text
        again = await send_route(
            telegram, school, goal="Считать без ошибок", measures="Занятие по вторникам в 14:00\nКружок"
        )
        await telegram.deliver()
        new = mother.last
        assert "обновлён" in new.text and "было: Уверенно решать" in new.text
        assert "стало: Считать без ошибок" in new.text
        assert "убрали: Тетрадь с домашними" in new.text and "добавили: Кружок" in new.text
        assert "добавили: Занятие" not in new.text
        answers = await rows(telegram, RouteAnswer)
        assert [(a.version_id, a.answer) for a in answers] == [(sent, AnswerKind.AGREED)]
        await teacher.says("/risk")
        assert "ждём ответа родителей" in teacher.last.text
        # The button of the old message: nothing is stored, the present version is shown.
        await mother.forges(RouteOwn(version_id=sent, action="agree").pack(), first)
        assert "прежняя версия" in mother.last.text and "Считать без ошибок" in mother.last.text
        assert len(await rows(telegram, RouteAnswer)) == 1
        await mother.presses("Согласен(на)")
        assert [a.version_id for a in await rows(telegram, RouteAnswer)] == [sent, again]
        await teacher.says("/risk")
        assert "ждём ответа" not in teacher.last.text

    async def test_what_changed_is_told_since_what_each_guardian_knows(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother, father = telegram.chat(MASHA_MOTHER), telegram.chat(VANYA_MOTHER)
        await mother.presses("Согласен(на)")
        await send_route(telegram, school, goal="Вторая цель")
        await telegram.deliver()
        await send_route(telegram, school, goal="Третья цель")
        await telegram.deliver()
        assert "было: Уверенно решать" in mother.last.text, "since what she agreed to"
        assert "было: Вторая цель" in father.last.text, "since what he saw last"

    async def test_discuss_opens_a_thread(self, telegram: Telegram, school: School, sent: int) -> None:
        father, teacher = telegram.chat(VANYA_MOTHER), telegram.chat(BERG)
        await father.presses("Обсудить")
        await father.says("А <можно> по средам?")
        assert "Ответит Берг А.И." in father.last.text
        await telegram.deliver()
        assert any("просьба обсудить" in m.text for m in teacher.messages)
        assert "отец" in teacher.last.text and "А &lt;можно&gt; по средам?" in teacher.last.text
        assert "Лебедев" not in teacher.last.text
        await teacher.says("/risk")
        assert "родители написали" in teacher.last.text
        await teacher.presses("Ответить", on=teacher.messages[-2])
        await teacher.says("Да, перенесём на среду")
        await telegram.deliver()
        assert "Да, перенесём на среду" in father.last.text and father.last.protected
        await father.presses("Весь маршрут")
        thread = father.last.text
        assert thread.index("по средам?") < thread.index("Да, перенесём")
        # The mother's thread is her own.
        mother = telegram.chat(MASHA_MOTHER)
        await mother.presses("Весь маршрут")
        assert "по средам" not in mother.last.text
        await teacher.says("/risk")
        assert "родители написали" not in teacher.last.text
        assert len(await rows(telegram, RouteMessage)) == 2

    async def test_refusing_asks_for_the_reason(self, telegram: Telegram, school: School, sent: int) -> None:
        mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
        await mother.presses("Не согласен(на)")
        assert await rows(telegram, RouteAnswer) == []
        await mother.sends_file("x.jpg", b"x")
        assert "Нужен текст" in mother.last.text
        await mother.says("Слишком много занятий")
        (answer,) = await rows(telegram, RouteAnswer)
        assert (answer.answer, answer.reason) == ("refused", "Слишком много занятий")
        await telegram.deliver()
        assert "Слишком много занятий" in teacher.last.text
        await teacher.presses("Открыть маршрут")
        assert "несогласие, 14 октября" in teacher.last.text
        # She changes her mind: the last word holds.
        await mother.forges(RouteOwn(version_id=sent, action="open").pack())
        await mother.presses("Согласен(на)")
        await teacher.says("/risk")
        assert "ждём ответа" not in teacher.last.text

    async def test_a_new_version_while_the_reason_is_being_typed(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        await mother.presses("Не согласен(на)")
        await send_route(telegram, school, goal="Другая цель")
        await mother.says("Слишком много занятий")
        assert "прежняя версия" in mother.last.text and "Другая цель" in mother.last.text
        assert await rows(telegram, RouteAnswer) == []

    async def test_talking_about_it_keeps_the_agreement(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        data = mother.last.data("Обсудить")
        await mother.presses("Согласен(на)")
        await mother.forges(data)
        await mother.says("Спасибо!")
        assert [a.answer for a in await rows(telegram, RouteAnswer)] == [AnswerKind.AGREED]

    async def test_paper(self, telegram: Telegram, school: School, clock: StoppedClock) -> None:
        await put_on(telegram, school)
        version = await send_route(telegram, school)
        clock.move(days=3)
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        await teacher.presses("Ответ родителей")
        await teacher.presses("Согласие на бумаге: отец")
        await teacher.says("1.10")
        assert "не подходит" in teacher.last.text
        await teacher.says("20.10.2026")
        assert "не подходит" in teacher.last.text
        await teacher.says("сорок")
        assert "Не понял" in teacher.last.text or "день" in teacher.last.text
        await teacher.says("15.10")
        assert "согласие на бумаге 15 октября" in teacher.last.text
        (answer,) = await rows(telegram, RouteAnswer)
        assert answer.logged_by == school.staff[BERG] and answer.on_day == date(2026, 10, 15)
        again = await send_route(telegram, school, goal="Другая цель")
        father = school.guardians["Маша/отец"]
        await teacher.forges(RoutePaper(version_id=version, guardian_id=father, days_ago=0).pack())
        assert "прежняя версия" in teacher.toast
        # Somebody else's guardian.
        vanya = school.guardians["Ваня/мать"]
        await teacher.forges(RoutePaper(version_id=again, guardian_id=vanya, days_ago=0).pack())
        assert "Такого нет" in teacher.toast
        assert len(await rows(telegram, RouteAnswer)) == 1

    async def test_an_erased_guardian_leaves_an_agreement_without_words(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
        await mother.presses("Не согласен(на)")
        await mother.says("Тайна77 причина")
        await mother.presses("Весь маршрут")
        await mother.presses("Согласен(на)")
        await mother.presses("Написать о маршруте")
        await mother.says("Тайна77 слова")
        await mother.says("/privacy")
        await mother.presses("Отозвать согласие")
        await mother.presses("Да, стереть")
        await telegram.deliver()
        assert not any("Тайна77" in m.text for m in teacher.messages)
        refused, agreed = await rows(telegram, RouteAnswer)
        assert refused.reason == "" and agreed.answer == AnswerKind.AGREED
        assert [m.text for m in await rows(telegram, RouteMessage)] == ["", ""]  # the reason is a line of it
        await teacher.says("/risk")
        await teacher.forges(f"rto:{school.pupils['Маша']}:0")
        assert "текст стёрт" in teacher.last.text and "согласие 14 октября" in teacher.last.text
        await teacher.says("/risk")
        assert "ждём ответа" not in teacher.last.text

    async def test_a_route_that_has_ended_is_not_answered(
        self, telegram: Telegram, school: School, sent: int
    ) -> None:
        mother = telegram.chat(MASHA_MOTHER)
        got = mother.last
        await telegram.chat(BERG).forges(RouteCycle(version_id=sent, result="partly", go_on=False).pack())
        await mother.presses("Согласен(на)", on=got)
        assert "уже завершён" in mother.toast
        await telegram.deliver()
        await mother.presses("Весь маршрут")
        assert "получилось частично" in mother.last.text and "Согласен(на)" not in mother.last.buttons


class TestCycle:
    async def test_a_week_with_words_and_another_mark(self, telegram: Telegram, school: School) -> None:
        await put_on(telegram, school)
        await send_route(telegram, school)
        teacher, mother = telegram.chat(BERG), telegram.chat(MASHA_MOTHER)
        await teacher.says("/risk")
        await teacher.forges(RouteWeek(pupil_id=school.pupils["Маша"]).pack())
        await teacher.presses("Лучше")
        shown = teacher.last
        await teacher.forges(shown.data("Лучше"), shown)
        assert len(await rows(telegram, RouteProgress)) == 1, "a second press"
        await teacher.presses("Добавить слова")
        await teacher.says("Сделала <все> задачи")
        await teacher.presses("Так же")
        latest = (await rows(telegram, RouteProgress))[-1]
        assert (latest.mark, latest.week) == ("same", date(2026, 10, 12))
        await telegram.deliver()
        await mother.presses("Весь маршрут")
        assert "с 12 октября — так же" in mother.last.text and "лучше" not in mother.last.text

    @pytest.mark.parametrize("week", [date(2026, 10, 5), date(2026, 10, 19), date(2026, 10, 13)])
    async def test_a_week_that_is_none_of_the_routes(
        self, telegram: Telegram, school: School, week: date
    ) -> None:
        await put_on(telegram, school)
        await send_route(telegram, school)
        teacher = telegram.chat(BERG)
        data = RouteWeek(pupil_id=school.pupils["Маша"], week=week.toordinal(), mark="better")
        await teacher.forges(data.pack())
        assert "нельзя" in teacher.toast
        assert await rows(telegram, RouteProgress) == []

    async def test_going_on_is_a_new_version_for_six_weeks(
        self, telegram: Telegram, school: School, clock: StoppedClock
    ) -> None:
        await put_on(telegram, school)
        version = await send_route(telegram, school)
        clock.move(days=42)
        teacher = telegram.chat(BERG)
        await teacher.says("/risk")
        assert "пора подвести итог" in teacher.last.text and "нет отметки" not in teacher.last.text
        await teacher.presses("Подвести итог")
        await teacher.presses("получилось частично")
        await teacher.presses("Продолжить")
        assert "25 ноября 2026 — 5 января 2027" in teacher.last.text or "25 ноября" in teacher.last.text
        await teacher.forges(RouteCycle(version_id=version, result="reached", go_on=False).pack())
        assert "уже записан" in teacher.toast
        (result,) = await rows(telegram, RouteResult)
        assert (result.version_id, result.result) == (version, "partly")
        await teacher.says("/risk")
        await teacher.presses("Дописать маршрут")
        await teacher.presses("Показать, что увидят")
        await teacher.presses("Отправить родителям")
        first, second = await rows(telegram, RouteVersion)
        assert first.active_to == date(2026, 11, 24)
        assert (second.number, second.active_from) == (2, date(2026, 11, 25))


async def test_the_longest_route_fits_into_a_message(telegram: Telegram, school: School) -> None:
    await put_on(telegram, school)
    lines = [["я" * 88 + str(n) for n in range(10)], ["ю" * 88 + str(n) for n in range(10)]]
    await send_route(telegram, school, goal="ц" * 300, measures="\n".join(lines[0]))
    await telegram.deliver()
    await send_route(telegram, school, goal="щ" * 300, measures="\n".join(lines[1]))
    await telegram.deliver()
    mother = telegram.chat(MASHA_MOTHER)
    assert "обновлён" in mother.last.text
    assert len(mother.last.text.encode("utf-16-le")) // 2 <= 4096
    await mother.presses("Весь маршрут")
    assert len(mother.last.text.encode("utf-16-le")) // 2 <= 4096


async def test_everything_is_in_the_audit_without_words(telegram: Telegram, school: School) -> None:
    await put_on(telegram, school)
    await send_route(telegram, school)
    await telegram.deliver()
    await telegram.chat(MASHA_MOTHER).presses("Согласен(на)")
    entries = [e for e in await rows(telegram, AuditEntry) if e.action.startswith(("risk.", "route."))]
    assert [e.action for e in entries] == [
        "risk.put_on",
        "route.drafted",
        "route.edited",
        "route.sent",
        "route.answered",
    ]
    assert "дроби" not in repr([e.details for e in entries])


async def test_a_pupil_who_moves_to_another_class_in_the_middle(telegram: Telegram, school: School) -> None:
    teacher = await begin(telegram.chat(STARK), "9Б", "Котов Ваня")
    await teacher.presses("замечания")
    a5 = school.classes["5А"]
    await change(telegram, update(Pupil).where(Pupil.id == school.pupils["Ваня"]).values(class_id=a5))
    await teacher.presses("Дальше")
    assert "Такого нет" in teacher.toast
    await teacher.forges(RiskPick(pupil_id=school.pupils["Ваня"]).pack())
    assert "Такого нет" in teacher.toast

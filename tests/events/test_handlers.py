"""Events in the chat: preparing, announcing, signing up, moving, calling off, marking."""

import re
from datetime import datetime
from typing import Any

import pytest
from icalendar import Calendar
from sqlalchemy import func, select, update

from bot.config import Settings
from bot.db import outbox
from bot.db.accounts import Manner, Preference, Topic
from bot.db.audit import AuditEntry
from bot.db.base import Database
from bot.db.events import Event, EventAttendance, EventGuest, EventState
from bot.db.outbox import OutboxMessage
from bot.db.roster import Guardian, Pupil
from bot.features.outbox import gather_digests
from bot.ui.events import EventBoard, EventCalendar, EventMore, EventOpen, EventSign
from bot.ui.events.attendance import EventAll, EventHeld, EventList, EventMark
from bot.ui.events.planning import (
    EventClassSet,
    EventDay,
    EventDo,
    EventFlagSet,
    EventLength,
    EventMove,
    EventStaff,
)
from tests.chat import Chat, Telegram
from tests.events.people import announces, calls_off, drafts, moves
from tests.fixtures import StoppedClock
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, PETYA_MOTHER, PSYCHOLOGIST, STARK, VANYA_MOTHER, School

PHOTO = [{"file_id": "poster", "file_unique_id": "p", "width": 9, "height": 9}]


@pytest.fixture
def director(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(DIRECTOR)


@pytest.fixture
def mother(telegram: Telegram) -> Chat:
    return telegram.chat(MASHA_MOTHER)


@pytest.fixture
def petya(telegram: Telegram) -> Chat:
    return telegram.chat(PETYA_MOTHER)


async def the_event(database: Database) -> Event:
    async with database.read() as session:
        return (await session.scalars(select(Event))).one()


async def count(database: Database, table: Any) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


def restarted(telegram: Telegram, settings: Settings, first_update: int) -> Chat:
    """The director's chat with a bot that has just been started."""
    again = Telegram(settings, telegram.database, telegram.clock, telegram.wire)
    again._update_id = first_update
    return again.chat(DIRECTOR)


def calendar_of(chat: Chat) -> Any:
    """The calendar file that came last."""
    assert chat.last.document
    return Calendar.from_ical(chat.last.document)


class TestPreparing:
    async def test_step_by_step_by_typing(self, director: Chat, mother: Chat, database: Database) -> None:
        await drafts(director)
        draft = director.last
        assert "Черновик" in draft.text and "вторник, 20 октября, 18:00–19:30" in draft.text
        assert "родители: 5А" in draft.text and "Проводит: Динер Н.М." in draft.text
        assert "Мастерская &lt;родителей&gt; &amp; детей" in draft.text
        event = await the_event(database)
        assert event.state == EventState.DRAFT and event.starts_at.isoformat() == "2026-10-20T12:00:00+00:00"
        await mother.says("/events")
        assert "ничего не запланировано" in mother.last.text  # nobody sees a draft

    async def test_step_by_step_by_pressing(self, director: Chat) -> None:
        await drafts(director)
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says("Классный час")
        await director.presses("чт, 15.10")
        await director.presses("14:00")
        await director.presses("до 14:45")
        await director.presses("Актовый зал")  # where the last one was
        await director.presses("Вся школа")
        await director.presses("Готово")
        assert "четверг, 15 октября, 14:00–14:45" in director.last.text and "вся школа" in director.last.text

    async def test_everything_can_be_changed(self, director: Chat, database: Database) -> None:
        await drafts(director)
        for press, typed, expected in (
            ("Название", "Родительское собрание", "Родительское собрание"),
            ("Место", "Кабинет 12", "Кабинет 12"),
            ("Описание", "Возьмите <сменную> обувь", "Возьмите &lt;сменную&gt; обувь"),
        ):
            await director.presses(press)
            await director.says(typed)
            assert expected in director.last.text
        await director.presses("Время")
        await director.presses("пт, 16.10")
        await director.says("17:30")
        await director.says("18:30")
        assert "пятница, 16 октября, 17:30–18:30" in director.last.text
        await director.presses("Убрать описание")
        assert "обувь" not in director.last.text
        await director.presses("Отметки")
        for flag in ("Профилактика", "Со специалистом", "В «Точке роста»"):
            await director.presses(flag)
        await director.presses("✓ Со специалистом")
        await director.presses("Готово")
        assert "Отметки: Профилактика неуспешности, В «Точке роста»" in director.last.text
        await director.presses("Кто проводит")
        await director.presses("Берг")
        assert "Проводит: Берг А.И." in director.last.text
        await director.presses("Для кого")
        await director.presses("✓ 5А")
        await director.presses("5–9")
        await director.presses("Сотрудники")
        await director.presses("Готово")
        assert "родители: вся школа; сотрудники школы" in director.last.text
        event = await the_event(database)
        assert event.preventive and event.growth_point and not event.with_specialist and event.for_staff

    async def test_a_draft_survives_a_restart(
        self, director: Chat, telegram: Telegram, settings: Settings
    ) -> None:
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says("Собрание")
        await director.says("завтра в 18")
        again = restarted(telegram, settings, 500)
        await again.says("19:00")
        await again.says("Зал")
        await again.presses("5А")
        later = restarted(telegram, settings, 900)
        await later.says("/event")
        await later.presses("✏ 15.10 Собрание")
        assert "родители: 5А" in later.last.text

    @pytest.mark.parametrize(
        ("typed", "answer"),
        [
            ("13.10.2026 18:00", "уже прошло"),
            ("14.10 11:59", "уже прошло"),  # today, a minute ago
            ("14.10.2026 12:00", "уже прошло"),
            ("25.11.2062 18:00", "больше чем через год"),
            ("31.02 18:00", "Не понял, когда"),
            ("когда-нибудь", "Не понял, когда"),
            ("🙂", "Не понял, когда"),
        ],
    )
    async def test_times_that_cannot_be(self, director: Chat, typed: str, answer: str) -> None:
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says("Собрание")
        await director.says(typed)
        assert answer in director.last.text
        await director.says("15.10 18:00")  # nothing is lost: the step goes on
        assert "До какого времени" in director.last.text

    @pytest.mark.parametrize("typed", ["17:00", "18:00", "14.10 19:00", "30.10 18:00"])
    async def test_an_end_before_the_start(self, director: Chat, typed: str) -> None:
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says("Собрание")
        await director.says("15.10 18:00")
        await director.says(typed)
        assert "позже начала" in director.last.text
        await director.says("потом")
        assert "Не понял, когда" in director.last.text
        await director.says("19:00")
        assert "Где?" in director.last.text

    async def test_a_voice_note_or_too_many_words_where_a_title_is_asked(self, director: Chat) -> None:
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says(voice={"file_id": "v", "file_unique_id": "v", "duration": 1})
        assert "Нужен текст" in director.last.text
        await director.says("а" * 121)
        assert "не больше 120" in director.last.text
        await director.says("Собрание")
        assert "Когда?" in director.last.text

    async def test_forged_days_times_and_places(self, director: Chat) -> None:
        await director.forges(EventDay(day=739000).pack())
        assert "не работает" in director.toast  # nobody has been asked
        await director.says("/event")
        await director.presses("Новое событие")
        await director.says("Собрание")
        for day in (1, 739000, 3652059):
            await director.forges(EventDay(day=day).pack())
            assert "уже прошло" in director.toast or "больше чем через год" in director.toast
        await director.says("15.10 18:00")
        for minutes in (0, -5, 10**6):
            await director.forges(EventLength(minutes=minutes).pack())
            assert "позже начала" in director.toast

    async def test_a_picture_and_its_removal(
        self, director: Chat, database: Database, telegram: Telegram
    ) -> None:
        await drafts(director)
        await director.presses("Фото")
        await director.says("нет фото")
        assert "Нужна фотография" in director.last.text
        await director.says(photo=[PHOTO[0] | {"file_size": 60 * 2**20}])
        assert "больше 20 МБ" in director.last.text
        await director.sends_file("doc.pdf", b"%PDF")
        assert "Нужна фотография" in director.last.text
        await director.says(photo=PHOTO)
        assert "С фотографией" in director.last.text
        assert (await the_event(database)).photo == ["photo", "poster", ""]
        await director.presses("Объявить")
        await telegram.deliver()
        mother = telegram.chat(MASHA_MOTHER)
        assert len(mother.messages) == 2  # the picture, then the words with the buttons
        assert mother.last.buttons

    async def test_an_album_is_answered_once(self, director: Chat, database: Database) -> None:
        await drafts(director)
        await director.presses("Фото")
        before = len(director.messages)
        for number in range(12):
            photo = [PHOTO[0] | {"file_id": f"poster{number}"}]
            await director.says(photo=photo, media_group_id="album")
        assert len(director.messages) == before + 2  # the picture and the draft
        assert "первую фотографию" in director.last.text
        assert (await the_event(database)).photo[1] == "poster0"
        await director.says("что дальше?")
        assert "Черновик" in director.last.text

    async def test_a_draft_thrown_away(self, director: Chat, database: Database) -> None:
        await drafts(director)
        publish = director.last.data("Объявить")
        await director.presses("Удалить черновик")
        await director.presses("Нет, оставить")
        await director.presses("Удалить черновик")
        await director.presses("Да, удалить")
        assert await count(database, Event) == 0
        await director.forges(publish)
        assert "не ваше" in director.toast

    async def test_no_class_chosen(self, director: Chat, database: Database) -> None:
        await drafts(director, classes=())
        await director.presses("Объявить")
        assert "для каких оно классов" in director.toast
        assert (await the_event(database)).state == EventState.DRAFT

    async def test_a_draft_whose_time_has_passed(self, director: Chat, clock: StoppedClock) -> None:
        await drafts(director)
        clock.move(days=8)
        await director.presses("Объявить")
        assert "уже прошло" in director.toast

    async def test_forged_ids_change_nothing(self, director: Chat, database: Database) -> None:
        await drafts(director)
        for data in (
            EventClassSet(event_id=1, class_id=77, on=True),
            EventClassSet(event_id=77, class_id=1, on=True),
            EventStaff(event_id=1, staff_id=77),
            EventFlagSet(event_id=77, flag="preventive", on=True),
            EventDo(event_id=77, action="publish"),
            EventMove(event_id=1, sequence=0),
        ):
            await director.forges(data.pack())
            assert "не ваше" in director.toast or "не работает" in director.toast


class TestAnnouncing:
    async def test_those_whom_it_is_for_are_invited(
        self, director: Chat, telegram: Telegram, mother: Chat, petya: Chat
    ) -> None:
        await announces(director)
        for chat in (mother, petya):
            assert "Школа приглашает вас" in chat.last.text and "Нас 2" in chat.last.buttons
        for who in (VANYA_MOTHER, BERG, STARK, PSYCHOLOGIST):
            assert not telegram.chat(who).messages

    async def test_the_staff_alone(self, director: Chat, telegram: Telegram, mother: Chat) -> None:
        await drafts(director, classes=("✓ Родители", "Сотрудники"))
        await director.presses("Объявить")
        await telegram.deliver()
        assert not mother.messages
        for who in (BERG, STARK, PSYCHOLOGIST, DIRECTOR):
            assert "сотрудники школы" in telegram.chat(who).last.text
        await mother.forges(EventOpen(event_id=1).pack())
        assert "не ваше" in mother.toast

    async def test_for_pupils_nobody_is_invited(
        self, director: Chat, mother: Chat, telegram: Telegram
    ) -> None:
        await drafts(director, classes=("5А", "✓ Родители"))
        assert "Взрослых не приглашаем" in director.last.text and "ученики: 5А" in director.last.text
        await director.presses("Объявить")
        await telegram.deliver()
        assert "в плане" in director.last.text and not mother.messages
        await telegram.chat(BERG).says("/events")  # the teacher of the class knows
        assert "20.10" in telegram.chat(BERG).last.buttons[0]
        await telegram.chat(BERG).forges(EventSign(event_id=1, people=1).pack())
        assert "не ваше" in telegram.chat(BERG).toast

    async def test_twice_is_once(
        self, director: Chat, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        await drafts(director)
        publish = director.last.data("Объявить")
        await director.forges(publish)
        await director.forges(publish)
        assert "уже объявлено" in director.toast
        await telegram.deliver()
        assert len(mother.messages) == 1
        assert await count(database, EventGuest) == 2
        await director.forges(EventClassSet(event_id=1, class_id=2, on=True).pack())
        assert "уже объявлено" in director.toast

    async def test_whoever_runs_it_is_told(self, director: Chat, telegram: Telegram) -> None:
        await drafts(director)
        await director.presses("Кто проводит")
        await director.presses("Штарк")
        await director.presses("Объявить")
        await telegram.deliver()
        assert "Это событие проводите вы" in telegram.chat(STARK).last.text
        await telegram.chat(STARK).presses("Подробнее")
        assert "Записались: пока никто" in telegram.chat(STARK).last.text

    async def test_at_night_nobody_is_woken(
        self, director: Chat, telegram: Telegram, mother: Chat, clock: StoppedClock
    ) -> None:
        clock.move(hours=10)  # 22:00
        await announces(director)
        assert not mother.messages
        clock.move(hours=10)
        await telegram.deliver()
        assert "приглашает" in mother.last.text

    async def test_as_each_wants_it(
        self,
        director: Chat,
        telegram: Telegram,
        mother: Chat,
        petya: Chat,
        database: Database,
        school: School,
        clock: StoppedClock,
    ) -> None:
        async with database.write() as session:
            for who, manner in ((MASHA_MOTHER, Manner.OFF), (PETYA_MOTHER, Manner.DIGEST)):
                session.add(Preference(person_id=school.people[who], topic=Topic.EVENTS, manner=manner))
            await session.commit()
        await announces(director)
        assert not mother.messages and not petya.messages
        await mother.says("/events")
        assert "20.10" in mother.last.buttons[0]  # found by who looks
        await moves(director, "21.10 18:00", "19:00")
        await director.presses("Да, перенести")
        clock.move(hours=6)
        async with database.write() as session:
            await gather_digests(session, clock.now())
            await session.commit()
        await telegram.deliver()
        assert "Приглашение" in petya.last.text and "21 октября" in petya.last.text
        assert "20 октября" not in petya.last.text
        await petya.presses("Мастерская")
        assert "Приду" in petya.last.buttons
        assert "Приглашение" not in mother.last.text

    async def test_the_menu_counts_what_waits_for_an_answer(self, director: Chat, mother: Chat) -> None:
        await announces(director)
        await mother.says("/menu")
        assert "События (1)" in mother.last.buttons
        await mother.presses("События")
        await mother.presses("20.10")
        await mother.presses("Не смогу")
        await mother.says("/menu")
        assert "События" in mother.last.buttons

    async def test_english(self, director: Chat, mother: Chat, telegram: Telegram) -> None:
        await mother.says("/language")
        await mother.presses("English")
        await announces(director)
        assert (
            "The school invites you" in mother.last.text
            and "Tuesday, 20 October, 18:00–19:30" in mother.last.text
        )
        await mother.presses("2 of us")
        assert "2 people" in mother.last.text


class TestSigningUp:
    async def test_more_fewer_and_not_after_all(
        self, director: Chat, mother: Chat, database: Database
    ) -> None:
        await announces(director)
        await mother.presses("Приду")
        assert "1 человек" in mother.last.text and "Ждём" in mother.toast
        one_more = mother.last.data("+1")
        for _ in range(2):  # a double press is one more, not two
            await mother.forges(one_more)
        assert "2 человека" in mother.last.text
        await mother.presses("−1")
        await mother.presses("Не смогу")
        assert "не придёте" in mother.last.text
        await mother.presses("Нас 3")
        async with database.read() as session:
            guests = (await session.scalars(select(EventGuest).order_by(EventGuest.person_id))).all()
            audit = await session.scalar(select(func.count()).where(AuditEntry.action == "event.answered"))
        assert [guest.people for guest in guests] == [3, None] and audit == 5

    async def test_a_big_family_and_a_bigger_one(self, director: Chat, mother: Chat) -> None:
        await announces(director)
        await mother.presses("Больше")
        await mother.presses("7")
        assert "7 человек" in mother.last.text
        await mother.presses("Не смогу")
        await mother.presses("Больше")
        for typed in ("60", "0", "-3", "много", "²", "1e3", "9" * 20):
            await mother.says(typed)
            assert "от 1 до 10" in mother.last.text
        await mother.says("10")
        assert "10 человек" in mother.last.text and "+1" not in mother.last.buttons
        for people in (11, 60, -1):
            await mother.forges(EventSign(event_id=1, people=people).pack())
            assert "от 1 до 10" in mother.toast

    async def test_after_the_start(self, director: Chat, mother: Chat, clock: StoppedClock) -> None:
        await announces(director)
        clock.move(days=6, hours=6)  # 20 October, 18:00
        await mother.presses("Приду")
        assert "уже началось" in mother.toast
        await mother.forges(EventMore(event_id=1).pack())
        assert "уже началось" in mother.toast
        await mother.says("/events")
        await mother.presses("20.10")
        assert "Можно просто прийти" in mother.last.text and "Приду" not in mother.last.buttons
        clock.move(hours=2)
        await mother.says("/events")
        assert "ничего не запланировано" in mother.last.text

    async def test_after_it_was_called_off(self, director: Chat, mother: Chat) -> None:
        await announces(director)
        invitation = mother.last.data("Приду")
        await calls_off(director)
        for data in (invitation, EventMore(event_id=1).pack()):
            await mother.forges(data)
            assert "отменено" in mother.toast

    async def test_only_who_may_see_it(self, director: Chat, telegram: Telegram, database: Database) -> None:
        await announces(director)
        for who in (VANYA_MOTHER, STARK, PSYCHOLOGIST):
            chat = telegram.chat(who)
            for data in (
                EventOpen(event_id=1),
                EventSign(event_id=1, people=1),
                EventMore(event_id=1),
                EventCalendar(event_id=1),
                EventBoard(event_id=1),
            ):
                await chat.forges(data.pack())
                assert "не ваше" in chat.toast
        await telegram.chat(BERG).says("/events")  # teaches the class
        assert "20.10" in telegram.chat(BERG).last.buttons[0]
        assert await count(database, EventGuest) == 2

    async def test_a_draft_is_nobodys(self, director: Chat, mother: Chat, telegram: Telegram) -> None:
        await drafts(director)
        for who in (MASHA_MOTHER, BERG):
            for data in (EventOpen(event_id=1), EventCalendar(event_id=1), EventSign(event_id=1, people=1)):
                await telegram.chat(who).forges(data.pack())
                assert "не ваше" in telegram.chat(who).toast

    async def test_who_has_left_the_class(
        self,
        director: Chat,
        mother: Chat,
        telegram: Telegram,
        database: Database,
        school: School,
        clock: StoppedClock,
    ) -> None:
        """Маша leaves the school: her mother is told nothing more, and does not see it."""
        await announces(director)
        await mother.presses("Приду")
        async with database.write() as session:
            gone = {"active_to": clock.now().date().replace(day=13)}
            await session.execute(update(Pupil).where(Pupil.id == school.pupils["Маша"]).values(gone))
            await session.commit()
        await calls_off(director)
        before = len(mother.messages)
        await telegram.deliver()
        assert len(mother.messages) == before
        await mother.forges(EventOpen(event_id=1).pack())
        assert "не ваше" in mother.toast


class TestCalendar:
    async def test_moved_and_called_off(self, director: Chat, mother: Chat, telegram: Telegram) -> None:
        await announces(director)
        await mother.presses("Нас 2")
        await mother.presses("В календарь")
        first = calendar_of(mother).events[0]
        assert first["dtstart"].dt == datetime.fromisoformat("2026-10-20T18:00:00+06:00")
        assert str(first["summary"]) == "Мастерская <родителей> & детей"
        assert str(first["location"]) == "Актовый зал" and int(first["sequence"]) == 0
        await moves(director, "21.10 17:00", "18:00", "Кабинет 5")
        await director.presses("Да, перенести")
        await telegram.deliver()
        await mother.presses("Обновить в календаре")
        second = calendar_of(mother).events[0]
        assert str(second["uid"]) == str(first["uid"]) and int(second["sequence"]) == 1
        assert second["dtstart"].dt == datetime.fromisoformat("2026-10-21T17:00:00+06:00")
        await calls_off(director)
        await telegram.deliver()
        await mother.presses("Убрать из календаря")
        gone = calendar_of(mother)
        assert str(gone["method"]) == "CANCEL" and str(gone.events[0]["status"]) == "CANCELLED"
        assert str(gone.events[0]["uid"]) == str(first["uid"]) and int(gone.events[0]["sequence"]) == 2


class TestMoving:
    async def test_everybody_is_told_and_the_invitation_says_what_is_true(
        self, director: Chat, mother: Chat, petya: Chat, telegram: Telegram
    ) -> None:
        await announces(director)
        await mother.presses("Нас 2")
        await moves(director, "21.10 17:00", "18:30", "Спортзал")
        assert "Скажем 1 записавшемуся" in director.last.text
        await director.presses("Да, перенести")
        await telegram.deliver()
        for chat in (mother, petya):
            first, second = chat.messages
            assert "21 октября, 17:00–18:30" in first.text and "Спортзал" in first.text
            assert "Перенесено" in second.text and "Было: вторник, 20 октября, 18:00" in second.text
            assert "Было место: Актовый зал" in second.text
        assert "2 человека" in mother.last.text and "+1" in mother.last.buttons
        assert "Приду" in petya.last.buttons
        await mother.presses("Не смогу")
        assert "не придёте" in mother.last.text

    async def test_who_wants_none_is_told_when_they_signed_up(
        self,
        director: Chat,
        mother: Chat,
        petya: Chat,
        telegram: Telegram,
        database: Database,
        school: School,
    ) -> None:
        await announces(director)
        await mother.presses("Приду")
        async with database.write() as session:
            for who in (MASHA_MOTHER, PETYA_MOTHER):
                session.add(Preference(person_id=school.people[who], topic=Topic.EVENTS, manner=Manner.OFF))
            await session.commit()
        await moves(director, "21.10 17:00", "18:30")
        await director.presses("Да, перенести")
        await telegram.deliver()
        assert "Перенесено" in mother.last.text
        assert len(petya.messages) == 1 and "21 октября" in petya.last.text

    async def test_an_invitation_on_its_way_says_the_new_time(
        self, director: Chat, mother: Chat, telegram: Telegram
    ) -> None:
        await announces(director, deliver=False)
        await moves(director, "21.10 17:00", "18:30")
        await director.presses("Да, перенести")
        await telegram.deliver()
        assert len(mother.messages) == 1 and "21 октября" in mother.last.text

    @pytest.mark.parametrize("moved", [True, False])
    async def test_one_that_is_just_being_sent_is_written_anew(
        self, director: Chat, mother: Chat, petya: Chat, telegram: Telegram, moved: bool
    ) -> None:
        await announces(director, deliver=False)
        async with telegram.database.read() as session:
            due = await outbox.due(session, telegram.clock.now(), (), 10)
        if moved:
            await moves(director, "21.10 17:00", "18:30")
            await director.presses("Да, перенести")
        else:
            await calls_off(director)
        (sending,) = (each for each in due if each.telegram_id == MASHA_MOTHER)
        await telegram.delivery._send(sending)
        assert "20 октября" in mother.last.text and "Отменено" not in mother.last.text
        await telegram.deliver()
        assert len(mother.messages) == 1
        assert ("21 октября" if moved else "Отменено") in mother.last.text
        assert len(petya.messages) == (1 if moved else 0)

    async def test_late_in_the_evening_only_what_is_soon_wakes(
        self, director: Chat, mother: Chat, telegram: Telegram, clock: StoppedClock
    ) -> None:
        await announces(director)
        await mother.presses("Приду")
        clock.move(hours=10)  # 22:00
        await moves(director, "21.10 17:00", "18:30")
        await director.presses("Да, перенести")
        await telegram.deliver()
        assert len(mother.messages) == 1 and "21 октября" in mother.last.text  # edited without a sound
        clock.move(hours=10)
        await telegram.deliver()
        assert "Перенесено" in mother.last.text
        clock.set(datetime.fromisoformat("2026-10-20T23:00:00+06:00"))
        await moves(director, "21.10 08:30", "09:00")
        await director.presses("Да, перенести")
        await telegram.deliver()
        assert "21 октября, 08:30" in mother.last.text and len(mother.messages) == 3

    async def test_twice_is_once(
        self, director: Chat, mother: Chat, telegram: Telegram, database: Database
    ) -> None:
        await announces(director)
        await mother.presses("Приду")
        await moves(director, "21.10 17:00", "18:30")
        sure = director.last.data("Да, перенести")
        await director.forges(sure)
        await director.forges(sure)
        assert "не работает" in director.toast
        await telegram.deliver()
        assert sum("Перенесено" in m.text for m in mother.messages) == 1
        assert (await the_event(database)).sequence == 1

    async def test_an_old_question_after_another_move(self, director: Chat, database: Database) -> None:
        await announces(director)
        await moves(director, "21.10 17:00", "18:30")
        old = director.last.data("Да, перенести")
        await director.presses("Да, перенести")
        await moves(director, "22.10 17:00", "18:30")
        await director.forges(old)
        assert "уже перенесено" in director.toast
        assert (await the_event(database)).starts_at.day == 21

    async def test_to_where_it_is(self, director: Chat) -> None:
        await announces(director)
        await moves(director, "20.10 18:00", "19:30")
        await director.presses("Да, перенести")
        assert "Ничего не изменилось" in director.toast

    async def test_not_what_is_called_off_or_was_attended(self, director: Chat, clock: StoppedClock) -> None:
        await announces(director)
        await director.says("/event")
        move = (await director.presses("📅")).data("Перенести")
        clock.move(days=6, hours=7)
        await director.forges(EventMark(event_id=1, group=1, page=0, who="g", id=2, came=True).pack())
        await director.forges(move)
        assert "уже прошло" in director.toast
        await director.forges(EventDo(event_id=1, action="cancel").pack())
        await director.says("Никто не пришёл")
        await director.presses("Да, отменить событие")
        await director.forges(move)
        assert "отменено" in director.toast


class TestCallingOff:
    async def test_who_signed_up_is_told_and_invitations_say_so(
        self, director: Chat, mother: Chat, petya: Chat, telegram: Telegram, database: Database
    ) -> None:
        await announces(director)
        await mother.presses("Нас 2")
        await calls_off(director, "Заболел <ведущий> & гость")
        assert "Сказали 1 записавшемуся" in director.last.text
        await telegram.deliver()
        assert "Отменяется" in mother.last.text and "Заболел &lt;ведущий&gt; &amp; гость" in mother.last.text
        assert len(petya.messages) == 1 and "Отменено" in petya.last.text
        assert "Отменено" in mother.messages[0].text and "Приду" not in mother.messages[0].buttons
        await mother.says("/events")
        assert mother.last.buttons[0].startswith("✖")
        await petya.says("/events")
        assert "ничего не запланировано" in petya.last.text
        event = await the_event(database)
        assert event.state == EventState.CANCELLED and event.sequence == 1

    async def test_an_invitation_on_its_way_never_comes(
        self, director: Chat, mother: Chat, telegram: Telegram
    ) -> None:
        await announces(director, deliver=False)
        await calls_off(director)
        assert director.last.text == "Отменено."
        await telegram.deliver()
        assert not mother.messages

    async def test_without_a_reason_or_twice(self, director: Chat, telegram: Telegram) -> None:
        await announces(director)
        await director.says("/event")
        await director.presses("📅")
        ask = director.last.data("Отменить")
        await director.forges(ask)
        await director.says(photo=PHOTO)
        assert "Нужен текст" in director.last.text
        await director.says("Карантин")
        assert "Отменяем" in director.last.text and "Почему: Карантин" in director.last.text
        await director.says("Грипп")  # better words
        sure = director.last.data("Да, отменить событие")
        await director.presses("Нет, не отменять")
        await director.forges(sure)
        assert "уже не работает" in director.toast
        await director.forges(ask)
        await director.says("Карантин")
        await director.presses("Да, отменить событие")
        await director.forges(ask)
        assert "отменено" in director.toast

    async def test_what_is_over_is_told_to_nobody(
        self, director: Chat, mother: Chat, telegram: Telegram, clock: StoppedClock
    ) -> None:
        await announces(director)
        await mother.presses("Приду")
        clock.move(days=7)
        await director.says("/event")
        await director.presses("✍")
        await director.presses("Отменить")
        assert "не состоялось" in director.last.text
        await director.says("Никто не пришёл")
        await director.presses("Да, отменить событие")
        before = len(mother.messages)
        await telegram.deliver()
        assert len(mother.messages) == before


class TestWhoCame:
    @pytest.fixture
    async def begun(self, director: Chat, mother: Chat, clock: StoppedClock) -> Chat:
        """Маша's mother comes with three; it has begun, and Анна Берг runs it."""
        await drafts(director)
        await director.presses("Кто проводит")
        await director.presses("Берг")
        await director.presses("Объявить")
        await director.telegram.deliver()
        await mother.presses("Нас 3")
        clock.move(days=6, hours=6)
        teacher = director.telegram.chat(BERG)
        await teacher.says("/events")
        await teacher.presses("20.10")
        await teacher.presses("Кто пришёл")
        return teacher

    async def test_those_who_signed_up_and_those_who_did_not(
        self, begun: Chat, database: Database, school: School
    ) -> None:
        await begun.presses("Все записавшиеся пришли")
        assert "Отмечены: 1, вместе с теми, кого привели, 3" in begun.last.text
        await begun.presses("5А")
        assert "✓ Лебедева Маша — Лебедева Ирина Олеговна (3)" in begun.last.buttons
        father = begun.last.data("Лебедев Игорь")  # has never come to the bot
        for _ in range(2):
            await begun.forges(father)  # twice is once
        await begun.presses("Готово")
        assert "Отмечены: 2, вместе с теми, кого привели, 4" in begun.last.text
        async with database.read() as session:
            came = (await session.scalars(select(EventAttendance.guardian_id))).all()
        assert sorted(filter(None, came)) == [school.guardians["Маша/мать"], school.guardians["Маша/отец"]]
        await begun.presses("Кто записался")
        await begun.presses("✓ Лебедева Ирина")
        await begun.presses("Готово")
        assert "Отмечены: 1, вместе с теми, кого привели, 1" in begun.last.text

    async def test_a_mother_of_two_is_one_family_and_two_places(
        self, begun: Chat, database: Database, school: School
    ) -> None:
        async with database.write() as session:
            mother = school.people[MASHA_MOTHER]
            petya = Guardian.id == school.guardians["Петя/мать"]
            await session.execute(update(Guardian).where(petya).values(person_id=mother))
            await session.commit()
        await begun.presses("Кто записался")
        assert len([b for b in begun.last.buttons if "▫" in b]) == 1
        await begun.presses("▫")
        assert await count(database, EventAttendance) == 2
        await begun.presses("Готово")
        assert "Отмечены: 1, вместе с теми, кого привели, 3" in begun.last.text

    async def test_staff_who_came(self, begun: Chat, database: Database, school: School) -> None:
        await begun.presses("Сотрудники")
        await begun.presses("Ким")
        async with database.read() as session:
            assert (await session.scalars(select(EventAttendance.staff_id))).all() == [
                school.staff[PSYCHOLOGIST]
            ]

    async def test_it_took_place_with_so_many(self, begun: Chat, director: Chat, database: Database) -> None:
        await begun.presses("Все записавшиеся пришли")
        await begun.presses("Событие состоялось")
        for typed in ("много", "0", "99999", "-1"):
            await begun.says(typed)
            assert "от 1 до 2" in begun.last.text
        await begun.says("21")
        assert "пришёл 21 человек" in begun.last.text
        event = await the_event(database)
        assert event.state == EventState.HELD and event.headcount == 21 and event.held_at
        await begun.presses("Ещё отметить")
        await begun.presses("Исправить число")
        await begun.presses("Пришло 3")
        assert (await the_event(database)).headcount == 3
        await director.says("/event")
        await director.presses("✅ 20.10")
        assert "Состоялось" in director.last.text and "Отменить" not in director.last.buttons
        await director.forges(EventDo(event_id=1, action="cancel").pack())
        assert "уже прошло" in director.toast

    async def test_how_it_was_held_can_be_corrected(
        self, begun: Chat, director: Chat, database: Database
    ) -> None:
        await begun.forges(EventHeld(event_id=1, people=5).pack())
        await director.says("/event")
        await director.presses("✅ 20.10")
        await director.presses("Отметки")
        await director.presses("Со специалистом")
        assert (await the_event(database)).with_specialist
        await director.forges(EventFlagSet(event_id=1, flag="for_staff", on=True).pack())
        assert "уже объявлено" in director.toast

    async def test_only_its_organiser_and_admins(
        self, begun: Chat, director: Chat, telegram: Telegram, database: Database, school: School
    ) -> None:
        place = school.guardians["Петя/мать"]
        for who in (STARK, PSYCHOLOGIST, MASHA_MOTHER, VANYA_MOTHER):
            for data in (
                EventBoard(event_id=1),
                EventList(event_id=1, group=0, page=0),
                EventMark(event_id=1, group=0, page=0, who="g", id=place, came=True),
                EventAll(event_id=1),
                EventHeld(event_id=1, people=5),
                EventHeld(event_id=1, people=0),
            ):
                await telegram.chat(who).forges(data.pack())
                assert "не ваше" in telegram.chat(who).toast, (who, data)
        assert await count(database, EventAttendance) == 0
        await director.forges(EventMark(event_id=1, group=0, page=0, who="g", id=place, came=True).pack())
        assert await count(database, EventAttendance) == 1

    async def test_forged_places_lists_and_pages(
        self, begun: Chat, database: Database, school: School
    ) -> None:
        for who, id_ in (("g", school.guardians["Ваня/мать"]), ("g", 77), ("s", 77)):
            mark = EventMark(event_id=1, group=0, page=0, who=who, id=id_, came=True)
            await begun.forges(mark.pack())
            assert "не ваше" in begun.toast
        for group in (school.classes["9Б"], 77, -5):
            await begun.forges(EventList(event_id=1, group=group, page=0).pack())
            assert "не ваше" in begun.toast
        await begun.forges(EventList(event_id=1, group=school.classes["5А"], page=99).pack())
        assert "Сомов Петя" in "".join(begun.last.buttons)
        assert await count(database, EventAttendance) == 0

    async def test_not_before_it_begins(self, director: Chat) -> None:
        await announces(director)
        for data in (EventBoard(event_id=1), EventAll(event_id=1), EventHeld(event_id=1, people=9)):
            await director.forges(data.pack())
            assert "когда событие начнётся" in director.toast


async def test_leaving_keeps_the_number_and_nothing_else(
    director: Chat, mother: Chat, telegram: Telegram, database: Database, school: School
) -> None:
    await announces(director)
    await mother.presses("Нас 4")
    await moves(director, "21.10 17:00", "18:30")
    await director.presses("Да, перенести")  # a message waits for her
    await mother.says("/privacy")
    await mother.presses("Отозвать согласие")
    await mother.presses("Да, стереть")
    before = len(mother.messages)
    await telegram.deliver()
    assert len(mother.messages) == before
    person = school.people[MASHA_MOTHER]
    async with database.read() as session:
        assert await session.scalar(select(EventGuest).where(EventGuest.person_id == person)) is None
        assert await session.scalar(select(OutboxMessage).where(OutboxMessage.person_id == person)) is None
    assert (await the_event(database)).erased_people == 4
    await director.says("/event")
    await director.presses("📅")
    assert re.search(r"всего людей 4|пока никто", director.last.text)

"""Letters to the school as people write and answer them."""

from datetime import UTC, datetime

import pytest
from aiogram.methods import SendMediaGroup
from sqlalchemy import func, select

from bot.config import Settings
from bot.db.accounts import Manner, Preference, Topic
from bot.db.base import Database
from bot.db.feedback import Ticket, TicketEntry
from bot.db.outbox import OutboxMessage
from bot.ui.feedback import FeedbackSend, FeedbackSign, Letter, TicketCard, TicketSend
from tests.chat import Chat, Telegram
from tests.feedback.people import begins, photo, sticker, tick, ticket, voice, writes
from tests.fixtures import StoppedClock
from tests.school import (
    BERG,
    DIRECTOR,
    MASHA_MOTHER,
    PETYA_MOTHER,
    PSYCHOLOGIST,
    STARK,
    School,
)


@pytest.fixture
def mother(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(MASHA_MOTHER)


@pytest.fixture
def teacher(telegram: Telegram, school: School) -> Chat:
    return telegram.chat(BERG)


async def count(database: Database, table: type) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


class TestByName:
    async def test_a_question_is_answered_and_written_on_until_it_is_closed(
        self, telegram: Telegram, mother: Chat, teacher: Chat
    ) -> None:
        number = await writes(mother, "Когда <b>собрание</b>?")
        await telegram.deliver()
        assert f"Обращение № {number}" in teacher.last.text
        assert "Лебедева Ирина Олеговна (Маша, 5А, мать)" in teacher.last.text
        assert "Когда &lt;b&gt;собрание&lt;/b&gt;?" in teacher.last.text and teacher.last.protected
        assert "Лебедева Маша" not in teacher.last.text

        await teacher.presses("Ответить")
        await teacher.says("В четверг в шесть.")
        assert "Ответ на обращение" in teacher.last.text
        await telegram.deliver()
        assert "Отвечает Берг А.И." in mother.last.text and "В четверг в шесть." in mother.last.text

        await mother.presses("Написать ещё")
        await mother.says("Спасибо, придём.")
        await telegram.deliver()
        assert "автор написал ещё" in teacher.last.text and "Спасибо, придём." in teacher.last.text
        await teacher.presses("Вся переписка")
        words = ["Когда", "В четверг", "Спасибо"]
        places = [teacher.last.text.index(each) for each in words]
        assert places == sorted(places) and "14.10 12:00, автор" in teacher.last.text
        await teacher.presses("Закрыть")
        assert "закрыто (Берг А.И.)" in teacher.last.text and "Закрыть" not in teacher.last.buttons
        await telegram.deliver()
        assert f"Обращение № {number} закрыто" in mother.last.text

    async def test_a_voice_message_alone_is_a_letter(
        self, telegram: Telegram, mother: Chat, teacher: Chat
    ) -> None:
        await begins(mother)
        await mother.says(None, **voice())
        assert "Приложен 1 файл." in mother.last.text
        await mother.presses("Берг")
        assert "Голос" in mother.last.text
        await mother.presses("От своего имени")
        await telegram.deliver()
        assert teacher.messages[0].file == ("voice", "voice-1")

    async def test_words_and_files_of_several_messages_are_one_letter(
        self, telegram: Telegram, mother: Chat, teacher: Chat, database: Database
    ) -> None:
        await begins(mother)
        await mother.says("Первое.")
        await mother.says("Второе.")
        await mother.says(None, **photo(1), caption="Третье.")
        await mother.presses("Берг")
        await mother.presses("От своего имени")
        await telegram.deliver()
        assert "Первое.\nВторое.\nТретье." in teacher.last.text
        assert await count(database, TicketEntry) == 1

    async def test_an_answer_may_be_a_photo(self, telegram: Telegram, mother: Chat, teacher: Chat) -> None:
        await writes(mother)
        await telegram.deliver()
        await teacher.presses("Ответить")
        await teacher.says(None, **photo(5), caption="Вот расписание")
        await telegram.deliver()
        assert "Вот расписание" in mother.last.text and len(mother.messages[-2:]) == 2
        await mother.presses("Вся переписка")
        assert "📎 1 файл" in mother.last.text
        await mother.presses("Файлы (1)")
        assert "файлы из обращения" in mother.last.text

    async def test_two_children_two_class_teachers_by_first_name(
        self, telegram: Telegram, mother: Chat, school: School, database: Database
    ) -> None:
        from bot.db.roster import Guardian, Teaching
        from tests.school import SINCE

        async with database.write() as session:
            session.add(
                Guardian(
                    pupil_id=school.pupils["Ваня"],
                    name="Лебедева Ирина Олеговна",
                    relation="тётя",
                    person_id=school.people[MASHA_MOTHER],
                    active_from=SINCE,
                )
            )
            teaching = await session.get_one(Teaching, (school.staff[STARK], school.classes["9Б"]))
            teaching.leads = True
            await session.commit()
        await begins(mother)
        await mother.says("Вопрос")
        assert mother.last.buttons[:3] == [
            "Классный руководитель (Маша): Берг А.И.",
            "Классный руководитель (Ваня): Штарк О.П.",
            "Динер Н.М., Директор",
        ]

    async def test_a_guest_and_staff_have_nobody_to_write_to(
        self, telegram: Telegram, school: School
    ) -> None:
        for who in (BERG, DIRECTOR, 9001):
            chat = telegram.chat(who)
            await chat.says("/feedback")
            assert "Не понял" in chat.last.text


class TestAnonymous:
    async def test_the_author_can_be_answered_and_writes_on(
        self, telegram: Telegram, mother: Chat, teacher: Chat, database: Database
    ) -> None:
        number = await writes(mother, "В столовой холодно", topic="Жалоба", named=False)
        kept = await ticket(database, number)
        assert kept.person_id is None and kept.anonymous
        await telegram.deliver()
        assert "От кого: без имени" in teacher.last.text
        assert "Лебедева" not in teacher.last.text and "Маша" not in teacher.last.text
        await teacher.presses("Ответить")
        await teacher.says("Проверим сегодня.")
        await telegram.deliver()
        assert "Проверим сегодня." in mother.last.text
        await mother.presses("Написать ещё")
        await mother.says("Спасибо")
        await telegram.deliver()
        assert "автор написал ещё" in teacher.last.text and "От кого: без имени" in teacher.last.text
        await mother.says("/feedback")
        await mother.presses("Мои письма")
        await mother.presses(f"№ {number}")
        assert "Письмо без имени" in mother.last.text and "вы" in mother.last.text

    async def test_nobody_else_finds_it_among_theirs(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(mother, "Секрет", named=False)
        other = telegram.chat(PETYA_MOTHER)
        await other.says("/feedback")
        await other.presses("Мои письма")
        assert "ещё не писали" in other.last.text
        for action in ("open", "write", "close", "files", "quote"):
            await other.forges(Letter(number=number, action=action).pack())
            assert "это не ваше" in other.toast
        assert (await ticket(database, number)).closed_on is None

    async def test_a_file_name_is_not_kept(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        await begins(mother)
        await mother.sends_file("Лебедева жалоба.docx", b"x")
        await mother.presses("Берг")
        await mother.presses("Без имени")
        async with database.read() as session:
            (entry,) = (await session.scalars(select(TicketEntry))).all()
        assert entry.files == [["document", "Лебедева жалоба.docx", ""]]  # the test's file id is its name


class TestPraise:
    async def test_it_waits_for_no_answer_and_may_be_quoted(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(
            mother,
            "Новая доска чудесная!",
            topic="Благодарность",
            about="оборудование",
            to="Динер",
            quote="Да, можно",
        )
        kept = await ticket(database, number)
        assert (kept.topic, kept.about, kept.quotable, kept.waiting_on) == (
            "praise",
            "equipment",
            True,
            None,
        )
        director = telegram.chat(DIRECTOR)
        await director.says("/tickets")
        await director.presses("Благодарности")
        assert "«Новая доска чудесная!»" in director.last.text

    async def test_leave_to_quote_can_be_taken_back(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(
            mother, "Спасибо!", topic="Благодарность", about="уроки", quote="Да, можно", named=False
        )
        assert "Имени не будет" not in mother.last.text
        await mother.presses("Открыть письмо")
        await mother.presses("Больше не цитировать")
        assert (await ticket(database, number)).quotable is False
        assert "Цитировать нельзя" in mother.last.text
        await mother.presses("Можно цитировать")
        assert (await ticket(database, number)).quotable is True

    async def test_only_praise_has_leave_to_quote(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(mother)
        await mother.forges(Letter(number=number, action="quote").pack())
        assert (await ticket(database, number)).quotable is None


class TestBadInput:
    async def test_an_album_of_12_keeps_ten_and_says_so_once(
        self, telegram: Telegram, mother: Chat, teacher: Chat
    ) -> None:
        """Telegram cuts it into ten and two; each is answered once."""
        await begins(mother)
        before = len(mother.messages)
        for number in range(10):
            await mother.says(None, **photo(number), media_group_id="one")
        assert len(mother.messages) == before + 1 and "Кому передать?" in mother.last.text
        for number in (10, 11):
            await mother.says(None, **photo(number), media_group_id="two")
        assert len(mother.messages) == before + 2 and "не больше 10 файлов" in mother.last.text
        await mother.presses("Берг")
        await mother.presses("От своего имени")
        await telegram.deliver()
        albums = [call for call in telegram.wire.calls if isinstance(call, SendMediaGroup)]
        assert [len(album.media) for album in albums] == [10]
        assert teacher.last.text.startswith("✉️")

    async def test_an_album_in_a_thread_waits_for_its_last(
        self, telegram: Telegram, mother: Chat, teacher: Chat
    ) -> None:
        await writes(mother)
        await telegram.deliver()
        await teacher.presses("Ответить")
        before = len(teacher.messages)
        for number in range(3):
            await teacher.says(None, **photo(number), media_group_id="one")
        assert len(teacher.messages) == before + 1
        await teacher.presses("Отправить")
        await telegram.deliver()
        await mother.presses("Написать ещё")
        for number in range(2):
            await mother.says(None, **photo(10 + number), media_group_id="two")
        sends = mother.last
        await mother.presses("Отправить")
        albums = [call for call in telegram.wire.calls if isinstance(call, SendMediaGroup)]
        assert [len(album.media) for album in albums] == [3]
        await mother.presses("Отправить", on=sends) if "Отправить" in sends.buttons else None
        await telegram.deliver()
        albums = [call for call in telegram.wire.calls if isinstance(call, SendMediaGroup)]
        assert [len(album.media) for album in albums] == [3, 2]

    async def test_a_file_of_60_mb(self, telegram: Telegram, mother: Chat, database: Database) -> None:
        await begins(mother)
        await mother.says(None, **voice(size=60 * 2**20))
        assert "больше 20 МБ" in mother.last.text
        await mother.says("Тогда словами")
        assert "Кому передать?" in mother.last.text and "файл" not in mother.last.text

    async def test_a_sticker_is_no_letter(self, telegram: Telegram, mother: Chat, teacher: Chat) -> None:
        await begins(mother)
        await mother.says(None, **sticker())
        assert "не вложить" in mother.last.text
        await mother.says("Слова")
        assert "Кому передать?" in mother.last.text

    async def test_5000_characters(self, telegram: Telegram, mother: Chat) -> None:
        await begins(mother)
        await mother.says("ы" * 5000)
        assert "не больше 3 000 знаков" in mother.last.text
        await mother.says("ы" * 2000)
        await mother.says("ы" * 2000)
        assert "не больше 3 000 знаков" in mother.last.text  # together
        await mother.presses("Берг", on=mother.messages[-2])

    async def test_two_presses_at_once_send_one_letter(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        await begins(mother)
        await mother.says("Один раз")
        await mother.presses("Берг")
        asked = mother.last
        data = asked.data("От своего имени")
        await mother.forges(data, on=asked)
        await mother.forges(data, on=asked)
        assert "уже отправлено" in mother.toast
        assert await count(database, Ticket) == 1

    async def test_buttons_of_an_earlier_draft_do_nothing(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        await begins(mother)
        await mother.says("Первое")
        first = mother.last
        await begins(mother)
        await mother.says("Второе")
        await mother.presses("Берг", on=first)
        assert "уже отправлено" in mother.toast
        # Nor can the addressee be skipped.
        draft = int(mother.last.data("Берг").split(":")[1])
        await mother.forges(FeedbackSign(draft=draft, named=True).pack())
        assert await count(database, Ticket) == 0

    async def test_forged_ends_of_albums(self, telegram: Telegram, mother: Chat, teacher: Chat) -> None:
        for chat, data in ((mother, FeedbackSend(draft=1)), (teacher, TicketSend(draft=1))):
            await chat.forges(data.pack())
            assert "уже отправлено" in chat.toast

    async def test_an_addressee_who_left_meanwhile(
        self, telegram: Telegram, mother: Chat, school: School, database: Database
    ) -> None:
        await begins(mother)
        await mother.says("Вопрос")
        asked = mother.last
        await mother.presses("Берг")
        sign = mother.last
        from bot.db.accounts import Staff

        async with database.write() as session:
            (await session.get_one(Staff, school.staff[BERG])).person_id = None
            await session.commit()
        await mother.presses("От своего имени", on=sign)
        assert "больше не принимает" in mother.toast
        assert await count(database, Ticket) == 0
        await mother.says("ещё слово")
        assert "Берг" not in str(mother.last.buttons)
        assert asked.message_id != mother.last.message_id

    async def test_closing_twice_is_closing_once(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(mother)
        for _ in range(2):
            await mother.forges(Letter(number=number, action="close").pack())
        assert await count(database, TicketEntry) == 2


class TestWhoAnswers:
    async def test_a_letter_is_nobody_elses(
        self, telegram: Telegram, mother: Chat, database: Database
    ) -> None:
        number = await writes(mother)
        for who in (STARK, PSYCHOLOGIST):
            other = telegram.chat(who)
            await other.says("/tickets")
            assert "пока пусто" in other.last.text
            for action in ("open", "answer", "close", "pass", "files"):
                await other.forges(TicketCard(number=number, action=action).pack())
                assert "это не ваше" in other.toast
        assert (await ticket(database, number)).closed_on is None

    async def test_an_admin_passes_it_on(
        self, telegram: Telegram, mother: Chat, teacher: Chat, database: Database, school: School
    ) -> None:
        number = await writes(mother, to="Динер")
        director, stark = telegram.chat(DIRECTOR), telegram.chat(STARK)
        await telegram.deliver()
        await director.presses("Вся переписка")
        await director.presses("Передать другому")
        assert "Берг А.И." in director.last.buttons and "Динер Н.М." not in director.last.buttons
        await director.presses("Штарк О.П.")
        assert "теперь отвечает Штарк О.П." in director.last.text
        await telegram.deliver()
        assert "Динер Н.М. передаёт вам обращение" in stark.last.text
        assert "теперь вам отвечает Штарк О.П." in mother.last.text
        await stark.presses("Вся переписка")
        assert "Передать другому" not in stark.last.buttons
        await stark.presses("Ответить")
        await stark.says("Слушаю вас")
        assert (await ticket(database, number)).waiting_on is None
        await teacher.forges(f"tp:{number}:{school.staff[BERG]}")
        assert "это не ваше" in teacher.toast

    async def test_the_menu_counts_what_waits(self, telegram: Telegram, mother: Chat, teacher: Chat) -> None:
        await writes(mother)
        await writes(mother, to="Динер")
        await teacher.says("/menu")
        assert "Письма в школу (1)" in teacher.last.buttons
        director = telegram.chat(DIRECTOR)
        await director.says("/menu")
        assert "Письма в школу (2)" in director.last.buttons

    async def test_the_longest_waiting_comes_first_and_hours_are_told(
        self, telegram: Telegram, mother: Chat, teacher: Chat, clock: StoppedClock
    ) -> None:
        first = await writes(mother, "Раз")
        clock.move(days=1)
        second = await writes(mother, "Два", named=False)
        third = await writes(mother, "Три")
        clock.move(hours=3)
        await teacher.says("/tickets")
        text = teacher.last.text
        assert f"№ {first}, вопрос: ждёт 1 рабочий день" in text
        assert f"№ {third}, вопрос: ждёт 3 часа" in text
        assert f"№ {second}, вопрос: ждёт с сегодняшнего дня" in text
        assert text.index(f"№ {first}") < min(text.index(f"№ {second}"), text.index(f"№ {third}"))

    async def test_pages(self, telegram: Telegram, mother: Chat, teacher: Chat) -> None:
        for n in range(9):
            await writes(mother, f"Письмо {n}")
        await teacher.says("/tickets")
        await teacher.presses("→")
        assert "2/2" in teacher.last.buttons
        await mother.says("/feedback")
        await mother.presses("Мои письма")
        await mother.presses("→")
        assert len([b for b in mother.last.buttons if b.startswith("№")]) == 1


class TestClosed:
    async def test_writing_within_two_weeks_opens_it_again(
        self, telegram: Telegram, mother: Chat, clock: StoppedClock, database: Database
    ) -> None:
        number = await writes(mother)
        await mother.presses("Открыть письмо")
        await mother.presses("Закрыть")
        assert "Закрыто" in mother.toast
        kept = await ticket(database, number)
        assert kept.closed_on and kept.waiting_on is None
        clock.move(days=14)
        await mother.presses("Написать ещё")
        await mother.says("Всё-таки")
        kept = await ticket(database, number)
        assert kept.closed_on is None and kept.waiting_on

    async def test_later_a_new_one_has_to_be_written(
        self, telegram: Telegram, mother: Chat, teacher: Chat, clock: StoppedClock
    ) -> None:
        number = await writes(mother)
        await mother.presses("Открыть письмо")
        await mother.presses("Закрыть")
        closed = mother.last
        clock.move(days=15)
        await mother.presses("Написать ещё", on=closed)
        assert "больше двух недель" in mother.toast
        await teacher.forges(TicketCard(number=number, action="answer").pack())
        assert "больше двух недель" in teacher.toast
        await teacher.says("/tickets")
        await teacher.presses("Закрытые")
        assert f"№ {number}" in teacher.last.text


class TestQuietHours:
    async def test_a_letter_at_night_is_told_in_the_morning(
        self,
        telegram: Telegram,
        mother: Chat,
        teacher: Chat,
        clock: StoppedClock,
        database: Database,
        settings: Settings,
    ) -> None:
        clock.set(datetime(2026, 10, 14, 16, 0, tzinfo=UTC))  # 22:00 in Omsk
        await writes(mother)
        assert "тихие часы" in mother.last.text
        assert await count(database, OutboxMessage) == 0  # not even there: a copy made at night has nothing
        clock.set(datetime(2026, 10, 15, 1, 59, tzinfo=UTC))
        await tick(database, settings, clock)
        await telegram.deliver()
        assert not teacher.messages
        clock.set(datetime(2026, 10, 15, 2, 0, tzinfo=UTC))
        for _ in range(2):
            await tick(database, settings, clock)
            await telegram.deliver()
        assert len(teacher.messages) == 1

    async def test_an_answer_comes_always_what_is_not_urgent_as_it_is_wanted(
        self,
        telegram: Telegram,
        mother: Chat,
        teacher: Chat,
        database: Database,
        school: School,
    ) -> None:
        async with database.write() as session:
            session.add(
                Preference(person_id=school.people[MASHA_MOTHER], topic=Topic.FEEDBACK, manner=Manner.OFF)
            )
            await session.commit()
        number = await writes(mother)
        await telegram.deliver()
        await teacher.presses("Ответить")
        await teacher.says("Ответ")
        await teacher.presses("Закрыть")
        await telegram.deliver()
        assert "Ответ" in mother.last.text
        assert not any(f"№ {number} закрыто" in m.text for m in mother.messages)

    async def test_the_digest_tells_that_a_letter_was_closed(
        self,
        telegram: Telegram,
        mother: Chat,
        teacher: Chat,
        clock: StoppedClock,
        database: Database,
        school: School,
    ) -> None:
        from bot.features import outbox

        async with database.write() as session:
            session.add(
                Preference(person_id=school.people[MASHA_MOTHER], topic=Topic.FEEDBACK, manner=Manner.DIGEST)
            )
            await session.commit()
        number = await writes(mother, to="Динер")
        director = telegram.chat(DIRECTOR)
        await director.forges(f"tp:{number}:{school.staff[BERG]}")
        await teacher.forges(TicketCard(number=number, action="close").pack())
        clock.set(datetime(2026, 10, 14, 12, 0, tzinfo=UTC))
        async with database.write() as session:
            await outbox.gather_digests(session, clock.now())
            await session.commit()
        await telegram.deliver()
        assert f"Обращение № {number} закрыто" in mother.last.text
        assert f"Обращение № {number} передано: Берг А.И." in mother.last.text
        await mother.presses(f"Обращение № {number}")
        assert "закрыто (Берг А.И.)" in mother.last.text

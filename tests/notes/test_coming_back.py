"""What people wrote to somebody who had closed the bot reaches them when they open it again."""

from bot.config import Settings
from bot.db.access import load_actor
from bot.db.notes import NoteReceipt
from bot.features.accounts import access
from tests.chat import Telegram
from tests.fixtures import StoppedClock
from tests.notes.people import rows, send
from tests.school import BERG, DIRECTOR, MASHA_MOTHER, School


async def missed(telegram: Telegram, text: str = "Тайное слово") -> None:
    """A note to somebody who has closed the bot."""
    await telegram.chat(MASHA_MOTHER).blocks()
    await send(telegram, text=text)
    await telegram.deliver()
    assert not telegram.chat(MASHA_MOTHER).messages


async def test_a_line_for_each_note_and_the_button_that_opens_it(
    telegram: Telegram, school: School, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await missed(telegram)
    await send(telegram, text="Второе")
    await telegram.deliver()
    clock.move(days=12)
    await mother.unblocks()
    await telegram.deliver()
    assert "вам пришли 2 сообщения" in mother.last.text and "Тайное слово" not in mother.last.text
    receipts = [each for each in await rows(telegram, NoteReceipt) if each.outbox_id]
    assert [(each.delivered_at, each.obstacle) for each in receipts] == [(clock.now(), None)] * 2
    await mother.presses("Маша")
    assert "Тайное слово" in mother.last.text
    await mother.says("/menu")
    await telegram.deliver()
    assert not any("С возвращением" in seen.text for seen in mother.messages)  # the note took its place


async def test_again_where_it_was_closed_again(
    telegram: Telegram, school: School, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await missed(telegram)
    await mother.unblocks()
    await mother.blocks()
    await telegram.deliver()
    assert not mother.messages
    clock.move(days=1)
    await mother.unblocks()
    await telegram.deliver()
    assert "вам пришло 1 сообщение" in mother.last.text


async def test_who_just_writes_is_back_too(telegram: Telegram, school: School) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await missed(telegram)
    telegram.wire.blocked.clear()
    await mother.says("/menu")
    await telegram.deliver()
    assert "вам пришло 1 сообщение" in mother.last.text


async def test_not_of_a_child_whose_guardian_they_are_no_more(
    telegram: Telegram, settings: Settings, school: School, clock: StoppedClock
) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await missed(telegram)
    now = clock.now()
    async with telegram.database.write() as session:
        director = await load_actor(session, DIRECTOR, now.date(), ())
        assert director
        place = school.guardians["Маша/мать"]
        await access.withdraw_access(session, director, settings, now, now.date(), place)
        await session.commit()
    await mother.unblocks()
    await telegram.deliver()
    assert not any("С возвращением" in seen.text for seen in mother.messages)


async def test_words_as_they_were_corrected(telegram: Telegram, school: School) -> None:
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    await missed(telegram, "Не то")
    await teacher.presses("Посмотреть")
    await teacher.presses("Исправить")
    await teacher.says("То самое")
    await telegram.deliver()
    await mother.unblocks()
    await telegram.deliver()
    await mother.presses("Маша")
    assert "То самое" in mother.last.text and "Не то" not in mother.last.text


async def test_not_what_was_taken_back(telegram: Telegram, school: School) -> None:
    mother, teacher = telegram.chat(MASHA_MOTHER), telegram.chat(BERG)
    await missed(telegram)
    await teacher.presses("Отозвать")
    await teacher.presses("Да, отозвать")
    await mother.unblocks()
    await telegram.deliver()
    assert not mother.messages


async def test_not_what_is_too_long_ago(telegram: Telegram, school: School, clock: StoppedClock) -> None:
    mother = telegram.chat(MASHA_MOTHER)
    await missed(telegram)
    clock.move(days=31)
    await mother.unblocks()
    await telegram.deliver()
    assert not mother.messages


async def test_an_answer_comes_as_it_is(telegram: Telegram, school: School) -> None:
    teacher, mother = await send(telegram), telegram.chat(MASHA_MOTHER)
    await telegram.deliver()
    await teacher.blocks()
    await mother.presses("Ответить")
    await mother.says("Спасибо вам")
    await telegram.deliver()
    assert "Спасибо вам" not in teacher.last.text
    await teacher.unblocks()
    await telegram.deliver()
    assert "Спасибо вам" in teacher.last.text

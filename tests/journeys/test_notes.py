"""Notes the whole way: a class at once, an album, an answer, a reminder, a note taken back."""

import asyncio
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.journeys import school
from tests.journeys.test_killed import MORNING, people
from tests.journeys.world import World, text
from tests.processes import PATIENCE

OMSK = ZoneInfo("Asia/Omsk")


async def test_a_class_an_album_and_a_note_taken_back(world: World) -> None:
    director, teacher, mother = await people(world)
    other = await school.guardian(world, director, "Сомова Юлия", 31)

    # To the whole class, with pictures: each family sees its own child's name.
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Всему классу", "о 4 учениках")
    await teacher.presses("Просто сообщить", "Что нужно знать")
    await world.call("POST", f"users/{teacher.id}/send", media_group=[{"photo": True}, {"photo": True}])
    preview = await teacher.sees("Вот что увидят родители", "Альбом уйдёт")
    await teacher.says(
        "Фото с экскурсии. Едем ещё раз в мае!", "Фото с экскурсии", "2 файла", "Получат 2 родителя."
    )
    await teacher.presses("Отправить", "о 4 учениках отправлено")
    for guardian, child in ((mother, "Маша"), (other, "Петя")):
        note = await guardian.sees("Едем ещё раз", f"{child}: новость из школы")
        assert note["has_protected_content"]
        albums = [m for m in guardian.messages.values() if m.get("media_group_id")]
        assert len(albums) == 2 and all(m["has_protected_content"] for m in albums)
    assert preview["message_id"]

    # One reads by a reaction, the other by nothing at all.
    note = await mother.sees("Едем ещё раз")
    await world.call("POST", f"users/{mother.id}/react", message_id=note["message_id"], emoji="👍")
    await teacher.says("/notes", "прочитано 1")
    await world.move_clock(MORNING + timedelta(days=3))
    await teacher.says("/notes", "Мои сообщения")
    await teacher.presses("Не прочитали за 2 дня: 1", "Сомова Юлия")
    await teacher.presses("Напомнить", "напомнили")
    await other.sees("вас ждёт сообщение")

    # She answers with a voice message; the teacher reads the thread and writes back.
    await other.presses("Петя: Келлер Л.С.", "Едем ещё раз")
    await other.presses("Ответить", "Что передать?")
    await world.call("POST", f"users/{other.id}/send", voice=True)
    await other.sees("Ваш ответ передан")
    await teacher.sees("Петя", "5А", "мама")
    await teacher.presses("Вся переписка", "1 файл")
    await teacher.presses("Ответить", "Что ответить?")
    await teacher.says("Записала вас!", "ответ отправлен")
    reply = await other.sees("Записала вас!")

    # A Telegram reply goes where an answer goes.
    thanks = {"text": "До встречи!", "reply_to": reply["message_id"]}
    await world.call("POST", f"users/{other.id}/send", **thanks)
    await teacher.sees("До встречи!", "Петя")

    # A note that should not have gone.
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Похвалить", "Что получилось?")
    await teacher.says("Это не о Маше", "Вот что увидят родители")
    await teacher.presses("Отправить", "Сообщение отправлено. Речь о ребёнке")
    wrong = await mother.sees("Это не о Маше")
    await teacher.presses("Отозвать", "Отозвать сообщение?")
    await teacher.presses("Да, отозвать", "сообщение отозвано")
    gone = await mother.sees("учитель отозвал своё сообщение")
    assert gone["message_id"] == wrong["message_id"] and "не о Маше" not in text(gone)
    assert await world.terminate() == 0


async def test_in_the_evening_or_not_at_all(world: World) -> None:
    """The mother chooses one message in the evening; an urgent one comes all the same."""
    _, teacher, mother = await people(world)
    await mother.says("/quiet", "Тихие часы")
    await mother.presses("Сообщения учителей")
    for words, urgent in (("Просто новость", False), ("Срочная новость", True)):
        await teacher.says("/note", "О ком напишем?")
        await teacher.presses("Лебедева Маша", "О чём сообщение?")
        await teacher.presses("Просто сообщить", "Что нужно знать")
        await teacher.says(words, "Вот что увидят родители")
        if urgent:
            await teacher.presses("❗ Срочно", "❗ Срочно")
        await teacher.presses("Отправить", "Сообщение отправлено")
    await mother.sees("Срочная новость")
    assert not any("Просто новость" in text(m) for m in mother.messages.values())
    await world.move_clock(datetime(2026, 10, 14, 18, 1, tzinfo=OMSK))
    digest = await mother.sees("1 новость", "Маша")
    assert "Просто новость" not in text(digest)
    await mother.presses("Маша: Келлер Л.С.", "Просто новость")
    assert await world.terminate() == 0


async def test_who_closed_the_bot_gets_what_was_written_meanwhile(world: World) -> None:
    """The bot is killed before the mother opens it again."""
    _, teacher, mother = await people(world)
    await world.call("POST", f"users/{mother.id}/block", blocked=True)
    await teacher.says("/note", "О ком напишем?")
    await teacher.presses("Лебедева Маша", "О чём сообщение?")
    await teacher.presses("Просто сообщить", "Что нужно знать")
    await teacher.says("Завтра лыжи", "⛔ Закрыли бота", "Сообщение дойдёт, когда бота откроют снова")
    await teacher.presses("Отправить", "Сообщение отправлено")
    async with asyncio.timeout(PATIENCE):
        while "не дошло: бот заблокирован или закрыт" not in text(await teacher.says("/notes", "Маша")):
            pass
    await world.kill()
    await world.call("POST", f"users/{mother.id}/block", blocked=False)
    world.run()
    missed = await mother.sees("С возвращением!", "вам пришло 1 сообщение", "Маша")
    assert "лыжи" not in text(missed)
    await mother.presses("Маша: Келлер Л.С.", "Завтра лыжи")
    await mother.presses("Прочитано", "Завтра лыжи")
    await teacher.says("/notes", "Лебедева Ирина Олеговна: прочитано")
    assert await world.terminate() == 0


async def test_a_teacher_is_nudged_and_a_mother_reads_english(world: World) -> None:
    """3.4 is behind: on Wednesday the teacher hears of whom to write about; the mother chose English."""
    director, teacher, mother = await people(world)
    await world.move_clock(datetime(2026, 10, 14, 14, 1, tzinfo=OMSK))
    nudge = await teacher.sees("Порадуйте родителей", "Маша, 5А: ещё ни разу")
    assert "Лебедева" not in text(nudge)
    await mother.says("/language", "На каком языке")
    await mother.presses("English", "Done, I speak English now.")
    for words in ("Маша молодец", "Маша умница"):
        await teacher.says("/note", "О ком напишем?")
        await teacher.presses("Лебедева Маша", "О чём сообщение?")
        await teacher.presses("Похвалить", "Что получилось?")
        await teacher.says(words, "Вот что увидят родители", words)
        await teacher.presses("Отправить", "Речь о ребёнке")
        await mother.sees(words, "something to be glad about")
    await mother.says("/children", "class 5А", "Маша молодец")
    # The week is over, she has written twice: nobody is nudged, and the director sees that.
    await director.says("/status", "3.4")
    await world.move_clock(datetime(2026, 10, 21, 14, 1, tzinfo=OMSK))
    await director.says("/status", "3.4")
    assert sum("Порадуйте родителей" in text(m) for m in teacher.messages.values()) == 1
    assert await world.terminate() == 0

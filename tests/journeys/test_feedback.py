"""Letters to the school over HTTP: without a name, with an album, answered by voice; praise; told late."""

import stat
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.databases import POSTGRES, ask
from tests.journeys import school
from tests.journeys.world import Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
WORDS = "В раздевалке <сломан> замок & холодно"


async def test_letters_to_the_school(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    mother = await school.guardian(world, director, "Лебедева Ирина")

    with world.transcript("letter", "Письмо без имени", Учитель=teacher, Мама=mother):
        await a_complaint_without_a_name(teacher, mother)
    await praise_that_may_be_quoted(director, mother)
    await a_question_that_nobody_answers(world, director, mother)
    assert await world.terminate() == 0
    no_author_is_named(world)


async def a_complaint_without_a_name(teacher: Person, mother: Person) -> None:
    await mother.says("/feedback", "Письмо в школу")
    await mother.presses("Жалоба", "Напишите своими словами")
    await mother.says(WORDS, "Кому передать?")
    await mother.sends(media_group=[{"photo": True}] * 3)
    await mother.sees("Приложен 1 файл")
    await mother.sends(document=True, size=60 * 2**20)
    await mother.sees("больше 20 МБ")
    await mother.sends(sticker=True)
    await mother.sees("не вложить")
    await mother.says("Это всё.", "Приложено 3 файла")
    await mother.presses("Келлер", "Без имени")
    await mother.presses("Без имени", "отправлено")

    letter = await teacher.sees(WORDS, "без имени", "Это всё.")
    assert "Лебедева" not in text(letter) and "Маша" not in text(letter)
    await teacher.pictures(3)
    await teacher.presses("Ответить", "Что ответить?")
    await teacher.sends(voice=True)
    await teacher.sees("Ответ на обращение", "отправлен")
    await mother.sees("Ответ на ваше обращение", "Келлер Л.С.")
    await mother.presses("Написать ещё", "Что добавить?")
    await mother.says("Спасибо за ответ!", "Добавлено")
    await teacher.sees("автор написал ещё", "Спасибо за ответ!")
    await teacher.presses("Вся переписка", "без имени", "Ждёт ответа")
    await teacher.presses("Закрыть", "Сейчас: закрыто")
    await mother.sees("закрыто. Если вопрос остался")


async def praise_that_may_be_quoted(director: Person, mother: Person) -> None:
    await school.praise(mother)
    await director.sees("благодарность", "Лебедева Ирина Олеговна")
    await director.says("/tickets", "Письма в школу")
    await director.presses("Благодарности", "«Новая доска чудесная!»")


async def a_question_that_nobody_answers(world: World, director: Person, mother: Person) -> None:
    await mother.says("/feedback", "Письмо в школу")
    await mother.presses("Вопрос", "Напишите своими словами")
    await mother.says("Когда собрание?", "Кому передать?")
    await mother.presses("Келлер", "Подписать письмо?")
    await mother.presses("От своего имени", "отправлено")
    await world.move_clock(datetime(2026, 10, 19, 9, 1, tzinfo=OMSK))
    await director.sees("долго ждут ответа", "3 рабочих дня", "Келлер Л.С.")


def no_author_is_named(world: World) -> None:
    """What the processes have left: one letter without an author, no message of it, a key for its owner."""
    [(author, mark)] = ask(world.database, "SELECT person_id, mark FROM tickets WHERE anonymous")
    assert author is None and len(mark) == 64
    assert ask(world.database, "SELECT count(*) FROM outbox WHERE fleeting") == [(0,)]
    beside = world.folder / "data/bot.db" if POSTGRES else Path(str(world.database.database))
    assert stat.S_IMODE(beside.with_suffix(".key").stat().st_mode) == 0o600

"""A survey's whole life over HTTP: written, answered in the chat and on paper, closed, told to everybody."""

import re
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdfium2

from tests.journeys import school
from tests.journeys.world import Person, World

OMSK = ZoneInfo("Asia/Omsk")


async def test_a_survey_from_the_first_question_to_what_the_school_does(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    places = ("Лебедева Ирина", "Лебедев Игорь", "Сомова Юлия", "Котова Нина")
    guardians = [await school.guardian(world, director, p, 30 + n) for n, p in enumerate(places)]

    await director.says("/survey", "Опросов пока не было")
    await director.presses("Новый опрос", "С чего начнём?")
    await director.presses("Пустой опрос", "Как назовём опрос?")
    await director.says("Столовая", "Вопросов пока нет")
    await director.presses("➕ Вопрос", "Какой это будет вопрос?")
    await director.presses("Шкала", "Напишите сам вопрос")
    await director.says("Согласны ли вы, что в столовой вкусно?", "подталкивает")
    await director.presses("Изменить вопрос", "Напишите сам вопрос")
    await director.says("Насколько вкусно в столовой?", "Вопрос 1 из 1")
    await director.presses("Сделать главным", "Главный вопрос")
    await director.presses("Назад к опросу", "⭐")
    await director.presses("➕ Вопрос", "Какой это будет вопрос?")
    await director.presses("Несколько вариантов", "Напишите сам вопрос")
    await director.says("Чего не хватает?", "Напишите варианты")
    await director.says("Фрукты\nСалат", "Вопрос 2 из 2")
    await director.presses("Назад к опросу", "2. Чего не хватает?")
    await director.presses("Когда откроем", "Осталось выбрать")
    await director.presses("7 дней", "Открыт по 20.10.2026")
    await director.presses("Открыть опрос", "Ответили 0 из 4")

    for number, guardian in enumerate(guardians):
        await answer(guardian, 2 + number)

    await on_paper(world, director)
    await director.says("/survey", "Опросы")
    await director.presses("🟢", "Ответили 5 из 5", "1 на бумаге")
    await director.presses("Закрыть сейчас", "Закрыть опрос?")
    await director.presses("Да, закрыть", "Довольны (4 и 5): 60\xa0%")
    await director.presses("По классам", "5А", "5 из 5")
    await director.presses("К итогам", "Довольны")
    await director.presses("Рассказать участникам", "Что школа сделает")
    await director.says("С понедельника будут фрукты.", "Вот что получат все", "будут фрукты")
    await director.presses("Отправить участникам", "Отправляем 4 участникам")
    for guardian in guardians:
        await guardian.sees("вот что вышло", "Довольны (4 и 5): 60\xa0%", "С понедельника будут фрукты.")
        assert any("photo" in message for message in guardian.messages.values())
    assert await world.terminate() == 0


async def answer(guardian: Person, score: int) -> None:
    """In the chat: one press an answer, several options, hand in."""
    await guardian.sees("Школа спрашивает ваше мнение", "Столовая")
    await guardian.presses("Ответить", "Вопрос 1 из 2", "анонимный")
    await guardian.presses(str(score), "Вопрос 2 из 2")
    await guardian.presses("☐ Фрукты", "Вопрос 2 из 2")
    await guardian.button("☑ Фрукты")
    await guardian.presses("Готово", "Ваши ответы", "Фрукты")
    await guardian.presses("Отправить ответы", "Ответы приняты")


async def on_paper(world: World, director: Person) -> None:
    """One family has no bot: its sheet is printed, filled in, and entered by its code."""
    await director.presses("Бумажные листы", "Для кого напечатать?")
    await director.presses("Семьям без бота")
    document = await director.sees("1 лист")
    pdf = await world.file(document["document"]["file_id"])
    page = (sheets := pypdfium2.PdfDocument(BytesIO(pdf)))[0]
    words = page.get_textpage().get_text_range()
    page.close()
    sheets.close()
    assert "Рыбина Лена" in words and "Столовая" in words
    code = re.search(r"\d{3} \d{3} \d{3}", words)
    assert code
    await director.presses("Ввести лист", "Наберите код")
    await director.says("123 456 789", "Такого кода быть не может")
    await director.says(code[0], "Вопрос 1 из 2")
    await director.presses("4", "Вопрос 2 из 2")
    await director.presses("Нет ответа", "Ваши ответы")
    await director.presses("Засчитать лист", "Лист засчитан")
    await director.says("/surveys")
    await director.presses("Ввести лист", "Наберите код")
    await director.says(code[0], "уже введён")

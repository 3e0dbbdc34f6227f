"""A practice goes to the bank, a declaration outlives a kill, a lesson is visited, a new quarter asks."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys import school
from tests.journeys.world import Person, World

OMSK = ZoneInfo("Asia/Omsk")


async def test_what_teachers_use_and_share(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    school.import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{school.DIRECTOR}]")
    director = await school.director(world)
    teacher = await school.teacher(world, director)
    await a_practice(teacher, director)
    await a_declaration(world, teacher)
    await a_visit(teacher, director)
    await world.move_clock(datetime(2026, 11, 5, 10, tzinfo=OMSK))
    await teacher.sees("Новая четверть!")
    await teacher.presses("Заполнить", "Что вы применяете: 2-я четверть", "Отмечено то, что было")
    await teacher.presses("Готово", "Записано: Сферум, Практики ЕМД")
    assert await world.terminate() == 0


async def a_practice(teacher: Person, director: Person) -> None:
    """Put in with a picture, accepted, found in the bank with its picture."""
    await teacher.says("/documents", "В банке практик пока пусто")
    await teacher.presses("Добавить свою практику", "Как называется практика?")
    await teacher.says("Взаимопроверка в парах", "Какого числа")
    await teacher.presses("Сегодня", "Фото и файлы можно прислать прямо сюда")
    await teacher.sends(photo=True)
    await teacher.sees("Приложен 1 файл")
    await teacher.presses("Отправить", "Отправлено на проверку")
    await director.says("/documents", "Документы школы")
    await director.presses("Ждут вашего решения (1)")
    await director.presses("Взаимопроверка в парах · Келлер Л.С.", "Ждёт решения администрации")
    await director.presses("Принять", "Действует, принято 14 октября")
    await teacher.sees("принята и теперь в банке")
    await teacher.says("/documents", "В банке 1 практика.")
    await teacher.presses("Банк практик (1)")
    await teacher.presses("Взаимопроверка в парах", "Автор: Келлер Л.С.")
    await teacher.presses("📎 1 файл")
    await teacher.button("К документу")
    assert any(message.get("photo") and message["from"]["is_bot"] for message in teacher.messages.values())


async def a_declaration(world: World, teacher: Person) -> None:
    """The bot is killed between two ticks: the form goes on where it was."""
    await teacher.says("/declare", "Что вы применяете: 1-я четверть")
    await teacher.presses("Сферум")
    await teacher.button("✅ Сферум")
    await world.kill()
    world.run()
    await teacher.presses("Практики ЕМД")
    await teacher.button("✅ Практики ЕМД")
    await teacher.button("✅ Сферум")
    await teacher.presses("Готово", "Записано: Сферум, Практики ЕМД")


async def a_visit(teacher: Person, director: Person) -> None:
    """The director notes down a visit; the teacher reads what is written."""
    await director.says("/declare", "Заполнили 1 из 1")
    await director.presses("Записать посещение урока", "Чей был урок?")
    await director.presses("Келлер Л.С.", "В каком классе?")
    await director.presses("5А", "Что увидели на уроке?")
    await director.says("Весь класс за делом", "Весь класс за делом")
    await director.presses("Записать", "Учитель получит ваши слова")
    await teacher.sees("Динер Н.М. о вашем уроке", "Весь класс за делом")

"""A pupil's way over the register: put on, a route, agreed and discussed, changed, followed, taken off."""

from datetime import datetime
from zoneinfo import ZoneInfo

from tests.journeys import school
from tests.journeys.test_killed import people
from tests.journeys.world import Person, World, text

OMSK = ZoneInfo("Asia/Omsk")
FRIDAY = datetime(2026, 10, 16, 14, 1, tzinfo=OMSK)


async def test_from_the_first_signal_to_the_outcome(world: World) -> None:
    director, teacher, mother = await people(world)
    father = await school.guardian(world, director, "Лебедев Игорь", school.FATHER)
    await put_on(teacher)
    with world.transcript("route", "Учебный маршрут", Учитель=teacher, Мама=mother, Папа=father):
        await a_route(teacher, mother, father)
    await a_changed_version(teacher, mother)
    await a_week(world, teacher, mother)
    await review_and_take_off(teacher, mother)
    assert await world.terminate() == 0


async def put_on(teacher: Person) -> None:
    """Signals explain themselves; the teacher decides."""
    await teacher.says("/risk", "Сейчас в нём никого нет")
    await teacher.presses("Добавить ученика", "Выберите класс")
    await teacher.presses("5А", "Кого добавить?")
    await teacher.presses("Лебедева Маша", "Что видно?")
    await teacher.says("12", "Пропуски 12\xa0% (порог 10\xa0%): высокий риск")
    await teacher.presses("Трудные предметы", "по каким предметам")
    await teacher.presses("Математика")
    await teacher.button("✓ Математика")
    await teacher.presses("Готово", "Трудные предметы — Математика")
    await teacher.presses("Дальше", "Родителям об этом ничего не придёт")
    await teacher.presses("Добавить в список", "в списке поддержки", "25 ноября")


async def a_route(teacher: Person, mother: Person, father: Person) -> None:
    """Written, sent, agreed to by the mother, discussed by the father."""
    await teacher.presses("Составить маршрут", "Какая цель маршрута?")
    await teacher.says("Уверенно решать задачи на дроби", "Что будем делать?")
    await teacher.says("Занятие по вторникам\nТетрадь ошибок", "Черновик маршрута", "Тетрадь ошибок")
    await teacher.presses("Показать, что увидят родители", "Вот что увидят родители")
    await teacher.presses("Отправить родителям", "маршрут отправлен", "мать", "отец")
    got = await mother.sees("учебный маршрут", "Тетрадь ошибок")
    assert "Лебедева" not in text(got) and "риск" not in text(got) and got["has_protected_content"]
    await mother.presses("Согласен(на)", "Вы согласились 14 октября")
    await teacher.sees("мать — согласие с маршрутом")
    await father.sees("учебный маршрут", "Тетрадь ошибок")
    await father.presses("Обсудить", "Что хотите обсудить?")
    await father.says("А можно по средам?", "Спасибо, передали")
    await teacher.sees("О маршруте пишет отец", "А можно по средам?")
    await teacher.presses("Ответить", "Что написать о маршруте?")
    await teacher.says("Да, перенесём на среду", "сообщение отправлено")
    await father.sees("Вам пишет Келлер Л.С.", "перенесём на среду")


async def a_changed_version(teacher: Person, mother: Person) -> None:
    """Another day: the mother sees what changed and agrees anew; her first agreement was to another plan."""
    await teacher.says("/risk", "Лебедева Маша")
    await teacher.presses("Лебедева Маша", "В списке поддержки с 14 октября")
    await teacher.presses("Маршрут", "версия 1", "согласие 14 октября", "хочет обсудить")
    await teacher.presses("Изменить маршрут", "Черновик маршрута")
    await teacher.presses("Что делаем", "Каждая мера")
    await teacher.says("Занятие по средам\nТетрадь ошибок", "Черновик маршрута", "по средам")
    await teacher.presses("Показать, что увидят родители", "Вот что увидят родители", "по средам")
    await teacher.presses("Отправить родителям", "маршрут отправлен")
    new = await mother.sees("обновлён", "убрали: Занятие по вторникам", "добавили: Занятие по средам")
    await teacher.says("/risk", "ждём ответа родителей")
    await mother.presses("Согласен(на)", "Вы согласились", "по средам")
    assert new["message_id"]
    await teacher.sees("мать — согласие с маршрутом")


async def a_week(world: World, teacher: Person, mother: Person) -> None:
    """On Friday the bot asks how it went, and the mother can see the answer."""
    await world.move_clock(FRIDAY)
    await teacher.sees("как прошла неделя по маршруту?")
    await teacher.presses("📈 Лучше", "неделя с 12 октября — лучше")
    await teacher.presses("Добавить слова", "Что добавить о неделе?")
    await teacher.says("Решила все задачи сама", "Решила все задачи сама")
    await mother.presses("Весь маршрут", "По неделям", "с 12 октября — лучше", "Решила все задачи сама")


async def review_and_take_off(teacher: Person, mother: Person) -> None:
    """Looked at anew, and off with an outcome."""
    await teacher.says("/risk", "Лебедева Маша")
    await teacher.presses("Лебедева Маша", "В списке поддержки с")
    await teacher.presses("Пересмотреть", "Что видно?")
    await teacher.says("3", "Пропуски 3\xa0% (порог 5\xa0%): спокойно")
    await teacher.presses("Дальше", "Записать пересмотр")
    await teacher.presses("Записать пересмотр", "Пересмотр записан")
    await teacher.presses("Открыть карточку", "Раньше:")
    await teacher.presses("Снять с поддержки", "с каким итогом")
    await teacher.presses("Цель достигнута", "Маршрут тоже завершится")
    await teacher.presses("Снять с поддержки", "больше не в списке")
    await mother.sees("учебный маршрут завершён")

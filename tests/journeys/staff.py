"""What staff do in a few presses: documents, what they use, the register, support, events, readings."""

from tests.journeys.world import Person


async def on_register(staff: Person, pupil: str, class_name: str) -> None:
    """A pupil goes on the register."""
    await staff.says("/risk", "Список поддержки")
    await staff.presses("Добавить ученика", "Кого добавить?")
    await staff.presses(class_name)
    await staff.presses(pupil, "Что видно?")
    await staff.says("12", "Пропуски 12\xa0% (порог 10\xa0%): высокий риск")
    await staff.presses("Дальше", "Родителям об этом ничего не придёт")
    await staff.presses("Добавить в список", "в списке поддержки", pupil)


async def a_route(staff: Person) -> None:
    """The route that the lowest button offers to write: written, and sent to the guardians."""
    await staff.presses("Составить маршрут", "Какая цель маршрута?")
    await staff.says("Уверенно решать задачи на дроби", "Что будем делать?")
    await staff.says("Занятие по вторникам", "Черновик маршрута")
    await staff.presses("Показать, что увидят родители", "Вот что увидят родители")
    await staff.presses("Отправить родителям", "маршрут отправлен")


async def declares(teacher: Person, quarter: str, *practices: str) -> None:
    """What a teacher uses, besides what is ticked already."""
    await teacher.says("/declare", f"Что вы применяете: {quarter} четверть")
    for practice in practices:
        await teacher.presses(f"▫️ {practice}")
        await teacher.button(f"✅ {practice}")
    await teacher.presses("Готово", "Записано")


async def document(
    director: Person,
    kind: str,
    title: str,
    *,
    day: str = "",
    until: str = "",
    whose: str = "",
    subject: bool = False,
) -> None:
    """The director puts a document in; it is of today where no day is said."""
    await director.says("/documents", "Документы школы")
    await director.presses("Добавить документ", "Что добавляем?")
    await director.presses(kind)
    await director.says(title, "Нажмите или напишите, например")
    check = "Кто учился?" if whose else "Всё верно?"
    if day:
        await director.says(day, check)
    else:
        await director.presses("Сегодня", check)
    if whose:
        await director.presses(whose, "Всё верно?")
    if until:
        await director.presses("Срок", "До какого дня действует?")
        await director.says(until, "Всё верно?")
    if subject:
        await director.presses("➖ В поддержку предмета")
        await director.button("✅ В поддержку предмета")
    await director.presses("Сохранить", f"Сохранено: {title}")


async def local_acts(director: Person) -> None:
    """All five that the programme lists, one after the other."""
    await director.says("/documents", "Документы школы")
    await director.presses("Локальные акты (0 из 5)", "Локальные акты программы")
    for number in range(1, 6):
        await director.presses(f"➕ {number}.", "Какого числа подписан")
        await director.presses("Сегодня", "Всё верно?")
        await director.presses("Сохранить", "Сохранено")
        await director.presses("Добавить ещё", "Локальные акты программы")


async def practice(teacher: Person, title: str) -> None:
    """A teacher offers a practice for the bank."""
    await teacher.says("/documents", "В банке")
    await teacher.presses("Добавить свою практику", "Как называется практика?")
    await teacher.says(title, "Какого числа")
    await teacher.presses("Сегодня", "Всё верно?")
    await teacher.presses("Отправить", "Отправлено на проверку")


async def lesson(teacher: Person, *pupils: str) -> None:
    """An extra lesson with those pupils on the register."""
    await teacher.says("/risk", "Список поддержки")
    await teacher.presses("Доп. занятия", "Пока ни одного")
    await teacher.presses("Новое занятие", "По какому предмету")
    await teacher.says("Математика", "Кто был?")
    for pupil in pupils:
        await teacher.presses(f"• {pupil}")
        await teacher.button(f"✅ • {pupil}")
    await teacher.presses(f"Записать ({len(pupils)})", f"Были {len(pupils)} из {len(pupils)}")


async def club(director: Person) -> None:
    """A club of a partner: two of the register go there, and Петя, who is not on it."""
    await director.says("/risk", "Список поддержки")
    await director.presses("Кружки", "Пока ни одного")
    await director.presses("Новый кружок", "Чей это кружок?")
    await director.presses("Другой организации", "Какая организация")
    await director.says("Детская школа искусств", "Как называется")
    await director.says("Хор", "Ведёт: Детская школа искусств")
    for class_name, *pupils in (("5А", "• Котов Ваня", "Сомов Петя"), ("3Б", "• Орлов Дима")):
        await director.presses("Кто ходит", "из какого класса?")
        await director.presses(class_name, "Нажмите на имя")
        for pupil in pupils:
            await director.presses(pupil)
            await director.button(f"✅ {pupil}")
        await director.presses("Готово", "Ведёт: Детская школа искусств")


async def pair_with_teacher(director: Person, class_name: str, pupil: str, teacher: str) -> None:
    """A teacher mentors a pupil of the register."""
    await director.says("/risk", "Список поддержки")
    await director.presses("Наставники")
    await director.presses("учитель и ученик", "Кому нужен наставник?")
    await director.presses(class_name)
    asked = await director.presses(f"• {pupil}")
    # That of the pair before still stands above.
    await director.sees("Кто из учителей будет наставником?", after=asked["message_id"] - 1)
    await director.presses(teacher, f"Ученик: {pupil}", f"Наставник: {teacher}")


async def pair_of_pupils(director: Person) -> None:
    """Маша mentors Ваня."""
    await director.says("/risk", "Список поддержки")
    await director.presses("Наставники")
    await director.presses("ученик и ученик", "Кому нужен наставник?")
    await director.presses("5А")
    await director.presses("• Котов Ваня", "Кто из ребят будет наставником?")
    await director.says("Лебедева", "Кто из ребят будет наставником?")
    await director.presses("Лебедева Маша", "Какой учитель поможет")
    await director.presses("Справятся сами", "Ученик: Котов Ваня", "Наставник: Лебедева Маша")


async def event(director: Person, organiser: Person, title: str, when: str, whom: str, *how: str) -> None:
    """A preventive event for parents, announced; its organiser, who is Келлер, is told."""
    await director.says("/event")
    await director.presses("Новое событие", "Как называется?")
    await director.says(title, "Когда?")
    await director.says(when, "До какого времени")
    await director.says("19:30", "Где?")
    await director.says("Актовый зал", "Для кого?")
    await director.presses(whom)
    await director.button(f"✓ {whom}")
    await director.presses("Готово", "Черновик")
    await director.presses("Отметки", "По этим отметкам считаются показатели")
    for flag in ("Профилактика неуспешности", *how):
        await director.presses(flag)
        await director.button(f"✓ {flag}")
    await director.presses("Готово", "Черновик", "Профилактика")
    await director.presses("Кто проводит", "Кто проводит?")
    await director.presses("Келлер", "Проводит: Келлер Л.С.")
    await director.presses("Объявить", "Объявлено!")
    await organiser.sees("Это событие проводите вы", title)


async def held(director: Person, title: str, *came: tuple[str, str]) -> None:
    """It took place; of those who came some are marked by class and name."""
    await director.says("/event", "События школы")
    await director.presses(title, "Отметьте, кто пришёл")
    await director.presses("Кто пришёл", "Отмечены: пока никто")
    for class_name, guardian in came:
        await director.presses(class_name, "Нажмите на имя — пришёл")
        await director.presses(guardian)
        await director.button("✓ ")
        await director.presses("Готово", "Отмечены: 1")
    await director.presses("состоялось", "Сколько людей пришло всего?")
    await director.says("12", "пришли 12 человек")


async def reading(director: Person, number: str, value: str, recorded: str) -> None:
    """What no deed in the bot says; yes and no by a button."""
    await director.says("/reading", "Выберите направление")
    await director.presses(f"{number[0]}.", "Какой показатель?")
    if value in ("Да", "Нет"):
        await director.presses(number, "Это есть?")
        await director.presses(value, "Записать", number)
    else:
        await director.presses(number)
        await director.says(value, "Записать", number)
    await director.presses("Записать", "Записано", number, recorded)

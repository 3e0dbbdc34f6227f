"""An event made as people make it."""

from tests.chat import Chat

TITLE = "Мастерская <родителей> & детей"


async def drafts(
    director: Chat,
    title: str = TITLE,
    when: str = "20.10 18:00",
    until: str = "19:30",
    place: str = "Актовый зал",
    classes: tuple[str, ...] = ("5А",),
) -> None:
    """Step by step to the draft, which is shown at the end."""
    await director.says("/event")
    await director.presses("Новое событие")
    await director.says(title)
    await director.says(when)
    await director.says(until)
    await director.says(place)
    for label in classes:
        await director.presses(label)
    await director.presses("Готово")


async def announces(director: Chat, *, deliver: bool = True, **draft: object) -> None:
    """A draft, announced; the invitations arrive."""
    await drafts(director, **draft)  # type: ignore[arg-type]
    await director.presses("Объявить")
    assert "Объявлено" in director.last.text or "в плане" in director.last.text, director.last.text
    if deliver:
        await director.telegram.deliver()


async def moves(director: Chat, when: str, until: str, place: str | None = None) -> None:
    """The first event, moved as far as the question."""
    await director.says("/event")
    await director.presses("📅")
    await director.presses("Перенести")
    await director.says(when)
    await director.says(until)
    if place is None:
        await director.presses("Там же")
    else:
        await director.says(place)


async def calls_off(director: Chat, reason: str = "Заболел ведущий.") -> None:
    """The first event, called off."""
    await director.says("/event")
    await director.presses("📅")
    await director.presses("Отменить событие")
    await director.says(reason)
    await director.presses("Да, отменить событие")

"""People of a journey: coming in as people do, from the import of the roster to the menu."""

from pathlib import Path

from tests.journeys.world import Person, World, code_in

DIRECTOR, TEACHER, MOTHER, FATHER = 7_000_000_011, 7_000_000_012, 7_000_000_021, 7_000_000_022
ROSTER = """класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2
5А;Лебедева;Маша;Игоревна;Лебедева Ирина Олеговна;мать;Лебедев Игорь Львович;отец
5А;Сомов;Петя;Ильич;Сомова Юлия Петровна;мать;;
5А;Котов;Ваня;Олегович;Котова Нина Ивановна;мать;;
5А;Рыбина;Лена;Павловна;Рыбина Ольга Юрьевна;мать;;
"""


def import_roster(world: World) -> None:
    """The roster, by the command line."""
    path = Path(world.folder, "roster.csv")
    path.write_text(ROSTER, encoding="utf-8")
    status, said = world.command("import-roster", str(path))
    assert status == 0, said + world.log.read_text()


async def director(world: World) -> Person:
    """The first admin of the configuration comes in and says who they are."""
    person = await world.person(DIRECTOR, "Наталья")
    await person.starts()
    await person.sees("вы указаны в настройках как администратор", "О ваших данных")
    await person.presses("Согласен", "Как вас зовут?")
    await person.presses("Динер Н.М.", "Приятно познакомиться, Динер Н.М.!")
    return person


async def teacher(world: World, director: Person, name: str = "Келлер Л.С.") -> Person:
    """The director invites a teacher who leads 5А; the teacher opens the link and consents."""
    await director.says("/invite", "Кого приглашаем?")
    await director.presses("Сотрудника", "Фамилия и инициалы")
    await director.presses(name, "кто это в школе?")
    await director.presses("Учитель", "какие классы ведёт?")
    await director.presses("5А")  # teaches
    await director.presses("✓ 5А")  # leads
    await director.button("★ 5А")
    ready = await director.presses("Готово", "Приглашение для сотрудника", name)
    assert ready["photo"]
    person = await world.person(TEACHER, "Лариса")
    await person.starts(code_in(ready))
    await person.sees(name, "О ваших данных")
    await person.presses("Согласен", "Чем помочь?")
    return person


async def guardian(world: World, director: Person, place: str, id_: int = MOTHER) -> Person:
    """The director makes an invitation for a guardian's place; the guardian consents."""
    await director.says("/invite", "Кого приглашаем?")
    await director.presses("Родителей", "Родителей какого класса?")
    await director.presses("5А", "Кому сделать приглашение?")
    ready = await director.presses(place, "Приглашение:", place)
    person = await world.person(id_, place.split()[1])
    await person.starts(code_in(ready))
    await person.sees("5А класс", "О ваших данных")
    await person.presses("Согласен", "Чем помочь?")
    return person

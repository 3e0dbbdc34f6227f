"""People of a journey: coming in as people do, from the import of the roster to the menu."""

from collections.abc import Mapping
from pathlib import Path

from tests.journeys.world import Person, World, code_in

DIRECTOR, TEACHER, MOTHER, FATHER = 7_000_000_011, 7_000_000_012, 7_000_000_021, 7_000_000_022
ROSTER = """класс;фамилия;имя;отчество;родитель 1;кем приходится 1;родитель 2;кем приходится 2
5А;Лебедева;Маша;Игоревна;Лебедева Ирина Олеговна;мать;Лебедев Игорь Львович;отец
5А;Сомов;Петя;Ильич;Сомова Юлия Петровна;мать;;
5А;Котов;Ваня;Олегович;Котова Нина Ивановна;мать;;
5А;Рыбина;Лена;Павловна;Рыбина Ольга Юрьевна;мать;;
"""


def import_roster(world: World, roster: str = ROSTER) -> None:
    """The roster, by the command line."""
    path = Path(world.folder, "roster.csv")
    path.write_text(roster, encoding="utf-8")
    status, said = world.command("import-roster", str(path))
    assert status == 0, said + world.log.read_text()


def import_marks(world: World, marks: str, expected: str, *arguments: str) -> None:
    """A file of marks, by the command line, which says what is expected."""
    path = Path(world.folder, "marks.csv")
    path.write_text(marks, encoding="utf-8")
    status, said = world.command("import-marks", str(path), *arguments, LC_ALL="ru_RU.UTF-8")
    assert status == 0 and expected in said, said + world.log.read_text()


async def director(world: World) -> Person:
    """The first admin of the configuration comes in and says who they are."""
    person = await world.person(DIRECTOR, "Наталья")
    await person.starts()
    await person.sees("вы указаны в настройках как администратор", "О ваших данных")
    await person.presses("Согласен", "Как вас зовут?")
    await person.presses("Динер Н.М.", "Приятно познакомиться, Динер Н.М.!")
    return person


async def teacher(
    world: World, director: Person, name: str = "Келлер Л.С.", leads: str = "5А", id_: int = TEACHER
) -> Person:
    """The director invites a teacher who leads a class ("": none); they open the link and consent."""
    await director.says("/invite", "Кого приглашаем?")
    await director.presses("Сотрудника", "Фамилия и инициалы")
    await director.presses(name, "кто это в школе?")
    await director.presses("Учитель", "какие классы ведёт?")
    if leads:
        await director.presses(leads)  # teaches
        await director.presses(f"✓ {leads}")
        await director.button(f"★ {leads}")
    ready = await director.presses("Готово", "Приглашение для сотрудника", name)
    assert ready["photo"]
    person = await world.person(id_, "Лариса")
    await person.starts(code_in(ready))
    await person.sees(name, "О ваших данных")
    await person.presses("Согласен", "Чем помочь?")
    return person


async def guardian(
    world: World, director: Person, place: str, id_: int = MOTHER, class_name: str = "5А"
) -> Person:
    """The director makes an invitation for a guardian's place; the guardian consents."""
    await director.says("/invite", "Кого приглашаем?")
    await director.presses("Родителей", "Родителей какого класса?")
    await director.presses(class_name, "Кому сделать приглашение?")
    ready = await director.presses(place, "Приглашение:", place)
    person = await world.person(id_, place.split()[1])
    await person.starts(code_in(ready))
    await person.sees(f"{class_name} класс", "О ваших данных")
    await person.presses("Согласен", "Чем помочь?")
    return person


async def praise(guardian: Person) -> None:
    """A guardian thanks the director for the equipment, and may be quoted."""
    await guardian.says("/feedback", "Письмо в школу")
    await guardian.presses("Благодарность", "За что хотите поблагодарить?")
    await guardian.presses("оборудование", "Напишите своими словами")
    await guardian.says("Новая доска чудесная!", "Кому передать?")
    await guardian.presses("Динер", "Подписать письмо?")
    await guardian.presses("От своего имени", "Можно ли вас процитировать")
    await guardian.presses("Да, можно", "Спасибо за добрые слова!")


async def satisfaction(director: Person, answers: Mapping[Person, str], until: str, share: str) -> None:
    """The survey about satisfaction, from the template to its end: guardians answer with their scores.

    The first goes back once and answers again.
    """
    await director.says("/survey", "Опросов пока не было")
    await director.presses("Новый опрос", "С чего начнём?")
    await director.presses("Родителям: как школа помогает", "Черновик", f"Сейчас это {len(answers)} человек")
    await director.presses("Когда откроем", "Осталось выбрать")
    await director.presses("14 дней", f"Открыт по {until}", "показатель 3.2")
    await director.presses("Открыть опрос", f"Ответили 0 из {len(answers)}", f"Открыт по {until}")
    for number, (guardian, score) in enumerate(answers.items()):
        await guardian.sees("Школа спрашивает ваше мнение")
        await guardian.presses("Ответить", "Вопрос 1 из 6")
        await guardian.presses(score, "Вопрос 2 из 6")
        await guardian.presses("4", "Вопрос 3 из 6")
        if number == 0:
            await guardian.presses("Назад", "Вопрос 2 из 6")
            await guardian.presses("4", "Вопрос 3 из 6")
        await guardian.presses("3", "Вопрос 4 из 6")
        await guardian.presses("Да", "Вопрос 5 из 6")
        await guardian.presses("Из этого бота", "Вопрос 6 из 6")
        await guardian.says("Спасибо", "Ваши ответы")
        await guardian.presses("Отправить ответы", "Ответы приняты")
    await director.says("/survey", "Опросы")
    await director.presses("🟢", f"Ответили {len(answers)} из {len(answers)}")
    await director.presses("Закрыть сейчас", "Закрыть опрос?")
    await director.presses("Да, закрыть", f"Довольны (4 и 5): {share}")

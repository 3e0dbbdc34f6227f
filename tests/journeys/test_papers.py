"""A slip of paper lets a mother in; she takes all that is hers as files, and leaves."""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdfium2
import zxingcpp

from tests.journeys.school import DIRECTOR, MOTHER, director, import_roster, teacher
from tests.journeys.world import Person, World
from tests.processes import PATIENCE

OMSK = ZoneInfo("Asia/Omsk")


def printed_codes(pdf: bytes) -> list[str]:
    """The codes on the first page of slips, row by row, as a phone reads them."""
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    found = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
    page.close()
    document.close()
    found.sort(key=lambda code: (code.position.top_left.y // 50, code.position.top_left.x))
    return [code.text.partition("?start=")[2] for code in found]


def print_slips(world: World) -> bytes:
    """Slips for 5А, by the command line."""
    out = Path(world.folder, "slips.pdf")
    status, said = world.command("invites", "--class", "5А", "--out", str(out))
    assert status == 0, said + world.log.read_text()
    assert "5 slips" in said
    return out.read_bytes()


async def document(person: Person, name: str) -> bytes:
    """The content of a file that the bot has sent."""
    await person.sees("Ниже всё, что бот хранит о вас")
    for _ in range(PATIENCE):
        for message in person.messages.values():
            file: dict[str, Any] = message.get("document") or {}
            if file.get("file_name") == name:
                address = f"{person.world.address}sandbox/files/{file['file_id']}"
                async with person.world.http.get(address) as response:
                    return await response.read()
        await person._look(1)
    raise AssertionError(f"no {name}")


async def test_from_a_slip_of_paper_to_a_life_without_the_bot(world: World) -> None:
    await world.move_clock(datetime(2026, 10, 14, 12, tzinfo=OMSK))
    import_roster(world)
    world.run(SCHOOLBOT_SCHOOL__ADMINS=f"[{DIRECTOR}]")
    head = await director(world)
    lead = await teacher(world, head)
    # Котов, Лебедева: mother and father, Рыбина, Сомов.
    codes = printed_codes(print_slips(world))
    assert len(codes) == 5

    mother = await world.person(MOTHER, "Ирина")
    await mother.starts(codes[1])
    await mother.sees("Маша", "5А класс", "О ваших данных")
    await mother.sees("Согласие на обработку персональных данных")
    await mother.presses("Согласен", "Чем помочь?")
    other = await world.person(MOTHER + 50, "Юлия")
    await other.starts(codes[4])
    await other.presses("Согласен", "Чем помочь?")

    for child, words in (("Лебедева Маша", "Маша решила задачу"), ("Сомов Петя", "Петя помог другу")):
        await lead.says("/note", "О ком напишем?")
        await lead.presses(child, "О чём сообщение?")
        await lead.presses("Похвалить", "Что получилось?")
        await lead.says(words, "Вот что увидят родители", words)
        await lead.presses("Отправить", "Сообщение отправлено")
    await mother.sees("Маша решила задачу")

    with world.transcript("privacy", "Мои данные: посмотреть и уйти", Мама=mother):
        await mother.says("/privacy", "О ваших данных", "Вы дали согласие")
        await mother.presses("Мои данные файлом")
        page = (await document(mother, "my-data.html")).decode()
        values = json.loads(await document(mother, "my-data.json"))
        await mother.says("/privacy", "Вы дали согласие")
        await mother.presses("Отозвать согласие", "Останется у школы", "списки классов")
        await mother.presses("Да, стереть", "данные стёрты", "списки классов")
    everything = json.dumps(values, ensure_ascii=False)
    for mine in ("Лебедева Ирина Олеговна", "Маша решила задачу", str(MOTHER)):
        assert mine in page and mine in everything
    for theirs in ("Петя", "Сомов", "Лебедев Игорь", str(MOTHER + 50)):
        assert theirs not in page and theirs not in everything
    assert not re.search(r"(src|href)=|url\(", page)
    assert datetime.fromisoformat(values["made_at"]).utcoffset()

    await mother.says("/children", "Не понял вас")
    await head.says("/roster", "Классы")
    await head.presses("5А", "⏳ Лебедева Ирина Олеговна, мать", "✅ Сомова Юлия Петровна, мать")
    assert await world.terminate() == 0

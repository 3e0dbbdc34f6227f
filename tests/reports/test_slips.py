"""Sheets of slips: a phone reads every code, 15 a page, nothing runs out of its slip."""

from typing import Any

import pypdfium2
import zxingcpp

from bot.reports import slips
from bot.reports.slips import Slip, sheets

DPI = 150


def slip(number: int, **changes: Any) -> Slip:
    fields: dict[str, Any] = {
        "group": "5А",
        "heading": "МБОУ «Алексеевская СОШ»",
        "name": "Лебедева Маша, 5А",
        "whom": "Для кого: мать",
        "until": "Действует один раз, до 24 декабря 2026",
        "aside": "Пользоваться ботом не обязательно: школа примет и звонок, и записку.",
        "lines": ("Учителя пишут сюда об успехах вашего ребёнка.", "Наведите камеру телефона на код."),
        # The longest name that a bot can have, and a code's 22 characters.
        "link": f"https://t.me/{'b' * 29}bot?start={number:022d}",
    }
    return Slip(**fields | changes)


def pages(pdf: bytes) -> list[tuple[list[str], str]]:
    """Of each page the codes that a reader finds and the words."""
    document = pypdfium2.PdfDocument(pdf)
    found = []
    for page in document:
        picture = page.render(scale=DPI / 72).to_pil()
        text = page.get_textpage()
        found.append(([code.text for code in zxingcpp.read_barcodes(picture)], text.get_text_range()))
        text.close()
        page.close()
    document.close()
    return found


def test_a_phone_reads_every_code_and_a_class_begins_a_page() -> None:
    of_5a, of_9b = [slip(n) for n in range(17)], [slip(n, group="9Б") for n in range(100, 102)]
    read = pages(sheets([*of_5a, *of_9b], "Листки"))
    assert [len(codes) for codes, _ in read] == [15, 2, 2]
    assert {code for codes, _ in read for code in codes} == {each.link for each in [*of_5a, *of_9b]}


def test_what_is_said_stands_there_in_words() -> None:
    ((_, words),) = pages(sheets([slip(7)], "Листки"))
    words = " ".join(words.split())
    for part in ("Лебедева Маша, 5А", "Для кого: мать", "до 24 декабря 2026", "примет и звонок, и записку"):
        assert part in words
    assert f"?start={7:022d}" in words and "https" not in words


def test_long_names_stay_inside_their_slip() -> None:
    long = slip(
        1,
        heading="Муниципальное бюджетное общеобразовательное учреждение " * 2,
        name="Константинопольская-Преображенская Александра-Елизавета, 11А",
        whom=f"Для кого: {'представитель органа опеки и попечительства'}",
    )
    document = pypdfium2.PdfDocument(sheets([long], "Листки"))
    page = document[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(i) for i in range(text.count_chars())]
    right, bottom = slips.MARGIN + slips.WIDTH, slips.PAGE[1] - slips.MARGIN - slips.HEIGHT
    assert max(box[2] for box in boxes) < right and min(box[1] for box in boxes) > bottom
    text.close()
    page.close()
    document.close()


def test_the_code_is_large_enough_for_an_old_phone() -> None:
    assert slips.QR_SIDE >= 22 * slips.MM
    assert slips.PER_PAGE == 15

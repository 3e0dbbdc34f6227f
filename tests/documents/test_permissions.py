"""Documents: an admin all; a teacher the bank and their own; nobody else anything."""

from collections.abc import Callable
from typing import Any

import pytest

from bot.db.base import Database
from bot.db.documents import DocumentKind
from bot.features.documents import OWN
from bot.features.documents.shelves import Shelf
from bot.handlers.documents.adding import NewDocument
from bot.handlers.documents.looking import DocumentSteps
from bot.ui.documents import DocActs, DocCard, DocList, DocNew
from bot.ui.documents.adding import DocDay, DocField, DocSave, DocStaff, DocUntil
from tests.chat import Telegram
from tests.documents.papers import confirm, put_in
from tests.rights import Case, check
from tests.school import BERG, DIRECTOR, STARK, School

TEACHERS = {BERG, STARK}
DRAFT = 7
LOOKING, ADDING = "documents.looking", "documents.adding"


async def prepared(telegram: Telegram, school: School) -> None:
    """A training of Stark's that waits, a practice of his in the bank, an agreement."""
    training = await put_in(telegram, school, STARK, DocumentKind.TRAINING)
    practice = await put_in(telegram, school, STARK, DocumentKind.PRACTICE)
    await confirm(telegram, school, practice)
    agreement = await put_in(telegram, school, DIRECTOR, DocumentKind.AGREEMENT)
    school.made |= {"training": training, "practice": practice, "agreement": agreement}


def card(name: str, action: Any) -> Callable[[School], DocCard]:
    return lambda school: DocCard(document_id=school.made[name], action=action)


def drafted(kind: DocumentKind, **more: Any) -> Callable[[School], dict[str, Any]]:
    """A draft as far as the preview; Stark's where an admin is asked whose it is."""
    said = {"draft": DRAFT, "kind": kind.value, "title": "Название", "day": "2026-10-01", **more}
    return lambda school: said | ({"staff": school.staff[STARK]} if kind in OWN else {})


PRACTICE, AGREEMENT = drafted(DocumentKind.PRACTICE), drafted(DocumentKind.AGREEMENT)
BOTH = TEACHERS | {DIRECTOR}

CASES = [
    Case(f"{LOOKING}.home", BOTH, says="/documents"),
    Case(f"{LOOKING}.home", BOTH, press=lambda _: "go:documents"),
    Case(f"{LOOKING}.shelf", BOTH, press=lambda _: DocList(shelf=Shelf.BANK, page=0)),
    Case(f"{LOOKING}.shelf", {DIRECTOR}, press=lambda _: DocList(shelf=Shelf.WAITING, page=0)),
    Case(f"{LOOKING}.acts", {DIRECTOR}, press=lambda _: DocActs()),
    Case(f"{LOOKING}.card", {STARK, DIRECTOR}, press=card("training", "open"), prepare=prepared),
    Case(f"{LOOKING}.card", BOTH, press=card("practice", "see"), prepare=prepared),
    Case(f"{LOOKING}.card", {DIRECTOR}, press=card("agreement", "open"), prepare=prepared),
    Case(f"{LOOKING}.card", {DIRECTOR}, press=card("training", "confirm"), prepare=prepared),
    Case(f"{LOOKING}.card", {DIRECTOR}, press=card("training", "return"), prepare=prepared),
    Case(f"{LOOKING}.card", {DIRECTOR}, press=card("practice", "withdraw"), prepare=prepared),
    Case(f"{LOOKING}.card", {DIRECTOR}, press=card("practice", "ended"), prepare=prepared),
    Case(
        f"{LOOKING}.take_word",
        {DIRECTOR},
        says="Дополните",
        step=DocumentSteps.word,
        data=lambda s: {"document": s.made["training"]},
        prepare=prepared,
    ),
    Case(
        f"{LOOKING}.take_end",
        {DIRECTOR},
        says="20.10.2026",
        step=DocumentSteps.end,
        data=lambda s: {"document": s.made["agreement"]},
        prepare=prepared,
    ),
    Case(f"{ADDING}.start", {DIRECTOR}, press=lambda _: DocNew()),
    Case(f"{ADDING}.start", {DIRECTOR}, press=lambda _: DocNew(kind=DocumentKind.MINUTES)),
    Case(f"{ADDING}.start", BOTH, press=lambda _: DocNew(kind=DocumentKind.PRACTICE)),
    Case(
        f"{ADDING}.take_title",
        BOTH,
        says="Название",
        step=NewDocument.title,
        data=lambda _: {"draft": DRAFT, "kind": "practice"},
    ),
    Case(f"{ADDING}.type_day", BOTH, says="1.10", step=NewDocument.day, data=PRACTICE),
    Case(
        f"{ADDING}.press_day",
        {DIRECTOR},
        press=lambda _: DocDay(draft=DRAFT, back=1),
        step=NewDocument.preview,
        data=AGREEMENT,
    ),
    Case(
        f"{ADDING}.choose_owner",
        {DIRECTOR},
        press=lambda s: DocStaff(draft=DRAFT, staff_id=s.staff[BERG]),
        step=NewDocument.whose,
        data=PRACTICE,
    ),
    Case(
        f"{ADDING}.change",
        BOTH,
        press=lambda _: DocField(draft=DRAFT, field="number"),
        step=NewDocument.preview,
        data=PRACTICE,
    ),
    Case(f"{ADDING}.take_number", BOTH, says="5", step=NewDocument.number, data=PRACTICE),
    Case(
        f"{ADDING}.press_until",
        {DIRECTOR},
        press=lambda _: DocUntil(draft=DRAFT, years=1),
        step=NewDocument.until,
        data=AGREEMENT,
    ),
    Case(f"{ADDING}.type_until", {DIRECTOR}, says="1.10.2027", step=NewDocument.until, data=AGREEMENT),
    Case(
        f"{ADDING}.take_file",
        BOTH,
        step=NewDocument.preview,
        data=PRACTICE,
        content={"photo": [{"file_id": "x", "file_unique_id": "x", "width": 9, "height": 9}]},
    ),
    Case(
        f"{ADDING}.save",
        BOTH,
        press=lambda _: DocSave(draft=DRAFT),
        step=NewDocument.preview,
        data=PRACTICE,
    ),
    Case(
        f"{ADDING}.save",
        {DIRECTOR},
        press=lambda _: DocSave(draft=DRAFT),
        step=NewDocument.preview,
        data=AGREEMENT,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
async def test_who_may(telegram: Telegram, school: School, database: Database, case: Case) -> None:
    await check(telegram, school, database, case)

"""What was heard and what somebody did about it."""

from sqlalchemy import select

from bot.db.accounts import Person, Staff
from bot.db.findings import Finding
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _findings(me: Person) -> Query:
    return (
        select(
            Finding.created_at.label("when"),
            Finding.text.label("text"),
            Finding.due_on.label("due"),
            Finding.change.label("value"),
        )
        .join(Staff, Staff.id == Finding.staff_id)
        .where((Staff.person_id == me.id) | (Finding.created_by == me.id))
        .order_by(Finding.id)
    )


TABLES = {
    "findings": Table(
        _findings, kept=Kept.PROGRAMME, expire=expire_texts(Finding.created_at, Finding.text, Finding.change)
    ),
}

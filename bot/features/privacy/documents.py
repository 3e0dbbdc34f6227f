"""Documents that somebody put in, decided, or that are their own: practices and trainings."""

from sqlalchemy import func, or_, select

from bot.db.accounts import Person, Staff
from bot.db.documents import Document
from bot.features.privacy.registry import Kept, Query, Table, expire_texts


def _documents(me: Person) -> Query:
    posts = select(Staff.id).where(Staff.person_id == me.id)
    return (
        select(
            Document.created_at.label("when"),
            Document.kind.label("kind"),
            Document.title.label("title"),
            Document.number.label("number"),
            Document.on_date.label("day"),
            func.json_array_length(Document.files).label("files"),
            Document.confirmed_on.label("accepted"),
            Document.comment.label("comment"),
        )
        .where(
            or_(Document.created_by == me.id, Document.confirmed_by == me.id, Document.staff_id.in_(posts))
        )
        .order_by(Document.id)
    )


TABLES = {
    "documents": Table(
        _documents,
        kept=Kept.PROGRAMME,
        expire=expire_texts(Document.created_at, Document.comment),
        words={"kind": "document-kind"},
    ),
}

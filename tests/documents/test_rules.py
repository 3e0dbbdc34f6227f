"""What a document can be, and the law of what was in force."""

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hurry
from hypothesis import strategies as st
from sqlalchemy import select

from bot.config import Settings
from bot.db.base import Database
from bot.db.documents import Document, DocumentKind, in_force
from bot.errors import AppError
from bot.features import documents
from bot.features.documents import Draft, Standing, check_day, check_end, end_of, standing
from tests.chat import the_programme
from tests.school import BERG, DIRECTOR, School

TODAY = date(2026, 10, 14)


class TestDays:
    def test_a_training_is_valid_for_three_years_from_its_date(self) -> None:
        assert end_of(DocumentKind.TRAINING, date(2024, 2, 29), None) == date(2027, 2, 28)
        assert end_of(DocumentKind.TRAINING, TODAY, date(2040, 1, 1)) == date(2029, 10, 14)

    def test_minutes_and_practices_have_no_end(self) -> None:
        for kind in (DocumentKind.MINUTES, DocumentKind.PRACTICE):
            assert end_of(kind, TODAY, TODAY) is None
        assert end_of(DocumentKind.AGREEMENT, TODAY, TODAY) == TODAY

    @pytest.mark.parametrize(
        ("kind", "day", "key"),
        [
            (DocumentKind.MINUTES, TODAY + timedelta(days=1), "error-document-future"),
            (DocumentKind.MINUTES, date(1999, 12, 31), "error-document-old"),
            (DocumentKind.TRAINING, date(2023, 10, 13), "error-document-training-old"),
        ],
    )
    def test_days_that_cannot_be(self, kind: DocumentKind, day: date, key: str) -> None:
        with pytest.raises(AppError) as caught:
            check_day(kind, day, TODAY)
        assert caught.value.key == key

    def test_days_that_can(self) -> None:
        assert check_day(DocumentKind.TRAINING, date(2023, 10, 14), TODAY)
        assert check_day(DocumentKind.MINUTES, TODAY, TODAY)
        assert check_end(TODAY, TODAY)

    @pytest.mark.parametrize("day", [TODAY - timedelta(days=1), date(2046, 10, 15)])
    def test_ends_that_cannot_be(self, day: date) -> None:
        with pytest.raises(AppError):
            check_end(day, TODAY)


# Days forward; what is done; which document (of those there are); days before or after, for its own date.
STEP = st.tuples(
    st.integers(0, 40),
    st.sampled_from(["teacher", "agreement", "confirm", "return", "withdraw", "mend"]),
    st.integers(0, 5),
    st.integers(0, 60),
)


@hurry(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=6, max_size=20))
async def test_what_was_in_force_on_a_past_day_stays(
    database: Database, school: School, settings: Settings, steps: list[tuple[int, str, int, int]]
) -> None:
    """Whatever is put in, accepted, sent back or withdrawn later; and a card says what is counted."""
    programme, day, first = the_programme(), TODAY, TODAY
    was: dict[date, set[int]] = {}
    async with database.write() as session:  # never committed

        async def there(on: date) -> set[int]:
            return set(await session.scalars(select(Document.id).where(in_force(on))))

        for forward, what, which, days in steps:
            for passed in {0, forward - 1} if forward else ():
                was[day + timedelta(days=passed)] = await there(day + timedelta(days=passed))
            day += timedelta(days=forward)
            now = datetime.combine(day, time(6), UTC)
            director, teacher = [await School.actor(session, who, now) for who in (DIRECTOR, BERG)]
            ids = list(await session.scalars(select(Document.id).order_by(Document.id)))
            before = day - timedelta(days=days)
            with suppress(AppError):
                if what == "teacher":
                    kind = DocumentKind.TRAINING if which % 2 else DocumentKind.PRACTICE
                    draft = Draft(kind, "Название", before - timedelta(days=900))
                    await documents.put_in(session, teacher, now, day, programme, draft)
                elif what == "agreement":
                    draft = Draft(
                        DocumentKind.AGREEMENT, "Название", before, valid_until=day + timedelta(days=which)
                    )
                    await documents.put_in(session, director, now, day, programme, draft)
                elif ids:
                    id_ = ids[which % len(ids)]
                    if what == "confirm":
                        await documents.confirm(session, settings, director, now, day, id_)
                    elif what == "return":
                        await documents.send_back(session, settings, director, now, id_, "Дополните")
                    elif what == "withdraw":
                        ahead = day + timedelta(days=days - 5)
                        await documents.withdraw(session, director, now, day, id_, ahead)
                    else:
                        draft = Draft(DocumentKind.PRACTICE, "Иначе", before)
                        await documents.put_in(session, teacher, now, day, programme, draft, id_)
            for document in await session.scalars(select(Document)):
                counted = standing(document, day) == Standing.IN_FORCE
                assert counted == (document.id in await there(day))
        assert {on: await there(on) for on in was} == was
        assert await there(first - timedelta(days=1)) == set()
        await session.rollback()

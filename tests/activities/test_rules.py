"""Where an occurrence stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.db.activities import AssignmentState
from bot.features.activities import OccurrenceState, occurrence_state

OPEN, REPORTED = AssignmentState.OPEN, AssignmentState.REPORTED
ACCEPTED, RETURNED = AssignmentState.ACCEPTED, AssignmentState.RETURNED
STARTS, DUE = date(2026, 10, 1), date(2026, 10, 30)


@pytest.mark.parametrize(
    ("states", "today", "expected"),
    [
        ([OPEN], date(2026, 9, 30), OccurrenceState.PLANNED),
        ([OPEN], STARTS, OccurrenceState.OPEN),
        ([OPEN, ACCEPTED], DUE, OccurrenceState.OPEN),
        ([OPEN, REPORTED], DUE + timedelta(1), OccurrenceState.OVERDUE),
        ([], DUE + timedelta(1), OccurrenceState.OVERDUE),
        ([REPORTED], DUE + timedelta(1), OccurrenceState.REPORTED),
        ([REPORTED, ACCEPTED], STARTS, OccurrenceState.REPORTED),
        ([RETURNED, ACCEPTED], DUE, OccurrenceState.RETURNED),
        ([RETURNED], DUE + timedelta(1), OccurrenceState.OVERDUE),
        ([ACCEPTED, ACCEPTED], DUE + timedelta(99), OccurrenceState.ACCEPTED),
        ([], STARTS, OccurrenceState.OPEN),
    ],
)
def test_it_follows_from_the_parts(
    states: list[AssignmentState], today: date, expected: OccurrenceState
) -> None:
    assert occurrence_state(states, STARTS, DUE, today) == expected


@given(st.lists(st.sampled_from(AssignmentState)), st.dates(STARTS - timedelta(40), DUE + timedelta(40)))
def test_laws(states: list[AssignmentState], today: date) -> None:
    state = occurrence_state(states, STARTS, DUE, today)
    assert state == occurrence_state(states[::-1], STARTS, DUE, today)
    finished = bool(states) and {OPEN, RETURNED}.isdisjoint(states)
    assert (state in (OccurrenceState.ACCEPTED, OccurrenceState.REPORTED)) == finished
    assert (state == OccurrenceState.OVERDUE) == (not finished and today > DUE)
    if state == OccurrenceState.PLANNED:
        assert today < STARTS

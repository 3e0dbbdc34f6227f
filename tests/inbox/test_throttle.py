"""How fast one person may write: laws of the throttle."""

from hypothesis import given
from hypothesis import strategies as st

from bot.config import Limits
from bot.throttle import CALM, CHATS_MAX, Throttle, Verdict

PAUSES = st.lists(st.floats(0, 30), max_size=200)


def judged(throttle: Throttle, pauses: list[float]) -> tuple[list[float], list[Verdict]]:
    """What one chat sends, and what becomes of it: the moments and the verdicts."""
    at, moments, verdicts = 1e9, [], []
    for pause in pauses:
        at += pause
        moments.append(at)
        verdicts.append(throttle.judge(7, at, dated=True))
    return moments, verdicts


def member() -> Throttle:
    throttle = Throttle(Limits())
    throttle.know([7])
    return throttle


@given(PAUSES)
def test_never_more_is_heard_than_burst_and_pace_allow(pauses: list[float]) -> None:
    moments, verdicts = judged(member(), pauses)
    heard = [at for at, verdict in zip(moments, verdicts, strict=True) if verdict is Verdict.HEARD]
    for first, since in enumerate(heard):
        for last, until in enumerate(heard[first:], 1):
            assert last <= 40 + 2 * (until - since) + 1


@given(PAUSES)
def test_a_flood_is_told_once_and_ends_with_quiet(pauses: list[float]) -> None:
    _, verdicts = judged(member(), pauses)
    flooding = False
    for pause, verdict in zip(pauses, verdicts, strict=True):
        if flooding and pause < CALM - 1e-3:
            assert verdict is Verdict.UNHEARD
        if flooding and pause > CALM + 1e-3:
            assert verdict is Verdict.HEARD
        assert (verdict is Verdict.UNHEARD) <= flooding
        flooding = verdict is not Verdict.HEARD


def test_who_is_quick_is_not_flooding() -> None:
    """Three presses a second for half a minute (who came to an evening), two for ever, ten files at once."""
    for pauses in ([1 / 3] * 90, [0.5] * 1000, [*[0.0] * 10, *[2.0] * 4] * 20):
        assert set(judged(member(), pauses)[1]) == {Verdict.HEARD}


def test_what_somebody_sent_as_a_guest_does_not_keep_them_out_once_they_are_in() -> None:
    throttle = Throttle(Limits())
    for _ in range(20):
        assert throttle.judge(7, 1e9, dated=False) is Verdict.HEARD
    throttle.know([7])
    assert [throttle.judge(7, 1e9, dated=False) for _ in range(20)] == [Verdict.HEARD] * 20
    assert throttle.judge(7, 1e9, dated=False) is Verdict.TOO_FAST


@given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.floats(0, 1)), max_size=100))
def test_neither_other_chats_nor_the_other_line_of_time_count(sent: list[tuple[int, bool, float]]) -> None:
    """What becomes of one chat's presses is the same with and without all the rest, whatever its clock."""

    def verdicts(only: bool) -> list[Verdict]:
        throttle, found = Throttle(Limits(guest_burst=10)), []
        for n, (chat, dated, pause) in enumerate(sent):
            mine = chat == 0 and not dated
            if only and not mine:
                continue
            at = n + pause + (0 if not dated else 1e6 * pause)
            verdict = throttle.judge(chat, at, dated=dated)
            found += [verdict] * mine
        return found

    assert verdicts(only=True) == verdicts(only=False)


def test_memory_is_bounded() -> None:
    throttle = Throttle(Limits())
    for chat in range(3 * CHATS_MAX):
        throttle.judge(chat, 1e9, dated=True)
        throttle.know([chat])
    assert len(throttle._meters) == len(throttle._members) == CHATS_MAX
    assert throttle.not_known([0, 3 * CHATS_MAX - 1]) == {0}

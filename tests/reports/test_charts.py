"""The picture: legible, complete, nothing cut."""

import struct
from datetime import date
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex

from bot.programme.load import load
from bot.programme.model import State
from bot.reports.charts import (
    COLOURS,
    COMPUTED,
    EMPTY,
    FILL,
    INK,
    PER_PAGE,
    WIDTH,
    Bar,
    Course,
    course,
    course_figure,
    overview,
    page_figure,
    steps,
)

LEGEND = {State.MET: "у цели", State.NEAR: "почти", State.BEHIND: "отстаёт", State.UNKNOWN: "нет данных"}
LONGEST = "100,5 / 100 %"
BARS = [
    Bar(f"{indicator.number} {indicator.short}", LONGEST, 0.5, 1, State.NEAR)
    for indicator in load().indicators
]


def test_pages_of_sixteen_as_wide_as_a_phone_reads() -> None:
    pages = overview(BARS, "Показатели, 2026 год", LEGEND, "цель")
    assert len(pages) == 2
    for page in pages:
        assert page.startswith(b"\x89PNG")
        width, height = struct.unpack(">II", page[16:24])
        # Telegram refuses photos whose sides sum up to more than 10,000.
        assert width == WIDTH and width + height < 10_000


def test_no_bars_no_pages() -> None:
    assert overview([], "Показатели", LEGEND, "цель") == []


@pytest.mark.parametrize("page", [BARS[:PER_PAGE], BARS[PER_PAGE:], [Bar("Ш" * 90, LONGEST, 1, None, None)]])
def test_no_label_is_cut_or_meets_another(page: list[Bar]) -> None:
    figure = page_figure(page, "Показатели, 2026 год · 1/2", LEGEND, "цель")
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    width, height = figure.bbox.width, figure.bbox.height
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :])


def test_what_is_unknown_is_an_empty_bar_and_words_are_taken_as_they_are() -> None:
    figure = page_figure([Bar("2 $ и 3 $", "нет данных", None, 0.6, State.UNKNOWN)], "т", {}, "цель")
    colours = [patch.get_facecolor() for patch in figure.axes[0].patches]
    coloured = page_figure([Bar("а", "5", 0.5, 0.6, State.MET)], "т", {}, "цель").axes[0].patches
    assert len(coloured) == len(colours) + 1
    assert "2 $ и 3 $" in [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.parametrize("value", [-1.0, 0.0, 0.001])
def test_what_is_behind_at_nothing_is_seen_to_be_behind(value: float) -> None:
    known = page_figure([Bar("а", "0", value, 0.5, State.BEHIND)], "т", {}, "цель").axes[0].patches
    wide = [
        patch.get_window_extent().width
        for patch in known
        if to_hex(patch.get_facecolor()) == COLOURS[State.BEHIND]
    ]
    assert wide and min(wide) > 10


def test_a_bar_stays_within_its_track() -> None:
    for filled, length in ((0.25, 0.25), (1.7, 1)):
        axes = page_figure([Bar("а", "5", filled, None, State.MET)], "т", {}, "цель").axes[0]
        _legend, track, bar = (patch.get_window_extent().width for patch in axes.patches)
        assert bar == pytest.approx(track * length)


@pytest.mark.parametrize("colours", [[*COLOURS.values(), EMPTY], [INK, FILL, COMPUTED]])
def test_colours_differ_in_brightness(colours: list[str]) -> None:
    def brightness(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        linear = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        return float(116 * linear ** (1 / 3) - 16)

    shades = sorted(brightness(colour) for colour in colours)
    assert all(lighter - darker > 10 for darker, lighter in pairwise(shades))


def way(readings: dict[date, float], computed: dict[date, float], ahead: float | None) -> Course:
    return Course(
        title="2.2 " + "Снижение расхождения оценок " * 4,
        under="5 пунктов, у цели",
        year=2026,
        readings=sorted(readings.items()),
        computed=sorted(computed.items()),
        targets=dict.fromkeys(range(2023, 2027), (5.0, "не менее 5 пунктов")),
        now="-12,5 пункта",
        ahead=None if ahead is None else (ahead, "99 999,9 пункта"),
        legend=("внесено", "посчитано ботом", "цель", "прогноз"),
    )


WAYS = [
    way({date(2026, 12, 31): 5}, {}, 5),
    way({date(year, 6, 1): (-1) ** year * 12.5 for year in range(2020, 2027)}, {}, 99_999.9),
    way({}, {date(2026, month, 1): 40 + month for month in range(1, 12)}, 51),
    way({date(2019, 5, 1): 3}, {}, None),
]


@pytest.mark.parametrize("picture", WAYS)
def test_of_a_history_no_label_is_cut_or_meets_another(picture: Course) -> None:
    figure = course_figure(picture)
    boxes = [text.get_window_extent() for text in figure.axes[0].texts]
    width, height = figure.bbox.width, figure.bbox.height
    assert all(box.x0 >= 0 and box.x1 <= width and box.y0 >= 0 and box.y1 <= height for box in boxes)
    for i, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[i + 1 :]), picture


def test_a_history_is_as_wide_as_a_phone_reads() -> None:
    page = course(WAYS[0])
    width, height = struct.unpack(">II", page[16:24])
    assert page.startswith(b"\x89PNG") and width == WIDTH and height < 1280


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ([0, 64.0, 100], [0, 20, 40, 60, 80, 100]),
        ([0, 1, 4], [0, 1, 2, 3, 4]),
        ([0], [0, 1]),
        ([-3, 5, 0], [-4, -2, 0, 2, 4, 6]),
        ([0, 0.1], [0, 1]),
    ],
)
def test_an_axis_has_a_few_round_numbers(values: list[float], marks: list[float]) -> None:
    assert steps(values) == marks

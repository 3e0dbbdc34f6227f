"""Pictures: values to PNG. matplotlib is imported where it is used: it costs half a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from math import ceil, floor, log10
from textwrap import wrap
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.programme.model import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 1080
PER_PAGE = 16
MARGIN, HEAD, ROW, FOOT = 44, 160, 98, 36
BAR = 28
# A phone shows the picture at about a third of its size: smaller letters would not be read.
TITLE_SIZE, LABEL_SIZE, LEGEND_SIZE = 40, 30, 26

# They differ in brightness too (L* 40, 80, 57): for who does not tell red from green, and on paper.
COLOURS = {State.MET: "#1d6b3a", State.NEAR: "#f2c037", State.BEHIND: "#e2583e"}
NEUTRAL, EMPTY, INK, QUIET = "#7b8794", "#e9edf1", "#1f2933", "#616e7c"

# matplotlib's caches of fonts are shared: one picture at a time.
_drawing = Lock()


@dataclass(frozen=True)
class Bar:
    """One row: `filled` and `mark` (the target) are parts of the full length, None where there is none."""

    label: str
    text: str
    filled: float | None
    mark: float | None
    state: State | None


def overview(bars: Sequence[Bar], title: str, legend: Mapping[State, str], mark_label: str) -> list[bytes]:
    """Pages (PNG, 1080 pixels wide) of 16 bars each, the label above its bar, a mark at the target."""
    pages = [bars[i : i + PER_PAGE] for i in range(0, len(bars), PER_PAGE)]
    with _drawing:
        return [
            _png(page_figure(page, f"{title} · {number}/{len(pages)}", legend, mark_label))
            for number, page in enumerate(pages, 1)
        ]


@dataclass(frozen=True)
class Block:
    """A question: its words, a note beside them, and label, share (0 to 1) and words of each answer."""

    text: str
    note: str
    bars: Sequence[tuple[str, float, str]]


BLOCK_LINE, BLOCK_HEAD, BLOCK_ROW, BLOCK_GAP = 40, 62, 84, 40
# Telegram makes a picture smaller whose longer side is over 1280: much longer, and letters blur.
HEIGHT_MAX = 1600
FILL = "#2f6f9f"


def distribution(title: str, under: str, blocks: Sequence[Block]) -> list[bytes]:
    """How questions were answered: pages (PNG, 1080 pixels wide), none without a question."""
    pages: list[list[Block]] = []
    height = HEIGHT_MAX
    for block in blocks:
        if height + _block_height(block) > HEIGHT_MAX - FOOT:
            pages.append([])
            height = HEAD
        pages[-1].append(block)
        height += _block_height(block)
    with _drawing:
        return [_png(distribution_figure(title, under, page)) for page in pages]


def distribution_figure(title: str, under: str, blocks: Sequence[Block]) -> "Figure":
    """One page of questions, drawn in pixels from the upper left corner."""
    axes, figure = _canvas(HEAD + sum(map(_block_height, blocks)) + FOOT)
    _write(axes, MARGIN, 62, title, TITLE_SIZE, weight="bold")
    _write(axes, MARGIN, 116, under, LABEL_SIZE, colour=QUIET)
    top = float(HEAD)
    for block in blocks:
        _block(axes, block, top)
        top += _block_height(block)
    return figure


def _wrapped(text: str) -> list[str]:
    # About so many letters of this size go on a line; whatever is wider is drawn smaller.
    return wrap(text, 54, break_long_words=True) or [""]


def _block_height(block: Block) -> int:
    return BLOCK_HEAD + BLOCK_LINE * len(_wrapped(block.text)) + BLOCK_ROW * len(block.bars) + BLOCK_GAP


def _block(axes: Any, block: Block, top: float) -> None:
    for number, line in enumerate(_wrapped(block.text)):
        _write(axes, MARGIN, top + 20 + BLOCK_LINE * number, line, LABEL_SIZE, weight="bold")
    top += BLOCK_LINE * len(_wrapped(block.text))
    _write(axes, MARGIN, top + 20, block.note, LEGEND_SIZE, colour=QUIET)
    top += BLOCK_HEAD
    length = WIDTH - 2 * MARGIN
    for label, share, words in block.bars:
        value = _write(axes, WIDTH - MARGIN, top + 12, words, LEGEND_SIZE, weight="bold", ha="right")
        _write(axes, MARGIN, top + 12, label, LEGEND_SIZE, room=_left(value) - MARGIN - 24)
        _fill(axes, MARGIN, top + 32, length, EMPTY)
        if share:
            _fill(axes, MARGIN, top + 32, length * share, FILL)
        top += BLOCK_ROW


Point = tuple[date, float]


@dataclass(frozen=True)
class Course:
    """How an indicator went: what was recorded, what was computed, and each calendar year's target.

    `now` words the last of the values; `ahead` is what they point to on 31 December of `year`, in words too.
    `legend`: what recorded and computed values, target and forecast are called.
    """

    title: str
    under: str
    year: int
    readings: Sequence[Point]
    computed: Sequence[Point]
    targets: Mapping[int, tuple[float, str]]
    now: str
    ahead: tuple[float, str] | None
    legend: tuple[str, str, str, str]


# The plot's place, and how many calendar years it has room for.
LEFT, RIGHT, TOP, BOTTOM = 130, WIDTH - MARGIN, 210, 820
COURSE_HEIGHT, YEARS = 1040, 6
COMPUTED, GRID = "#f0a030", "#d5dbe1"
STEPS = 6


def course(picture: Course) -> bytes:
    """A picture (PNG, 1080 pixels wide) of an indicator's history, its targets and its forecast."""
    with _drawing:
        return _png(course_figure(picture))


def course_figure(picture: Course) -> "Figure":
    """The same, drawn in pixels from the upper left corner."""
    axes, figure = _canvas(COURSE_HEIGHT)
    _write(axes, MARGIN, 62, picture.title, TITLE_SIZE, weight="bold")
    _write(axes, MARGIN, 116, picture.under, LABEL_SIZE, colour=QUIET)
    earliest = min(day.year for day, _ in [*picture.readings, *picture.computed])
    years = range(max(earliest, picture.year - YEARS + 1), picture.year + 1)
    readings, computed = (
        [(day, value) for day, value in points if day.year in years]
        for points in (picture.readings, picture.computed)
    )
    points = [*readings, *computed]
    plot = _Plot(axes, years, [value for _, value in points] + _levels(picture, years))
    for year in years:
        plot.column(year, picture.targets.get(year))
    _write(axes, MARGIN, BOTTOM + 88, f"{picture.legend[2]}:", LEGEND_SIZE, colour=QUIET, room=LEFT - MARGIN)
    plot.readings(readings)
    plot.computed(computed)
    if points:
        last = max(points, key=lambda point: point[0])
        if picture.ahead:
            end = (date(picture.year, 12, 31), picture.ahead[0])
            plot.ahead(last, end)
            plot.label(end, picture.ahead[1])
        plot.label(last, picture.now)
    plot.legend(picture.legend, picture.ahead is not None)
    return figure


def _levels(picture: Course, years: Sequence[int]) -> list[float]:
    """What else has to find room: targets and forecast, and nothing."""
    targets = [picture.targets[year][0] for year in years if year in picture.targets]
    return [0.0, *targets, *([picture.ahead[0]] if picture.ahead else [])]


def steps(values: Sequence[float]) -> list[float]:
    """Round numbers, a few at equal distances, between which the values lie."""
    least, greatest = min(values), max(values)
    size = (greatest - least) / (STEPS - 1) or 1
    power = 10 ** floor(log10(size))
    step = max(1, next(times * power for times in (1, 2, 5, 10) if times * power >= size - 1e-9))
    below, above = floor(least / step), max(ceil(greatest / step - 1e-9), floor(least / step) + 1)
    return [number * step for number in range(below, above + 1)]


class _Plot:
    """The place of the lines: days from left to right, values from below."""

    def __init__(self, axes: Any, years: range, values: Sequence[float]) -> None:
        self.axes, self.first, self.taken = axes, date(years[0], 1, 1), list[Any]()
        self.days = (date(years[-1], 12, 31) - self.first).days
        marks = steps(values)
        self.least, self.greatest = marks[0], marks[-1]
        for value in marks:
            y = self.y(value)
            axes.plot((LEFT, RIGHT), (y, y), color=INK if value == 0 else GRID, linewidth=2)
            _write(axes, LEFT - 16, y, f"{value:g}", LEGEND_SIZE, colour=QUIET, ha="right", room=LEFT - 40)

    def x(self, day: date) -> float:
        return LEFT + (RIGHT - LEFT) * (day - self.first).days / self.days

    def y(self, value: float) -> float:
        return BOTTOM - (BOTTOM - TOP) * (value - self.least) / (self.greatest - self.least)

    def column(self, year: int, target: tuple[float, str] | None) -> None:
        """A calendar year with its name, and its target as a thick line across it."""
        left, right = self.x(date(year, 1, 1)), self.x(date(year, 12, 31))
        self.axes.plot((left, left), (TOP, BOTTOM), color=GRID, linewidth=2)
        middle, room = (left + right) / 2, right - left - 12
        _write(self.axes, middle, BOTTOM + 44, str(year), LABEL_SIZE, ha="center", room=room)
        if target:
            y = self.y(target[0])
            self.axes.plot((left + 4, right - 4), (y, y), color=INK, linewidth=5, solid_capstyle="butt")
            _write(
                self.axes, middle, BOTTOM + 88, target[1], LEGEND_SIZE, colour=QUIET, ha="center", room=room
            )

    def readings(self, points: Sequence[Point]) -> None:
        """A recorded value holds until the next one: steps."""
        xs, ys = [self.x(day) for day, _ in points], [self.y(value) for _, value in points]
        self.axes.step(xs, ys, where="post", color=FILL, linewidth=5)
        self.axes.plot(xs, ys, "o", color=FILL, markersize=13)

    def computed(self, points: Sequence[Point]) -> None:
        """A computed value goes from month to month: a line."""
        xs, ys = [self.x(day) for day, _ in points], [self.y(value) for _, value in points]
        self.axes.plot(xs, ys, "-s", color=COMPUTED, linewidth=5, markersize=11)

    def ahead(self, last: Point, end: Point) -> None:
        """Where it leads: a broken line and an empty mark."""
        xs, ys = (self.x(last[0]), self.x(end[0])), (self.y(last[1]), self.y(end[1]))
        self.axes.plot(xs, ys, "--", color=QUIET, linewidth=4)
        empty = {"markerfacecolor": "white", "markeredgecolor": QUIET, "markeredgewidth": 4, "markersize": 13}
        self.axes.plot(xs[1:], ys[1:], "o", **empty)

    def label(self, point: Point, words: str) -> None:
        """Words at a point: above or below it, within the plot, where no others stand."""
        x, y = self.x(point[0]), self.y(point[1])
        drawn = _write(self.axes, x, y, words, LABEL_SIZE, weight="bold", ha="center")
        half = (_right(drawn) - _left(drawn)) / 2
        drawn.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 3, "alpha": 0.85})
        drawn.set_x(min(max(x, LEFT + half), RIGHT - half))
        for distance in (-38, 38, -82, 82, -126, 126):
            if TOP <= y + distance <= BOTTOM - 20:
                drawn.set_y(y + distance)
                if not any(drawn.get_window_extent().overlaps(box) for box in self.taken):
                    break
        self.taken.append(drawn.get_window_extent())

    def legend(self, words: tuple[str, str, str, str], forecast: bool) -> None:
        """What the lines are."""
        x, y = float(MARGIN), BOTTOM + 160
        looks: tuple[dict[str, Any], ...] = (
            {"color": FILL, "marker": "o", "markersize": 11},
            {"color": COMPUTED, "marker": "s", "markersize": 11},
            {"color": INK, "marker": ""},
            {"color": QUIET, "marker": "", "linestyle": "--"},
        )
        for look, name in list(zip(looks, words, strict=True))[: 4 if forecast else 3]:
            self.axes.plot((x, x + 25, x + 50), (y, y, y), linewidth=5, markevery=(1, 3), **look)
            x = _right(_write(self.axes, x + 62, y, name, LEGEND_SIZE, colour=QUIET)) + 34


def page_figure(bars: Sequence[Bar], title: str, legend: Mapping[State, str], mark_label: str) -> "Figure":
    """One page, drawn in pixels from the upper left corner."""
    axes, figure = _canvas(HEAD + ROW * len(bars) + FOOT)
    _write(axes, MARGIN, 62, title, TITLE_SIZE, weight="bold")
    _legend(axes, legend, mark_label)
    for i, bar in enumerate(bars):
        _bar(axes, bar, HEAD + ROW * i)
    return figure


def _canvas(height: int) -> "tuple[Any, Figure]":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    return axes, figure


def _bar(axes: Any, bar: Bar, top: float) -> None:
    length = WIDTH - 2 * MARGIN
    colour, weight = (QUIET, "normal") if bar.filled is None else (INK, "bold")
    value = _write(
        axes, WIDTH - MARGIN, top + 22, bar.text, LABEL_SIZE, colour=colour, weight=weight, ha="right"
    )
    _write(axes, MARGIN, top + 22, bar.label, LABEL_SIZE, room=_left(value) - MARGIN - 24)
    upper = top + 48
    _fill(axes, MARGIN, upper, length, EMPTY)
    if bar.filled is not None:  # nothing at all is something to be seen, too: it is not "no data"
        colour = COLOURS.get(bar.state, NEUTRAL) if bar.state else NEUTRAL
        _fill(axes, MARGIN, upper, max(length * min(bar.filled, 1), BAR / 2), colour)
    if bar.mark is not None:
        _mark(axes, MARGIN + length * min(bar.mark, 1), upper)


def _legend(axes: Any, legend: Mapping[State, str], mark_label: str) -> None:
    x, y = float(MARGIN), 116
    for state, words in legend.items():
        colour = COLOURS.get(state, EMPTY)
        _fill(axes, x, y - 13, 26, colour, height=26)
        x = _right(_write(axes, x + 36, y, words, LEGEND_SIZE, colour=QUIET)) + 34
    _mark(axes, x + 4, y - 14)
    _write(axes, x + 20, y, mark_label, LEGEND_SIZE, colour=QUIET)


def _mark(axes: Any, x: float, top: float) -> None:
    from matplotlib.patches import Rectangle

    # A white edge keeps the mark visible on a dark bar.
    axes.add_patch(Rectangle((x - 5, top - 6), 10, BAR + 14, facecolor=INK, edgecolor="white", linewidth=2))


def _fill(axes: Any, x: float, y: float, width: float, colour: str, height: float = BAR) -> None:
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, linewidth=0))


def _write(
    axes: Any,
    x: float,
    y: float,
    text: str,
    pixels: float,
    *,
    colour: str = INK,
    room: float = WIDTH - 2 * MARGIN,
    **style: str,
) -> Any:
    """A text of that many pixels in height, smaller where it would not have `room`: nothing is cut."""
    points = pixels * 72 / 100
    # parse_math: a dollar sign is a dollar sign.
    style = {"va": "center_baseline", "color": colour, **style}
    drawn = axes.text(x, y, text, size=points, parse_math=False, **style)
    # Letters do not shrink evenly, so a step may fall short.
    while (width := _right(drawn) - _left(drawn)) > room:
        points *= 0.99 * room / width
        drawn.set_size(points)
    return drawn


def _left(drawn: Any) -> float:
    return float(drawn.get_window_extent().x0)


def _right(drawn: Any) -> float:
    return float(drawn.get_window_extent().x1)


def _png(figure: "Figure") -> bytes:
    picture = BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()

"""Pictures: values to PNG. matplotlib is imported where it is used: it costs half a second."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import batched
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.programme.model import State

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 1080
PER_PAGE = 16
MARGIN, HEAD, ROW, FOOT = 44, 150, 96, 84
BAR = 28
# A phone shows the picture at about a third of its size: smaller letters would not be read.
TITLE_SIZE, LABEL_SIZE, LEGEND_SIZE = 40, 30, 26

# They differ in brightness too (L* about 38, 80, 58): for people who do not tell red from green, and on paper.
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


def page_figure(bars: Sequence[Bar], title: str, legend: Mapping[State, str], mark_label: str) -> "Figure":
    """One page, drawn in pixels from the upper left corner."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    height = HEAD + ROW * len(bars) + FOOT
    figure = Figure(figsize=(WIDTH / 100, height / 100), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    axes.axis("off")
    _write(axes, MARGIN, 62, title, TITLE_SIZE, weight="bold")
    _legend(axes, legend, mark_label)
    for i, bar in enumerate(bars):
        _bar(axes, bar, HEAD + ROW * i)
    return figure

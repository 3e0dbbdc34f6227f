"""The demonstration's guided tour names what the bot has: commands, buttons, both languages."""

import re
import tomllib
from importlib.resources import as_file, files

import pytest
from aiogram.filters.callback_data import CallbackData

import bot.app  # noqa: F401 - brings all buttons in
from bot.ui.accounts import COMMON, PLACES
from bot.ui.invite import GuardianPlace
from bot.ui.slips import SlipsPrint
from sandbox.tour import Tours

TOURS = tomllib.loads((files("bot.demo") / "tour.toml").read_text(encoding="utf-8"))["tours"]


@pytest.mark.parametrize("tour", TOURS, ids=lambda tour: tour["name"]["en"])
def test_is_short_and_says_everything_in_both_languages(tour: dict[str, object]) -> None:
    steps = tour["steps"]
    assert isinstance(steps, list) and 1 < len(steps) <= 8
    for words in (tour["name"], *(step[part] for step in steps for part in ("title", "hint"))):
        assert isinstance(words, dict) and words.keys() == {"ru", "en"} and all(words.values())
        assert re.search("[а-яё]", words["ru"]) and re.search("[a-z]", words["en"])


def test_waits_for_what_there_is() -> None:
    prefixes = {one.__prefix__ for one in CallbackData.__subclasses__()}
    patterns = [pattern for tour in TOURS for step in tour["steps"] for pattern in step["when"]]
    assert len(patterns) > 40
    for pattern in patterns:
        kind, _, what = pattern.partition(":")
        if kind == "says":
            assert what.split()[0].removeprefix("/") in {*PLACES, *COMMON, "start"}, pattern
        elif what.startswith("go:"):
            assert what.removeprefix("go:") in {*PLACES, *COMMON, "*"}, pattern
        else:
            assert kind == "clock" or (kind == "press" and what.split(":")[0] in prefixes), pattern


@pytest.mark.parametrize(
    "pressed", [GuardianPlace(guardian_id=1), SlipsPrint(class_id=1, language="ru", latest=0)]
)
def test_a_parent_is_invited_by_a_link_or_on_paper(pressed: CallbackData) -> None:
    with as_file(files("bot.demo") / "tour.toml") as file:
        tours = Tours(file)
    tours.happened("press:" + pressed.pack(), "director")
    done = [step["title"]["en"] for tour in tours.state() for step in tour["steps"] if step["done"]]
    assert done == ["Invite a parent"]

"""aiogram, whose models are built at their first use, is the same as aiogram as it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiogram
import pytest
from aiogram.methods import SendMessage
from aiogram.types import ForceReply
from pydantic import BaseModel

from bot.aiogram_lazily import MADE_FOR, Finder, Loader, _keep_bot, known

ROOT = Path(__file__).parent.parent


def test_it_is_for_what_is_installed() -> None:
    assert known(), (
        f"bot/aiogram_lazily.py was made for {MADE_FOR}; with what is installed it leaves aiogram alone: the "
        "bot takes twice as long to start and needs 100 MB more. Write the new versions into MADE_FOR, and "
        "leave them there if `python -m pytest -m long tests/test_aiogram_lazily.py` passes."
    )


def test_aiogram_came_by_it_and_pydantic_is_as_before() -> None:
    assert isinstance(aiogram.__loader__, Loader)
    assert "defer_build" not in BaseModel.model_config
    assert BaseModel.model_rebuild.__module__ == "pydantic.main"


def test_another_aiogram_is_imported_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MADE_FOR, "aiogram", "4.")
    spec = Finder().find_spec("aiogram", None)
    assert spec
    assert not isinstance(spec.loader, Loader)


def test_values_keep_their_bot_by_one_function() -> None:
    """Not by one that pydantic has wrapped for each class that theirs derives from."""
    call = SendMessage(chat_id=1, text="", reply_markup=ForceReply())
    assert call.model_post_init.__func__ is ForceReply.model_post_init is _keep_bot  # type: ignore[attr-defined]
    assert call.as_(aiogram.Bot("42:TEST")).bot


@pytest.mark.long
def test_every_model_reads_and_writes_the_same() -> None:
    processes = [
        subprocess.Popen([sys.executable, "-m", "tests.models", *how], cwd=ROOT, stdout=subprocess.PIPE)
        for how in ([], ["lazily"])
    ]
    as_it_is, lazily = (told(process) for process in processes)
    assert as_it_is["unbuilt"] < 10
    assert lazily["unbuilt"] > 550
    assert as_it_is["findings"].keys() == lazily["findings"].keys()
    differ = {name for name, found in as_it_is["findings"].items() if found != lazily["findings"][name]}
    assert not differ
    # The samples are such that nearly all of them are read: sameness of refusals alone would say little.
    read = sum(len(sample) == 4 for found in as_it_is["findings"].values() for sample in found[3:6])
    assert read > 0.99 * 3 * len(as_it_is["findings"])


def told(process: subprocess.Popen[bytes]) -> Any:
    """What tests/models.py says."""
    output, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(output)

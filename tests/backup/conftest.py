"""Sealing costs nothing here; the journey pays what it costs."""

import pytest

from bot.features.backup import sealing


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_COST", 2)

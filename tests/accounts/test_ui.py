"""What the bot tells somebody of what it does for them."""

import re

import pytest

from bot.db.accounts import Role
from bot.texts import LANGUAGES, texts
from bot.ui.accounts import COMMON, help_for, places


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", Role)
def test_help_names_every_place_of_a_role_and_no_other(role: Role, language: str) -> None:
    named = re.findall(r"/([a-z]+)", re.sub(r"</?b>", "", help_for(texts(language), {role}).text))
    assert set(named) - set(COMMON) == set(places({role}))

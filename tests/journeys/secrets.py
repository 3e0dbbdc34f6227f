"""What a log may not show: names, words, codes, tokens, passwords of a journey, taken from it at its end."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url

from bot.db.base import Database, key_file
from tests.databases import everything

# What bot/log.py puts in the place of what nobody should have logged: it never has to.
MASK = "***"
SECRET_SETTINGS = re.compile("TOKEN|SECRET|PASSPHRASE|KEY")


def leaks(log: str, said: Iterable[str], secrets: Iterable[str]) -> set[str]:
    """What of it stands in a log: of what was said the words in Cyrillic letters, of secrets all of each.

    Logs are in English: any other Cyrillic letter is somebody's as well, and so is what was masked.
    """
    words = {word for text in said for word in _words(text)}
    found = words & set(_words(log))
    found |= {secret for secret in secrets if secret in log}
    found |= set(re.findall("[А-Яа-яЁё]+", log))
    return found | ({MASK} if MASK in log else set())


def _words(text: str) -> Iterator[str]:
    return (word.casefold() for word in re.findall("[А-Яа-яЁё]{3,}", text))


def secret_settings(environment: Mapping[str, str]) -> Iterator[str]:
    """Tokens, passphrases and keys of the configuration, and the password in the database's address."""
    for name, value in environment.items():
        if SECRET_SETTINGS.search(name):
            yield value
            yield value.rpartition(":")[2]
        elif name.endswith("__URL") and (password := make_url(value).password):
            yield str(password)


def secrets_in(messages: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """Codes of invitations and numbers of telephones in messages as Telegram has them."""
    said = json.dumps(list(messages), ensure_ascii=False)
    yield from re.findall(r"start=([\w-]{8,})", said)
    yield from re.findall(r"\+7[\d ()-]{9,}\d", said)


async def all_texts(url: URL) -> list[str]:
    """Every text in a database, those inside JSON too."""
    database = Database(url.render_as_string(hide_password=False))
    try:
        tables = await everything(database)
    finally:
        await database.close()
    return [text for rows in tables.values() for row in rows for value in row for text in _texts(value)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        inner = _json(value) if value[:1] in ("{", "[") else None
        yield from _texts(inner) if inner else (value,)
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _texts(each)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def anonymity_key(folder: Path, url: URL) -> list[str]:
    """The key of anonymous letters, where the bot has made one."""
    path = folder / key_file(url)
    return [path.read_text().strip()] if path.exists() else []

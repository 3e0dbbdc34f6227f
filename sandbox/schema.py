"""What a request may hold, read at start from the models of the installed aiogram."""

import json
import types
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram import methods
from aiogram.client.default import Default
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sandbox.errors import BadRequest

# What Telegram says when a required parameter is absent; the rest are worded alike.
MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "audio": "there is no audio in the request",
    "video_note": "there is no video note in the request",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "file_id": "file_id not specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}


@dataclass(frozen=True)
class Upload:
    """A file that came with the request. A test may pretend a size without sending the bytes."""

    name: str
    content: bytes

    def __str__(self) -> str:
        return f"<{self.name}, {len(self.content)} bytes>"


class Wrong(Exception):
    """A value does not fit its type; the text says where and how."""


@cache
def parameters(method: str) -> dict[str, FieldInfo] | None:
    """The parameters of a method by name (any case, as Telegram takes it); None for an unknown method."""
    model = _models().get(method.lower())
    return model.model_fields if model else None


@cache
def _models() -> dict[str, type[TelegramMethod[Any]]]:
    found = (getattr(methods, name) for name in methods.__all__)
    return {m.__api_method__.lower(): m for m in found if isinstance(getattr(m, "__api_method__", None), str)}


def check(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """Take a request's parameters as their types.

    Raises BadRequest for an unknown, missing or unfit parameter.
    """
    fields = parameters(method) or {}
    if unknown := sorted(given.keys() - fields.keys()):
        raise BadRequest(f'unknown parameter "{unknown[0]}" (Telegram ignores it, the sandbox does not)')
    taken = {}
    for name, field in fields.items():
        value = given.get(name)
        if value is None or value == "":
            if field.is_required():
                raise BadRequest(MISSING.get(name, f'parameter "{name}" is required'))
            continue
        try:
            taken[name] = fit(_decode(value, field.annotation), field.annotation, name)
        except Wrong as error:
            raise BadRequest(str(error)) from None
    return taken


def _alternatives(annotation: Any) -> list[Any]:
    """The types that a value may have, without None and aiogram's marker for a default."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _alternatives(get_args(annotation)[0])
    if origin in (Union, types.UnionType):
        return [one for part in get_args(annotation) for one in _alternatives(part)]
    return [] if annotation in (type(None), Default) else [annotation]


def _decode(value: Any, annotation: Any) -> Any:
    """A top-level parameter may come as text, whatever its type, also inside JSON."""
    if not isinstance(value, str):
        return value
    kinds = _alternatives(annotation)
    if bool in kinds and value.lower() in ("true", "false", "1", "0", "yes", "no"):
        return value.lower() in ("true", "1", "yes")
    if int in kinds and value.lstrip("-").isdecimal():
        return int(value)
    if float in kinds:
        try:
            return float(value)
        except ValueError:
            return value
    if str in kinds:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def fit(value: Any, annotation: Any, path: str) -> Any:
    """Check a value, and what is in it, against a type: nothing required is absent, nothing is unknown.

    Raises Wrong.
    """
    kinds = _alternatives(annotation)
    problems: list[Wrong] = []
    for kind in sorted(kinds, key=lambda kind: -_likeness(value, kind)):
        try:
            return _fit_one(value, kind, path)
        except Wrong as error:
            problems.append(error)
    raise problems[0]


def _likeness(value: Any, kind: Any) -> int:
    """How much an object looks like one of the models of a union: whose problem is worth telling."""
    if not (isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, BaseModel)):
        return 0
    literal = [name for name, field in kind.model_fields.items() if get_origin(field.annotation) is Literal]
    if any(value.get(name) in get_args(kind.model_fields[name].annotation) for name in literal):
        return 100
    return len(value.keys() & {name for name, field in kind.model_fields.items() if field.is_required()})


def _fit_one(value: Any, kind: Any, path: str) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return value
    if origin is list:
        if not isinstance(value, list):
            raise Wrong(f"{path} must be an Array")
        return [fit(one, get_args(kind)[0], f"{path}[{i}]") for i, one in enumerate(value)]
    if origin is Literal:
        if value not in get_args(kind):
            raise Wrong(f'{path} must be "{_plain(get_args(kind)[0])}"')
        return value
    if kind in (datetime, timedelta):
        kind = int
    if issubclass(kind, InputFile):
        if not isinstance(value, Upload):
            raise Wrong(f"{path} must be a file")
        return value
    if issubclass(kind, BaseModel):
        return _fit_object(value, kind, path)
    if issubclass(kind, Enum):
        kind = str
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if not fits and not (kind is float and isinstance(value, int)):
        name = {int: "Integer", str: "String", bool: "Boolean", float: "Number"}.get(kind, kind.__name__)
        raise Wrong(f"{path} must be of type {name}")
    return value


def _fit_object(value: Any, model: type[BaseModel], path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Wrong(f"{path} must be an Object")
    # Some names differ in Python: `from_user` for `from`.
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    if unknown := sorted(value.keys() - fields.keys()):
        raise Wrong(f'{path} has an unknown field "{unknown[0]}" (Telegram ignores it, the sandbox does not)')
    taken = {}
    for name, field in fields.items():
        if value.get(name) is None:
            if field.is_required() or get_origin(field.annotation) is Literal:
                raise Wrong(f'{path}: field "{name}" is required')
            continue
        taken[name] = fit(value[name], field.annotation, f"{path}.{name}")
    return taken


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value

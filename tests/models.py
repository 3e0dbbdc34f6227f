"""What every model of aiogram makes of samples, as JSON; for tests/test_aiogram_lazily.py.

`python -m tests.models` of aiogram as it is, `python -m tests.models lazily` of what the bot makes of it.
"""

import importlib
import json
import re
import sys
import types
from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum
from inspect import isabstract
from itertools import count
from typing import Annotated, Any, Literal, Union, get_args, get_origin

if "lazily" in sys.argv:
    import bot  # noqa: F401 - that is all that it takes

from aiogram.client.default import Default
from aiogram.types import BufferedInputFile, InputFile
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticSerializationError

DEPTH = 2
SAMPLES = {
    bool: True,
    int: 7,
    float: 0.5,
    str: "words",
    datetime: 1_780_000_000,
    timedelta: 60,
    Default: Default("parse_mode"),
    InputFile: BufferedInputFile(b"a file", "file.txt"),
}


def models(base: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    """Every model of aiogram that has values."""
    for cls in base.__subclasses__():
        if cls.__module__.startswith("aiogram.") and "[" not in cls.__name__ and not isabstract(cls):
            yield cls
        yield from models(cls)


def sample(annotation: Any, depth: int, turn: "count[int]") -> Any:
    """A value of a type, as JSON has it; of alternatives another one each time."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return sample(arguments[0], depth, turn)
    if origin in (Union, types.UnionType):
        kinds = [kind for kind in arguments if kind is not types.NoneType]
        return sample(kinds[next(turn) % len(kinds)], depth, turn)
    if origin is Literal:
        return arguments[0]
    if origin is list:
        return [sample(arguments[0], depth, turn)] if depth else []
    if origin is dict:
        return {"key": sample(arguments[1], depth, turn)}
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return filled(annotation, depth - 1, turn)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation)).value
    return SAMPLES.get(annotation, "something else")


def filled(model: type[BaseModel], depth: int, turn: "count[int]") -> dict[str, Any]:
    """What a model is read from: all its fields, or the required ones where it lies deep."""
    return {
        field.alias or name: sample(field.annotation, depth, turn)
        for name, field in model.model_fields.items()
        if field.is_required() or depth > 0 or get_origin(field.annotation) is Literal
    }


def outcome(model: type[BaseModel], value: Any) -> list[str]:
    """What comes of reading a value: what is read and how it is written again, or what is wrong with it."""
    try:
        read = model.model_validate(value, context={"bot": "the bot"})
    except ValidationError as error:
        return [str(error)]
    try:
        written = read.model_dump_json(warnings=False)
    except PydanticSerializationError as error:
        written = str(error)
    return [repr(read), repr(read.model_dump(warnings=False)), written, repr(kept(read))]


def kept(value: Any) -> list[Any]:
    """What a model and those within keep besides their fields: the bot that they came by."""
    if isinstance(value, list):
        return [kept(item) for item in value]
    if not isinstance(value, BaseModel):
        return []
    return [value.__pydantic_private__, *(kept(field) for field in vars(value).values())]


def findings(model: type[BaseModel]) -> list[Any]:
    """Its fields, its signature, its defaults, and what comes of samples and of what is none."""
    turn = count()
    fields = [f"{name}: {field!r}" for name, field in model.model_fields.items()]
    values = [filled(model, DEPTH, turn), filled(model, DEPTH, turn), filled(model, 0, turn), {}, "words"]
    wrong = {field.alias or name: object for name, field in model.model_fields.items()}
    empty = model.model_construct()
    constructed = [empty.model_dump(warnings=False), kept(empty)]
    return [
        fields,
        str(model.__signature__),
        repr(constructed),
        *(outcome(model, v) for v in [*values, wrong]),
    ]


def main() -> None:
    for name in ("filters.callback_data", "utils.web_app", "utils.chat_member", "fsm.scene"):
        importlib.import_module(f"aiogram.{name}")
    found = {f"{model.__module__}.{model.__name__}": model for model in models()}
    # The other way round where they are built at first use: what has been built already must not matter.
    names = sorted(found, reverse="lazily" in sys.argv)
    unbuilt = sum(not found[name].__pydantic_complete__ for name in names)
    told = json.dumps({"unbuilt": unbuilt, "findings": {name: findings(found[name]) for name in names}})
    sys.stdout.write(re.sub(r" at 0x[0-9a-f]+", "", told))


if __name__ == "__main__":
    main()

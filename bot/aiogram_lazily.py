"""aiogram's types are built when they are first used, not all of them while it is imported.

aiogram.types ends by building all of its models, so that each of 400 holds what reads it from JSON, with the
whole tree of what may be in it: 3 of the 4.3 seconds until a bot begins, 105 of its 165 MB. The bot uses few.
What this rests on, and how it is tested, stands in docs/decisions/0023-aiogram-lazily.md.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from inspect import unwrap
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import BaseModel

# It knows how these build their models. With others aiogram is imported as it is: slower, and right.
MADE_FOR = {"aiogram": "3.31.", "pydantic": "2.13."}

# What lets aiogram's models know the bot that they came by.
KEEPS_BOT = "BotContextController.model_post_init"


def when_imported() -> None:
    """See to it, whoever imports aiogram first."""
    sys.meta_path.insert(0, Finder())


def known() -> bool:
    """Whether the packages that are installed are those that this was made for."""
    from importlib.metadata import version

    return all(version(package).startswith(made_for) for package, made_for in MADE_FOR.items())


class Finder:
    """Finds aiogram where it always is found."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where aiogram is, to be executed by Loader; None for everything else."""
        spec = PathFinder.find_spec(name, path, target) if name == "aiogram" else None
        if spec and isinstance(spec.loader, SourceFileLoader) and known():
            spec.loader = Loader(name, spec.loader.path)
        return spec


class Loader(SourceFileLoader):
    """Executes aiogram without the building of its models."""

    def exec_module(self, module: ModuleType) -> None:
        """Import all of aiogram that `import aiogram` does."""
        with _models_unbuilt():
            super().exec_module(module)
        _let_keep_bot(module.methods.TelegramMethod)


@contextmanager
def _models_unbuilt() -> Iterator[None]:
    """Models that are defined meanwhile are built by pydantic at their first use, as `defer_build` says.

    What they refer to is looked up at once all the same (0.15 s for all of them): only where aiogram asks for
    building are the names known.
    """
    from pydantic import BaseModel
    from pydantic._internal._config import ConfigWrapper
    from pydantic._internal._fields import rebuild_model_fields
    from pydantic._internal._namespace_utils import NsResolver

    def look_up(cls: "type[BaseModel]", *, _types_namespace: dict[str, Any]) -> None:
        cls.__pydantic_fields__, cls.__pydantic_extra_info__ = rebuild_model_fields(
            cls,
            config_wrapper=ConfigWrapper(cls.model_config, check=False),
            ns_resolver=NsResolver(parent_namespace=_types_namespace),
            typevars_map={},
        )
        _build_with_first_value(cls)

    build = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(look_up)  # type: ignore[method-assign,assignment]
    BaseModel.model_config["defer_build"] = True
    try:
        yield
    finally:
        BaseModel.model_rebuild = build  # type: ignore[method-assign]
        del BaseModel.model_config["defer_build"]


def _build_with_first_value(cls: "type[BaseModel]") -> None:
    """Let a model be built also where its first value came as part of another's.

    Pydantic does not see to this: where it writes a value without a type to go by, it takes what the value's
    class holds, and fails for one that is not built (https://github.com/pydantic/pydantic/issues/13647).
    """
    post_init = _keep_bot if _only_keeps_its_bot(cls) else cls.model_post_init

    @wraps(cls.model_post_init)
    def model_post_init(self: "BaseModel", context: Any, /) -> None:
        cls.model_post_init = post_init  # type: ignore[method-assign]
        cls.model_rebuild(_parent_namespace_depth=0)
        post_init(self, context)

    cls.model_post_init = model_post_init  # type: ignore[method-assign]


def _let_keep_bot(cls: "type[BaseModel]") -> None:
    """Calls of the Bot API are no part of other values, and are built with their first one as they are."""
    if _only_keeps_its_bot(cls):
        cls.model_post_init = _keep_bot  # type: ignore[method-assign]
    for derived in cls.__subclasses__():
        _let_keep_bot(derived)


def _only_keeps_its_bot(cls: "type[BaseModel]") -> bool:
    innermost = unwrap(cls.model_post_init)
    return cls.__private_attributes__.keys() == {"_bot"} and innermost.__qualname__ == KEEPS_BOT


def _keep_bot(self: "BaseModel", context: Any, /) -> None:
    """What aiogram's own comes to, wrapped by pydantic once for each class that a model derives from."""
    object.__setattr__(self, "__pydantic_private__", {"_bot": context.get("bot") if context else None})

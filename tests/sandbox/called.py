"""Which methods of Telegram the bot calls, found in its code: nobody keeps a list."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from aiogram import Bot, methods, types

BOT = Path(__file__).parent.parent.parent / "bot"
NAMES = {
    name: method.__api_method__
    for name in methods.__all__
    if isinstance(getattr(method := getattr(methods, name), "__api_method__", None), str)
}


def methods_called(folder: Path = BOT) -> dict[str, set[str]]:
    """Name each method with the places that name it: a class, a call of the bot, a shortcut of an object."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if "aiogram" in {ast.unparse(node).split()[1].partition(".")[0] for node in _imports(tree)}:
            for line, name in _named(tree):
                found.setdefault(name, set()).add(f"{path.relative_to(folder.parent)}:{line}")
    return found


def _imports(tree: ast.AST) -> list[ast.Import | ast.ImportFrom]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]


def _named(tree: ast.AST) -> Iterator[tuple[int, str]]:
    modules = {alias.asname or alias.name for node in _imports(tree) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "aiogram.methods":
            yield from ((node.lineno, NAMES[alias.name]) for alias in node.names if alias.name in NAMES)
        elif isinstance(node, ast.ClassDef):  # a method of our own making
            for line in node.body:
                if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "__api_method__":
                    yield node.lineno, ast.literal_eval(line.value)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value) in ("methods", "aiogram.methods"):
            yield from [(node.lineno, NAMES[node.attr])] if node.attr in NAMES else []
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner, verb = ast.unparse(node.func.value), node.func.attr
            if owner.rpartition(".")[2].strip("_") == "bot":
                yield from ((node.lineno, name) for name in _of_bot(verb))
            elif owner.isidentifier() and owner not in modules:
                yield from ((node.lineno, name) for name in _shortcuts().get(verb, ()))


@cache
def _of_bot(verb: str) -> set[str]:
    """The methods behind one of aiogram's Bot: its own, or those that it calls itself."""
    if name := NAMES.get(verb.title().replace("_", "")):
        return {name}
    source = getattr(Bot, verb, None)
    if not inspect.isfunction(source):
        return set()
    tree = ast.parse(textwrap.dedent(inspect.getsource(source)))
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    own = [each for each in calls if isinstance(each, ast.Attribute) and ast.unparse(each.value) == "self"]
    return {name for each in own if each.attr != verb for name in _of_bot(each.attr)}


@cache
def _shortcuts() -> dict[str, set[str]]:
    """What the shortcuts of Telegram's objects make, by name: `answer` is one of messages and of presses."""
    found: dict[str, set[str]] = {}
    kinds: list[type[Any]] = [types.Message, types.CallbackQuery, types.Chat, types.User]
    for verb, function in ((v, f) for kind in kinds for v, f in vars(kind).items() if inspect.isfunction(f)):
        made = ast.walk(ast.parse(str(function.__annotations__.get("return", "None"))))
        names = {NAMES[node.id] for node in made if isinstance(node, ast.Name) and node.id in NAMES}
        if names:
            found[verb] = found.get(verb, set()) | names
    return found

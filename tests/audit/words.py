"""What is written into the audit trail, read from the syntax trees of the features."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

BOT = Path(__file__).parent.parent.parent / "bot"


class Written(NamedTuple):
    """A call that writes an entry: where, its actions, the nouns of its subject, the names of its details.

    `whats`: what the detail `what` can be, as far as it is written out.
    """

    where: str
    actions: frozenset[str]
    nouns: frozenset[str]
    details: frozenset[str]
    whats: frozenset[str]


def written() -> list[Written]:
    """Every call of `audit.record`. Raises ValueError for one that cannot be read: write it more plainly."""
    return [each for path in sorted((BOT / "features").rglob("*.py")) for each in Module(path).written()]


class Module:
    """A module with its functions: what it hands on to `audit.record` by one of its own is followed."""

    def __init__(self, path: Path) -> None:
        self.name = str(path.relative_to(BOT))
        self.tree = ast.parse(path.read_text(encoding="utf-8"))
        self.functions = [
            node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        ]

    def written(self) -> Iterator[Written]:
        for function in self.functions:
            for call in calls(function):
                if ast.unparse(call.func) == "audit.record":
                    where = f"{self.name}:{call.lineno}"
                    yield Written(
                        where,
                        self.strings(function, call.args[3], where),
                        frozenset(
                            each.partition(":")[0] for each in self.strings(function, call.args[4], where)
                        ),
                        self.names(function, call, where),
                        self.whats(function, call),
                    )

    def strings(self, function: ast.AST, node: ast.expr, where: str) -> frozenset[str]:
        """What an expression can be: a text, one of two, a variable with that, what the callers give."""
        match node:
            case ast.Constant(value=str(text)):
                return frozenset({text})
            case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
                return frozenset({text})
            case ast.IfExp(body=body, orelse=orelse):
                return self.strings(function, body, where) | self.strings(function, orelse, where)
            case ast.Name(id=name):
                found = [
                    self.strings(function, value, where)
                    for scope in (function, self.tree)
                    for value in assigned(scope, name)
                ] or [self.strings(caller, given, where) for caller, given in self.given(function, name)]
                if found:
                    return frozenset().union(*found)
        raise ValueError(f"{where}: {ast.unparse(node)} is not read by the tests")

    def names(self, function: ast.AST, call: ast.Call, where: str) -> frozenset[str]:
        """The names of the details: keywords, and those of a mapping or of the callers."""
        found = {keyword.arg for keyword in call.keywords if keyword.arg}
        for keyword in call.keywords:
            if keyword.arg is None:
                assert isinstance(keyword.value, ast.Name), where
                found |= self.spread(function, keyword.value.id, where)
        return frozenset(found)

    def whats(self, function: ast.AST, call: ast.Call) -> frozenset[str]:
        """What stands under `what`, where a wrapper is given it: its literal values."""
        value = next((keyword.value for keyword in call.keywords if keyword.arg == "what"), None)
        if not isinstance(value, ast.Name):
            return frozenset()
        given = [each for _, each in self.given(function, value.id)]
        return frozenset(str(each.value) for each in given if isinstance(each, ast.Constant))

    def spread(self, function: ast.AST, name: str, where: str) -> set[str]:
        assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if function.args.kwarg and function.args.kwarg.arg == name:
            ours = {argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)}
            callers = [call for each in self.functions for call in calls(each, function.name)]
            return {keyword.arg for call in callers for keyword in call.keywords if keyword.arg} - ours
        keys = [
            str(key.value)
            for value in assigned(function, name)
            if isinstance(value, ast.Dict)
            for key in value.keys
            if isinstance(key, ast.Constant)
        ]
        if not keys:
            raise ValueError(f"{where}: **{name} is not read by the tests")
        return set(keys)

    def given(self, function: ast.AST, name: str) -> Iterator[tuple[ast.AST, ast.expr]]:
        """What the callers in this module give for a parameter."""
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        names = [argument.arg for argument in function.args.args]
        if name in names:
            for caller in self.functions:
                for call in calls(caller, function.name):
                    at = names.index(name)
                    if at < len(call.args):
                        yield caller, call.args[at]


def calls(scope: ast.AST, name: str = "") -> Iterator[ast.Call]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and (not name or ast.unparse(node.func) == name):
            yield node


def assigned(scope: ast.AST, name: str) -> Iterator[ast.expr]:
    """What a variable is given: of the module only what stands at its top."""
    nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
    for node in nodes:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [name]:
            yield node.value

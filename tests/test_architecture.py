"""Who may import whom: docs/architecture.md, kept true by the syntax trees."""

import ast
from pathlib import Path

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.state import StatesGroup

ROOT = Path(__file__).parent.parent
LEAVES = {"clock", "errors", "config", "watch"}

# What each part of bot/ may import of bot/, besides itself and the leaves.
MAY = {
    "clock": set(),
    "errors": set(),
    "config": set(),
    "watch": set(),
    "programme": set(),
    "texts": set(),
    "log": set(),
    "db": {"programme"},
    "features": {"db", "programme"},
    "ui": {"texts", "programme"},
    "reports": {"programme"},
    "scheduler": {"features", "db", "programme"},
    "handlers": {"features", "db", "programme", "ui", "texts", "reports", "filters", "middlewares"},
    "filters": {"db", "ui"},
    "conversations": {"db"},
    "middlewares": {"db", "features", "ui", "texts", "conversations"},
    "switchboard": {"filters"},
    "updates": set(),
    "throttle": set(),
    "proxy": set(),
    "calls": set(),
    "rest": {"db", "ui", "conversations", "calls"},
    "intake": {"db", "ui", "texts", "middlewares", "conversations", "proxy", "rest", "throttle", "updates"},
    "delivery": {"db", "features", "ui", "texts"},
    "leading": {"db", "delivery", "intake", "scheduler", "updates"},
    "app": {
        "db", "programme", "handlers", "intake", "delivery", "middlewares", "scheduler", "features", "ui",
        "switchboard", "throttle", "updates", "web", "conversations", "leading", "proxy", "calls",
    },
    "web": {"db", "features", "programme", "ui", "texts", "reports", "updates"},
    "demo": {"db", "features", "programme", "app", "texts", "ui"},
    "cli": {"db", "features", "programme", "app", "log", "texts", "demo", "reports", "ui", "proxy"},
    "__main__": {"cli"},
    "aiogram_lazily": set(),
    "__init__": {"aiogram_lazily"},
}  # fmt: skip

# Features by tier: a later one may import an earlier one, not back.
TIERS = [
    {"accounts", "roster", "inbox", "outbox", "audit", "backup", "health"},
    {"notes", "surveys", "feedback", "events", "activities", "declarations", "documents", "risk", "findings"},
    {"indicators"},
    {"privacy"},
]


def part(path: Path) -> str:
    return path.relative_to(ROOT / "bot").parts[0].removesuffix(".py")


def imports(path: Path) -> list[tuple[str, list[str], bool]]:
    """Every import of ours: the module, the names taken from it, and whether it is for typing only."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing_only = {
        id(node)
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.dump(block.test)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: absolute imports only"
            found.append((node.module or "", [a.name for a in node.names], id(node) in typing_only))
        elif isinstance(node, ast.Import):
            found += [(a.name, [], id(node) in typing_only) for a in node.names]
    return found


SOURCES = sorted((ROOT / "bot").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    here = part(path)
    for module, names, _ in imports(path):
        pieces = module.split(".")
        assert pieces[0] != "tests"
        if pieces[0] != "bot":
            continue
        targets = [pieces[1]] if len(pieces) > 1 else names
        for target in targets:
            if target == here or target in LEAVES or target == "__version__":
                continue
            # ui/ words values of db/ and features/: it may name their types, never call them.
            if here == "ui" and target in {"db", "features"}:
                assert all(name[0].isupper() for name in names), f"{path}: only types of {module}"
                continue
            assert target in MAY[here], f"{path.relative_to(ROOT)} must not import bot.{target}"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot" / "features").rglob("*.py")), ids=lambda path: path.stem
)
def test_features_keep_their_tiers_and_stay_clean(path: Path) -> None:
    def tier(noun: str) -> int:
        return next(i for i, nouns in enumerate(TIERS) if noun in nouns)

    noun = path.relative_to(ROOT / "bot" / "features").parts[0].removesuffix(".py")
    for module, names, _ in imports(path):
        assert not module.startswith(("aiogram", "apscheduler")), f"{path.name} imports {module}"
        if noun != "__init__" and module.startswith("bot.features"):
            nouns = [module.split(".")[2]] if module.count(".") > 1 else names
            assert all(tier(other) <= tier(noun) for other in nouns), f"{noun} imports {nouns}"
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = [
        n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)
    ]
    assert "commit" not in calls and "rollback" not in calls


@pytest.mark.parametrize(
    "path", sorted((ROOT / "bot" / "handlers").rglob("*.py")), ids=lambda path: path.stem
)
def test_handlers_return_their_replies(path: Path) -> None:
    """No transaction stays open across a call to Telegram: replies are returned, the intake sends them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    sends = {"answer", "answer_photo", "answer_document", "edit_text", "reply", "send_message", "send_photo"}
    awaited = [
        node.value.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Await)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Attribute)
    ]
    assert sends.isdisjoint(awaited)


def test_sandbox_knows_nothing_of_the_bot() -> None:
    for path in (ROOT / "sandbox").rglob("*.py"):
        assert not any(module.split(".")[0] == "bot" for module, _, _ in imports(path)), path


def test_what_must_start_fast_does_not_import_aiogram() -> None:
    """aiogram costs seconds: the command line, migrations and imports do without."""
    for here in ("cli", "db", "features", "programme", "reports", "config", "texts"):
        base = ROOT / "bot" / here
        for path in base.rglob("*.py") if base.is_dir() else [base.with_suffix(".py")]:
            heavy = [m for m, _, typing in imports(path) if m.split(".")[0] == "aiogram" and not typing]
            assert not heavy, f"{path} imports {heavy}"


def test_no_two_buttons_have_one_prefix() -> None:
    """aiogram would take one for the other."""
    import bot.handlers  # noqa: F401 - defines them all

    ours = [kind for kind in CallbackData.__subclasses__() if kind.__module__.startswith("bot.")]
    prefixes = [kind.__prefix__ for kind in ours]
    assert len(prefixes) == len(set(prefixes)) > 100


def test_no_two_steps_have_one_name() -> None:
    """aiogram knows a state by the names of its group and its own, not by its module."""
    import bot.handlers  # noqa: F401 - defines them all

    states = [state.state for group in StatesGroup.__subclasses__() for state in group.__all_states__]
    assert len(states) == len(set(states)) > 10

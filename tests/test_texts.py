"""Words: both languages have the same messages with the same arguments, and the code uses what there is."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as fluent

from bot.texts import LANGUAGES, NAME_MAX, Html, Texts, sources, texts

BOT = Path(__file__).parent.parent / "bot"


class Arguments:
    """The variables that a message uses."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def walk(self, node: object) -> None:
        # Each is parsed for itself, when it is first said (bot/texts/__init__.py).
        assert not isinstance(node, fluent.MessageReference | fluent.TermReference), node.id.name
        if isinstance(node, fluent.VariableReference):
            self.found.add(node.id.name)
        for value in getattr(node, "__dict__", {}).values():
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, fluent.BaseNode):
                    self.walk(child)


@cache
def messages(language: str) -> dict[str, set[str]]:
    """Every message of a language with its arguments."""
    found: dict[str, set[str]] = {}
    for path in sorted((BOT / "texts" / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, fluent.Junk), f"{path.name}: {(entry.content or '')[:80]}"
            if isinstance(entry, fluent.Message):
                assert entry.id.name not in found, f"{path.name}: {entry.id.name} stands twice"
                arguments = Arguments()
                arguments.walk(entry)
                found[entry.id.name] = arguments.found
    return found


def test_both_languages_say_the_same_things_with_the_same_arguments() -> None:
    assert messages("ru") == messages("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_are_found_before_they_are_parsed(language: str) -> None:
    assert sources(language).keys() == messages(language).keys()


def test_both_languages_have_the_same_files() -> None:
    names = [{path.name for path in (BOT / "texts" / language).glob("*.ftl")} for language in LANGUAGES]
    assert names[0] == names[1]


def test_an_event_has_one_name() -> None:
    """«Мероприятие» is the programme's word for its twenty; a meeting or an open day is a «событие»."""
    words = sources("ru").items()
    about_events = [
        word for key, word in words if re.match(r"(error-|go-|privacy-\w+-|audit-\w+-)?event", key)
    ]
    assert len(about_events) > 100
    assert not [word for word in about_events if "мероприят" in word.lower()]


@pytest.mark.parametrize(("language", "written"), [("ru", r"[\d}]\xa0%"), ("en", r"[\d}]%")])
def test_per_cent_are_written_in_one_way(language: str, written: str) -> None:
    """Russian has a space there, one that does not break; English has none."""
    for key, words in sources(language).items():
        assert len(re.findall(written, words)) == words.count("%"), key


@cache
def used() -> tuple[set[str], list[re.Pattern[str]]]:
    """Keys that the code names, and patterns of those that it builds (f"go-{place}")."""
    exact: set[str] = set()
    built: list[re.Pattern[str]] = []
    for path in BOT.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        exact |= set(re.findall(r"""["']([a-z][a-z0-9_]*(?:-[a-z0-9_]+)+|[a-z]+)["']""", source))
        for pattern in re.findall(r'f"([a-z0-9-]*\{[^"]*)"', source):
            regex = re.sub(r"\\\{.*?\\\}", "[a-z0-9_-]+", re.escape(pattern))
            if "-" in pattern:
                built.append(re.compile(regex))
    return exact, built


def test_no_message_is_unused() -> None:
    exact, built = used()
    unused = {key for key in messages("ru") if key not in exact and not any(p.fullmatch(key) for p in built)}
    # Of f"{beginning}-{value}" the beginning stands somewhere, such as "privacy-role".
    beginnings = {key for key in exact if "-" in key}
    assert not {key for key in unused if key.rpartition("-")[0] not in beginnings}


def test_no_message_is_missing() -> None:
    missing = set()
    for path in BOT.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        keys = re.findall(r"""(?:\bt|texts\("ru"\)|data\["t"\])\(\s*["']([a-z0-9_-]+)["']""", source)
        keys += re.findall(r'AppError\(\s*"([a-z0-9_-]+)"', source)
        missing |= {f"{path.name}: {key}" for key in keys if key not in messages("ru")}
    assert not missing


def test_words_of_people_are_escaped_and_ours_are_not() -> None:
    t = texts("ru")
    assert "&lt;b&gt;" in t("introduced", name="<b>")
    assert "<b>" in t("introduced", name=Html("<b>"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_fills_a_message_is_escaped(language: str) -> None:
    """Every message, with every argument a tag: there is no way for somebody's words to become markup."""
    t, hostile = texts(language), '<zzz>&"'
    sources = "".join(path.read_text("utf-8") for path in (BOT / "texts" / language).glob("*.ftl"))
    numbers = set(re.findall(r"NUMBER\(\$(\w+)", sources))
    for key, arguments in messages(language).items():
        words: dict[str, str | int] = dict.fromkeys(arguments, hostile)
        try:
            text = t(key, **words)
        except ValueError:  # Fluent itself takes nothing but numbers for some
            text = t(key, **words | dict.fromkeys(words.keys() & numbers, 5))
        assert hostile not in text and "<zzz>" not in text, key


def test_what_is_html_already_is_said_so_by_the_words_only() -> None:
    """Html(...) is not escaped again: features and handlers, who hold what people wrote, never say so."""
    makers = {path.parent for path in BOT.rglob("*.py") if re.search(r"\bHtml\(", path.read_text("utf-8"))}
    assert {path.relative_to(BOT).parts[0] for path in makers} <= {"ui", "texts"}


@pytest.mark.parametrize(("days", "word"), [(1, "день"), (3, "дня"), (5, "дней"), (21, "день"), (30, "дней")])
def test_russian_plurals(days: int, word: str) -> None:
    assert f"{days} {word}" in texts("ru")("invite-ready-staff", name="x", link="x", days=days)


# Arguments that count something, wherever they stand; and words after a number that are not counted by it.
NUMBERS = re.compile(
    "answers|classes|count|days|denominator|files|guardians|hours|lacking|length|limit|lines|max|minutes"
    "|missing|months|notes|numerator|people|pupils|questions|rows|weeks"
)
NOT_COUNTED = re.compile("и|из|от|до|по|на|не|для|of|and|are|at|from|have|has|is|more|to|with|who|would|в")


def uncounted(language: str) -> Iterator[str]:
    """Numbers with a noun in one form only: "{ $count } дней" is wrong for one and for two."""

    def walk(pattern: fluent.Pattern, chosen_by: frozenset[str]) -> Iterator[str]:
        for element, after in zip(pattern.elements, [*pattern.elements[1:], None], strict=True):
            if not isinstance(element, fluent.Placeable):
                continue
            what = element.expression
            if isinstance(what, fluent.SelectExpression):
                by = {what.selector.id.name} if isinstance(what.selector, fluent.VariableReference) else set()
                for variant in what.variants:
                    yield from walk(variant.value, chosen_by | by)
            if isinstance(what, fluent.VariableReference) and isinstance(after, fluent.TextElement):
                word = re.match(r" ([а-яёa-z]+)\b", after.value)
                counts = NUMBERS.fullmatch(what.id.name) and what.id.name not in chosen_by
                if counts and word and not NOT_COUNTED.fullmatch(word[1]):
                    yield f"{{ ${what.id.name} }} {word[1]}"

    for path in sorted((BOT / "texts" / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message) and entry.value:
                yield from (
                    f"{path.name}: {entry.id.name}: {found}" for found in walk(entry.value, frozenset())
                )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_with_a_noun_has_its_plurals(language: str) -> None:
    assert not list(uncounted(language))


# What stands in English texts in Cyrillic and in Russian ones in Latin letters: names of languages, examples,
# names of things that have no other.
FOREIGN = {
    "en": {"Русский", "Язык", "А", "Б", "ВПР", "ОГЭ", "Точка", "роста"},
    "ru": {"English", "Language", "Telegram", "QR", "XLSX", "XLS", "CSV", "PDF", "HTML", "JSON", "Excel"}
    | {"LS", "Lesson", "Study", "Word"},
}
LETTERS = {"en": r"[А-Яа-яЁё]+", "ru": r"[A-Za-z]+"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_keeps_to_its_letters(language: str) -> None:
    found = set()
    for path in (BOT / "texts" / language).glob("*.ftl"):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            if isinstance(entry, fluent.Message) and entry.value:
                for words in said(entry.value):
                    # Tags, commands and addresses are neither language's.
                    words = re.sub(r"</?[a-z]+>|/[a-z_]+|https?://\S+|@\w+", " ", words)
                    foreign = set(re.findall(LETTERS[language], words)) - FOREIGN[language]
                    found |= {f"{path.name}: {entry.id.name}: {word}" for word in foreign}
    assert not found


def said(pattern: fluent.Pattern) -> Iterator[str]:
    """The words of a message, of all its variants."""
    for element in pattern.elements:
        if isinstance(element, fluent.TextElement):
            yield element.value
        elif isinstance(element.expression, fluent.SelectExpression):
            for variant in element.expression.variants:
                yield from said(variant.value)


def test_a_missing_argument_or_message_is_an_error() -> None:
    with pytest.raises(ValueError, match="introduced"):
        texts("ru")("introduced")
    with pytest.raises(KeyError):
        texts("ru")("no-such-message")


def test_russian_is_not_in_the_code() -> None:
    """Words stand in Fluent files. Docstrings and comments may quote the document."""
    # The school's name; classes and columns of a file; how surnames are declined.
    allowed = {"config.py", "reading.py", "table.py", "surnames.py"}
    found = []
    for path in BOT.rglob("*.py"):
        if path.name in allowed or "demo" in path.parts:
            continue
        for string in re.findall(r'(?<!")"([^"\n]*[а-яё]{3}[^"\n]*)"(?!")', strip_comments(path), re.I):
            found.append(f"{path.name}: {string}")
    assert not found


def strip_comments(path: Path) -> str:
    """The code without docstrings and comments."""
    source = re.sub(r'"""(?:.|\n)*?"""', "", path.read_text(encoding="utf-8"))
    return re.sub(r"#[^\n]*", "", source)


def test_whatever_language_somebody_claims_nothing_is_kept_for_it() -> None:
    assert texts("xx") is texts("ru") is not texts("en")


def test_what_was_said_is_kept_but_for_letters() -> None:
    t = Texts("ru")
    for words in ("Маша", "Маша", "М" * (NAME_MAX + 1)):
        assert words in t("feedback-colleague", name=words, position="учитель")
    assert t._said.cache_info().currsize == 1


def test_text_is_not_taken_for_html_that_reads_the_same() -> None:
    t, words = Texts("ru"), "<b>Маша</b>"
    assert Html(words) in t("feedback-colleague", name=Html(words), position="")
    assert "&lt;b&gt;Маша" in t("feedback-colleague", name=words, position="")

"""The guided tour: each is played over HTTP, each step is checked off by what is done, and not before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.conftest import DESKTOP, Ask, Open

# What is done for each step, in order: whose phone, and what is written (/ or !) or pressed there: the words
# of the button, or @ and the end of its data.
PLAYED: dict[str, list[list[tuple[int, str]]]] = {
    "Учитель": [
        [(104, "/note")],
        [(104, "7Б"), (104, "Лукошкин Стёпа")],
        [(104, "Просто сообщить"), (104, "!Завтра принесите, пожалуйста, цветную бумагу.")],
        [(104, "Отправить")],
        [(210, "@:answer")],
        [(104, "/notes")],
        [(104, "/class")],
        [(104, "/risk"), (104, "Меркулова Ника, 7Б")],
    ],
    "Родитель": [
        [(209, "Прочитано")],
        [(209, "@:answer")],
        [
            (209, "/cancel"), (209, "/surveys"), (209, "(0 из 6)"),
            (209, "5"), (209, "4"), (209, "3"), (209, "Да"), (209, "Из этого бота"), (209, "!Спасибо"),
            (209, "Отправить ответы"),
        ],
        [(209, "/events"), (209, "Родительское собрание"), (209, "Приду")],
        [(209, "/feedback"), (209, "Вопрос")],
        [(209, "/children")],
        [(209, "/quiet")],
    ],
    "Ответственный": [
        [(103, "/tasks")],
        [(0, "clock")],
        [(103, "2.5")],
        [(103, "Сделано")],
        [(103, "!Посетили три урока, обсудили."), (103, "Отправить")],
        [(101, "Принять")],
    ],
    "Директор": [
        [(101, "/status")],
        [(101, "Картинка")],
        [(101, "3. Работа"), (101, "3.4"), (101, "Кто и что посчитано")],
        [(101, "/activities")],
        [(101, "/survey"), (101, "🟢")],
        [(101, "/tickets"), (101, "№ ")],
        [(101, "/invite"), (101, "Родителей"), (101, "10А"), (101, "Уваров")],
        [(101, "/report"), (101, "Документ")],
    ],
    "Гость": [
        [(950, "slip")],
        [(950, "Согласен")],
        [(950, "Мои дети")],
        [(950, "/privacy")],
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", PLAYED)
def test_every_step_is_checked_off_when_it_is_done(name: str, ask: Ask) -> None:
    ask("tours", {})
    deeds = PLAYED[name]
    assert len(steps(ask, name)) == len(deeds) <= 8
    for number, doing in enumerate(deeds):
        assert not steps(ask, name)[number], f"{number + 1} was done before"
        for who, deed in doing:
            _do(ask, who, deed)
        assert steps(ask, name)[number], f"{number + 1} was not done by {doing}"


def test_the_page_shows_it(open_page: Open, ask: Ask) -> None:
    ask("users/104/send", {"text": "/note"})
    screen = open_page(DESKTOP, 104, 210)
    tour = screen.tab("Экскурсия")
    assert [one.inner_text() for one in tour.get_by_role("group").get_by_role("button").all()] == list(PLAYED)
    tour.get_by_role("button", name="Начать сначала").click()
    tour.get_by_text("0 из 8").wait_for()
    teacher = screen.phone()
    teacher.says("/note", "О ком напишем?")
    teacher.presses("7Б", "7Б класс. О ком напишем?")
    teacher.presses("Лукошкин Стёпа", "О чём сообщение?")
    tour.get_by_text("2 из 8").wait_for()
    assert tour.locator("li.next b").inner_text() == "Похвалите"
    screen.picture("tour")
    tour.get_by_role("button", name="Директор").click()
    tour.get_by_role("button", name="Открыть нужный телефон").click()
    assert screen.page.locator(".whose select").evaluate_all("all => all.map(one => one.value)") == [
        "101",
        "210",
    ]


def steps(ask: Ask, name: str) -> list[bool]:
    """Which steps of a tour are done."""
    [tour] = [tour for tour in ask("tours") if tour["name"]["ru"] == name]
    return [step["done"] for step in tour["steps"]]


def _do(ask: Ask, who: int, deed: str) -> None:
    if deed == "clock":
        now = datetime.fromisoformat(ask("clock")["now"])
        ask("clock", {"at": (now + timedelta(minutes=1)).isoformat()})
    elif deed == "slip":
        ask("users", {"id": who, "first_name": "Гость", "group": "stranger"})
        code = _code(ask)
        _answered(ask, who, lambda: ask(f"users/{who}/start", {"code": code}))
    elif deed.startswith(("/", "!")):
        _answered(ask, who, lambda: ask(f"users/{who}/send", {"text": deed.removeprefix("!")}))
    else:
        _answered(ask, who, lambda: _press(ask, who, deed))


def _answered(ask: Ask, who: int, do: Callable[[], object]) -> None:
    """Do it, and wait until the bot has written or changed something."""
    after = ask(f"users/{who}/messages")["next"]
    do()
    for _ in range(10):
        news = ask(f"users/{who}/messages?after={after}&timeout=2")
        after = news["next"]
        if any(message["from"]["is_bot"] for message in news["messages"]):
            return
    raise AssertionError(f"the bot does not answer {who}")


def _code(ask: Ask) -> str:
    """An invitation that the director makes."""
    for deed in ("/invite", "Родителей", "10А", "Уваров"):
        _do(ask, 101, deed)
    [*_, last] = (m for m in ask("users/101/messages")["messages"] if "caption_entities" in m)
    [link] = (one for one in last["caption_entities"] if one["type"] == "url")
    url = last["caption"][link["offset"] :][: link["length"]]
    return str(parse_qs(urlsplit(url).query)["start"][0])


def _press(ask: Ask, who: int, label: str) -> None:
    """Press the lowest button meant, waiting for it."""
    after = 0
    messages: dict[int, Any] = {}
    for _ in range(10):
        news = ask(f"users/{who}/messages?after={after}&timeout=2")
        after = news["next"]
        messages |= {message["message_id"]: message for message in news["messages"]}
        for id_ in sorted(messages, reverse=True):
            keyboard = messages[id_].get("reply_markup", {}).get("inline_keyboard", [])
            for button in (one for row in keyboard for one in row if not messages[id_]["deleted"]):
                data = button["callback_data"]
                if label in button["text"] or (label[0] == "@" and data.endswith(label[1:])):
                    ask(f"users/{who}/press", {"message_id": id_, "data": data})
                    return
    raise AssertionError(f"{who} has no button {label!r}")

"""The page itself: what a line that is cut looks like, the keyboard, other languages, the whole of a chat."""

import re
from typing import Any, Literal

import pytest

from tests.browser.conftest import DESKTOP, PHONE, Ask, Open

MATHEMATICS, MOTHER, PARENT, READER = 105, 215, 216, 217
# The chat in view stands at its end.
AT_END = """() => [...document.querySelectorAll('.log')].filter(one => one.offsetParent)
    .every(one => one.scrollHeight - one.scrollTop - one.clientHeight < 2)"""


def test_without_a_line_nothing_is_lost(open_page: Open) -> None:
    screen = open_page(DESKTOP, MATHEMATICS)
    teacher = screen.phone()
    time = screen.tab("Время и связь")
    time.get_by_role("button", name="Нет").click()
    time.locator("[aria-pressed=true]", has_text="Нет").wait_for()
    time.get_by_text("до полуминуты").wait_for()
    teacher.says("/class")
    mine = teacher.pane.locator(".message.mine", has_text="/class")
    mine.get_by_label("отправлено").wait_for()
    time.get_by_role("button", name="Хорошая").click()
    mine.get_by_label("бот получил").wait_for()
    teacher.sees("Какой класс показать?")


def test_somebody_blocks_the_bot_and_comes_back(open_page: Open) -> None:
    screen = open_page(DESKTOP, MATHEMATICS, PARENT)
    parent = screen.phone(1)
    time = screen.tab("Время и связь")
    time.get_by_role("switch", name="Тулупов Степан").click()
    restart = parent.pane.get_by_role("button", name="Перезапустить бота")
    restart.wait_for()
    assert not parent.pane.locator("textarea").is_visible()
    restart.click()
    parent.sees("Чем помочь?")
    assert time.get_by_role("switch", name="Тулупов Степан").get_attribute("aria-checked") == "false"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_everything_is_reached_by_the_keyboard(open_page: Open, size: tuple[int, int]) -> None:
    screen = open_page(size)
    page = screen.page
    page.get_by_role("tab", name="Люди").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("tabpanel", name="Экскурсия").is_visible()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("button", name="Сафронова").first.focus()
    page.keyboard.press("Enter")
    chat = screen.phone(0).pane
    box = chat.get_by_label("Сообщение", exact=True)
    box.focus()
    page.keyboard.type("/qu")
    chat.get_by_role("menu", name="Меню").wait_for()
    page.keyboard.press("Escape")
    assert chat.get_by_role("menu").count() == 0
    page.keyboard.type("iet")
    page.keyboard.press("Enter")
    screen.phone(0).sees("Нажмите на строку, чтобы переключить")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    chat.locator(".more").last.focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    chat.get_by_role("menuitem", name="Ответить").wait_for()
    page.keyboard.press("Escape")
    assert chat.get_by_role("menu").count() == 0


def test_answers_corrections_reactions_and_files(open_page: Open) -> None:
    screen = open_page(DESKTOP, MOTHER)
    chat = screen.phone().pane
    box = chat.get_by_label("Сообщение", exact=True)
    box.fill("Первая строка")
    box.press("Shift+Enter")
    box.press_sequentially("<b>вторая</b>")
    box.press("Enter")
    mine = chat.locator(".message.mine").last
    mine.get_by_text("<b>вторая</b>").wait_for()
    mine.hover()
    mine.locator(".more").click()
    chat.get_by_role("menuitem", name="Изменить").click()
    box.fill("Исправлено")
    box.press("Enter")
    chat.locator(".message.mine").last.get_by_text("изм.").wait_for()
    theirs = chat.locator(".message.theirs").first
    theirs.hover()
    theirs.locator(".more").click()
    chat.get_by_role("menuitem", name="Отметить 👍").click()
    theirs.locator(".reactions", has_text="👍").wait_for()
    theirs.hover()
    theirs.locator(".more").click()
    chat.get_by_role("menuitem", name="Ответить").click()
    box.fill("Это ответ")
    box.press("Enter")
    chat.locator(".message.mine .quote").last.wait_for()
    for kind in ("Альбом", "Документ", "Голосовое", "Мой номер", "Моё место"):
        count = chat.locator(".message.mine").count()
        chat.get_by_role("button", name="Прикрепить").click()
        chat.get_by_role("menuitem", name=re.compile(kind)).click()
        chat.locator(".message.mine").nth(count).wait_for()
    assert chat.locator(".photos.n3 img").count() == 3
    assert chat.locator(".message.mine .wave").count() == 1


def test_whatever_a_bot_can_send_is_shown(open_page: Open, bot: Ask) -> None:
    screen = open_page(DESKTOP, READER)
    chat = screen.phone().pane
    html = "<b>жирный <i>и косой</i></b> <tg-spoiler>тайна</tg-spoiler> <blockquote>цитата</blockquote> /menu"
    bot("sendMessage", chat_id=READER, text=html, parse_mode="HTML")
    message = chat.locator(".message").last
    assert message.locator("strong em").inner_text() == "и косой"
    assert message.locator("blockquote").inner_text() == "цитата"
    message.get_by_role("button", name="Скрытый текст").press("Enter")
    message.locator(".spoiler.shown", has_text="тайна").wait_for()
    message.get_by_role("button", name="/menu").click()
    screen.phone().sees("Чем помочь?")

    button = {"text": "Старая", "callback_data": "nothing:1"}
    sent = bot("sendMessage", chat_id=READER, text="?", reply_markup={"inline_keyboard": [[button]]})
    chat.get_by_role("button", name="Старая").click()
    alert = screen.page.get_by_role("dialog")
    alert.get_by_text("Эта кнопка уже не работает").wait_for()
    screen.page.keyboard.press("Escape")
    assert alert.count() == 0
    there = chat.locator(f"[data-id='{sent['message_id']}']")
    bot("editMessageText", chat_id=READER, message_id=sent["message_id"], text="Исправлено")
    there.get_by_text("изм.").wait_for()
    bot("deleteMessage", chat_id=READER, message_id=sent["message_id"])
    there.wait_for(state="detached")

    bot("sendPoll", chat_id=READER, question="Когда?", options=["Утром", "Вечером"])
    chat.get_by_role("button", name="Утром").click()
    chat.get_by_role("button", name="Утром", pressed=True).wait_for()
    keys = [[{"text": "Да"}, {"text": "Мой номер", "request_contact": True}]]
    bot("sendMessage", chat_id=READER, text="Ждём", reply_markup={"keyboard": keys})
    chat.locator(".keyboard").get_by_role("button", name="Мой номер").click()
    chat.locator(".message.mine", has_text="+7 900").wait_for()
    screen.phone().sees("Не понял вас")
    bot("sendChatAction", chat_id=READER, action="typing")
    chat.get_by_text("печатает…").wait_for()
    bot("sendMessage", chat_id=READER, text="Всё", reply_markup={"remove_keyboard": True})
    chat.locator(".keyboard").wait_for(state="hidden")


def test_what_people_write_is_text(open_page: Open, ask: Ask) -> None:
    nasty = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
    person = ask("users", {"first_name": nasty, "group": nasty, "about": nasty})
    screen = open_page(DESKTOP, person["id"])
    chat = screen.phone()
    chat.pane.get_by_role("button", name="Начать").click()
    chat.sees("Чтобы войти, нужно приглашение")
    chat.says(nasty)
    chat.pane.locator(".message.mine").get_by_text("onerror").wait_for()
    assert screen.page.evaluate("document.querySelectorAll('img[src=x]').length") == 0
    assert "hacked" not in screen.page.title()


def test_unread_messages_are_counted_and_another_phone_is_a_press_away(open_page: Open) -> None:
    screen = open_page(PHONE)
    page = screen.page
    row = page.locator(".person", has_text="Зимина Ксения")
    assert row.locator(".count").inner_text() == "1"
    row.locator(".who").click()
    page.get_by_role("button", name="Другой телефон").locator("visible=true").click()
    assert screen.phone(1).pane.is_visible() and not screen.phone(0).pane.is_visible()
    screen.phone(1).pane.get_by_role("button", name="К списку людей").click()
    assert row.locator(".count").count() == 0


def test_english_and_dark(open_page: Open) -> None:
    screen = open_page(DESKTOP, color_scheme="light")
    page = screen.page
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="English").click()
    page.get_by_role("tab", name="Time and network").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"
    page.get_by_role("button", name="Theme: as the system").click()
    page.get_by_role("button", name="Theme: dark").click()
    page.get_by_role("button", name="Theme: light").click()
    page.get_by_role("button", name="Theme: as the system").click()
    page.get_by_role("button", name="Theme: dark").wait_for()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    page.get_by_role("button", name="Theme: dark").wait_for()
    assert page.evaluate("document.documentElement.lang") == "en"


@pytest.mark.parametrize("system", ["light", "dark"])
def test_the_first_press_turns_the_theme_and_leaves_the_panel_as_it_was(
    open_page: Open, system: Literal["light", "dark"]
) -> None:
    screen = open_page(PHONE, color_scheme=system)
    button = screen.page.locator(".theme")
    for tab, part in (("Люди", ".person"), ("Экскурсия", ".tour li"), ("Время и связь", "[role=switch]")):
        panel = screen.tab(tab)
        there = panel.locator(part).count()
        themes = []
        for _ in range(3):
            themes.append(screen.page.evaluate("document.documentElement.dataset.theme"))
            button.click()
            assert panel.locator(part).count() == there > 0
        assert themes == [system, "light" if system == "dark" else "dark", system]


def test_a_chat_opens_at_its_end_after_a_reload(open_page: Open, bot: Ask) -> None:
    page = open_page(PHONE).page
    for number in range(12):
        bot("sendMessage", chat_id=READER, text=f"{number}\n" * 6)
    page.locator(f"[data-focus=who{READER}]").click()
    for _ in range(2):
        log = page.locator(".log:visible")
        log.locator(".message", has_text="11").last.wait_for()
        page.wait_for_function(AT_END)
        assert log.evaluate("one => one.scrollHeight > 2 * one.clientHeight")
        page.reload()
        page.locator(f"[data-focus=who{READER}]").click()


def test_a_photo_that_arrives_late_does_not_push_the_answer_away(open_page: Open) -> None:
    page = open_page(PHONE).page
    page.set_viewport_size({"width": 320, "height": 568})
    late: list[Any] = []
    page.route("**/sandbox/files/*", lambda route: late.append(route))
    page.locator(f"[data-focus=who{READER}]").click()
    log = page.locator(".log:visible")
    page.get_by_role("button", name="Прикрепить").locator("visible=true").click()
    page.get_by_role("menuitem", name="Фото (образец)", exact=True).click()
    log.locator(".message.mine img").last.wait_for(state="attached")
    log.locator(".message.mine + .message.theirs").last.wait_for()
    page.wait_for_function(AT_END)
    for each in late:
        each.continue_()
    page.wait_for_function(
        "() => [...document.querySelectorAll('.message.mine img')].every(one => one.naturalWidth > 0)"
    )
    page.wait_for_function(AT_END)


def test_a_chat_stays_at_its_end_until_somebody_goes_up(open_page: Open, bot: Ask) -> None:
    page = open_page(PHONE).page
    for number in range(12):
        bot("sendMessage", chat_id=READER, text=f"{number}\n" * 6)
    page.locator(f"[data-focus=who{READER}]").click()
    log = page.locator(".log:visible")
    log.locator(".message", has_text="11").last.wait_for()
    page.wait_for_function(AT_END)
    # As when a photo has loaded before the page is told of an earlier scroll.
    grow = "one => { one.lastElementChild.style.minHeight = '%dpx'; one.dispatchEvent(new Event('scroll')); }"
    log.evaluate(grow % 400)
    page.wait_for_function(AT_END)
    down = page.get_by_role("button", name="К последним сообщениям").locator("visible=true")
    log.evaluate("one => one.scrollBy(0, -500)")
    down.wait_for()
    there = log.evaluate("one => one.scrollTop")
    log.evaluate(grow % 800)
    down.wait_for()
    assert log.evaluate("one => one.scrollTop") == there
    down.click()
    page.wait_for_function(AT_END)


def test_a_slip_is_opened_again_after_a_refusal(open_page: Open, ask: Ask, bot: Ask) -> None:
    slip = f"https://t.me/{bot('getMe')['username']}?start=nobody-has-this-code"
    person = ask("users", {"first_name": "Прохожий", "group": "stranger", "slip": slip})
    screen = open_page(DESKTOP, person["id"])
    pane = screen.phone().pane
    again = pane.get_by_role("button", name="Листок", exact=True)
    assert not again.is_visible()
    pane.get_by_role("button", name="Навести камеру").last.click()
    pane.locator(".message.theirs").wait_for()
    again.click()
    screen.page.get_by_role("dialog").get_by_role("button", name="Навести камеру").last.click()
    pane.locator(".message.mine").nth(1).wait_for()
    assert screen.page.get_by_role("dialog").count() == 0


def test_what_is_being_written_outlives_the_page_and_a_look_at_another_phone(open_page: Open) -> None:
    screen = open_page(DESKTOP, READER)
    phone = screen.phone()
    box = phone.pane.locator("textarea")
    box.fill("Добрый день! Я хотела")
    phone.belongs_to(PARENT)
    assert box.input_value() == ""
    phone.belongs_to(READER)
    assert box.input_value() == "Добрый день! Я хотела"
    screen.page.reload()
    screen.page.locator(".person").first.wait_for()
    assert box.input_value() == "Добрый день! Я хотела"
    box.press("Enter")
    phone.pane.locator(".message.mine", has_text="Я хотела").wait_for()
    screen.page.reload()
    screen.page.locator(".person").first.wait_for()
    assert box.input_value() == ""


def test_what_the_bot_says_for_a_moment_covers_no_button_that_is_next(open_page: Open, bot: Ask) -> None:
    pane = open_page(DESKTOP, READER).phone().pane
    keys = [[{"text": "Самая нижняя", "callback_data": "nothing:1"}]]
    bot("sendMessage", chat_id=READER, text="?", reply_markup={"inline_keyboard": keys})
    lowest = pane.locator(".buttons button", has_text="Самая нижняя").last
    lowest.wait_for()
    toast = pane.locator(".toast")
    toast.evaluate("one => { one.textContent = 'Готово'; }")
    above, below = toast.bounding_box(), lowest.bounding_box()
    assert above["y"] + above["height"] <= below["y"]


def test_another_year_is_named(open_page: Open) -> None:
    time = open_page(DESKTOP).tab("Время и связь")
    assert "2027" in time.locator("[data-jump=september] small").inner_text()
    assert "20" not in time.locator("[data-jump=monday] small").inner_text().split(",")[1]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_first_tab_leads_to_the_chat(open_page: Open, size: tuple[int, int]) -> None:
    page = open_page(size).page
    link = page.get_by_role("link", name="К чату")
    assert link.bounding_box()["y"] < 0
    page.keyboard.press("Tab")
    assert link.bounding_box()["y"] > 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_nothing_hangs_over_the_edge(open_page: Open) -> None:
    screen = open_page(PHONE)
    for width, height in ((320, 568), PHONE, (900, 700), DESKTOP):
        screen.page.set_viewport_size({"width": width, "height": height})
        for tab in ("Люди", "Экскурсия", "Время и связь"):
            screen.tab(tab)
            over = screen.page.evaluate(
                "[...document.querySelectorAll('#side *')].filter(one => one.getBoundingClientRect().right > "
                "document.getElementById('side').getBoundingClientRect().right + 1).map(one => one.className)"
            )
            assert over == [], (width, tab)
        assert screen.page.evaluate("document.documentElement.scrollWidth") <= width

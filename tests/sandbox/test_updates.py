"""How updates come to the bot: polling, acknowledging, conflicts, the webhook, presses, votes."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.processes import PATIENCE
from tests.sandbox.conftest import Sides, keyboard


async def test_offset_acknowledges(sides: Sides) -> None:
    for text in ("a", "b", "c"):
        await sides.person("users/7/send", text=text)
    first, second, third = [u["update_id"] for u in await sides.result("getUpdates")]
    # A later sandbox begins above an earlier one's numbers: a bot remembers which it has seen.
    assert time.time() - 600 < first == second - 1 == third - 2
    assert len(await sides.result("getUpdates", limit=2)) == 2
    assert [u["update_id"] for u in await sides.result("getUpdates", offset=second)] == [second, third]
    assert [u["update_id"] for u in await sides.result("getUpdates")] == [second, third]
    assert [u["update_id"] for u in await sides.result("getUpdates", offset=-1)] == [third]
    assert await sides.result("getUpdates", offset=third + 1) == []
    state = await sides.look("state")
    assert (state["pending_updates"], state["acknowledged"]) == (0, third + 1)


async def polling(sides: Sides) -> asyncio.Task[dict[str, Any]]:
    """A getUpdates that waits; returns when it has reached the sandbox."""
    updates = sides.sandbox.world.updates
    before = updates.poller
    task = asyncio.create_task(sides.call("getUpdates", timeout=30))
    while updates.poller is before:
        await updates.new.wait(5)
    return task


async def test_a_poll_waits_for_news(sides: Sides) -> None:
    task = await polling(sides)
    await sides.person("users/7/start", code="abc")
    (update,) = (await task)["result"]
    message = update["message"]
    assert message["text"] == "/start abc"
    assert message["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]
    assert message["from"] == {"id": 7, "first_name": "Анна", "language_code": "ru", "is_bot": False}


async def test_a_second_poll_ends_the_first(sides: Sides) -> None:
    first = await polling(sides)
    second = await polling(sides)
    body = await first
    assert body["error_code"] == 409
    assert body["description"].startswith("Conflict: terminated by other getUpdates request")
    await sides.person("users/7/send", text="x")
    assert len((await second)["result"]) == 1


async def test_a_poll_ends_with_the_sandbox(sides: Sides) -> None:
    task = await polling(sides)
    async with asyncio.timeout(PATIENCE):
        await sides.sandbox.stop()
        assert (await task)["result"] == []


async def test_kinds_of_updates(sides: Sides) -> None:
    sent = await sides.says()
    await sides.person("users/7/react", message_id=sent["message_id"], emoji="👍")
    assert await sides.result("getUpdates") == []
    await sides.result("getUpdates", allowed_updates=["message_reaction"])
    await sides.person("users/7/react", message_id=sent["message_id"], emoji="🎉")
    await sides.person("users/7/send", text="x")
    (update,) = await sides.result("getUpdates")
    assert update["message_reaction"]["old_reaction"] == [{"type": "emoji", "emoji": "👍"}]
    assert update["message_reaction"]["new_reaction"] == [{"type": "emoji", "emoji": "🎉"}]


async def test_what_no_app_of_telegram_sends(sides: Sides) -> None:
    assert "up to 64 letters" in await sides.mistake("users/7/start", code="я")
    for limit, message in ((4096, {"text": "ж" * 4097}), (1024, {"photo": True, "caption": "😀" * 513})):
        assert f"at most {limit} characters" in await sides.mistake("users/7/send", **message)
    assert "empty text" in await sides.mistake("users/7/send", text=" ")
    assert await sides.result("getUpdates") == []


async def test_an_edited_message(sides: Sides) -> None:
    sent = await sides.person("users/7/send", text="old")
    await sides.person("users/7/send", text="new", edit_of=sent["message_id"])
    _, update = await sides.result("getUpdates")
    assert update["edited_message"]["text"] == "new"
    assert update["edited_message"]["message_id"] == sent["message_id"]


Got = asyncio.Queue[tuple[dict[str, Any], str | None]]


@asynccontextmanager
async def hooked(answers: list[web.Response]) -> AsyncIterator[tuple[str, Got]]:
    """A bot's webhook that gives these answers, then 200 for ever."""
    got = Got()

    async def take(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        got.put_nowait((await request.json(), secret))
        return answers.pop(0) if answers else web.Response()

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", got
    finally:
        await runner.cleanup()


async def test_webhook(sides: Sides) -> None:
    reply = web.json_response({"method": "sendMessage", "chat_id": 7, "text": "from the hook"})
    async with asyncio.timeout(PATIENCE), hooked([web.Response(status=500), reply]) as (url, got):
        poll = await polling(sides)
        await sides.result("setWebhook", url=url, secret_token="s3cret")
        assert (await poll)["error_code"] == 409
        refusal = await sides.refusal("getUpdates")
        assert refusal.startswith("Conflict: can't use getUpdates method while webhook is active")
        await sides.person("users/7/send", text="one")
        first, secret = await got.get()
        assert (first["message"]["text"], secret) == ("one", "s3cret")
        again, _ = await got.get()
        assert again == first  # 500 the first time
        answer = await sides.look("users/7/messages")
        while len(answer["messages"]) < 2:
            await sides.look(f"users/7/messages?after={answer['next']}&timeout=5")
            answer = await sides.look("users/7/messages")
        assert answer["messages"][1]["text"] == "from the hook"
        while (info := await sides.result("getWebhookInfo"))["pending_update_count"]:
            pass
        assert info["url"] == url and "500" in info["last_error_message"]
        assert "s3cret" not in str(info)
        await sides.result("deleteWebhook")
        await sides.person("users/7/send", text="two")
        (update,) = await sides.result("getUpdates")
        assert update["message"]["text"] == "two" and got.empty()


async def test_pending_updates_can_be_dropped(sides: Sides) -> None:
    await sides.person("users/7/send", text="x")
    await sides.result("deleteWebhook", drop_pending_updates=True)
    assert await sides.result("getUpdates") == []


async def test_a_press_and_its_answer(sides: Sides) -> None:
    sent = await sides.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard("yes", "no"))
    place = {"message_id": sent["message_id"], "wait": 30}
    for which in ({"text": "no"}, {"data": "no"}, {"row": 0, "column": 1}):
        press = asyncio.create_task(sides.person("users/7/press", **place, **which))
        (update,) = await sides.result("getUpdates", timeout=10)
        query = update["callback_query"]
        assert (query["data"], query["message"]["message_id"]) == ("no", sent["message_id"])
        await sides.result("answerCallbackQuery", callback_query_id=query["id"], text="Да!", show_alert=True)
        answer = await press
        assert (answer["status"], answer["text"], answer["show_alert"]) == ("answered", "Да!", True)
        await sides.result("getUpdates", offset=update["update_id"] + 1)


async def test_presses_that_are_not_as_they_should_be(sides: Sides) -> None:
    sent = await sides.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard("yes"))
    place = {"message_id": sent["message_id"], "wait": 0}
    assert "no such button" in await sides.mistake("users/7/press", **place, data="no")
    assert "say which button" in await sides.mistake("users/7/press", **place)
    assert "no message 99" in await sides.mistake("users/7/press", message_id=99, data="x")
    forged = await sides.person("users/7/press", **place, data="forged", forge=True)
    assert forged["status"] == "unanswered"
    await sides.person("users/7/press", **place, data="yes", inaccessible=True)
    expired = await sides.person("users/7/press", **place, data="yes", expired=True)
    queries = [u["callback_query"] for u in await sides.result("getUpdates")]
    assert [q["data"] for q in queries] == ["forged", "yes", "yes"]
    assert queries[1]["message"]["date"] == 0 and "text" not in queries[1]["message"]
    refusal = await sides.refusal("answerCallbackQuery", callback_query_id=expired["callback_query_id"])
    assert refusal.startswith("Bad Request: query is too old")


async def test_a_poll_and_a_vote(sides: Sides) -> None:
    question = {"question": "?", "options": ["a", {"text": "b"}], "is_anonymous": False}
    sent = await sides.result("sendPoll", chat_id=7, **question)
    place = {"message_id": sent["message_id"]}
    await sides.person("users/7/vote", **place, options=[1])
    poll, answer = await sides.result("getUpdates")
    assert [o["voter_count"] for o in poll["poll"]["options"]] == [0, 1]
    assert answer["poll_answer"]["option_ids"] == [1]
    assert (await sides.result("stopPoll", chat_id=7, **place))["is_closed"]
    assert "no open poll" in await sides.mistake("users/7/vote", **place, options=[0])

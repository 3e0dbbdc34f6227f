"""Methods about the bot itself: who it is, its menu, its texts, its files, how updates come."""

from typing import Any

from sandbox import rules
from sandbox.errors import BadRequest
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.world import Json, World

LIMITS = {"name": 64, "description": 512, "short_description": 120}
# What only getMe tells of a bot; this one can do none of it.
ABILITIES = (
    "can_join_groups", "can_read_all_group_messages", "supports_guest_queries", "supports_inline_queries",
    "can_connect_to_business", "has_main_web_app", "has_topics_enabled", "allows_users_to_create_topics",
    "can_manage_bots", "supports_join_request_queries",
)  # fmt: skip
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def _me(world: World, given: Json) -> Json:
    return world.bot | dict.fromkeys(ABILITIES, False)


async def _updates(world: World, given: Json) -> list[Json]:
    world.updates.want(given.get("allowed_updates"))
    return await world.updates.poll(given.get("offset", 0), given.get("limit", 100), given.get("timeout", 0))


def _hook(world: World, given: Json) -> bool:
    if not given.get("url"):
        return _unhook(world, given)
    hook = rules.webhook(given)
    world.updates.want(given.get("allowed_updates"))
    if given.get("drop_pending_updates"):
        world.updates.pending.clear()
    world.updates.hook(**hook)
    return True


def _unhook(world: World, given: Json) -> bool:
    if given.get("drop_pending_updates"):
        world.updates.pending.clear()
    world.updates.unhook()
    return True


def _hook_info(world: World, given: Json) -> Json:
    return world.updates.webhook_info()


def _scope(world: World, given: Json) -> tuple[str, str]:
    scope = given.get("scope", {"type": "default"})
    kind = scope["type"]
    if kind == "chat":
        kind = f"chat:{world.chat(scope['chat_id']).id}"
    elif kind not in ("default", "all_private_chats"):
        raise BadRequest("the sandbox has private chats only")
    return kind, given.get("language_code", "")


def _set_commands(world: World, given: Json) -> bool:
    world.commands[_scope(world, given)] = rules.commands(given["commands"])
    world.changed.fire()
    return True


def _commands(world: World, given: Json) -> list[Json]:
    return world.commands.get(_scope(world, given), [])


def _delete_commands(world: World, given: Json) -> bool:
    world.commands.pop(_scope(world, given), None)
    world.changed.fire()
    return True


def _file(world: World, given: Json) -> Json:
    file = world.files.get(given["file_id"])
    if file.size > DOWNLOAD_LIMIT:
        raise BadRequest("file is too big")
    return file.described()


def _chat(world: World, given: Json) -> Json:
    return world.chat(given["chat_id"]).as_chat() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, True),
    }


def _menu_button(world: World, given: Json) -> bool:
    chat = world.chat(given["chat_id"]).id if "chat_id" in given else None
    world.menu_buttons[chat] = given.get("menu_button", {"type": "default"})
    return True


def _get_menu_button(world: World, given: Json) -> Json:
    chat = world.chat(given["chat_id"]).id if "chat_id" in given else None
    return world.menu_buttons.get(chat, world.menu_buttons.get(None, {"type": "default"}))


def _set_text(what: str) -> Any:
    def method(world: World, given: Json) -> bool:
        words = given.get(what, "")
        if len(words) > LIMITS[what]:
            raise BadRequest(f"BOT_{what.upper()}_TOO_LONG")
        world.texts[what] = words
        if what == "name" and words:
            world.bot["first_name"] = words
        return True

    return method


def _get_text(what: str) -> Any:
    return lambda world, given: {what: world.texts[what]}


METHODS = {
    "getMe": _me,
    "getUpdates": _updates,
    "setWebhook": _hook,
    "deleteWebhook": _unhook,
    "getWebhookInfo": _hook_info,
    "setMyCommands": _set_commands,
    "getMyCommands": _commands,
    "deleteMyCommands": _delete_commands,
    "getFile": _file,
    "getChat": _chat,
    "setChatMenuButton": _menu_button,
    "getChatMenuButton": _get_menu_button,
    "setMyName": _set_text("name"),
    "setMyDescription": _set_text("description"),
    "setMyShortDescription": _set_text("short_description"),
    "getMyName": _get_text("name"),
    "getMyDescription": _get_text("description"),
    "getMyShortDescription": _get_text("short_description"),
}

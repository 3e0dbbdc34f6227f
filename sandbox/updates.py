"""The updates that wait for the bot, and how they are taken: long polling or the webhook."""

import time
from typing import Any

from sandbox.errors import Refused
from sandbox.signals import Signal

# Sent unless asked otherwise: all but these.
NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HOOKED = (
    "Conflict: can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


class Updates:
    """The queue of updates of one bot."""

    def __init__(self, taken: Signal) -> None:
        # Based on the time, so that a bot with a lasting database knows no number of an earlier sandbox.
        self._next_id = int(time.time())
        self.pending: list[dict[str, Any]] = []
        self.acknowledged = 0
        self._taken = taken  # fires when the bot has taken some
        self.allowed: frozenset[str] | None = None
        self.new = Signal()
        self.webhook: dict[str, Any] | None = None
        # Who polls at present; another one ends its waiting.
        self.poller: object | None = None
        self.closed = False

    def add(self, kind: str, content: dict[str, Any]) -> int:
        """Queue an update, if the bot wants that kind: its number, or 0."""
        if kind in NOT_BY_DEFAULT if self.allowed is None else kind not in self.allowed:
            return 0
        number = self._next_id
        self.pending.append({"update_id": number, kind: content})
        self._next_id += 1
        self.new.fire()
        return number

    def want(self, kinds: list[str] | None) -> None:
        """Set which kinds are queued from now on; None leaves it as it is, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def acknowledge(self, before: int) -> None:
        """Forget the updates below that number."""
        self.pending = [u for u in self.pending if u["update_id"] >= before]
        self._count_taken(before)

    def accept(self, update_id: int) -> None:
        """The webhook has taken this one; others of other chats may have been sent before."""
        self.pending = [u for u in self.pending if u["update_id"] != update_id]
        self._count_taken(update_id + 1)

    def _count_taken(self, before: int) -> None:
        if before > self.acknowledged:
            self.acknowledged = before
            self._taken.fire()

    async def poll(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """Answer getUpdates: what waits, or what comes within so many seconds. Raises Refused."""
        if self.webhook:
            raise Refused(409, HOOKED)
        if not 1 <= limit <= 100:
            limit = 100
        if offset < 0:
            offset = self.pending[max(offset, -len(self.pending))]["update_id"] if self.pending else 0
        self.acknowledge(offset)
        me = self.poller = object()
        self.new.fire()  # ends the poll that was waiting before
        deadline = time.monotonic() + min(seconds, 50)
        while not self.pending and not self.closed and (left := deadline - time.monotonic()) > 0:
            await self.new.wait(left)
            if self.poller is not me:
                raise Refused(409, HOOKED if self.webhook else CONFLICT)
        return self.pending[:limit]

    def close(self) -> None:
        """Let nobody wait any more: the sandbox stops."""
        self.closed = True
        self.new.fire()

    def hook(self, url: str, secret: str, connections: int) -> None:
        """Deliver to an address from now on."""
        self.webhook = {"url": url, "secret": secret, "max_connections": connections}
        self.poller = None
        self.new.fire()

    def unhook(self) -> None:
        """Back to polling."""
        self.webhook = None
        self.new.fire()

    def webhook_info(self) -> dict[str, Any]:
        """Describe it as Telegram's WebhookInfo."""
        info: dict[str, Any] = {
            "url": "",
            "has_custom_certificate": False,
            "pending_update_count": len(self.pending),
        }
        if self.webhook:
            info |= {key: value for key, value in self.webhook.items() if key != "secret"}
            info["ip_address"] = "127.0.0.1"
        return info | ({"allowed_updates": sorted(self.allowed)} if self.allowed else {})

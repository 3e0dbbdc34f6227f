"""By way of a proxy to Telegram, and why Telegram is not reached: in words that carry no secret.

Without aiogram, whose import takes seconds: the command line asks Telegram too.
"""

from typing import Any

from aiohttp import ClientConnectorError, ClientError
from aiohttp.connector import Connection
from aiohttp_socks import ProxyConnectionError, ProxyConnector, ProxyError, ProxyTimeoutError


class ProxyFailedError(ClientError):
    """The proxy lets nothing through."""


class Connector(ProxyConnector):
    """What goes wrong on the way is an error of aiohttp's, as without a proxy.

    aiohttp-socks has errors of its own, and lets the system's pass as they are. aiogram knows neither: the
    bot would end where it should try again.
    """

    async def connect(self, *args: Any, **kwargs: Any) -> Connection:
        """Raises ProxyFailedError."""
        try:
            return await super().connect(*args, **kwargs)
        except (ProxyConnectionError, ProxyTimeoutError):
            why = "does not answer"
        except ProxyError as error:
            why = f"refuses: {error}"
        except Exception as error:  # noqa: BLE001 - a cut, garbage, a bad certificate: all the same to the bot
            why = f"breaks off: {type(error).__name__}"
        raise ProxyFailedError(f"telegram.proxy, {self._proxy_host}:{self._proxy_port}, {why}")


def why(error: BaseException) -> str:
    """Why Telegram was not reached: never with the address that was asked for, which holds the token."""
    match error.__cause__:
        case ProxyFailedError() as failed:
            return str(failed)
        case ClientConnectorError() as failed:
            return f"{failed.host}:{failed.port}: {failed.strerror}"
        case TimeoutError():
            return "no answer in time"
    return type(error).__name__

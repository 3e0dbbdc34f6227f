"""The class beside an anonymous answer, unreadable in the database file until the survey closes.

While few have answered, a class would tell whose answer it is; when the survey closes, only what the law
(law.py) allows is kept. The key is made of the bot's token, which the database does not know. With another
token the breakdown of the surveys that were open is lost, never an answer.
"""

import hmac
import secrets

_SIZE = 8


def seal(token: str, class_id: int | None) -> str:
    """Make a class (None: no class) unreadable: every time differently."""
    nonce = secrets.token_bytes(_SIZE)
    return (nonce + _mixed(token, nonce, (class_id or 0).to_bytes(_SIZE, "big"))).hex()


def unseal(token: str, sealed: str) -> int | None:
    """The class that was sealed; None for no class, and where the token is another."""
    raw = bytes.fromhex(sealed)
    class_id = int.from_bytes(_mixed(token, raw[:_SIZE], raw[_SIZE:]), "big")
    return class_id if 0 < class_id < 2**32 else None


def _mixed(token: str, nonce: bytes, block: bytes) -> bytes:
    stream = hmac.digest(token.encode(), b"survey" + nonce, "sha256")
    return bytes(one ^ other for one, other in zip(block, stream, strict=False))

"""Files sealed with a passphrase: compressed, then AES-256-GCM in pieces, under a key made by scrypt.

    magic (20) | salt (16) | check (16) | pieces of 1 MiB + 16, the last one shorter

Each piece is numbered and the last one says so (the STREAM construction): none can be taken away, added or
moved. The check tells a wrong passphrase from a torn file. Nothing of this fits in memory at once.
"""

import hashlib
import secrets
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bot.db.backup import BackupError, Reason

MAGIC = b"school-bot sealed 1\n"
_SALT, _CHECK, _TAG = 16, 16, 16
_PIECE = 2**20
# scrypt: with r = 8 it takes 64 MiB and a fifth of a second for each guess.
_COST = 2**16


def seal(source: Path, target: Path, passphrase: str) -> None:
    """Write a sealed copy of a file. Raises OSError."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt = secrets.token_bytes(_SALT)
    key, check = _derive(passphrase, salt)
    header, cipher = MAGIC + salt + check, AESGCM(key)
    with source.open("rb") as plain, target.open("wb") as sealed:
        sealed.write(header)
        for number, piece, last in _marked(_compressed(plain)):
            sealed.write(cipher.encrypt(_nonce(number, last), piece, header))


def unseal(source: Path, target: Path, passphrase: str) -> None:
    """Write what a sealed file holds.

    Raises OSError, and BackupError for a wrong passphrase or a torn file.
    """
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    torn = BackupError(Reason.DAMAGED, f"{source}: is damaged or torn; take another copy")
    with source.open("rb") as sealed, target.open("wb") as plain:
        header = sealed.read(len(MAGIC) + _SALT + _CHECK)
        salt, check = header[len(MAGIC) : -_CHECK], header[-_CHECK:]
        if len(salt) < _SALT:
            raise torn
        key, expected = _derive(passphrase, salt)
        if not secrets.compare_digest(check, expected):
            words = f"{source}: backup.passphrase is not the one that it was sealed with; put that one there"
            raise BackupError(Reason.DENIED, words)
        cipher, inflate = AESGCM(key), zlib.decompressobj()
        try:
            for number, piece, last in _marked(iter(lambda: sealed.read(_PIECE + _TAG), b"")):
                plain.write(inflate.decompress(cipher.decrypt(_nonce(number, last), piece, header)))
        except (InvalidTag, zlib.error):
            raise torn from None
        if not inflate.eof:
            raise torn


def _derive(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """The key, and the check that is kept."""
    size = 32 + _CHECK
    made = hashlib.scrypt(passphrase.encode(), salt=salt, n=_COST, r=8, p=1, maxmem=2**27, dklen=size)
    return made[:32], made[32:]


def _nonce(number: int, last: bool) -> bytes:
    # The key is another in each file, so numbers do.
    return number.to_bytes(11, "big") + bytes([last])


def _compressed(plain: BinaryIO) -> Iterator[bytes]:
    deflate, waiting = zlib.compressobj(), b""
    for block in iter(lambda: plain.read(_PIECE), b""):
        waiting += deflate.compress(block)
        while len(waiting) >= _PIECE:
            yield waiting[:_PIECE]
            waiting = waiting[_PIECE:]
    waiting += deflate.flush()
    for start in range(0, len(waiting), _PIECE):
        yield waiting[start : start + _PIECE]


def _marked(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """The pieces with their numbers, and whether it is the last."""
    before: bytes | None = None
    number = 0
    for piece in pieces:
        if before is not None:
            yield number, before, False
            number += 1
        before = piece
    if before is not None:
        yield number, before, True

"""Files that people send: taken from a message by their id with Telegram, and sent on by it."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import PurePath
from typing import Any

from aiogram.methods import (
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    MediaUnion,
    Message,
)

from bot.db.outbox import File
from bot.errors import AppError

OURS = "picture:"
COPY = "copy:"

# More than a bot can fetch, and than a phone in a village can load.
SIZE_MAX = 20 * 2**20
# Telegram's limit of an album.
ALBUM_MAX = 10
KINDS = ("photo", "video", "voice", "audio", "video_note", "document")
# What may stand together in an album, by kind; the others are sent one by one.
ALBUMS = {"photo": "pictures", "video": "pictures", "document": "documents", "audio": "audio"}
MEDIA: dict[str, type[InputMediaPhoto | InputMediaVideo | InputMediaDocument | InputMediaAudio]] = {
    "photo": InputMediaPhoto,
    "video": InputMediaVideo,
    "document": InputMediaDocument,
    "audio": InputMediaAudio,
}


def file_of(message: Message) -> File | None:
    """The file in a message; None where there is none, or none that can be passed on (a sticker, a place).

    Raises AppError for one over 20 MB.
    """
    for kind in KINDS:
        found = getattr(message, kind)
        if not found:
            continue
        if kind == "photo":
            found = found[-1]  # the largest
        if (found.file_size or 0) > SIZE_MAX:
            raise AppError("error-file-big", limit=SIZE_MAX // 2**20)
        return File(kind, found.file_id, getattr(found, "file_name", None) or "")
    return None


def captioned(words: str, caption: str | None) -> str:
    """What was written before, and the caption of a file on a line of its own.

    The pictures of an album may all have the same caption: it is said once.
    """
    caption = (caption or "").strip()
    said = f"\n{caption}\n" in f"\n{words}\n"
    return words if said else "\n".join(filter(None, (words, caption)))


def our_picture(picture_id: int) -> File:
    """A picture that we have made (bot/db/outbox.py): delivery puts its bytes in, or its id with Telegram."""
    return File("photo", f"{OURS}{picture_id}")


def picture_of(photo: object) -> int | None:
    """Which picture of ours a call names; None for what lies with Telegram."""
    return int(photo.removeprefix(OURS)) if isinstance(photo, str) and photo.startswith(OURS) else None


def our_copy(name: str) -> File:
    """A copy of the database in the folder of copies: delivery puts its bytes in."""
    return File("document", f"{COPY}{name}")


def copy_of(document: object) -> str | None:
    """Which copy of ours a call names; None for any other file."""
    return (
        PurePath(document.removeprefix(COPY)).name
        if isinstance(document, str) and document.startswith(COPY)
        else None
    )


def send_files(chat_id: int, files: Sequence[File], *, protect: bool | None) -> list[TelegramMethod[Any]]:
    """The calls that send files: albums where Telegram allows them, in the order given."""
    calls: list[TelegramMethod[Any]] = []
    for album, group in groupby(files, key=lambda file: ALBUMS.get(file.kind, file.file_id)):
        alike = list(group)
        for start in range(0, len(alike), ALBUM_MAX):
            part = alike[start : start + ALBUM_MAX]
            if len(part) == 1 or album not in ALBUMS.values():
                calls += [_send_one(chat_id, file, protect) for file in part]
                continue
            media: list[MediaUnion] = [MEDIA[file.kind](media=file.file_id) for file in part]
            calls.append(SendMediaGroup(chat_id=chat_id, media=media, protect_content=protect))
    return calls


def _send_one(chat_id: int, file: File, protect: bool | None) -> TelegramMethod[Any]:
    match file.kind:
        case "photo":
            return SendPhoto(chat_id=chat_id, photo=file.file_id, protect_content=protect)
        case "video":
            return SendVideo(chat_id=chat_id, video=file.file_id, protect_content=protect)
        case "voice":
            return SendVoice(chat_id=chat_id, voice=file.file_id, protect_content=protect)
        case "audio":
            return SendAudio(chat_id=chat_id, audio=file.file_id, protect_content=protect)
        case "video_note":
            return SendVideoNote(chat_id=chat_id, video_note=file.file_id, protect_content=protect)
    return SendDocument(chat_id=chat_id, document=file.file_id, protect_content=protect)

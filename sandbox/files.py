"""Files that stand in messages: what was uploaded or made up, and how Telegram describes it."""

import struct
import zlib
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sandbox.errors import BadRequest, Refused
from sandbox.schema import Upload

MEGABYTE = 1 << 20
UPLOAD_LIMIT, PHOTO_LIMIT, DOWNLOAD_LIMIT = 50 * MEGABYTE, 10 * MEGABYTE, 20 * MEGABYTE
FOLDERS = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "audio": "music",
    "video_note": "video_notes",
}
TYPES = {"voice": "audio/ogg", "video": "video/mp4", "audio": "audio/mpeg", "photo": "image/png"}


@dataclass(frozen=True)
class File:
    """One stored file. Its size may be pretended: larger than the content."""

    id: str
    name: str
    content: bytes
    size: int
    path: str
    media: dict[str, Any] | list[dict[str, Any]]
    kind: str

    def described(self) -> dict[str, Any]:
        """Describe it as Telegram's File."""
        return {
            "file_id": self.id,
            "file_unique_id": self.id[-12:],
            "file_size": self.size,
            "file_path": self.path,
        }


class Files:
    """All files by id."""

    def __init__(self) -> None:
        self._by_id: dict[str, File] = {}

    def add(self, kind: str, upload: Upload, size: int | None = None) -> File:
        """Keep a file as a photo, document, voice and so on. Raises Refused for what Telegram refuses."""
        size = len(upload.content) if size is None else size
        if size == 0:
            raise BadRequest("file must be non-empty")
        if len(upload.content) > UPLOAD_LIMIT:
            raise Refused(413, "Request Entity Too Large")
        id_ = f"SANDBOX{kind.upper()}{uuid4().hex}"
        base = {"file_id": id_, "file_unique_id": id_[-12:], "file_size": size}
        sizes = _photo_sizes(base, upload, size) if kind == "photo" else None
        media = sizes or base | _details(kind, upload.name)
        number = len(self._by_id) + 1
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        path = f"{FOLDERS.get(kind, 'documents')}/file_{number}.{suffix}"
        file = File(id_, upload.name, upload.content, size, path, media, kind)
        self._by_id[id_] = file
        return file

    def get(self, id_: str) -> File:
        """Find a file. Raises BadRequest."""
        try:
            return self._by_id[id_]
        except KeyError:
            raise BadRequest("wrong file identifier/HTTP URL specified") from None

    def at(self, path: str) -> File | None:
        """The file that getFile named by that path, if it may be downloaded."""
        return next((f for f in self._by_id.values() if f.path == path and f.size <= DOWNLOAD_LIMIT), None)


def _details(kind: str, name: str) -> dict[str, Any]:
    if kind == "sticker":
        return {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    if kind == "video_note":
        return {"duration": 1, "length": 240}
    details: dict[str, Any] = {"mime_type": TYPES.get(kind, "application/octet-stream")}
    if kind in ("voice", "audio", "video"):
        details["duration"] = 1
    if kind == "video":
        details |= {"width": 320, "height": 240}
    return details | ({} if kind == "voice" else {"file_name": name})


def _photo_sizes(base: dict[str, Any], upload: Upload, size: int) -> list[dict[str, Any]]:
    """As Telegram gives a photo: a small one first, the largest (at most 1280 either way) last."""
    if size > PHOTO_LIMIT:
        raise BadRequest(
            f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes"
        )
    width, height = _dimensions(upload.content)
    if width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise BadRequest("PHOTO_INVALID_DIMENSIONS")
    return [
        base | {"width": max(1, round(width * scale)), "height": max(1, round(height * scale))}
        for scale in (min(1, edge / max(width, height)) for edge in (90, 1280))
    ]


def _dimensions(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG. Raises BadRequest for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n") and len(content) > 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    at = 2
    while content.startswith(b"\xff\xd8") and at + 9 < len(content) and content[at] == 0xFF:
        marker, length = content[at + 1], struct.unpack(">H", content[at + 2 : at + 4])[0]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    raise BadRequest("IMAGE_PROCESS_FAILED")


def sample(kind: str) -> Upload:
    """Make a small file of that kind, for a person who has none at hand."""
    if kind == "photo":
        row = b"\0" + bytes((70, 130, 180)) * 320
        chunks = [
            (b"IHDR", struct.pack(">IIBBBBB", 320, 240, 8, 2, 0, 0, 0)),
            (b"IDAT", zlib.compress(row * 240)),
            (b"IEND", b""),
        ]
        body = b"".join(
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
            for name, data in chunks
        )
        return Upload("photo.png", b"\x89PNG\r\n\x1a\n" + body)
    if kind == "document":
        return Upload("document.txt", "Документ из песочницы\n".encode())
    suffix = {"voice": "ogg", "video": "mp4", "audio": "mp3", "sticker": "webp", "video_note": "mp4"}[kind]
    return Upload(f"{kind}.{suffix}", b"OggS" + bytes(60))

"""One frozen settings tree, read from `config.toml` and the environment. Imports nothing of ours."""

import json
import os
import re
import secrets
import tomllib
from collections.abc import Iterator
from datetime import date, time
from difflib import get_close_matches
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated, Any, Literal, get_origin
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

ENV_PREFIX = "SCHOOLBOT_"


def _time(value: object) -> object:
    if isinstance(value, str) and not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError("write a time of day as HH:MM")
    return value


def _digest(value: str) -> str:
    if not re.fullmatch(r"(mon|tue|wed|thu|fri|sat|sun) ([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write a weekday and a time, such as "mon 09:00"')
    return value


def _weekly(value: str) -> str:
    if not re.fullmatch(r"(mon|tue|wed|thu|fri) ([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError('write a working day and a time, such as "wed 14:00"')
    return value


def _address(*schemes: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(rf"({'|'.join(schemes)})://[^/]+.*", value):
            raise ValueError(f"write an address that begins with {' or '.join(f'{s}://' for s in schemes)}")
        return value

    return AfterValidator(check)


def _proxy(value: str) -> str:
    try:
        parts = urlsplit(value)
        sound = parts.scheme in ("http", "socks4", "socks5") and parts.hostname and parts.port
        sound = sound and (parts.username is None or parts.password is not None)
    except ValueError:
        sound = False
    if value and not sound:
        raise ValueError(
            "write socks5:// or http://, a host and a port, such as socks5://127.0.0.1:1080 or "
            "http://user:password@host:3128; in a password write % and two digits for what is no letter"
        )
    return value


def _database(value: str) -> str:
    if not re.fullmatch(r"sqlite\+aiosqlite:///.+|postgresql\+asyncpg://.+/.+", value):
        raise ValueError(
            'write "sqlite+aiosqlite:///" and a path, or "postgresql+asyncpg://user:password@host/database"'
        )
    if value.startswith("postgresql") and find_spec("asyncpg") is None:
        raise ValueError("PostgreSQL needs the package asyncpg: pip install 'school-bot[postgres]'")
    return value


def _redis(value: str) -> str:
    if value and find_spec("redis") is None:
        raise ValueError("Redis needs its package: pip install 'school-bot[redis]'")
    return value


TimeOfDay = Annotated[time, BeforeValidator(_time)]
Level = Literal["noo", "ooo", "soo"]


class Section(BaseModel):
    """A table of the file: frozen, and no key but the known ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Telegram(Section):
    """How the bot reaches Telegram."""

    token: SecretStr = SecretStr("")
    api_base: Annotated[str, _address("http", "https")] = ""
    proxy: Annotated[str, AfterValidator(_proxy)] = ""
    mode: Literal["polling", "webhook"] = "polling"

    @field_validator("token")
    @classmethod
    def _looks_like_a_token(cls, token: SecretStr) -> SecretStr:
        value = token.get_secret_value()
        if value and not re.fullmatch(r"\d+:[\w-]{3,}", value):
            raise ValueError("a token looks like 123456:ABC-DEF; take it from @BotFather")
        return token


class Webhook(Section):
    """Where Telegram delivers to when mode is webhook."""

    url: Annotated[str, _address("http", "https")] = ""
    secret: SecretStr = SecretStr("")
    host: str = "127.0.0.1"
    port: int = Field(8080, ge=1, le=65535)

    @field_validator("secret")
    @classmethod
    def _as_telegram_takes_it(cls, secret: SecretStr) -> SecretStr:
        value = secret.get_secret_value()
        if value and not re.fullmatch(r"[\w-]{16,256}", value, re.ASCII):
            raise ValueError("write 16 to 256 random characters out of A-Z, a-z, 0-9, _ and -")
        return secret


class School(Section):
    """The school: its zone, its programme file, its first admins (Telegram ids), its levels and vacations."""

    name: str = "МБОУ «Алексеевская СОШ»"
    timezone: str = "Asia/Omsk"
    programme: str = ""
    admins: tuple[int, ...] = ()
    levels: tuple[Level, ...] = ("noo", "ooo", "soo")
    vacations: tuple[tuple[date, date], ...] = ()

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError("not a known time zone; write one such as Asia/Omsk") from None
        return name

    @field_validator("vacations")
    @classmethod
    def _in_order(cls, vacations: tuple[tuple[date, date], ...]) -> tuple[tuple[date, date], ...]:
        for first, last in vacations:
            if last < first:
                raise ValueError(f"the vacation {first} - {last} ends before it begins")
        return vacations

    @property
    def zone(self) -> ZoneInfo:
        """The school's time zone."""
        return ZoneInfo(self.timezone)


class Database(Section):
    """Where the data lies."""

    url: Annotated[str, AfterValidator(_database)] = "sqlite+aiosqlite:///data/bot.db"


class Redis(Section):
    """Empty: conversation state lies in the database."""

    url: Annotated[str, _address("redis", "rediss", "unix"), AfterValidator(_redis)] = ""


class Delivery(Section):
    """Pace of sending, quiet hours and the evening's digest (school time)."""

    per_second: float = Field(25, gt=0, le=30)
    per_chat_per_second: float = Field(1, gt=0)
    quiet_from: TimeOfDay = time(20)
    quiet_to: TimeOfDay = time(8)
    digest_at: TimeOfDay = time(18)


class Limits(Section):
    """How many updates one chat may send at once, and a second after that; guests have no account."""

    burst: int = Field(40, ge=10)
    per_second: float = Field(2, gt=0)
    guest_burst: int = Field(20, ge=10)
    guest_per_second: float = Field(0.5, gt=0)


class Reminders(Section):
    """The reminder ladder: when (school time), days before and after a due date."""

    at: TimeOfDay = time(9)
    before: tuple[Annotated[int, Field(ge=0, le=365)], ...] = (14, 7, 3, 1, 0)
    after: tuple[Annotated[int, Field(ge=1, le=365)], ...] = (1, 3, 7)
    escalate_after: int = Field(3, ge=1)
    digest: Annotated[str, BeforeValidator(_digest)] = "mon 09:00"


class Indicators(Section):
    """Numbers of the communication indicator (3.4) and of hiding small groups (3.2)."""

    feedback_notes: int = Field(2, ge=1)
    feedback_days: int = Field(30, ge=1)
    min_answers: int = Field(5, ge=1)


class Nudges(Section):
    """Whom an indicator asks for deeds; `at`: the weekly hour of those that are behind (school time)."""

    teacher_feedback: bool = True
    parents_satisfied: bool = True
    register_renewed: bool = True
    declarations: bool = True
    at: Annotated[str, BeforeValidator(_weekly)] = "wed 14:00"


class Invitations(Section):
    """How long an invitation can be used."""

    valid_days: int = Field(30, ge=1, le=365)


class Feedback(Section):
    """Letters to the school. The key, which stands outside the database, leads to anonymous authors."""

    # Empty: a file beside the database, made at the first start.
    key: SecretStr = SecretStr("")
    # Working days without an answer, after which the administration is told.
    escalate_after: int = Field(3, ge=1)


class Privacy(Section):
    """How long personal data stay; applied every night at `at` (school time)."""

    at: TimeOfDay = time(2)
    account_days: int = Field(30, ge=1)
    texts_years: int = Field(3, ge=1)
    messages_days: int = Field(90, ge=30)
    names_years: int = Field(5, ge=1)


class Backup(Section):
    """Nightly copies (school time; keep 0: none), sealed where there is a passphrase."""

    directory: str = "data/backups"
    at: TimeOfDay = time(3)
    keep: int = Field(14, ge=0)
    passphrase: SecretStr = SecretStr("")
    # Whether the first admin is sent each night's copy in the chat.
    send: bool = False

    @field_validator("passphrase")
    @classmethod
    def _long_enough(cls, passphrase: SecretStr) -> SecretStr:
        if 0 < len(passphrase.get_secret_value()) < 12:
            raise ValueError("write at least 12 characters, such as four words in no order")
        return passphrase

    @model_validator(mode="after")
    def _sent_sealed(self) -> "Backup":
        if self.send and not self.passphrase.get_secret_value():
            raise ValueError("send = true needs backup.passphrase: nothing leaves the machine unsealed")
        return self


class Http(Section):
    """/healthz and /metrics; port 0 is off."""

    host: str = "127.0.0.1"
    port: int = Field(0, ge=0, le=65535)


class Health(Section):
    """With less room on the disk than so many megabytes, or than the database takes, the admins are told."""

    disk_mb: int = Field(500, ge=1)


class Log(Section):
    """What is logged and how."""

    level: Literal["debug", "info", "warning", "error"] = "info"
    format: Literal["text", "json"] = "text"


class Settings(BaseSettings):
    """Everything that can be configured. Every key may come from SCHOOLBOT_SECTION__KEY, which wins."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix=ENV_PREFIX, env_nested_delimiter="__"
    )

    telegram: Telegram = Telegram()
    webhook: Webhook = Webhook()
    school: School = School()
    database: Database = Database()
    redis: Redis = Redis()
    delivery: Delivery = Delivery()
    limits: Limits = Limits()
    reminders: Reminders = Reminders()
    indicators: Indicators = Indicators()
    nudges: Nudges = Nudges()
    invitations: Invitations = Invitations()
    feedback: Feedback = Feedback()
    privacy: Privacy = Privacy()
    backup: Backup = Backup()
    http: Http = Http()
    health: Health = Health()
    log: Log = Log()

    @classmethod
    def settings_customise_sources(  # noqa: D102
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return env_settings, init_settings

    @model_validator(mode="after")
    def _webhook_is_complete(self) -> "Settings":
        if self.telegram.mode != "webhook":
            return self
        if not self.webhook.secret.get_secret_value():
            raise ValueError(
                'mode "webhook" needs webhook.secret, or anybody could write in the name of others: '
                "write what `openssl rand -hex 32` prints"
            )
        # One's own Bot API server may be on the same machine.
        schemes = ("https://", "http://") if self.telegram.api_base else ("https://",)
        if not self.webhook.url.startswith(schemes):
            raise ValueError('mode "webhook" needs webhook.url, which begins with https://')
        return self


class ConfigError(Exception):
    """The configuration is wrong; `problems`, a line each: file, key, what is wrong, what is right."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(path: Path, *, required: bool = False) -> Settings:
    """Read the file (which may be absent unless required) and the environment.

    Raises ConfigError with every problem found.
    """
    values: dict[str, Any] = {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if required:
            raise ConfigError([f"{path}: there is no such file; copy config.example.toml to it"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read ({type(error).__name__}); save it as UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: not valid TOML: {error}"]) from None
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(list(_explain(error, path))) from None
    except ValueError as error:  # pydantic-settings: a variable that should hold JSON does not
        where = ", ".join(["environment", *_not_json()])
        wrong = "is no list" if where != "environment" else str(error)
        raise ConfigError([f"{where}: {wrong}; lists are written as JSON, such as [1, 2]"]) from None


def _not_json() -> Iterator[str]:
    """The variables that should hold a list and do not: pydantic-settings names only the section."""
    for section, table in Settings.model_fields.items():
        for key, field in getattr(table.annotation, "model_fields", {}).items():
            variable = f"{ENV_PREFIX}{section}__{key}".upper()
            if get_origin(field.annotation) is tuple and variable in os.environ:
                try:
                    json.loads(os.environ[variable])
                except ValueError:
                    yield variable


def with_key(settings: Settings, path: Path) -> Settings:
    """The settings with the key of anonymous letters: the configured one, or that of the file.

    The file is made where there is none, readable for its owner only. Raises ConfigError where it cannot be.
    """
    if settings.feedback.key.get_secret_value():
        return settings
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            new = path.with_name(f"{path.name}.new")
            with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_hex(32))
            new.replace(path)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read or made ({type(error).__name__})"]) from None
    if len(key) < 32:
        raise ConfigError([f"{path}: holds no key; put the kept one back, or delete it to begin a new one"])
    feedback = settings.feedback.model_copy(update={"key": SecretStr(key)})
    return settings.model_copy(update={"feedback": feedback})


def _explain(error: ValidationError, path: Path) -> Iterator[str]:
    # Neither the input nor pydantic's own error text is shown: either may hold the token.
    for problem in error.errors(include_input=False, include_url=False):
        place = [str(part) for part in problem["loc"]]
        section, key = (place[0], place[1] if len(place) > 1 else "") if place else ("", "")
        variable = f"{ENV_PREFIX}{section}__{key}".upper()
        where = f"environment, {variable}" if variable in os.environ else f"{path}, {'.'.join(place)}"
        where = where if place else str(path)  # what several keys are together
        if problem["type"] == "extra_forbidden":
            known = list(Settings.model_fields)
            if key:
                table = Settings.model_fields[section].annotation
                known = list(table.model_fields) if table and issubclass(table, BaseModel) else []
            near = get_close_matches(key or section, known, n=1, cutoff=0)
            yield f"{where}: unknown key; did you mean {near[0]!r}?" if near else f"{where}: unknown key"
        else:
            yield f"{where}: {problem['msg'].removeprefix('Value error, ')}"

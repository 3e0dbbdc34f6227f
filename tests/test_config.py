"""The configuration: what is read, what is refused and in which words; the example says what is true."""

import tomllib
from pathlib import Path

import pytest

from bot import config
from bot.config import ConfigError, Settings, load

EXAMPLE = Path(__file__).parent.parent / "config.example.toml"


def problems(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [line.replace(str(path), "config.toml") for line in caught.value.problems]


class TestExample:
    def test_shows_every_key_with_its_default(self) -> None:
        written = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))
        default = Settings().model_dump(mode="json")
        assert {s: set(keys) for s, keys in written.items()} == {s: set(keys) for s, keys in default.items()}
        assert load(EXAMPLE) == Settings()


class TestProblems:
    def test_a_misspelt_key_names_the_nearest(self, tmp_path: Path) -> None:
        assert problems(tmp_path, '[telegram]\ntokn = "1:abc"\n') == [
            "config.toml, telegram.tokn: unknown key; did you mean 'token'?"
        ]

    def test_a_misspelt_section_too(self, tmp_path: Path) -> None:
        assert problems(tmp_path, "[delivary]\nper_second = 1\n") == [
            "config.toml, delivary: unknown key; did you mean 'delivery'?"
        ]

    def test_all_are_named_at_once(self, tmp_path: Path) -> None:
        found = problems(
            tmp_path,
            '[school]\ntimezone = "Mars"\nvacations = [["2026-02-01", "2026-01-01"]]\n'
            '[reminders]\nat = "9"\n',
        )
        assert [line.split(":")[0] for line in found] == [
            "config.toml, school.timezone",
            "config.toml, school.vacations",
            "config.toml, reminders.at",
        ]

    def test_a_bad_token_is_not_repeated(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path, '[telegram]\ntoken = "SECRET WITH BLANKS"\n')
        assert "SECRET" not in line and "@BotFather" in line

    def test_not_toml(self, tmp_path: Path) -> None:
        (line,) = problems(tmp_path, "[telegram\n")
        assert line.startswith("config.toml: not valid TOML") and "line 1" in line

    def test_a_missing_file_says_what_to_do(self, tmp_path: Path) -> None:
        with pytest.raises(ConfigError, match=r"config\.example\.toml"):
            load(tmp_path / "none.toml", required=True)

    @pytest.mark.parametrize(
        ("webhook", "words"),
        [
            ("", 'config.toml: mode "webhook" needs webhook.secret, or anybody could write'),
            (
                f'secret = "{"s" * 16}"',
                'config.toml: mode "webhook" needs webhook.url, which begins with https',
            ),
            (f'secret = "{"s" * 16}"\nurl = "http://x/"', 'config.toml: mode "webhook" needs webhook.url'),
            ('secret = "short"\nurl = "https://x/"', "config.toml, webhook.secret: write 16 to 256 random"),
            (
                'secret = "ключ, который не берёт Телеграм"',
                "config.toml, webhook.secret: write 16 to 256 random",
            ),
            ('url = "bot.school.ru"', "config.toml, webhook.url: write an address that begins with"),
        ],
    )
    def test_webhook_needs_its_section(self, tmp_path: Path, webhook: str, words: str) -> None:
        (line,) = problems(tmp_path, f'[telegram]\nmode = "webhook"\n[webhook]\n{webhook}\n')
        assert line.startswith(words) and "short" not in line

    def test_ones_own_bot_api_server_may_deliver_without_tls(self, tmp_path: Path) -> None:
        (tmp_path / "config.toml").write_text(
            '[telegram]\nmode = "webhook"\napi_base = "http://127.0.0.1:8081"\n'
            f'[webhook]\nurl = "http://127.0.0.1/hook"\nsecret = "{"s" * 16}"\n',
            encoding="utf-8",
        )
        assert load(tmp_path / "config.toml").webhook.url == "http://127.0.0.1/hook"

    @pytest.mark.parametrize(
        "proxy",
        [
            "https://host:3128", "socks5h://host:1080", "mtproto://host:443", "tg://proxy?server=host",
            "host:1080", "socks5://host", "socks5://host:port", "socks5://host:99999",
            "socks5://name@host:1080", "http://:3128",
        ],
    )  # fmt: skip
    def test_a_proxy_that_is_none(self, tmp_path: Path, proxy: str) -> None:
        (line,) = problems(tmp_path, f'[telegram]\nproxy = "{proxy}"\n')
        assert line.startswith("config.toml, telegram.proxy: write socks5:// or http://, a host and a port")

    def test_a_proxy_with_its_password(self, tmp_path: Path) -> None:
        (tmp_path / "config.toml").write_text('[telegram]\nproxy = "socks5://school:p%40ss@host:1080"\n')
        assert load(tmp_path / "config.toml").telegram.proxy == "socks5://school:p%40ss@host:1080"
        (line,) = problems(tmp_path, '[telegram]\nproxy = "socks5://school:SECRET@host"\n')
        assert "SECRET" not in line

    def test_redis_has_an_address_and_a_package(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (line,) = problems(tmp_path, '[redis]\nurl = "127.0.0.1"\n')
        assert line.startswith("config.toml, redis.url: write an address that begins with redis://")
        monkeypatch.setattr(config, "find_spec", lambda _: None)
        (line,) = problems(tmp_path, '[redis]\nurl = "redis://127.0.0.1"\n')
        assert line == "config.toml, redis.url: Redis needs its package: pip install 'school-bot[redis]'"


class TestEnvironment:
    def test_wins_over_the_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "config.toml"
        path.write_text('[telegram]\ntoken = "1:file"\nproxy = "http://x:3128"\n', encoding="utf-8")
        monkeypatch.setenv("SCHOOLBOT_TELEGRAM__TOKEN", "1:environment")
        monkeypatch.setenv("SCHOOLBOT_SCHOOL__ADMINS", "[1, 2]")
        settings = load(path)
        assert settings.telegram.token.get_secret_value() == "1:environment"
        assert settings.telegram.proxy == "http://x:3128" and settings.school.admins == (1, 2)

    def test_a_misspelt_variable_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SCHOOLBOT_TELEGRAM__TOKKEN", "x")
        (line,) = problems(tmp_path, "")
        assert line == "environment, SCHOOLBOT_TELEGRAM__TOKKEN: unknown key; did you mean 'token'?"

    def test_a_list_that_is_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SCHOOLBOT_SCHOOL__ADMINS", "one")
        (line,) = problems(tmp_path, "")
        assert line == (
            "environment, SCHOOLBOT_SCHOOL__ADMINS: is no list; lists are written as JSON, such as [1, 2]"
        )

    @pytest.mark.parametrize(
        "url", ["nonsense", "", "sqlite:///bot.db", "sqlite+aiosqlite://", "postgresql://x/y"]
    )
    def test_a_database_that_is_none(self, tmp_path: Path, url: str) -> None:
        (line,) = problems(tmp_path, f'[database]\nurl = "{url}"\n')
        assert line.endswith(
            'database.url: write "sqlite+aiosqlite:///" and a path, '
            'or "postgresql+asyncpg://user:password@host/database"'
        )


def test_postgresql_without_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = '[database]\nurl = "postgresql+asyncpg://bot@127.0.0.1/bot"\n'
    (tmp_path / "config.toml").write_text(url, encoding="utf-8")
    assert load(tmp_path / "config.toml").database.url.startswith("postgresql")
    monkeypatch.setattr(config, "find_spec", lambda _: None)
    (line,) = problems(tmp_path, url)
    assert line.endswith(
        "database.url: PostgreSQL needs the package asyncpg: pip install 'school-bot[postgres]'"
    )


def test_the_token_does_not_show_itself() -> None:
    settings = Settings.model_validate({"telegram": {"token": "42:VERYSECRET"}})
    assert "VERYSECRET" not in repr(settings) and "VERYSECRET" not in str(settings.model_dump())

"""What deploy/ says is true of this bot: variables, paths, extras, ports, commands. No image is built."""

import os
import re
import shlex
import shutil
import subprocess
import tomllib
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.engine import make_url

from bot.cli import parser
from bot.config import ENV_PREFIX, Settings, load
from bot.db.base import SQLITE_SOUND, key_file

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
UNIT = (DEPLOY / "school-bot.service").read_text(encoding="utf-8")
HANDBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
# What is asked for in .env; the rest has a default.
FILLED = {
    "TELEGRAM__TOKEN": "4242:TOKEN",
    "SCHOOL__ADMINS": "[7]",
    "BACKUP__PASSPHRASE": "four words in no order",
    "WEBHOOK__SECRET": "0123456789abcdef",
    "FEEDBACK__KEY": "0123456789abcdef" * 4,
}


def compose(name: str) -> dict[str, Any]:
    text = (DEPLOY / name).read_text(encoding="utf-8")
    filled = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", re.sub(r"\$\{\w+:\?[^}]*\}", "secret", text))
    assert "${" not in filled, "a variable without a default, and without a word that it is missing"
    found: dict[str, Any] = yaml.safe_load(filled)
    return found


def example(*, whole: bool) -> dict[str, str]:
    """The example of .env, whole or without what is commented out."""
    text = (DEPLOY / "env.example").read_text(encoding="utf-8")
    lines = [line.lstrip("#" if whole else "") for line in text.splitlines()]
    pairs = [line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line)]
    given = {name: "".join(shlex.split(value)) if value[:1] == "'" else value for name, value in pairs}
    return given | {ENV_PREFIX + n: v for n, v in FILLED.items() if ENV_PREFIX + n in given}


COMPOSED = ("compose.yaml", "compose.sqlite.yaml")
SERVICES = [(name, service) for name in COMPOSED for service in compose(name)["services"]]


@pytest.mark.parametrize("name", COMPOSED)
@pytest.mark.parametrize("whole", [False, True], ids=["as it is", "several processes"])
def test_the_bot_starts_from_the_environment_of(
    name: str, whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every variable is a key of the configuration, and the whole is valid."""
    of_the_image = dict(re.findall(rf"({ENV_PREFIX}\w+)=(\S+)", DOCKERFILE))
    service = compose(name)["services"]["bot"]
    assert service["env_file"] == ".env"
    variables = of_the_image | example(whole=whole) | service.get("environment", {})
    for variable, value in variables.items():
        monkeypatch.setenv(variable, value)
    settings = load(tmp_path / "config.toml")
    assert settings.school.admins == (7,) and settings.http.port == 9180
    assert (settings.telegram.mode == "webhook") == whole
    if name == "compose.yaml":
        assert settings.database.url == "postgresql+asyncpg://bot:secret@database/bot"
        caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
        assert f" a bot {settings.webhook.port} " in caddy
        if whole:
            assert f"handle {settings.webhook.url.partition('.example')[2]} " in caddy
    else:
        assert settings.database.url.startswith("sqlite")  # in data/, which is the volume


@pytest.mark.parametrize("url", [Settings().database.url, "postgresql+asyncpg://bot:secret@database/bot"])
def test_a_key_that_is_there_is_taken_along(url: str) -> None:
    """Where anonymous letters have been written, a new key would leave them without an answer."""
    command = f"docker compose exec bot cat {key_file(make_url(url))}"
    for text in ((DEPLOY / "env.example").read_text(encoding="utf-8"), HANDBOOK):
        assert command in text


def test_the_example_asks_for_what_compose_takes() -> None:
    text = (DEPLOY / "compose.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) <= set(example(whole=True))
    ours = (name for name in example(whole=True) if name.startswith("COMPOSE_"))
    assert set(ours) == {"COMPOSE_FILE", "COMPOSE_PROFILES"}
    (profile,) = compose("compose.yaml")["services"]["proxy"]["profiles"]
    assert profile == example(whole=True)["COMPOSE_PROFILES"]
    assert example(whole=False)["COMPOSE_FILE"] in COMPOSED


@pytest.mark.parametrize(("name", "service"), SERVICES)
def test_a_container_is_confined(name: str, service: str) -> None:
    whole = compose(name)
    made = whole["services"][service]
    assert made["read_only"] is True and made["cap_drop"] == ["ALL"] and made["mem_limit"]
    assert made["security_opt"] == ["no-new-privileges:true"] and made["restart"] == "unless-stopped"
    assert "healthcheck" in made or service == "bot"  # that of the bot stands in the Dockerfile
    for volume in made["volumes"]:
        source = volume.partition(":")[0]
        assert (DEPLOY / source).exists() if source.startswith(".") else source in whole["volumes"]
    for network in made.get("networks", ()):
        assert network in whole["networks"]
    for other, wanted in made.get("depends_on", {}).items():
        assert other in whole["services"] and wanted == {"condition": "service_healthy"}
    if service != "proxy":
        assert "ports" not in made, "nothing but the proxy is reached from outside"


def test_secrets_are_neither_committed_nor_in_the_image() -> None:
    assert "/deploy/.env" in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    ignored, *kept = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()[1:]
    taken = {line.removeprefix("!") for line in kept if line.startswith("!")}
    assert ignored == "*" and all((ROOT / name).exists() for name in taken)
    # What the build needs is in it: what pyproject.toml names of the top folder, and the packages.
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {"pyproject.toml", "constraints.txt", project["project"]["readme"], "LICENSE"}
    packages = {name.rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]}
    assert taken == needed | packages


def test_the_image_has_the_extras_and_is_nobodys() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    (extras,) = re.findall(r"'\.\[([\w,]+)\]'", DOCKERFILE)
    assert set(extras.split(",")) <= set(project["optional-dependencies"])
    (client,) = re.findall(r"postgresql-client-(\d+)", DOCKERFILE)
    assert compose("compose.yaml")["services"]["database"]["image"] == f"postgres:{client}"
    assert DOCKERFILE.index("USER school-bot") < DOCKERFILE.index("CMD [")
    for command in re.findall(r'\["school-bot", "(\w+)"\]', DOCKERFILE):
        parser().parse_args([command])


# What the handbook writes into the unit of which each process has an instance, named by its port.
(PORTS_BY_NAME,) = re.findall(r"^\[Service\]\n(Environment=.*)$", HANDBOOK, re.MULTILINE)


@pytest.mark.parametrize("name", ["school-bot", "school-bot@8081"])
def test_systemd_takes_the_unit(name: str, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd is not installed")
    (program,) = re.findall(r"^ExecStart=(\S+) run$", UNIT, re.MULTILINE)
    unit = UNIT.replace(program, "/bin/true")
    copy = tmp_path / f"{name}.service"
    if "@" in name:
        unit = unit.replace("[Install]", f"{PORTS_BY_NAME}\n[Install]")
        (tmp_path / "school-bot@.service").write_text(unit, encoding="utf-8")
    else:
        copy.write_text(unit, encoding="utf-8")
    verify = ["systemd-analyze", "verify", "--man=no", str(copy)]
    found = subprocess.run(verify, capture_output=True, text=True, check=False)
    assert found.returncode == 0 and str(copy) not in found.stderr, found.stderr


def test_each_of_several_processes_has_ports_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = (ROOT / "docs" / "samples" / "nginx.conf").read_text(encoding="utf-8")
    ports = re.findall(r"server 127\.0\.0\.1:(\d+)", site)
    assert f"enable --now {' '.join(f'school-bot@{port}' for port in ports)}\n" in HANDBOOK
    taken = [int(*re.findall(r"--http-port=(\d+)", HANDBOOK))]  # the Bot API server of one's own
    for port in ports:
        for variable in PORTS_BY_NAME.removeprefix("Environment=").replace("%i", port).split():
            monkeypatch.setenv(*variable.split("=", 1))
        settings = load(tmp_path / "config.toml")
        assert settings.webhook.port == int(port)
        taken += [settings.webhook.port, settings.http.port]
    assert len(taken) == len(set(taken)) == 2 * len(ports) + 1


def test_one_place_for_the_program_and_one_for_the_data() -> None:
    wrapper = (DEPLOY / "school-bot").read_text(encoding="utf-8")
    (program,) = re.findall(r"^ExecStart=(\S+) run$", UNIT, re.MULTILINE)
    (folder,) = re.findall(r"^WorkingDirectory=(\S+)$", UNIT, re.MULTILINE)
    (state,) = re.findall(r"^StateDirectory=(\S+)$", UNIT, re.MULTILINE)
    (user,) = re.findall(r"^User=(\S+)$", UNIT, re.MULTILINE)
    assert folder == f"/var/lib/{state}" and f"cd {folder}\n" in wrapper
    assert program in wrapper and f"runuser -u {user} " in wrapper
    assert Path(program).parents[2] / "docs" / "operations.md" == Path(
        re.findall(r"^Documentation=file:(\S+)$", UNIT, re.MULTILINE)[0]
    )
    assert subprocess.run(["sh", "-n", DEPLOY / "school-bot"], check=False).returncode == 0
    for place in (folder, str(Path(program).parents[2]), f"useradd --system --home-dir {folder}"):
        assert place in HANDBOOK


def test_cron_reaches_the_bot(tmp_path: Path) -> None:
    """Its PATH is short; and what a command leaves behind lies in the bot's own folder."""
    if os.geteuid() or not Path("/usr/sbin/runuser").exists():
        pytest.skip("only root becomes somebody else")
    wrapper, program = tmp_path / "wrapper", tmp_path / "program"
    text = (DEPLOY / "school-bot").read_text(encoding="utf-8")
    for told, here in (
        ("/opt/school-bot/.venv/bin/school-bot", str(program)),
        ("/var/lib/school-bot", str(tmp_path)),
        ("-u school-bot ", "-u root "),
    ):
        assert told in text
        text = text.replace(told, here)
    wrapper.write_text(text, encoding="utf-8")
    program.write_text('#!/bin/sh\npwd\necho "$MPLCONFIGDIR" "$@"\n', encoding="utf-8")
    program.chmod(0o700)
    call = ["env", "-i", "PATH=/usr/bin:/bin", "sh", str(wrapper), "health", "two words"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path}\n{tmp_path}/.matplotlib health two words\n"


def test_updates_and_the_way_back_bring_all_that_was_installed() -> None:
    """The clone is root's: without sudo git refuses it. What lies outside of it is brought along."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", HANDBOOK, re.MULTILINE | re.DOTALL)
    lines = {line.strip() for block in blocks for line in block.splitlines()}
    assert not [line for line in lines if re.match(r"git\b", line)]
    copied = {line for line in lines if re.match(r"sudo install .* deploy/[^@]*$", line)}
    assert len(copied) == 2
    updates = [block for block in blocks if ".venv/bin/pip install" in block and "venv .venv" not in block]
    assert len(updates) == 2
    for block in updates:
        assert {*copied, "sudo systemctl daemon-reload"} <= {*block.splitlines()}


def test_what_the_handbook_lets_the_bot_write_is_where_it_may() -> None:
    """A disk for copies: a folder of the bot's own on it, without which the bot starts all the same."""
    (paths,) = re.findall(r"^ReadWritePaths=(.+)$", HANDBOOK, re.MULTILINE)
    folder = paths.removeprefix("-")
    assert paths != folder and f"install -d -o school-bot -g school-bot -m 700 {folder}\n" in HANDBOOK
    assert f'directory = "{folder}"' in HANDBOOK
    (volume,) = re.findall(r"^VOLUME /school-bot/(\w+)$", DOCKERFILE, re.MULTILINE)
    outs = re.findall(r"exec bot school-bot .*--out (\S+)", HANDBOOK)
    assert outs and all(out.startswith(f"{volume}/") for out in outs)


def test_every_command_of_the_handbook_is_one() -> None:
    """`… school-bot COMMAND …` in a block or between backticks."""
    blocks = re.findall(r"^ *```\n(.*?)^ *```", HANDBOOK, re.MULTILINE | re.DOTALL)
    said = [*chain.from_iterable(map(str.splitlines, blocks)), *re.findall(r"`([^`\n]+)`", HANDBOOK)]
    calls = [re.search(r"(?:sudo|bin/|bot|^) ?school-bot ([a-z][^>|]*)$", line) for line in said]
    called = [shlex.split(call[1]) for call in calls if call]
    for words in called:
        parser().parse_args(words)
    assert {"check", "health", "backup", "restore"} <= {words[0] for words in called}


def test_the_handbook_shows_the_token_to_nobody_on_the_machine() -> None:
    """What a program is called with stands in the list of processes."""
    called = re.findall(r"^ *read -rs TOKEN && (curl .*)$", HANDBOOK, re.MULTILINE)
    assert called and all("$TOKEN" not in line.partition("<<<")[0] for line in called)


def test_the_handbook_knows_which_sqlite_check_warns_of() -> None:
    assert ".".join(map(str, SQLITE_SOUND)) in HANDBOOK


def test_every_file_that_the_handbook_names_is_there() -> None:
    named = set(re.findall(r"\bdeploy/[\w.-]*\w", HANDBOOK))
    assert {"deploy/school-bot", "deploy/school-bot.service"} <= named
    for name in named:
        assert (ROOT / name).exists(), name

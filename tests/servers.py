"""Real servers of Debian's packages on loopback, for as long as a test needs them."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
REDIS = shutil.which("redis-server")
needs_redis = pytest.mark.skipif(not REDIS, reason="redis-server is not installed")
needs_nginx = pytest.mark.skipif(not NGINX, reason="nginx is not installed")
needs_postgresql = pytest.mark.skipif(not PROGRAMS, reason="PostgreSQL is not installed")

# Nobody is asked for it, and no log may show it.
PASSWORD = "a-password-of-the-database"

MEMORY = Path("/dev/shm") if Path("/dev/shm").is_dir() else None

# Faster, and no less PostgreSQL: the power does not fail in tests.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "40"}


def free_port() -> int:
    """A port of loopback that nobody listens on, and that nobody is given who only connects."""
    while True:
        port = 20_000 + secrets.randbelow(10_000)  # not random: what hypothesis seeds alike in all processes
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextmanager
def postgresql() -> Iterator[str]:
    """A new cluster of PostgreSQL: the address of its server, without a database."""
    with TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as folder:
        run: list[str] = []
        if os.geteuid() == 0:  # as root it will not run
            run = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
            shutil.chown(folder, "postgres", "postgres")
        yield from _serve(run, PROGRAMS[-1], Path(folder))


def _serve(run: list[str], programs: Path, folder: Path) -> Iterator[str]:
    data, log = folder / "data", folder / "log"
    here = ["-D", str(data)]
    made = ["-U", "bot", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run([*run, str(programs / "initdb"), *here, *made], check=True, capture_output=True, cwd="/")
    port = str(free_port())
    server = [*run, str(programs / "postgres"), *here, "-h", "127.0.0.1", "-p", port, "-k", str(data)]
    server += [f"-c{name}={value}" for name, value in SETTINGS.items()]
    with log.open("w") as said:
        process = subprocess.Popen(server, stdout=said, stderr=said, cwd="/")
    try:
        is_ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", port, "-t", "30"]
        while subprocess.run(is_ready, check=False).returncode:
            assert process.poll() is None, log.read_text()
        yield f"postgresql+asyncpg://bot:{PASSWORD}@127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGINT)  # a fast shutdown, which does not wait for who is connected
        process.wait()


@contextmanager
def redis(port: int = 0) -> Iterator[str]:
    """A new Redis, which keeps nothing: its address."""
    port = port or free_port()
    options = {"port": port, "bind": "127.0.0.1", "save": "", "appendonly": "no"}
    command = [str(REDIS), *(part for name, value in options.items() for part in (f"--{name}", str(value)))]
    with _running(command, port):
        yield f"redis://127.0.0.1:{port}/0"


@contextmanager
def nginx(site: str, port: int) -> Iterator[None]:
    """An nginx with what stands in a file of its `conf.d`, which listens on the port."""
    with TemporaryDirectory(dir=MEMORY, ignore_cleanup_errors=True) as name:
        folder = Path(name)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        temporary = "\n".join(f"{kind}_temp_path {folder / kind};" for kind in kinds)
        user = "user root;" if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user} daemon off; worker_processes 1; pid {folder / 'pid'}; error_log {folder / 'log'};\n"
            f"events {{}}\nhttp {{ access_log off; {temporary}\n{site}\n}}\n"
        )
        command = [str(NGINX), "-p", name, "-c", str(folder / "nginx.conf"), "-e", str(folder / "log")]
        with _running(command, port):
            yield


@contextmanager
def _running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")
    try:
        while True:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", port)):
                    break
            assert process.poll() is None, command
            time.sleep(0.01)
        yield
    finally:
        process.terminate()
        process.wait()

"""Our modules as processes of their own: begun from nothing, or forked from one that has the imports done.

Importing aiogram takes seconds; the journeys start some fifty processes.
"""

import os
import runpy
import subprocess
import sys
from collections.abc import Mapping
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).parent.parent
FORKING = get_context("forkserver")
FORKING.set_forkserver_preload(["tests.warm"])
# How long anything may take before a test gives up; nothing waits that long when all is well.
PATIENCE = 150


def begin(*arguments: str, cwd: Path, log: Path, **environment: str) -> subprocess.Popen[str]:
    """`python -m` and the arguments; what it says on standard error goes to the log."""
    with log.open("a") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", *arguments],
            cwd=cwd,
            env=_clean() | environment | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )


def fork(*arguments: str, cwd: Path, log: Path, **environment: str) -> tuple[BaseProcess, TextIO]:
    """The same with the imports done: the process, and what it says on standard output."""
    reader, writer = FORKING.Pipe(duplex=False)
    process = FORKING.Process(target=_run, args=(arguments, cwd, log, _clean() | environment, writer))
    process.start()
    writer.close()
    with reader:
        return process, os.fdopen(os.dup(reader.fileno()))


def _clean() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("SCHOOLBOT_")}


def _run(
    arguments: tuple[str, ...], cwd: Path, log: Path, environment: Mapping[str, str], out: Connection
) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    with log.open("a") as errors:
        os.dup2(errors.fileno(), 2)
    os.dup2(out.fileno(), 1)
    module, *sys.argv[1:] = arguments
    runpy.run_module(module, run_name="__main__", alter_sys=True)

"""A disk that needs 4 ms for a sync, as a cheap one in an office does: the C library's calls take longer."""

import os
import shutil
import subprocess
from pathlib import Path

SYNC_MS = 4
_SOURCE = f"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <unistd.h>

static int synced(const char *name, int file) {{
    usleep({SYNC_MS * 1000});
    return ((int (*)(int)) dlsym(RTLD_NEXT, name))(file);
}}
int fsync(int file) {{ return synced("fsync", file); }}
int fdatasync(int file) {{ return synced("fdatasync", file); }}
"""


def can_be_slow() -> bool:
    """Whether there is a C compiler."""
    return shutil.which("cc") is not None


def slow(folder: Path) -> dict[str, str]:
    """The environment of a process whose disk is slow."""
    source, library = folder / "slow.c", folder / "slow.so"
    source.write_text(_SOURCE)
    command = ["cc", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)  # noqa: S603 - a compiler of one's own
    return {**os.environ, "LD_PRELOAD": str(library)}

"""Values to pictures and files."""

import asyncio
import ctypes
import gc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# One: what they are made of (matplotlib, above all) takes tens of megabytes, and each thread keeps its own.
_thread = ThreadPoolExecutor(1, "aside")
# glibc's; others give back by themselves.
_trim = getattr(ctypes.CDLL(None), "malloc_trim", None)


async def aside(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What heavy work makes, beside the loop, one after the other. Its memory is given back.

    A picture leaves 20 MB of objects that refer to each other in circles, and the allocator keeps what is
    freed: after ten pictures the bot was 100 MB larger, and stayed so.
    """
    done = partial(work, *args, **kwargs)
    return await asyncio.get_running_loop().run_in_executor(_thread, _tidily, done)


def _tidily(work: Callable[[], T]) -> T:
    # Nothing grows old meanwhile, so that the collector need only look at what is new: 15 ms instead of 50
    # in which the loop stands still.
    gc.disable()
    try:
        return work()
    finally:
        gc.collect(0)
        gc.enable()
        if _trim:
            _trim(0)

"""The process that only hands tests out to others does not spend seconds on what they need."""

import gc
from importlib import import_module

import pytest


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("numprocesses", None):
        gc.enable()
    else:
        # Not import_plugin(): the conftest of a folder may have imported it already.
        config.pluginmanager.register(import_module("tests.fixtures"), "tests.fixtures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys first: at the end one worker would still play them while the other has nothing to do."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)

"""The process that only hands tests out to others does not spend seconds on what they need."""

import pytest


def pytest_configure(config: pytest.Config) -> None:
    if not config.getoption("numprocesses", None):
        config.pluginmanager.import_plugin("tests.fixtures")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The journeys first: at the end one worker would still play them while the other has nothing to do."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)

"""What every test may ask for."""

from pathlib import Path

import pytest

from tests.browser import browser, demonstration_url, held, page, served, settings, visit, window
from tests.engines import (
    empty_store,
    fresh_stores,
    migrated_postgresql,
    migrated_sqlite,
    module_store,
    postgresql,
    store,
    store_url,
)
from tests.planted import by_role

ROOT = Path(__file__).resolve().parent.parent
__all__ = [
    "browser",
    "by_role",
    "demonstration_url",
    "empty_store",
    "fresh_stores",
    "held",
    "migrated_postgresql",
    "migrated_sqlite",
    "module_store",
    "page",
    "postgresql",
    "served",
    "settings",
    "shared",
    "store",
    "store_url",
    "visit",
    "window",
]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference material beside the checkout; tests that need it skip where it is absent."""
    folder = ROOT.parent / "shared"
    if not (folder / "reference").is_dir():
        pytest.skip("no folder `shared` beside the checkout: reference tables and real files are not here")
    return folder

"""What every test stands on: strict templates, shuffled rows, databases that are copied instead of emptied."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models.query import QuerySet
from django.utils import translation

from tests.support import luck, strictness

pytest_plugins = ["tests.support.databases", "tests.support.browser", "tests.support.sandbox", "tests.support.site"]

REPLACED = {
    "transactional_db": "committed_db",
    "django_db_reset_sequences": "committed_db",
    "live_server": "site",
}


LONG = ("journeys", "faults", "properties")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuses the fixtures that empty tables: append-only triggers stay on, so emptying cannot work.

    What takes long comes first, so that no worker is left alone with it at the end.
    """
    items.sort(key=lambda item: LONG.index(folder) if (folder := item.path.parent.name) in LONG else len(LONG))
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        marker = item.get_closest_marker("django_db")
        for banned in fixtures & set(REPLACED):
            raise pytest.UsageError(f"{item.nodeid}: ask for `{REPLACED[banned]}` instead of `{banned}`.")
        if marker and (marker.kwargs.get("transaction") or marker.args):
            raise pytest.UsageError(f"{item.nodeid}: ask for `committed_db` instead of django_db(transaction=True).")
        if "committed_db" in fixtures and (marker or "db" in fixtures):
            raise pytest.UsageError(f"{item.nodeid}: a test has `committed_db` or `db`, not both.")


@pytest.fixture(autouse=True, scope="session")
def strict_templates() -> None:
    strictness.forbid_undefined_variables()


@pytest.fixture(autouse=True)
def english_at_first() -> Iterator[None]:
    """A page in French leaves French behind in its thread; the next test begins in English all the same."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def cold_caches() -> None:
    """What a process remembers of its database belongs to the test that made it: counted queries depend on no order."""
    ContentType.objects.clear_cache()
    cache.clear()


@pytest.fixture(autouse=True)
def the_same_luck_in_ci(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    luck.draw_from(request.node.nodeid, monkeypatch)


@pytest.fixture(autouse=True)
def shuffled_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever needs an order asks for it: rows of our models come in any order when none is asked for."""
    monkeypatch.setattr(QuerySet, "_fetch_all", strictness.fetch_all_shuffled)

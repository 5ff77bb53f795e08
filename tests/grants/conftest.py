"""Worlds that the tests of a module share: built once, in a transaction that each test's own is nested in.

A fixture of the module builds, `standing_desk = build_once(make_desk)`; a fixture of the test takes a copy of its own,
`desk = own(standing_desk)`. What a test writes is rolled back to what stands, and what it changes in memory is its own.
What is named `standing_` stands for every test of its module, whether it asks for it or not.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils import translation
from pytest_django import DjangoDbBlocker

from tests.support import luck


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of a module finds the whole of its world, in any order; a test that commits would leave it."""
    modules: dict[str, list[list[str]]] = {}
    for item in items:
        modules.setdefault(item.nodeid.split("::")[0], []).append(getattr(item, "fixturenames", []))
    for module, asked in modules.items():
        standing = sorted({name for names in asked for name in names if name.startswith("standing_")})
        if standing and any("committed_db" in names for names in asked):
            raise pytest.UsageError(f"{module}: tests with `committed_db` stand in a module without a shared world.")
        for names in asked:
            names[:0] = [name for name in standing if name not in names]


@pytest.fixture(scope="module")
def build_once(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Callable[[], Any]], Any]]:
    """In English, with luck of its own; deferred constraints are asked before the first test."""

    def build(make: Callable[[], Any]) -> Any:
        with (
            django_db_blocker.unblock(),
            translation.override(settings.LANGUAGE_CODE),
            pytest.MonkeyPatch.context() as monkeypatch,
        ):
            luck.draw_from(f"{request.node.nodeid} {make.__qualname__}", monkeypatch)
            made = make()
            connection.check_constraints()
        return made

    with django_db_blocker.unblock():
        world = transaction.atomic()
        world.__enter__()
    yield build
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        world.__exit__(None, None, None)


@pytest.fixture
def own(db: None) -> Callable[[Any], Any]:
    """What belongs together in the shared world belongs together in the copies that one test takes."""
    memo: dict[int, Any] = {}
    return lambda made: deepcopy(made, memo)

"""The demo's pages are loaded once for a module: they take seconds, and no test here changes them for good."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from fundportal.demo.loaders import funds, local_actions, pages


def quiet(line: str) -> None:
    """The loaders report; nobody listens here."""


@pytest.fixture(scope="module")
def demo_pages(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for loader in (funds, local_actions, pages):
            loader.load(quiet)
        cache.clear()
        yield
        transaction.set_rollback(True)
    cache.clear()


@pytest.fixture
def site_pages(demo_pages: None, db: None) -> None:
    """The loaded pages, for one test; what the test changes is taken back."""

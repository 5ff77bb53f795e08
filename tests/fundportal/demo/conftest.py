"""The two rounds of the demo are loaded once for a module, twice over: they take seconds, and no test changes them."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

LOADERS = ("funds", "people", "organisations", "calls", "review_round", "finished_round")


@pytest.fixture(scope="module")
def both_rounds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        for name in (*LOADERS, *LOADERS):
            import_module(f"fundportal.demo.loaders.{name}").load(lambda _line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def rounds(both_rounds: None, db: None) -> None:
    """Both rounds as a second start of the demo leaves them; what a test changes is taken back."""

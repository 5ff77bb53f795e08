"""The portal as a server, on a database where commits are real."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread, _StaticFilesHandler
from playwright.sync_api import Page
from pytest_django.fixtures import Settings

from fundportal.accounts.models import User
from fundportal.demo import moving
from tests.support.databases import CommittedDatabase


@dataclass(frozen=True)
class Site:
    url: str
    database: CommittedDatabase


@pytest.fixture
def site(committed_db: CommittedDatabase, settings: Settings) -> Iterator[Site]:
    """Serves pages and static files from threads of this process; SITE_ORIGIN names it while it runs."""
    server = LiveServerThread("127.0.0.1", _StaticFilesHandler, port=0)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    url = f"http://localhost:{server.port}"
    settings.SITE_ORIGIN = url
    settings.WAGTAILADMIN_BASE_URL = url
    yield Site(url=url, database=committed_db)
    server.terminate()
    connections.close_all()


@pytest.fixture
def do_due_work() -> Callable[[], None]:
    """Everything that beat rings for, once, in the order of the schedule: a lost bell must never matter."""

    def work() -> None:
        moving.do_due_work()

    return work


def enter(page: Page, site: Site, person: User) -> None:
    """Signs a person in without the sign-in page."""
    client = Client()
    client.force_login(person)
    session = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": session, "url": site.url}])

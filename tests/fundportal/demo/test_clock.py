"""The demo's clock moves forward for everybody, and the work that falls due is done at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.mail.models import Letter
from fundportal.mail.states import LetterState
from tests.support.sandbox import StripeSandbox

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_clock(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def jump(client: Client, how: str) -> str:
    answer = client.post(reverse("demo:move_clock"), {"jump": how}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("how", "ahead"), [("hour", timedelta(hours=1)), ("day", timedelta(days=1))])
def test_the_clock_moves_and_stays_moved(client: Client, sandbox: StripeSandbox, how, ahead):
    before = clock.now()
    assert "The clock has moved" in jump(client, how)
    assert ahead <= clock.now() - before < ahead + timedelta(minutes=1)


def test_with_nothing_planned_the_clock_stays(client: Client):
    before = clock.now()
    assert "Nothing is planned" in jump(client, "next")
    assert clock.now() - before < timedelta(minutes=1)


def test_the_next_planned_work_is_gone_to_and_done(client: Client, sandbox: StripeSandbox):
    due_at = clock.now() + timedelta(hours=5)
    letter = Letter.objects.create(
        key="test:1", template="x", to_address="a@example.org", language="en", subject="s", due_at=due_at
    )
    jump(client, "next")
    assert clock.now() >= due_at
    assert Letter.objects.get(pk=letter.pk).state == LetterState.SENT


def test_a_jump_of_another_kind_is_answered_with_a_sentence(client: Client):
    before = clock.now()
    assert "Choose an hour" in jump(client, "backwards")
    assert clock.now() - before < timedelta(minutes=1)

"""The inbox's health for staff: what came, what waits, what failed and may be tried again."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from donations.stripe import services
from donations.stripe.models import Event, OutboundCall
from donations.stripe.queries import failed_messages, inbox_health
from donations.stripe.states import EventState
from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.funds.models import StripeAccount
from tests.donations.stripe.test_webhook import event
from tests.factories.people import make_fund, make_person

pytestmark = pytest.mark.django_db


def keep(
    number: int = 1, account: str = "", kind: str = "checkout.session.completed", state: str = "received"
) -> Event:
    """An event in a state, without the tries that lead there."""
    services.keep(event(id=f"evt_{number}", type=kind, account=account or None))
    kept = Event.objects.get(event_id=f"evt_{number}")
    if state == EventState.FAILED:
        kept.attempts = Event.MOST_ATTEMPTS - 1
        kept.give_up("LookupError: no such gift")
        kept.save()
    return kept


def signed_in(client: Client, *roles: Role, fund=None) -> Client:
    client.force_login(make_person("Ana Reyes", *roles, fund=fund))
    return client


def test_nothing_waiting_is_said_plainly(client: Client) -> None:
    page = signed_in(client, Role.OFFICER).get(reverse("stripe:inbox")).content.decode()
    assert "All is well" in page
    assert "No message here" in page


def test_a_message_that_waits_longer_than_five_minutes_raises_the_alarm(client: Client) -> None:
    with clock.at(clock.now() - timedelta(minutes=6)):
        keep()
    assert inbox_health().is_late
    page = signed_in(client, Role.AUDITOR).get(reverse("stripe:inbox")).content.decode()
    assert "Messages are not being applied" in page
    assert "A donor finished the payment page" in page


def test_a_message_of_this_minute_is_no_alarm() -> None:
    keep()
    health = inbox_health()
    assert (health.is_late, health.waiting, health.is_well) == (False, 1, True)


def test_a_failed_message_says_why_and_is_tried_again_by_a_finance_checker(client: Client) -> None:
    failed = keep(state="failed")
    office = signed_in(client, Role.FINANCE_CHECKER)
    assert "LookupError: no such gift" in office.get(reverse("stripe:event", args=[failed.pk])).content.decode()
    answer = office.post(reverse("stripe:event_retry", args=[failed.pk]), follow=True)
    assert "tried again within a minute" in answer.content.decode()
    failed = Event.objects.get()
    assert (failed.state, failed.attempts) == (EventState.RECEIVED, 0)
    assert Entry.objects.filter(action="stripe.retry").count() == 1


def test_a_message_that_has_not_failed_is_not_tried_again(client: Client) -> None:
    kept = keep()
    answer = signed_in(client, Role.MANAGER).post(reverse("stripe:event_retry", args=[kept.pk]))
    assert answer.status_code == 409


@pytest.mark.parametrize("role", [Role.OFFICER, Role.FINANCE_MAKER, Role.AUDITOR])
def test_whoever_only_looks_may_not_try_again(client: Client, role: Role) -> None:
    failed = keep(state="failed")
    office = signed_in(client, role)
    assert "Try this message again" not in office.get(reverse("stripe:event", args=[failed.pk])).content.decode()
    assert office.post(reverse("stripe:event_retry", args=[failed.pk])).status_code == 403


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PEOPLE_ADMIN])
def test_other_roles_do_not_see_the_inbox(client: Client, role: Role) -> None:
    assert signed_in(client, role).get(reverse("stripe:inbox")).status_code == 403


def test_events_of_another_fund_do_not_exist(client: Client) -> None:
    mine, other = make_fund("mine"), make_fund("other")
    for fund in (mine, other):
        StripeAccount.objects.create(fund=fund, account_id=f"acct_{fund.code}")
    keep(1, account="acct_mine")
    strange = keep(2, account="acct_other", state="failed")
    office = signed_in(client, Role.MANAGER, fund=mine)
    assert office.get(reverse("stripe:event", args=[strange.pk])).status_code == 404
    assert office.post(reverse("stripe:event_retry", args=[strange.pk])).status_code == 404
    page = office.get(reverse("stripe:inbox")).content.decode()
    assert page.count("A donor finished the payment page") == 1


def test_only_what_one_may_retry_waits_on_ones_desk() -> None:
    keep(state="failed")
    checker, officer = make_person("Cal Ito", Role.FINANCE_CHECKER), make_person("Ola Dee", Role.OFFICER)
    (waiting,) = failed_messages(checker)
    assert waiting.sentence == "1 message from Stripe could not be applied."
    assert list(failed_messages(officer)) == []


def test_a_request_without_answer_is_told(client: Client) -> None:
    OutboundCall.objects.create(key="gift:1:attempt:1:checkout", op="checkout.session.create", digest="0")
    office = signed_in(client, Role.OFFICER)
    assert "1 request of ours has no answer yet" in office.get(reverse("stripe:inbox")).content.decode()
    page = office.get(reverse("stripe:calls")).content.decode()
    assert "Open a payment page" in page
    assert "1 request has no answer yet" in page


@pytest.mark.parametrize(("name", "queries"), [("stripe:inbox", 8), ("stripe:calls", 6)])
@pytest.mark.parametrize("rows", [1, 30])
def test_more_rows_are_no_more_questions(client: Client, django_assert_num_queries, name, queries, rows) -> None:
    for number in range(rows):
        keep(number)
        OutboundCall.objects.create(key=f"gift:{number}:attempt:1:checkout", op="checkout.session.create", digest="0")
    office = signed_in(client, Role.OFFICER)
    office.get(reverse(name))
    with django_assert_num_queries(queries):
        office.get(reverse(name))


def test_chips_filter_by_state(client: Client) -> None:
    keep(1)
    keep(2, kind="refund.failed", state="failed")
    page = signed_in(client, Role.OFFICER).get(reverse("stripe:inbox"), {"state": "failed"}).content.decode()
    assert "A refund failed and the money came back" in page
    assert "A donor finished" not in page
    assert "Not our concern" not in page, "a chip that leads to nothing is left out"

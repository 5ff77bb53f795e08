"""An act that a lifecycle refuses is rolled back, and the attempt stands on record all the same."""

import pytest
from django.test import Client
from django.urls import reverse

from donations.gifts.models import Refund
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.ledger.models import Period
from fundportal.lifecycle import move, refused_moves
from fundportal.refusals import Refusal
from tests.factories.gifts import make_gift, make_refund
from tests.factories.people import make_person


def test_a_refused_move_is_gathered_with_its_sentence():
    period = Period(state="closed")
    with refused_moves() as refused, pytest.raises(Refusal):
        move(period, "close")
    assert [(one.subject, one.transition) for one in refused] == [(period, "close")]
    assert refused[0].sentence


def test_outside_a_request_nothing_is_kept():
    with pytest.raises(Refusal):
        move(Period(state="closed"), "close")
    with refused_moves() as refused:
        assert not refused


@pytest.mark.django_db
def test_who_tries_to_decide_on_their_own_refund_stands_on_record(client: Client):
    gift = make_gift(state="received")
    person = make_person("Frida Demo", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, fund=gift.fund)
    refund = make_refund(gift, asked_by=person)
    client.force_login(person)
    answer = client.post(reverse("gifts:refund_approve", args=[gift.reference, refund.uuid]))
    assert answer.status_code == 409
    entry = Entry.objects.get(action="transition.refused")
    assert (entry.subject_id, entry.actor, entry.fund) == (str(refund.pk), person, gift.fund)
    assert entry.facts["move"] == "approve"
    assert Refund.objects.get(pk=refund.pk).state == "requested"

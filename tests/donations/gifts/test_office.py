"""The staff's pages of gifts: who sees what, and what the page says back."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donations.gifts import services
from donations.gifts.models import Gift, Refund
from donations.gifts.states import GiftState, RefundState
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.money import Money
from fundportal.waiting import waiting_for
from tests.factories.gifts import make_campaign, make_donor, make_gift, make_refund
from tests.factories.people import make_person

QUERIES_OF_THE_LIST = 8
QUERIES_OF_A_GIFT = 10


@pytest.fixture
def officer(client, campaign):
    person = make_person("Olu Officer", Role.OFFICER, fund=campaign.fund)
    client.force_login(person)
    return person


def listed(client, **query) -> str:
    answer = client.get(reverse("gifts:gifts"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(gift: Gift) -> str:
    return reverse("gifts:gift", args=[gift.reference])


def ask_url(gift: Gift) -> str:
    return reverse("gifts:refund_request", args=[gift.reference])


def decide_url(refund: Refund, act: str) -> str:
    return reverse(f"gifts:refund_{act}", args=[refund.gift.reference, refund.uuid])


def test_an_empty_list_says_what_will_be_there(client, officer):
    assert "No gifts yet" in listed(client)


def test_the_list_shows_gifts_of_ones_own_funds_only(client, officer, campaign):
    mine, foreign = make_gift(campaign, state=GiftState.RECEIVED), make_gift()

    words = listed(client)

    assert mine.reference in words
    assert "$100.00" in words
    assert foreign.reference not in words
    assert foreign.campaign.title not in words


def test_the_list_is_narrowed_by_words_state_campaign_and_waiting_refunds(client, officer, campaign):
    other = make_campaign(campaign.fund)
    found = make_gift(other, state=GiftState.RECEIVED, donor=make_donor(campaign.fund, "Zora Dane"))
    make_refund(found)
    lost = make_gift(campaign)

    for query in (
        {"words": "zora"},
        {"words": "dane zor"},
        {"words": found.reference.lower()},
        {"state": "received"},
        {"campaign": other.code},
        {"refund": "waits"},
    ):
        words = listed(client, **query)
        assert found.reference in words, query
        assert lost.reference not in words, query
    assert "No gift matches" in listed(client, words="nobody")
    assert lost.reference in listed(client, state="no such state", campaign="\x00", page="x")


def test_the_list_asks_the_same_questions_for_3_and_30_gifts(client, officer, campaign):
    counts = []
    for more in (3, 27):
        for _number in range(more):
            make_gift(campaign, state=GiftState.RECEIVED)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            listed(client)
        counts.append(len(seen))

    assert counts == [QUERIES_OF_THE_LIST, QUERIES_OF_THE_LIST]


def test_the_page_of_a_gift_tells_its_story_and_shows_its_journal(client, officer, paid_gift):
    words = client.get(page_of(paid_gift)).content.decode()

    for told in ("Begun", "Sent to the payment page", "Paid", "In the balance at Stripe", "It stands in the books."):
        assert told in words
    for booked in ("Balance at Stripe", "Contributions", "Card fees", "$103.30", "$100.00", "$3.30"):
        assert booked in words


def test_a_whole_sum_keeps_its_cents_above_the_books(client, officer, campaign):
    gift = make_gift(campaign, state=GiftState.RECEIVED, amount_minor=5_000)
    assert '<bdi class="money">$50.00</bdi>' in client.get(page_of(gift)).content.decode()


def test_a_reason_stands_in_the_quotes_of_its_reader(client, officer, campaign):
    refund = make_refund(make_gift(campaign, state=GiftState.RECEIVED), reason="A slip of the hand.")
    address = page_of(refund.gift)
    assert "“A slip of the hand.”" in client.get(address).content.decode()
    assert "«\u00a0A slip of the hand.\u00a0»" in client.get(address.replace("/en/", "/fr/")).content.decode()


def test_a_gift_is_read_again_from_its_page(client, officer, gift, open_page, sandbox):
    sandbox.pay(open_page())
    address = reverse("gifts:read_again", args=[gift.reference])
    assert address in client.get(page_of(gift)).content.decode()

    words = client.post(address, follow=True).content.decode()

    assert "Read again. What stands here is what Stripe says now." in words
    asked = Entry.objects.get(action="gifts.read_again")
    assert (asked.actor, asked.before, asked.after) == (officer, GiftState.CHECKOUT_OPEN, GiftState.RECEIVED)


def test_a_gift_that_never_reached_stripe_cannot_be_read_there(client, officer, gift):
    address = reverse("gifts:read_again", args=[gift.reference])
    assert address not in client.get(page_of(gift)).content.decode()
    answer = client.post(address)
    assert answer.status_code == 409
    assert "Stripe knows nothing of this gift" in answer.content.decode()


def test_no_answer_from_stripe_is_said_on_the_page_and_changes_nothing(client, officer, gift, open_page, settings):
    open_page()
    settings.STRIPE_API_BASE = "http://localhost:9"
    answer = client.post(reverse("gifts:read_again", args=[gift.reference]))
    assert answer.status_code == 503
    assert "does not answer just now" in answer.content.decode()
    assert not Entry.objects.filter(action="gifts.read_again").exists()


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR])
def test_who_only_reads_does_not_ask_stripe(client, gift, open_page, role):
    open_page()
    client.force_login(make_person("Ada", role, fund=gift.fund))
    assert client.post(reverse("gifts:read_again", args=[gift.reference])).status_code == 403


def test_the_desk_counts_gifts_and_refunds_of_ones_own_funds(client, officer, campaign):
    make_gift(campaign, state=GiftState.REFUNDED)
    make_gift(campaign, state=GiftState.RECEIVED, amount_minor=5_000)
    make_gift(state=GiftState.RECEIVED)
    words = " ".join(client.get(reverse("office:desk")).content.decode().split())
    for told in ("Gifts received", "<div>2 <", "$150.00", "Refunds paid", "<div>1 <", "\u2212$100.00"):
        assert told in words, told


def test_the_page_asks_the_same_questions_however_much_happened(client, officer, paid_gift):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            client.get(page_of(paid_gift))
        counts.append(len(seen))
        for _number in range(5):
            make_refund(paid_gift, amount_minor=10)

    assert counts == [QUERIES_OF_A_GIFT, QUERIES_OF_A_GIFT]


@pytest.mark.parametrize("state", GiftState)
def test_a_gift_of_every_state_has_a_page(client, officer, campaign, state):
    gift = make_gift(campaign, state=state)

    words = client.get(page_of(gift)).content.decode()

    assert gift.reference in words
    assert str(GiftState(state).label) in words


@pytest.mark.parametrize("state", RefundState)
def test_a_refund_of_every_state_is_told(client, officer, campaign, state):
    gift = make_gift(campaign, state=GiftState.RECEIVED)
    make_refund(gift, state=state)
    make_refund(gift, state=RefundState.SENT, requested_by=None, decided_by=None, decided_at=None)

    words = client.get(page_of(gift)).content.decode()

    assert "\u2212$10.00 back to the donor" in words
    assert "Refund found at Stripe" in words


def test_a_foreign_gift_is_not_there(client, officer):
    assert client.get(page_of(make_gift())).status_code == 404
    assert client.post(ask_url(make_gift())).status_code == 404


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PEOPLE_ADMIN])
def test_other_roles_do_not_see_gifts(client, campaign, role):
    client.force_login(make_person("Ed", role, fund=campaign.fund))

    assert client.get(reverse("gifts:gifts")).status_code == 403


def test_a_refund_is_asked_for_by_one_and_approved_by_another(client, officer, paid_gift):
    words = client.get(page_of(paid_gift)).content.decode()
    assert "Ask for a refund" in words

    typed = {"key": str(uuid.uuid4()), "amount": "30", "reason": "Given twice."}
    assert client.post(ask_url(paid_gift), typed).status_code == 302
    refund = Refund.objects.get()
    assert (refund.amount, refund.requested_by) == (Money(3_000, "USD"), officer)

    checker = make_person("Che Checker", Role.FINANCE_CHECKER, fund=paid_gift.fund)
    assert [item.count for item in waiting_for(checker)] == [1]
    client.force_login(checker)
    assert "Approve the refund of $30.00" in client.get(page_of(paid_gift)).content.decode()
    assert client.post(decide_url(refund, "approve")).status_code == 302
    assert Refund.objects.get().state == RefundState.APPROVED


def test_a_refusal_by_the_second_person_is_said_on_the_page(client, officer, paid_gift):
    refund = make_refund(paid_gift)
    client.force_login(make_person("Che", Role.MANAGER, fund=paid_gift.fund))

    answer = client.post(decide_url(refund, "refuse"), follow=True)

    assert "Refused. The money stays with the fund." in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"amount": "200", "reason": "Too much."}, "Type an amount up to $103.30"),
        ({"amount": "abc", "reason": "No number."}, "abc"),
        ({"amount": "5", "reason": ""}, "Say in a sentence why the money goes back."),
    ],
)
def test_a_form_that_cannot_be_keeps_what_was_typed_and_says_why(client, officer, paid_gift, typed, sentence):
    answer = client.post(ask_url(paid_gift), {"key": str(uuid.uuid4()), **typed})

    words = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in words
    assert typed["reason"] in words
    assert f'value="{typed["amount"]}"' in words
    assert not Refund.objects.exists()


def test_whoever_asked_sees_why_they_cannot_approve_and_is_refused(client, paid_gift):
    both = make_person("Bo Both", Role.FINANCE_MAKER, Role.FINANCE_CHECKER, fund=paid_gift.fund)
    client.force_login(both)
    refund = services.request_refund(paid_gift.pk, amount=Money(100, "USD"), reason="Mine.", by=both)

    assert "Somebody else has to decide on it." in client.get(page_of(paid_gift)).content.decode()
    answer = client.post(decide_url(refund, "approve"))

    assert answer.status_code == 409
    assert "Somebody else has to decide on it." in answer.content.decode()


def test_an_auditor_reads_and_is_offered_nothing_to_do(client, paid_gift):
    refund = make_refund(paid_gift)
    client.force_login(make_person("Ada Auditor", Role.AUDITOR))

    words = client.get(page_of(paid_gift)).content.decode()

    assert "Ask for a refund" not in words
    assert "Approve the refund" not in words
    assert client.post(decide_url(refund, "approve")).status_code == 403
    assert client.post(ask_url(paid_gift)).status_code == 403


def test_a_checker_of_another_fund_cannot_decide(client, paid_gift):
    refund = make_refund(paid_gift)
    person = make_person("Che", Role.OFFICER, fund=paid_gift.fund)
    client.force_login(person)
    assert client.post(decide_url(refund, "approve")).status_code == 403


def test_acts_are_not_reached_by_following_a_link(client, paid_gift):
    refund = make_refund(paid_gift)
    client.force_login(make_person("Mo", Role.MANAGER, Role.OFFICER, fund=paid_gift.fund))

    assert client.get(decide_url(refund, "approve")).status_code == 405
    assert client.get(ask_url(paid_gift)).headers["Location"] == page_of(paid_gift)

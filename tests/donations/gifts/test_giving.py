import uuid

import pytest

from donations.campaigns.services import close_campaign
from donations.donors.models import Donor
from donations.gifts.models import Gift
from donations.gifts.services import start_gift
from donations.gifts.states import GiftState
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.money import Money
from fundportal.refusals import Refusal
from tests.donations.gifts.conftest import facts_for
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_person


def test_a_form_becomes_a_gift_with_its_cover_kept_apart(campaign, gift):
    assert (gift.amount, gift.fee_cover, gift.total) == (Money(10_000, "USD"), Money(330, "USD"), Money(10_330, "USD"))
    assert (gift.state, gift.fund, gift.language, gift.donor.name) == (
        GiftState.DRAFT,
        campaign.fund,
        "fr",
        "Dana Demo",
    )
    assert Entry.objects.get(action="gifts.start").subject_label == gift.reference


def test_a_cover_that_was_not_ticked_is_nothing(campaign):
    gift = start_gift(campaign.pk, facts=facts_for(campaign, covers_fee=False), form_key=uuid.uuid4())

    assert gift.fee_cover.is_zero


def test_two_clicks_are_one_gift(campaign):
    key = uuid.uuid4()

    first = start_gift(campaign.pk, facts=facts_for(campaign), form_key=key)
    second = start_gift(campaign.pk, facts=facts_for(campaign, language="en"), form_key=key)

    assert first == second
    assert Gift.objects.count() == Donor.objects.count() == Entry.objects.filter(action="gifts.start").count() == 1


def test_a_form_changed_and_sent_again_is_another_gift(campaign):
    key = uuid.uuid4()

    first = start_gift(campaign.pk, facts=facts_for(campaign), form_key=key)
    second = start_gift(campaign.pk, facts=facts_for(campaign, amount=Money(5_000, "USD")), form_key=key)

    assert (first.amount.minor, second.amount.minor) == (10_000, 5_000)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": Money(499, "USD")}, "amount", "The smallest gift is $5. Type this or more."),
        ({"amount": Money(-500, "USD")}, "amount", "The smallest gift is $5. Type this or more."),
        ({"amount": Money(10**15, "USD")}, "amount", "The largest gift by card is $25,000. To give more, write to"),
        ({"amount": Money(10_000, "EUR")}, "amount", "Gifts to this campaign are made in US dollars."),
        ({"purpose_id": 10**30}, "purpose", "Choose from the list what your gift is for."),
        ({"donor_name": " \x00 "}, "donor_name", "Type the name that shall stand on the receipt."),
        ({"donor_email": "dana@example"}, "donor_email", "Enter your email address with a full ending"),
    ],
)
def test_what_cannot_be_given_is_refused_beside_its_field(campaign, changes, field, sentence):
    with pytest.raises(Refusal, match=sentence.replace("$", r"\$")) as refused:
        start_gift(campaign.pk, facts=facts_for(campaign, **changes), form_key=uuid.uuid4())

    assert (refused.value.status, refused.value.field) == (422, field)
    assert not Gift.objects.exists()
    assert not Donor.objects.exists()


def test_a_purpose_of_another_fund_or_campaign_is_refused(campaign):
    elsewhere = make_campaign().purposes.order_by("pk")[0]
    not_offered = make_purpose(campaign.fund)
    for purpose in (elsewhere, not_offered):
        with pytest.raises(Refusal) as refused:
            start_gift(campaign.pk, facts=facts_for(campaign, purpose_id=purpose.pk), form_key=uuid.uuid4())
        assert refused.value.field == "purpose"


def test_a_closed_campaign_takes_no_new_gift_and_keeps_the_one_begun(campaign):
    key = uuid.uuid4()
    begun = start_gift(campaign.pk, facts=facts_for(campaign), form_key=key)
    close_campaign(campaign.pk, by=make_person("Mo", Role.MANAGER, fund=campaign.fund))

    assert start_gift(campaign.pk, facts=facts_for(campaign), form_key=key) == begun
    with pytest.raises(Refusal, match="takes no more gifts"):
        start_gift(campaign.pk, facts=facts_for(campaign), form_key=uuid.uuid4())

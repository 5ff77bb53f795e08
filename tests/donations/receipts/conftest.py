import pytest

from donations.campaigns.models import Campaign
from donations.gifts.models import Attempt, Gift
from donations.gifts.states import GiftState
from donations.receipts.models import Receipt
from donations.receipts.services import issue_receipt
from fundportal.funds.models import LegalDonee
from tests.factories.gifts import make_campaign, make_donor, make_gift, make_purpose
from tests.factories.people import make_fund


@pytest.fixture
def campaign(db: None) -> Campaign:
    donee = LegalDonee.objects.create(
        name="Harbour Sponsor", address="1 Example Quay, Port Aurora", tax_identifier="EIN 00-0000000"
    )
    fund = make_fund("harbour", legal_donee=donee, theme="bicf", time_zone="America/New_York")
    return make_campaign(fund, purposes=[make_purpose(fund, "help-line")])


@pytest.fixture
def gift(campaign: Campaign) -> Gift:
    """$100 with $3.30 for the card, received by card from Dana, in English."""
    donor = make_donor(campaign.fund, email="dana@example.org")
    made = make_gift(campaign, state=GiftState.RECEIVED, fee_cover_minor=330, donor=donor)
    Attempt.objects.filter(gift=made).update(card_last4="4242")
    return made


@pytest.fixture
def receipt(gift: Gift) -> Receipt:
    return issue_receipt(gift.pk)

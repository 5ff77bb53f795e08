import pytest
from django.db import IntegrityError

from donations.campaigns.queries import open_campaign, purposes_of
from donations.campaigns.services import close_campaign, reopen_campaign
from donations.campaigns.states import CampaignState
from fundportal import clock
from fundportal.access import Role
from fundportal.audit.models import Entry
from fundportal.refusals import NotAllowed, Refusal
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_fund, make_person


@pytest.fixture
def campaign(db):
    return make_campaign(code="winter")


@pytest.fixture
def manager(campaign):
    return make_person("Mo", Role.MANAGER, fund=campaign.fund)


def test_a_manager_closes_and_reopens(campaign, manager):
    closed = close_campaign(campaign.pk, by=manager)
    assert (closed.state, open_campaign("winter")) == (CampaignState.CLOSED, None)

    assert reopen_campaign(campaign.pk, by=manager).closed_at is None
    assert open_campaign("winter") == campaign
    assert set(Entry.objects.values_list("action", flat=True)) == {"campaigns.close", "campaigns.reopen"}


def test_a_move_twice_is_refused(campaign, manager):
    with pytest.raises(Refusal):
        reopen_campaign(campaign.pk, by=manager)
    close_campaign(campaign.pk, by=manager)
    with pytest.raises(Refusal):
        close_campaign(campaign.pk, by=manager)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_nobody_else_closes_a_campaign(campaign, role):
    with pytest.raises(NotAllowed):
        close_campaign(campaign.pk, by=make_person("", role, fund=campaign.fund))


def test_a_manager_of_another_fund_does_not_close_it(campaign):
    with pytest.raises(NotAllowed):
        close_campaign(campaign.pk, by=make_person("", Role.MANAGER, fund=make_fund()))


def test_purposes_stand_in_their_order(db):
    fund = make_fund()
    second, first = make_purpose(fund, position=2), make_purpose(fund, position=1)

    assert purposes_of(make_campaign(fund, purposes=[second, first])) == [first, second]


def test_no_campaign_by_an_unknown_code(db):
    assert open_campaign("nowhere") is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("a_campaign_has_a_smallest_and_a_largest_gift", {"minimum_minor": 0}),
        ("a_campaign_has_a_smallest_and_a_largest_gift", {"maximum_minor": 499}),
        ("a_campaign_goal_is_more_than_nothing", {"goal_minor": 0}),
        ("a_card_fee_is_less_than_the_gift", {"fee_percent_bp": 10_000}),
        ("a_campaign_is_closed_exactly_when_it_says_since_when", {"state": "closed"}),
        ("a_campaign_is_closed_exactly_when_it_says_since_when", {"closed_at": clock.now()}),
    ],
)
def test_a_campaign_that_contradicts_itself(name, facts):
    with pytest.raises(IntegrityError, match=name):
        make_campaign(**facts)

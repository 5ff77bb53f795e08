"""The office's page of campaigns: who sees which, who closes and opens them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from donations.campaigns.models import Campaign
from donations.campaigns.services import close_campaign
from donations.campaigns.states import CampaignState
from fundportal.access import Role
from tests.factories.gifts import make_campaign
from tests.factories.people import make_fund, make_person

READERS = {Role.OFFICER, Role.MANAGER, Role.FINANCE_MAKER, Role.FINANCE_CHECKER, Role.AUDITOR}
PAGE = "campaigns:campaigns"


@pytest.fixture
def campaign(db):
    fund = make_fund(names={"en": "City Fund"})
    return make_campaign(fund, code="winter", titles={"en": "Winter help"})


@pytest.fixture
def manager(client, campaign):
    person = make_person("Mo", Role.MANAGER, fund=campaign.fund)
    client.force_login(person)
    return person


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("role", Role)
def test_the_page_opens_for_whoever_reads_gifts(client, campaign, role):
    client.force_login(make_person("Robin", role, fund=campaign.fund))
    assert client.get(reverse(PAGE)).status_code == (200 if role in READERS else 403)


def test_a_manager_closes_a_campaign_and_opens_it_again(client, campaign, manager):
    page = text(client.get(reverse(PAGE)))
    for told in ("Winter help", "City Fund", "Open for gifts", "$5 to $25,000", "Close for gifts"):
        assert told in page

    closed = text(client.post(reverse("campaigns:close", args=["winter"]), follow=True))
    assert Campaign.objects.get().state == CampaignState.CLOSED
    assert "“Winter help” is closed." in closed
    assert "Open again" in closed
    assert "since" in closed

    opened = text(client.post(reverse("campaigns:reopen", args=["winter"]), follow=True))
    assert Campaign.objects.get().state == CampaignState.OPEN
    assert "is open for gifts again" in opened


def test_a_second_press_is_answered_with_the_reason(client, campaign, manager):
    close_campaign(campaign.pk, by=manager)
    answer = client.post(reverse("campaigns:close", args=["winter"]))
    assert answer.status_code == 409
    assert "it stands at “Closed”" in text(answer)


@pytest.mark.parametrize("act", ["close", "reopen"])
def test_a_look_at_the_address_changes_nothing(client, campaign, manager, act):
    assert client.get(reverse(f"campaigns:{act}", args=["winter"])).status_code == 405


def test_who_may_only_read_has_no_button_and_cannot_press_it(client, campaign):
    client.force_login(make_person("Olu", Role.OFFICER, fund=campaign.fund))
    page = text(client.get(reverse(PAGE)))
    assert "A manager closes and opens it." in page
    assert "Close for gifts" not in page
    assert client.post(reverse("campaigns:close", args=["winter"])).status_code == 403
    assert Campaign.objects.get().state == CampaignState.OPEN


def test_campaigns_of_other_funds_are_neither_seen_nor_closed(client, campaign, manager):
    foreign = make_campaign(code="foreign", titles={"en": "Elsewhere"})
    assert "Elsewhere" not in text(client.get(reverse(PAGE)))
    assert client.post(reverse("campaigns:close", args=[foreign.code])).status_code == 404


def test_an_empty_list_says_what_will_be_there(client, db):
    client.force_login(make_person("Mo", Role.MANAGER, fund=make_fund()))
    assert "No campaign yet" in text(client.get(reverse(PAGE)))


def test_the_list_asks_the_same_questions_for_3_and_30_campaigns(client, campaign, manager):
    counts = []
    for more in (2, 27):
        for _number in range(more):
            make_campaign(campaign.fund)
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse(PAGE))
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_page_stands_in_the_navigation_of_its_readers(client, campaign, manager):
    assert f'href="{reverse(PAGE)}"' in text(client.get(reverse("office:desk")))

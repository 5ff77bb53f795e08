import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from donations.campaigns.models import Campaign
from donations.campaigns.services import close_campaign
from fundportal.access import Role
from fundportal.funds.models import LegalDonee
from tests.donations.giving.conftest import is_checked, text_of, value_of
from tests.factories.gifts import make_purpose
from tests.factories.people import make_person

FONTS = {".woff2", ".woff"}
LOADED = r"""(?:src|href)="([^"]+)"|url\(["']?([^"')]+)|(?:import|from)\s+["']([^"']+)["']"""


def test_a_middle_amount_and_the_free_purpose_are_chosen_and_the_fee_is_not(client: Client, campaign: Campaign) -> None:
    page = client.get("/en/give/neighbours/")

    assert page.status_code == 200
    assert is_checked(page, "amount", "50")
    assert is_checked(page, "purpose", "needed-most")
    assert is_checked(page, "visibility", "hidden")
    assert "checked" not in text_of(page).split('name="covers_fee"')[1].split(">")[0]
    assert "The card network takes 2.9% and $0.30: $1.81 on a gift of $50." in text_of(page)


@pytest.mark.parametrize(("asked", "tile", "own"), [("25", "25", ""), ("37", "other", "37"), ("other", "other", "")])
def test_the_amount_chosen_on_the_fund_page_comes_along(
    client: Client, campaign: Campaign, asked: str, tile: str, own: str
) -> None:
    page = client.get("/en/give/neighbours/", {"amount": asked})

    assert is_checked(page, "amount", tile)
    assert value_of(page, "own") == own


@pytest.mark.parametrize("asked", ["\x00", "1e9", "-5", "<script>", "9" * 500])
def test_nonsense_in_the_address_is_shown_for_mending(client: Client, campaign: Campaign, asked: str) -> None:
    page = client.get("/en/give/neighbours/", {"amount": asked, "purpose": asked})

    assert page.status_code == 200
    assert "<script>" not in page.content.decode()


def test_a_foreign_language_shows_its_own_way_of_writing_amounts(client: Client, campaign: Campaign) -> None:
    page = client.get("/fr/give/neighbours/")

    assert '<html lang="fr"' in text_of(page)
    assert "100\xa0$" in page.content.decode()
    assert 'data-sample="1\xa0234,56\xa0$"' in page.content.decode()


def test_who_receives_the_gift_in_law_and_how_long_it_may_go_back(client: Client, campaign: Campaign) -> None:
    fund = campaign.fund
    fund.legal_donee = LegalDonee.objects.create(
        name="Harbour Sponsor", address="1 Quay", tax_identifier="EIN 00-0000000"
    )
    fund.refund_window_days, fund.is_practice = 14, True
    fund.save()
    page = text_of(client.get("/en/give/neighbours/"))

    assert "Legal donee: Harbour Sponsor, EIN 00-0000000." in page
    assert "within 14 days" in page
    assert "Sandbox: no money moves." in page


def test_a_closed_campaign_says_so_and_takes_nothing(client: Client, campaign: Campaign) -> None:
    close_campaign(campaign.pk, by=make_person("Mara Demo", Role.MANAGER))
    page = client.get("/en/give/neighbours/")

    assert page.status_code == 200
    assert "This campaign is closed" in text_of(page)
    assert "<form" not in page.content.decode().split("<main")[1]
    assert client.post("/en/give/neighbours/", {"amount": "100"}).status_code == 200


@pytest.mark.django_db
def test_an_unknown_campaign_is_not_found(client: Client) -> None:
    assert client.get("/en/give/nowhere/").status_code == 404


def test_the_page_is_never_kept_and_sends_nobody_elsewhere(client: Client, campaign: Campaign) -> None:
    page = client.get("/en/give/neighbours/")
    policy = page["Content-Security-Policy"]

    assert "no-store" in page["Cache-Control"]
    assert "script-src 'self'" in policy
    assert "'unsafe-inline'" not in policy
    assert len(page.content) < 60_000
    assert "sessionid" not in page.cookies


def test_all_that_the_page_loads_is_light(client: Client, campaign: Campaign) -> None:
    """The page, its stylesheets, scripts and images as they lie on the disk; fonts are kept by the browser."""
    page = client.get("/en/give/neighbours/").content
    weights = {"the page": len(page)} | weigh(page.decode(), base="/en/give/neighbours/")

    assert {Path(address).suffix for address in weights} >= {".css", ".js"}
    assert sum(weights.values()) <= 60_000, weights


def weigh(text: str, base: str) -> dict[str, int]:
    """Bytes of every static file that a page, a stylesheet or a script names, and of what those name in turn."""
    found: dict[str, int] = {}
    for named in re.findall(LOADED, text):
        address = urljoin(base, next(filter(None, named)))
        path = finders.find(address.removeprefix(settings.STATIC_URL)) if address.startswith("/static/") else None
        if path and Path(path).suffix not in FONTS:
            whole = Path(path).read_bytes()
            found[address] = len(whole)
            if Path(path).suffix in {".css", ".js"}:
                found |= weigh(whole.decode(), base=address)
    return found


def test_other_methods_are_refused(client: Client, campaign: Campaign) -> None:
    assert client.put("/en/give/neighbours/").status_code == 405


def queries_of_the_page(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        client.get("/en/give/neighbours/")
    return len(asked)


def test_the_queries_do_not_grow_with_the_purposes(client: Client, campaign: Campaign) -> None:
    campaign.purposes.add(*[make_purpose(campaign.fund) for _ in range(1)])
    queries_of_the_page(client)  # once in the life of a process: which site this is
    few = queries_of_the_page(client)
    campaign.purposes.add(*[make_purpose(campaign.fund) for _ in range(27)])

    assert queries_of_the_page(client) == few
    assert few <= 6

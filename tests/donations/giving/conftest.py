"""A campaign, and what a person types into its form."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from donations.campaigns.models import Campaign
from donations.giving import stamps
from tests.factories.gifts import make_campaign, make_purpose
from tests.factories.people import make_fund

Send = Callable[..., HttpResponse]


@pytest.fixture
def campaign(db: None) -> Campaign:
    fund = make_fund("harbour")
    free = make_purpose(fund, "needed-most", is_unrestricted=True)
    return make_campaign(fund, code="neighbours", purposes=[make_purpose(fund, "help-line"), free])


def answers(campaign: Campaign, **changes: Any) -> dict[str, Any]:
    typed = {
        "stamp": stamps.make(campaign.code),
        "amount": "100",
        "own": "",
        "purpose": "needed-most",
        "name": "Dana Demo",
        "email": "dana@example.org",
        "visibility": "hidden",
    }
    return typed | changes


@pytest.fixture
def send(client: Client, campaign: Campaign) -> Send:
    """Posts the filled form, with whatever is typed differently."""

    def post(language: str = "en", **changes: Any) -> HttpResponse:
        typed = {name: value for name, value in answers(campaign, **changes).items() if value is not None}
        return client.post(f"/{language}/give/neighbours/", typed)

    return post


def text_of(page: HttpResponse) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def value_of(page: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" [^>]*?value="([^"]*)"|value="([^"]*)"[^>]* name="{name}"', page.content.decode())
    return (found.group(1) or found.group(2) or "") if found else ""


def is_checked(page: HttpResponse, name: str, value: str) -> bool:
    tags = re.findall(rf'<input [^>]*name="{name}"[^>]*>', page.content.decode())
    return any(f'value="{value}"' in tag and " checked" in tag for tag in tags)

"""Campaigns as the office lists them: where each stands, and what this reader may do with it now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from donations.campaigns.models import Campaign
from donations.campaigns.permissions import MANAGE
from fundportal.access import may
from fundportal.accounts.models import User
from fundportal.money import format_money
from fundportal.templatetags.lists import Badge
from fundportal.templatetags.words import local_day


@dataclass(frozen=True)
class CampaignRow:
    """`act_url` is empty for whoever may only read."""

    title: str
    fund: str
    badge: Badge
    since: SafeString | str
    amounts: str
    act: str
    act_url: str


def rows_of(campaigns: Iterable[Campaign], *, viewer: User) -> Iterator[CampaignRow]:
    for campaign in campaigns:
        name, act = ("close", _("Close for gifts")) if campaign.is_open else ("reopen", _("Open again"))
        url = reverse(f"campaigns:{name}", args=[campaign.code]) if may(viewer, MANAGE, campaign.fund) else ""
        yield CampaignRow(
            title=campaign.title,
            fund=campaign.fund.name,
            badge=Badge(campaign.get_state_display(), "ok" if campaign.is_open else "mute"),
            since=local_day(campaign.closed_at, campaign.fund.time_zone) if campaign.closed_at else "",
            amounts=_amounts(campaign),
            act=act,
            act_url=url,
        )


def _amounts(campaign: Campaign) -> str:
    words = {"least": format_money(campaign.minimum, cents=False), "most": format_money(campaign.maximum, cents=False)}
    return _("%(least)s to %(most)s") % words

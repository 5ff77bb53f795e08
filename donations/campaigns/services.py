from django.db import transaction

from donations.campaigns.models import Campaign
from donations.campaigns.permissions import MANAGE
from fundportal.access import Actor, authorise
from fundportal.audit.services import record
from fundportal.lifecycle import move


def close_campaign(campaign_id: int, *, by: Actor) -> Campaign:
    """No new gift can be started; one already at the payment page may still arrive."""
    return _change(campaign_id, "close", by=by)


def reopen_campaign(campaign_id: int, *, by: Actor) -> Campaign:
    return _change(campaign_id, "reopen", by=by)


@transaction.atomic
def _change(campaign_id: int, act: str, *, by: Actor) -> Campaign:
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("fund").get(pk=campaign_id)
    authorise(by, MANAGE, campaign.fund)
    before = campaign.state
    move(campaign, act)
    campaign.save(update_fields=["state", "closed_at"])
    record(f"campaigns.{act}", campaign, by=by, fund=campaign.fund, before=before, after=campaign.state)
    return campaign

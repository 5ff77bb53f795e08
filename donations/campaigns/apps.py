from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    name = "donations.campaigns"
    label = "campaigns"

    def ready(self) -> None:
        from donations.campaigns.permissions import VIEW
        from donations.campaigns.wording import ACTIONS
        from fundportal.audit import wording
        from fundportal.context import office_page

        wording.register(ACTIONS)
        office_page(_("Campaigns"), "campaigns:campaigns", permission=VIEW, position=12)

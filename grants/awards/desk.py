"""The places of awards in the navigation, and what they lay on everybody's desk."""

from django.utils.translation import gettext_lazy as _

from fundportal.context import my_page, office_page
from fundportal.waiting import register_waiting
from grants.awards.permissions import VIEW
from grants.awards.queries import waiting

OFFICE_POSITION, MY_POSITION = 45, 20
SOURCES = (
    waiting.to_offer,
    waiting.agreements_to_write,
    waiting.agreements_to_sign,
    waiting.payments_to_approve,
    waiting.changes_to_decide,
    waiting.changes_to_send,
    waiting.grants_to_go_on_with,
)


def register() -> None:
    office_page(_("Awards"), "awards:awards", permission=VIEW, position=OFFICE_POSITION)
    my_page(_("My grants"), "my_grants:grants", position=MY_POSITION)
    for source in SOURCES:
        register_waiting(source)

"""Where payments stand in the navigation of the office and of grantees, and what waits for a grantee."""

from django.utils.translation import gettext_lazy as _

from fundportal.context import my_page, office_page
from fundportal.waiting import register_waiting
from grants.payments.permissions import VIEW
from grants.payments.queries.grantee_waiting import details_to_give_again


def register() -> None:
    """Called once at start-up, by apps.ready()."""
    office_page(_("Payments"), "payments:payments", permission=VIEW, position=48)
    my_page(_("Payments"), "my_payments:payments", position=30)
    register_waiting(details_to_give_again)

"""Which account of an organisation counts, and whether it may accept a grant."""

from django.utils.translation import gettext as _

from fundportal import clock
from grants.awards.models import Award
from grants.payments.models import BankDetails
from grants.payments.states import CHECKED


def account_in_use(organisation_id: int) -> BankDetails | None:
    return BankDetails.objects.in_use().filter(organisation=organisation_id).first()


def why_not_accept(award: Award) -> str:
    """What stands in the way beside the machine's own guards; empty when nothing does."""
    if clock.today(award.fund.time_zone) > award.respond_by:
        return _("The time to accept is over. Ask the fund’s office whether it is offered again.")
    if not BankDetails.objects.filter(organisation=award.organisation_id, state__in=CHECKED).exists():
        return _("The fund has to check your bank details first.")
    return ""

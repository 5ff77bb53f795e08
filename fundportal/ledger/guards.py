from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.ledger.states import PeriodState
from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from fundportal.ledger.models import Period


@guard(_("A period closes after its last day."))
def is_over(period: "Period") -> bool:
    return clock.today(period.fund.time_zone) > period.ends_on


@guard(_("An earlier period is still open. Close that one first."))
def earlier_periods_are_closed(period: "Period") -> bool:
    siblings = type(period).objects.filter(fund=period.fund_id, starts_on__lt=period.starts_on)
    return not siblings.filter(state=PeriodState.OPEN).exists()

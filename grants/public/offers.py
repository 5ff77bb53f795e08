"""What a fund has to show beside its own page."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from fundportal.funds.models import Fund
from grants.calls.models import Call
from grants.calls.states import FORECAST, OPEN
from grants.public.grant_list import public_awards


@dataclass(frozen=True)
class Offers:
    """Whether a call of the fund is open or to come, and whether a grant of it is public."""

    calls: bool = False
    grants: bool = False


def offers(fund_code: str) -> Offers:
    """One query; nothing for a code that is no fund of the books."""
    coming = Call.objects.public().filter(fund=OuterRef("pk"), state__in=(FORECAST, OPEN))
    given = public_awards().filter(fund=OuterRef("pk"))
    found = Fund.objects.filter(code=fund_code).order_by().values_list(Exists(coming), Exists(given)).first()
    return Offers(*found) if found else Offers()

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch, QuerySet

from fundportal.funds.models import Fund
from grants.awards.models import AgreementText


@dataclass(frozen=True)
class Wording:
    """The text of one fund in one language; `current` is none while it says what every fund begins with."""

    fund: Fund
    language: str
    current: AgreementText | None


def wordings_of(funds: QuerySet[Fund]) -> list[Wording]:
    """Every fund in every language of the house. Two queries."""
    current = AgreementText.objects.filter(is_current=True).select_related("by").order_by("pk")
    known: Iterable[Fund] = funds.prefetch_related(Prefetch("agreement_texts", current))
    return [
        Wording(fund, code, next((one for one in fund.agreement_texts.all() if one.language == code), None))
        for fund in known
        for code, _name in settings.LANGUAGES
    ]

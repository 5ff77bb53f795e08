"""The budget of a call as a bar of three parts: agreed, this list, free."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fundportal.money import Money, format_money
from grants.decisions.queries.lists import Budget

PER_MILLE = 1000


@dataclass(frozen=True)
class Gauge:
    """Widths in per cent of the bar, which ends at the budget; the words go on where there is too little."""

    agreed: str
    wanted: str
    scale: tuple[str, str, str]
    words: str


def gauge_of(budget: Budget) -> Gauge:
    whole = budget.whole.minor
    agreed = min(PER_MILLE, budget.agreed.minor * PER_MILLE // whole)
    wanted = min(PER_MILLE - agreed, budget.wanted.minor * PER_MILLE // whole)
    names = {"agreed": budget.agreed, "wanted": budget.wanted, "free": budget.free, "whole": budget.whole}
    words = {name: _short(amount) for name, amount in names.items()}
    scale = (
        _("Agreed %(agreed)s") % words,
        _("This list %(wanted)s") % words,
        _("Free %(free)s of %(whole)s") % words,
    )
    return Gauge(_percent(agreed), _percent(wanted), scale, ", ".join(scale))


def _short(amount: Money) -> str:
    return format_money(amount, cents=not amount.is_whole)


def _percent(per_mille: int) -> str:
    return f"{per_mille // 10}.{per_mille % 10}%"

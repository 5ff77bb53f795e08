from django.http import QueryDict
from django.utils.translation import gettext as _

from donations.gifts.queries import GiftFilter, StateCounts
from donations.gifts.states import GiftState
from fundportal.templatetags.lists import Chip


def state_chips(counts: StateCounts, query: QueryDict, wanted: GiftFilter) -> list[Chip]:
    """All, each state that any gift stands at, and refunds to decide; the other filters stay on."""
    kept = query.copy()
    for name in ("page", "state", "refund"):
        kept.pop(name, None)

    def chip(label: object, count: int, **on: str) -> Chip:
        address = kept.copy()
        address.update(on)
        current = (on.get("state", ""), "refund" in on) == (wanted.state, wanted.refund_waits)
        return Chip(label, f"?{address.urlencode()}", count, is_current=current)

    chips = [chip(_("All"), counts.total)]
    chips += [chip(state.label, counts.of[state], state=state.value) for state in GiftState if counts.of.get(state)]
    if counts.refunds_to_decide:
        chips.append(chip(_("Refund to decide"), counts.refunds_to_decide, refund="waits"))
    return chips

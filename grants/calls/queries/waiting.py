"""What waits for a manager: calls that have closed and are not assessed yet."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.waiting import Waiting
from grants.calls.models import Call
from grants.calls.permissions import PUBLISH
from grants.calls.states import CLOSED


def to_assess(user: User) -> Iterator[Waiting]:
    """The longest closed first."""
    funds = funds_where(user, PUBLISH)
    if not funds:
        return
    closed = Call.objects.filter(state=CLOSED).order_by("closed_at", "pk")
    for call in closed if funds == ALL else closed.filter(fund__in=funds):
        sentence = _("The call “%(call)s” has closed. Its assessment can begin.") % {"call": call}
        yield Waiting(sentence, reverse("calls:call", args=[call.code]))

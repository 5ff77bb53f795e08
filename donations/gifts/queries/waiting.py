from collections.abc import Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import ngettext

from donations.gifts.models import Refund
from donations.gifts.permissions import APPROVE_REFUND
from donations.gifts.states import RefundState
from fundportal.access import ALL, funds_where
from fundportal.accounts.models import User
from fundportal.waiting import Waiting


def refunds_to_decide(user: User) -> Iterator[Waiting]:
    """Refunds that others asked for, in the funds in which this person decides."""
    funds = funds_where(user, APPROVE_REFUND)
    mine = Q() if funds == ALL else Q(gift__fund__in=funds)
    waiting = Refund.objects.filter(mine, state=RefundState.REQUESTED).exclude(requested_by=user.pk)
    count = waiting.count() if funds else 0
    if count:
        sentence = ngettext(
            "%(count)s refund waits for your decision.", "%(count)s refunds wait for your decision.", count
        )
        yield Waiting(sentence % {"count": count}, f"{reverse('gifts:gifts')}?refund=waits", count)

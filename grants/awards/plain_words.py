"""Where a payment stands, as one says it to somebody who waits for the money."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.templatetags.words import DAY_FORMAT
from grants.awards.guards import approvers_needed
from grants.awards.models import Tranche
from grants.awards.states import TrancheState

S = TrancheState


def tranche_words(tranche: Tranche) -> str:
    """One or two sentences; reads the prefetched conditions and approvals."""
    words = {
        S.PLANNED: _planned,
        S.READY: lambda _tranche: _("It can be asked for now."),
        S.REQUESTED: _requested,
        S.APPROVED: lambda one: (
            _("Approved on %(day)s. It leaves with the next payment run.") % _on(one, one.approved_at)
        ),
        S.INSTRUCTED: lambda one: _("At the bank since %(day)s.") % _on(one, one.instructed_at),
        S.PAID: lambda one: _("Paid on %(day)s.") % _on(one, one.paid_at),
        S.RECONCILED: lambda one: _("Paid on %(day)s.") % _on(one, one.paid_at),
        S.ON_HOLD: lambda one: _("On hold: %(reason)s") % {"reason": one.hold_reason},
        S.FAILED: lambda _tranche: _("The bank refused it. The fund looks at the bank details with the grantee."),
        S.RETURNED: lambda _tranche: _("The bank sent it back. The fund looks at the bank details with the grantee."),
        S.CANCELLED: lambda _tranche: _("It will not be paid."),
    }
    return words[S(tranche.state)](tranche)


def _planned(tranche: Tranche) -> str:
    today = clock.today(tranche.award.fund.time_zone)
    waits = sum(not condition.is_fulfilled_on(today) for condition in tranche.conditions.all())
    day = date_format(tranche.planned_on, DAY_FORMAT)
    if waits:
        sentence = ngettext(
            "It can be asked for from %(day)s on, once the open condition below is met.",
            "It can be asked for from %(day)s on, once the %(count)s open conditions below are met.",
            waits,
        )
        return sentence % {"day": day, "count": waits}
    return _("It can be asked for from %(day)s on.") % {"day": day}


def _requested(tranche: Tranche) -> str:
    given = sum(one.round == tranche.round for one in tranche.approvals.all())
    sentence = ngettext(
        "Asked for on %(day)s by %(person)s. %(given)s of %(needed)s person of the fund has approved it.",
        "Asked for on %(day)s by %(person)s. %(given)s of %(needed)s people of the fund have approved it.",
        approvers_needed(tranche),
    )
    person = tranche.requested_by.full_name if tranche.requested_by else ""
    return sentence % (
        _on(tranche, tranche.requested_at) | {"person": person, "given": given, "needed": approvers_needed(tranche)}
    )


def _on(tranche: Tranche, moment: datetime) -> dict[str, object]:
    return {"day": date_format(moment.astimezone(ZoneInfo(tranche.award.fund.time_zone)), DAY_FORMAT)}

"""Whether a call is decided: where each of its applications stands, and which of them may still move."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from grants.applications.models import Application
from grants.applications.states import APPEAL_WINDOW, ApplicationState
from grants.calls.models import Call
from grants.decisions.models import Appeal, Decision
from grants.decisions.states import AppealState, Outcome

S = ApplicationState
AT_REST = (S.INVITED, S.RESERVE, S.WITHDRAWN, S.LAPSED, S.DISQUALIFIED)


def unfinished(call: Call, at: datetime) -> QuerySet[Application]:
    """Neither final nor on reserve, or with an appeal that waits for its answer.

    What was declined or found unfit is final once its time to appeal is over.
    """
    heard = at - APPEAL_WINDOW
    final = (
        Q(state__in=AT_REST)
        | Q(state=S.APPROVED, released_at__isnull=False)
        | Q(state=S.DECLINED, released_at__lt=heard)
        | Q(state=S.INELIGIBLE, ineligible_at__lt=heard)
    )
    appealed = Appeal.objects.filter(state=AppealState.FILED).values("application")
    found = Application.objects.filter(~final | Q(pk__in=appealed), stage__call=call)
    return found.select_related("organisation").order_by("reference")


def counts_by_state(call: Call) -> dict[ApplicationState, int]:
    """In the order of the states; those at which none stands are left out."""
    found = Application.objects.filter(stage__call=call).order_by()
    counted = dict(found.values_list("state").annotate(count=Count("pk")))
    return {state: counted[state] for state in S if state in counted}


def figures_of(call: Call) -> dict[str, Any]:
    """What the record keeps of a decided call: how many by state, and the money given in minor units."""
    given = Decision.objects.filter(application__stage__call=call, is_effective=True, outcome=Outcome.APPROVE)
    total = given.filter(application__released_at__isnull=False).aggregate(total=Sum("amount_minor", default=0))
    by_state = {state.value: count for state, count in counts_by_state(call).items()}
    return {"applications": by_state, "given_minor": total["total"], "currency": call.currency}

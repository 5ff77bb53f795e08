"""The call is decided: every application of it has its answer or its place on the reserve list."""

from django.db import transaction
from django.utils.translation import ngettext

from fundportal import clock
from fundportal.access import authorise
from fundportal.accounts.models import User
from fundportal.refusals import Refusal
from grants.calls import services as calls
from grants.calls.models import Call
from grants.calls.services.locking import lock_call
from grants.calls.states import ASSESSING
from grants.decisions.permissions import CONCLUDE
from grants.decisions.queries.concluding import figures_of, unfinished


@transaction.atomic
def conclude(call_id: int, *, by: User) -> Call:
    """Raises Refusal (409) while an application is under way or may still appeal."""
    call = lock_call(call_id)
    authorise(by, CONCLUDE, call.fund)
    if call.state == ASSESSING:
        _refuse_unfinished(call)
    return calls.conclude(call_id, facts=figures_of(call), by=by)


def _refuse_unfinished(call: Call) -> None:
    left = unfinished(call, clock.now()).count()
    if left:
        sentence = ngettext(
            "%(count)s application has no final answer yet, or may still appeal.",
            "%(count)s applications have no final answer yet, or may still appeal.",
            left,
        )
        raise Refusal(sentence % {"count": left})

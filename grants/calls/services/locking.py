"""How every act on a call begins: its row locked, the person's role checked, a stale form refused."""

from typing import Any

from django.utils.translation import gettext as _

from fundportal.access import authorise
from fundportal.audit.services import record
from fundportal.refusals import Refusal
from grants.calls.models import Call
from grants.calls.permissions import EDIT


def lock_call(call_id: int) -> Call:
    return Call.objects.select_for_update(of=("self",)).select_related("fund").get(pk=call_id)


def begin_edit(call_id: int, *, version: int, by: Any) -> Call:
    """The call, locked, for whoever may write it. Raises Refusal (409) for a stale form."""
    call = lock_call(call_id)
    authorise(by, EDIT, call.fund)
    if version != call.version:
        raise Refusal(_("Somebody else changed this call in the meantime. Compare what you typed with how it stands."))
    return call


def begin_writing(call_id: int, *, version: int, by: Any) -> Call:
    """The same for what is fixed once the call is announced. Raises Refusal (409) then."""
    call = begin_edit(call_id, version=version, by=by)
    if not call.is_draft:
        raise Refusal(_("This has been announced and stays as it is. Take the call back to change it."))
    return call


def finish_edit(call: Call, act: str, *, by: Any, facts: dict[str, Any] | None = None) -> None:
    """Saves the call as its next version and records the act."""
    call.version += 1
    call.save()
    record(f"calls.{act}", call, by=by, fund=call.fund, facts=facts)

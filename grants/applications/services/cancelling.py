"""What follows for applications when their call is cancelled."""

from grants.applications import emails
from grants.applications.models import Application
from grants.applications.states import UNDER_WAY, ApplicationState
from grants.calls.models import Call

CONCERNED = (ApplicationState.DRAFT, *UNDER_WAY, ApplicationState.ON_HOLD)


def tell_of_cancelling(call: Call) -> None:
    """A letter with the public reason for everybody who is writing or waits for an answer."""
    concerned = Application.objects.filter(stage__call=call, state__in=CONCERNED)
    for application in concerned.select_related("stage", "organisation").order_by("reference"):
        emails.call_cancelled(application, call)

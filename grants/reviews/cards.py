"""What this phase adds to the office's page of a call."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.access import may
from fundportal.accounts.models import User
from grants.calls.cards import Action
from grants.calls.models import Call
from grants.calls.states import CLOSED
from grants.reviews.permissions import PROPOSE_REOPENING


def of_call(call: Call, viewer: User) -> Iterator[Action]:
    if call.state == CLOSED and may(viewer, PROPOSE_REOPENING, call.fund):
        yield Action(
            _("Open it again"), reverse("office_reviews:reopen", args=[call.code]), "plain small", is_link=True
        )

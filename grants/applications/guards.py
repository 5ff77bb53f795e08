from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard
from grants.applications.states import APPEAL_WINDOW, REINSTATEMENT_WINDOW

if TYPE_CHECKING:
    from grants.applications.models import Application


@guard(_("The deadline has passed. Your draft is kept."))
def arrived_in_time(application: "Application") -> bool:
    """The clock is held at the arrival of the request, so a queue in front of the application makes nobody late."""
    return application.stage.accepts(clock.now())


@guard(_("The deadline has passed, so it stays as it was sent."))
def is_before_the_deadline(application: "Application") -> bool:
    return clock.now() <= application.stage.deadline_at


@guard(_("The call still takes applications."))
def deadline_has_passed(application: "Application") -> bool:
    """With the published grace, and for an extended deadline the extended one."""
    return application.stage.is_over(clock.now())


@guard(_("Checking begins when the call has closed, so that everybody has the same time."))
def may_be_screened(application: "Application") -> bool:
    return application.stage.is_rolling or deadline_has_passed(application)


@guard(_("The decision is announced, so this can no longer be done."))
def is_not_announced(application: "Application") -> bool:
    return application.released_at is None


@guard(_("The time to appeal is over."))
def is_in_the_appeal_window(application: "Application") -> bool:
    return application.ineligible_at is not None and clock.now() <= application.ineligible_at + APPEAL_WINDOW


@guard(_("There is no announced decision whose time to appeal still runs."))
def is_in_the_window_after_release(application: "Application") -> bool:
    return application.released_at is not None and clock.now() <= application.released_at + APPEAL_WINDOW


@guard(_("It was withdrawn more than 14 days ago."))
def was_withdrawn_lately(application: "Application") -> bool:
    return application.withdrawn_at is not None and clock.now() <= application.withdrawn_at + REINSTATEMENT_WINDOW


@guard(_("This call has no further stage."))
def has_a_next_stage(application: "Application") -> bool:
    return application.stage.call.stages.filter(number__gt=application.stage.number).exists()

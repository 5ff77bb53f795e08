"""Every word an application stands at, and the few words the public hears."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ApplicationState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Received")
    SCREENING = "screening", _("Being checked")
    INFO_REQUESTED = "info_requested", _("Waits for the applicant")
    ELIGIBLE = "eligible", _("Fit for review")
    INELIGIBLE = "ineligible", _("Not fit for this call")
    IN_REVIEW = "in_review", _("With the reviewers")
    REVIEWED = "reviewed", _("Reviewed")
    INVITED = "invited", _("Invited to the next stage")
    RECOMMENDED = "recommended", _("Recommended")
    RESERVE = "reserve", _("On the reserve list")
    NOT_RECOMMENDED = "not_recommended", _("Not recommended")
    APPROVED = "approved", _("Approved")
    DECLINED = "declined", _("Declined")
    ON_HOLD = "on_hold", _("On hold")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not sent in time")
    DISQUALIFIED = "disqualified", _("Disqualified")


# From the moment it is received to the moment its decision is announced.
UNDER_WAY: Final = (
    ApplicationState.SUBMITTED,
    ApplicationState.SCREENING,
    ApplicationState.INFO_REQUESTED,
    ApplicationState.ELIGIBLE,
    ApplicationState.IN_REVIEW,
    ApplicationState.REVIEWED,
    ApplicationState.RECOMMENDED,
    ApplicationState.RESERVE,
    ApplicationState.NOT_RECOMMENDED,
    ApplicationState.APPROVED,
    ApplicationState.DECLINED,
)
NEVER_SENT: Final = (ApplicationState.DRAFT, ApplicationState.LAPSED)
# Whatever counts against "at most n applications per organisation".
COUNTED: Final = (ApplicationState.DRAFT, *UNDER_WAY, ApplicationState.ON_HOLD, ApplicationState.INVITED)
IN_PROPOSAL: Final = (ApplicationState.RECOMMENDED, ApplicationState.NOT_RECOMMENDED)
STAGED: Final = (ApplicationState.APPROVED, ApplicationState.DECLINED)
RECEIVED: Final = tuple(state for state in ApplicationState if state not in NEVER_SENT)

APPEAL_WINDOW: Final = timedelta(days=14)
REINSTATEMENT_WINDOW: Final = timedelta(days=14)


@dataclass(frozen=True)
class PublicWord:
    """`label` is all an applicant hears of where it stands; `following` says what happens next, by whom and by when.

    `shape` is that of its badge.
    """

    label: str | Promise
    following: str | Promise
    shape: str = "mute"


NOT_SENT = PublicWord(
    _("Draft"), _("You work on it. It counts once you have sent it, until the deadline of the call."), "mute"
)
BEING_RECEIVED = PublicWord(
    _("Received"),
    _("The fund office checks it once the call has closed. You may change and resend it until then."),
    "ok",
)
BEING_CHECKED = PublicWord(
    _("Being checked"),
    _("The fund office checks whether it fits the call and writes to you if something is missing."),
    "wait",
)
YOUR_TURN = PublicWord(
    _("Action needed from you"),
    _("The fund office asked for something. Answer by the date on the request; silence alone never ends it."),
    "wait",
)
BEING_ASSESSED = PublicWord(
    _("Being assessed"),
    _("Reviewers read it and a panel talks about it. The fund writes to everybody at once."),
    "full",
)
DECIDED = PublicWord(_("Decision made"), _("The letter with the decision says what comes next."), "ok")
INVITED_ON = PublicWord(
    _("Invited to the next stage"), _("A new draft holds what you wrote. Send it by the deadline of that stage."), "ok"
)
WAITING = PublicWord(
    _("On hold"),
    _("The fund office has stopped the clock and says why in its letter. You need not do anything."),
    "wait",
)
NOT_FIT = PublicWord(
    _("Not fit for this call"), _("The letter says which rule it missed and until when you can appeal."), "stop"
)
TAKEN_BACK = PublicWord(_("Withdrawn"), _("Nothing more happens. The fund can bring it back within 14 days."), "mute")
TOO_LATE = PublicWord(
    _("Not sent in time"), _("The call closed before it was sent. Your answers are kept here and in your mail."), "stop"
)
EXCLUDED = PublicWord(_("Excluded"), _("The letter says why. Nothing more happens."), "stop")

_WORDS: Final = {
    ApplicationState.DRAFT: NOT_SENT,
    ApplicationState.SUBMITTED: BEING_RECEIVED,
    ApplicationState.SCREENING: BEING_CHECKED,
    ApplicationState.INFO_REQUESTED: YOUR_TURN,
    ApplicationState.INELIGIBLE: NOT_FIT,
    ApplicationState.INVITED: INVITED_ON,
    ApplicationState.ON_HOLD: WAITING,
    ApplicationState.WITHDRAWN: TAKEN_BACK,
    ApplicationState.LAPSED: TOO_LATE,
    ApplicationState.DISQUALIFIED: EXCLUDED,
}


def public_word(state: str, *, is_released: bool = False) -> PublicWord:
    """What the applicant may know. Until the release, approved and declined read exactly as being assessed does."""
    if is_released and state in STAGED:
        return DECIDED
    return _WORDS.get(ApplicationState(state), BEING_ASSESSED)

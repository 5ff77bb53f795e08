from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from fundportal.mail.lifecycle import LetterLifecycle


@guard(_("This letter is not due yet."))
def is_due(letter: "LetterLifecycle") -> bool:
    return letter.due_at <= clock.now()


@guard(_("Another worker is sending this letter."))
def claim_has_lapsed(letter: "LetterLifecycle") -> bool:
    return letter.claimed_at is not None and letter.claimed_at + letter.LEASE <= clock.now()


@guard(_("This letter will be tried again by itself."))
def has_no_attempt_left(letter: "LetterLifecycle") -> bool:
    return letter.attempts >= letter.MOST_ATTEMPTS


@guard(_("This letter was tried as often as it may be."))
def has_attempt_left(letter: "LetterLifecycle") -> bool:
    return letter.attempts < letter.MOST_ATTEMPTS

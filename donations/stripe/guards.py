from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fundportal.lifecycle import guard

if TYPE_CHECKING:
    from donations.stripe.lifecycle.event import EventLifecycle


@guard(_("This message was tried as often as it may be by itself."))
def has_try_left(event: "EventLifecycle") -> bool:
    return event.attempts + 1 < event.MOST_ATTEMPTS


@guard(_("This message will be tried again by itself."))
def has_no_try_left(event: "EventLifecycle") -> bool:
    return event.attempts + 1 >= event.MOST_ATTEMPTS

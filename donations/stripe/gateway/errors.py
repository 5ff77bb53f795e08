from django.utils.translation import gettext as _

from fundportal.refusals import Refusal


class StripeRefusedError(Refusal):
    """Stripe said no, and nothing was made. `code` is its word for why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(
            _("The payment service did not accept this, and no money moved. Try again later, or write to us.")
        )
        self.code, self.message = code, message


class OutcomeUnknownError(Refusal):
    """No answer, or none that can be trusted: it may have happened. Ask again under the same key."""

    def __init__(self, message: str) -> None:
        super().__init__(
            _("The payment service does not answer just now. Try again in a minute: nothing is done twice."), status=503
        )
        self.message = message
        self.was_replayed = False


class CallChangedError(ValueError):
    """A key was used again for something else: a mistake in our own code, found before Stripe hears of it."""


class UntrustedError(Exception):
    """A delivery that does not carry the signature of Stripe."""

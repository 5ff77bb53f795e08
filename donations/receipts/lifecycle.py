from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import transition

from donations.receipts import guards
from donations.receipts.states import ReceiptState
from fundportal import clock
from fundportal.lifecycle import StateField


class ReceiptLifecycle(models.Model):
    """A receipt is never changed and never deleted; it leaves force, and the number it took stays taken."""

    state = StateField(_("state"), default=ReceiptState.ISSUED, choices=ReceiptState, protected=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"))
    left_force_at = models.DateTimeField(_("out of force since"), null=True, blank=True)

    class Meta:
        abstract = True

    @transition(
        field=state,
        source=ReceiptState.ISSUED,
        target=ReceiptState.VOIDED,
        conditions=[guards.nothing_of_the_gift_stays],
    )
    def void(self) -> None:
        """The whole gift went back."""
        self.left_force_at = clock.now()

    @transition(
        field=state, source=ReceiptState.ISSUED, target=ReceiptState.REPLACED, conditions=[guards.another_amount_stays]
    )
    def replace(self) -> None:
        """A part of the gift went back, or came again; the next receipt names what stays."""
        self.left_force_at = clock.now()

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from donations.gifts.models.gift import Gift
from donations.gifts.states import AttemptFacts, PaymentState, SessionState
from fundportal import clock
from fundportal.funds.models import StripeAccount
from fundportal.money.fields import MinorUnitsField


class Attempt(models.Model):
    """One try at paying: one page at Stripe. Written before Stripe is asked, so a lost answer is asked for again.

    Title and addresses are kept because Stripe refuses a repeated request that differs in anything.
    `paid_minor` is in the gift's currency. `reading` is the number of the re-reading these words are from,
    `changed_at` when they last became others.
    """

    gift = models.ForeignKey(Gift, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField(_("attempt"))
    account = models.ForeignKey(StripeAccount, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("what the page calls it"), max_length=200)
    success_url = models.URLField(max_length=500)
    cancel_url = models.URLField(max_length=500)
    session_id = models.CharField(max_length=120, blank=True)
    session_url = models.TextField(blank=True)
    session_state = models.CharField(max_length=10, choices=SessionState, default=SessionState.UNKNOWN, blank=True)
    expires_at = models.DateTimeField(null=True)
    intent_id = models.CharField(max_length=80, blank=True)
    payment_state = models.CharField(max_length=12, choices=PaymentState, default=PaymentState.NONE, blank=True)
    decline_code = models.CharField(max_length=80, blank=True)
    charge_id = models.CharField(max_length=80, blank=True)
    card_last4 = models.CharField(max_length=4, blank=True)
    paid_minor = MinorUnitsField(default=0)
    paid_at = models.DateTimeField(null=True)
    changed_at = models.DateTimeField(null=True)
    reading = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("gift", "number")
        indexes = (models.Index(fields=["charge_id"], name="attempts_by_charge"),)
        constraints = (
            models.UniqueConstraint(fields=["gift", "number"], name="attempts_of_a_gift_are_numbered"),
            models.UniqueConstraint(
                fields=["session_id"], condition=~Q(session_id=""), name="a_payment_page_belongs_to_one_attempt"
            ),
            models.UniqueConstraint(
                fields=["intent_id"], condition=~Q(intent_id=""), name="a_payment_intent_belongs_to_one_attempt"
            ),
            models.CheckConstraint(
                condition=Q(payment_state=PaymentState.SUCCEEDED, paid_minor__gt=0, paid_at__isnull=False)
                | (~Q(payment_state=PaymentState.SUCCEEDED) & Q(paid_minor=0, paid_at__isnull=True)),
                name="an_attempt_succeeded_exactly_when_it_says_what_was_paid",
            ),
        )

    def __str__(self) -> str:
        return f"{self.gift_id}/{self.number}"

    @property
    def facts(self) -> AttemptFacts:
        return AttemptFacts(self.number, self.session_state, self.payment_state)

    @property
    def is_page_open(self) -> bool:
        """Only Stripe's word ends a page: by our clock another could be opened beside one that still takes money."""
        return self.session_state == SessionState.OPEN and self.session_url != ""

    @property
    def may_have_changed(self) -> bool:
        """Worth asking Stripe before anybody is sent to this page."""
        past_its_time = self.expires_at is not None and self.expires_at <= clock.now()
        return self.session_id != "" and (past_its_time or not self.is_page_open)

    @property
    def may_take_its_page_again(self) -> bool:
        """Stripe was asked and the answer is not known: the same question gets the same page."""
        return self.session_state == SessionState.UNKNOWN

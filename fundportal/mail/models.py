from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, funds_where
from fundportal.mail.lifecycle import LetterLifecycle
from fundportal.mail.own import Words
from fundportal.mail.states import LetterState


class LetterText(models.Model):
    """One version of what a fund says in one letter in one language; the highest number counts. Never rewritten.

    `is_standard` marks the return to the standard text, and has no words.
    """

    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(_("letter"), max_length=100)
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveIntegerField(_("version"))
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    heading = models.CharField(_("first sentence"), max_length=200, blank=True)
    body = models.TextField(_("text"), max_length=10_000, blank=True)
    is_standard = models.BooleanField(_("back to the standard text"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("written"), default=clock.now)

    class Meta:
        ordering = ("fund", "template", "language", "-number")
        constraints = [
            models.UniqueConstraint(
                fields=["fund", "template", "language", "number"], name="a_letter_has_each_version_of_its_text_once"
            ),
            models.CheckConstraint(
                name="a_letter_text_has_words_or_is_the_standard_one",
                condition=Q(is_standard=True, subject="", heading="", body="")
                | (Q(is_standard=False) & ~Q(subject="") & ~Q(heading="") & ~Q(body="")),
            ),
            models.CheckConstraint(name="versions_of_a_letter_text_start_at_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.language}, {self.number}"

    @property
    def words(self) -> Words | None:
        """None where the standard text counts."""
        return None if self.is_standard else Words(self.subject, self.heading, self.body)


class LetterQuerySet(models.QuerySet["Letter"]):
    def visible_to(self, actor: object) -> Self:
        funds = funds_where(actor, "mail.view")
        return self if funds is ALL else self.filter(fund__in=funds)

    def due(self) -> Self:
        return self.filter(state=LetterState.QUEUED, due_at__lte=clock.now())

    def abandoned(self) -> Self:
        """Claimed by a worker that never came back."""
        return self.filter(state=LetterState.SENDING, claimed_at__lte=clock.now() - LetterLifecycle.LEASE)


class Letter(LetterLifecycle):
    """One mail to one address, worded and stored in the transaction that gave cause for it.

    `key` names the cause ("receipt:2026-000312"): the second letter for the same cause is the first one.
    """

    key = models.CharField(max_length=150, unique=True, editable=False)
    template = models.CharField(max_length=100, editable=False)
    to_address = models.EmailField(editable=False)
    language = models.CharField(max_length=10, editable=False)
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    own_text = models.ForeignKey(LetterText, on_delete=models.PROTECT, null=True, related_name="+", editable=False)
    subject = models.CharField(max_length=250, editable=False)
    text_body = models.TextField(editable=False)
    html_body = models.TextField(editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["state", "due_at"], name="letter_by_state_and_due_time")]
        constraints = [
            models.CheckConstraint(
                name="a_letter_is_sent_exactly_when_it_has_a_sending_time",
                condition=Q(state=LetterState.SENT, sent_at__isnull=False)
                | (~Q(state=LetterState.SENT) & Q(sent_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="a_letter_being_sent_has_a_claim",
                condition=~Q(state=LetterState.SENDING) | Q(claimed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_state_is_known",
                condition=Q(state__in=LetterState.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.to_address}"

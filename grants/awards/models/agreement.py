"""What the fund and the grantee agree on, word for word, and who signed it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.funds.models import Fund
from grants.awards.lifecycle import AgreementLifecycle
from grants.awards.models.award import Award
from grants.awards.states import OPEN_AGREEMENT, AgreementState, IdentityFactor, Side


class AgreementText(models.Model):
    """The fund's own wording in one language, with fields in braces (`{grantee}`). A change is a new version."""

    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="agreement_texts")
    language = models.CharField(_("language"), max_length=10)
    number = models.PositiveSmallIntegerField(_("version"))
    body = models.TextField(_("text"))
    is_current = models.BooleanField(default=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("fund", "language", "number")
        constraints = (
            models.UniqueConstraint(fields=["fund", "language", "number"], name="versions_of_a_wording_are_numbered"),
            models.UniqueConstraint(
                fields=["fund", "language"], condition=Q(is_current=True), name="one_wording_is_current_in_a_language"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="a_wording_says_something"),
        )

    def __str__(self) -> str:
        return f"{self.fund_id}/{self.language}/{self.number}"


class Agreement(AgreementLifecycle):
    """The text as it was written for this award; `sha256` is over its UTF-8 bytes, and what both sides sign."""

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="agreements")
    number = models.PositiveSmallIntegerField(_("number"))
    language = models.CharField(_("language"), max_length=10)
    wording = models.ForeignKey(AgreementText, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("text"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    change_asked = models.TextField(_("what the grantee asks to change"), blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("agreement")
        ordering = ("award", "number")
        constraints = (
            models.CheckConstraint(condition=Q(state__in=AgreementState.values), name="agreement_state_is_known"),
            models.UniqueConstraint(fields=["award", "number"], name="agreements_of_an_award_are_numbered"),
            models.UniqueConstraint(
                fields=["award"], condition=Q(state__in=OPEN_AGREEMENT), name="one_agreement_is_open_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["award"],
                condition=Q(state=AgreementState.EXECUTED),
                name="one_agreement_is_in_force_for_an_award",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(AgreementState.EXECUTED, AgreementState.SUPERSEDED)) ^ Q(executed_at=None),
                name="an_agreement_is_executed_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AgreementState.AGREED, AgreementState.SIGNING, AgreementState.EXECUTED))
                | Q(agreed_at__isnull=False, sent_at__isnull=False),
                name="an_agreement_that_is_agreed_says_when",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award}/{self.number}"


class AgreementApproval(models.Model):
    """One side approves one text, known by its fingerprint; a changed text has to be approved again."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="approvals")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("agreement", "at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["agreement", "side", "sha256"], name="a_side_approves_a_text_once"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.side}"


class Signature(models.Model):
    """The evidence: who, for which side, under which name, known by what, when, and over which text. Never changed."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    side = models.CharField(_("side"), max_length=10, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name_typed = models.CharField(_("name as typed"), max_length=150)
    identity_factor = models.CharField(_("known by"), max_length=20, choices=IdentityFactor)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("agreement", "at", "pk")
        constraints = (
            models.UniqueConstraint(fields=["agreement", "side"], name="a_side_signs_an_agreement_once"),
            models.UniqueConstraint(fields=["agreement", "person"], name="nobody_signs_for_both_sides"),
            models.CheckConstraint(condition=~Q(name_typed=""), name="a_signature_has_a_name"),
        )

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.name_typed}"

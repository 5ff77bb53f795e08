from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import funds_where


class Kind(models.TextChoices):
    CITY = "city", _("City government")
    ASSOCIATION = "association", _("Community organisation")
    FOUNDATION = "foundation", _("Foundation")
    SPONSOR = "sponsor", _("Fiscal sponsor")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def of(self, user: object) -> "OrganisationQuerySet":
        """Those this person is a member of today."""
        return self.filter(pk__in=Membership.objects.in_force().filter(user=user.pk).values("organisation"))

    def visible_to(self, user: object) -> "OrganisationQuerySet":
        """One's own; staff see every one but those they have a conflict with."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        mine = Q(pk__in=Membership.objects.in_force().filter(user=user.pk).values("organisation"))
        if not funds_where(user, "organisations.view"):
            return self.filter(mine)
        barred = Conflict.objects.in_force().filter(person=user.pk).values("organisation")
        return self.filter(mine | ~Q(pk__in=barred))


class Organisation(models.Model):
    """A body with a name and, where it has them, the numbers its country knows it by."""

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    country = models.CharField(_("country"), max_length=2)
    city = models.CharField(_("city"), max_length=120, blank=True)
    address = models.TextField(_("postal address"), max_length=500, blank=True)
    website = models.URLField(_("website"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    is_fictional = models.BooleanField(_("made up for the practice round"), default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Scheme(models.TextChoices):
    EIN = "ein", "EIN"
    SIRET = "siret", "SIRET"
    OTHER = "other", _("Other register")


class Identifier(models.Model):
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=20, choices=Scheme)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ("scheme", "value")
        constraints = (
            models.UniqueConstraint(fields=["scheme", "value"], name="an_identifier_names_one_organisation"),
        )

    def __str__(self) -> str:
        return f"{self.get_scheme_display()} {self.value}"


class InForce(models.QuerySet):
    """Rows that begin, and are ended instead of deleted."""

    def in_force(self) -> "InForce":
        return self.filter(ended_at__isnull=True)


class Membership(models.Model):
    """A person who works on an organisation's applications; a signatory also sends them and signs what follows."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    is_signatory = models.BooleanField(_("may sign"), default=False)
    joined_at = models.DateTimeField(_("since"), default=clock.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ("organisation", "joined_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(ended_at__isnull=True),
                name="a_person_is_a_member_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("joined_at")),
                name="a_membership_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.organisation}"


class Conflict(models.Model):
    """This person decides nothing about this organisation and reads nothing it sends, wherever that may be."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="conflicts")
    reason = models.CharField(_("reason"), max_length=300)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    declared_at = models.DateTimeField(_("declared"), default=clock.now)
    ended_at = models.DateTimeField(_("until"), null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ("person", "declared_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["person", "organisation"],
                condition=Q(ended_at__isnull=True),
                name="a_conflict_is_declared_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("declared_at")),
                name="a_conflict_ends_after_it_is_declared",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_conflict_has_a_reason"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.organisation}"


class Invitation(models.Model):
    """Somebody is asked to join. What was typed stays as typed, so that it tells nobody whether the address is known.

    Open until it is answered: joined (then it has its membership), declined, or taken back.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("email address"))
    full_name = models.CharField(_("name"), max_length=150)
    is_signatory = models.BooleanField(_("may sign"), default=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"), default=clock.now)
    ended_at = models.DateTimeField(_("answered"), null=True, blank=True)
    membership = models.OneToOneField(Membership, on_delete=models.PROTECT, null=True, blank=True)

    objects = InForce.as_manager()

    class Meta:
        ordering = ("organisation", "invited_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=Q(ended_at__isnull=True),
                name="a_person_is_invited_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(membership__isnull=True) | Q(ended_at__isnull=False),
                name="an_invitation_that_was_taken_up_is_closed",
            ),
        )

    def __str__(self) -> str:
        return f"{self.full_name}: {self.organisation}"

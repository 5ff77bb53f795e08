import uuid
from typing import Self

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fundportal import clock
from fundportal.access import ALL, Actor, funds_where
from fundportal.documents.lifecycle import UploadLifecycle
from fundportal.documents.states import WAITING, UploadState


def private_storage() -> Storage:
    """Files that no web server may hand out by itself."""
    return storages["private"]


def quarantine_storage() -> Storage:
    """Files that nobody has looked through; no page and no web server hands any of them out."""
    return storages["quarantine"]


def path_of(document: "Document", _name: str) -> str:
    """By content, so that a name tells nothing and two equal files are seen to be equal."""
    return f"{document.sha256[:2]}/{document.sha256}-{document.token}"


class DocumentQuerySet(models.QuerySet["Document"]):
    def visible_to(self, actor: Actor) -> Self:
        funds = funds_where(actor, "documents.view")
        if funds == ALL:
            return self
        own = Q(created_by=actor.pk) if getattr(actor, "pk", None) else Q(pk__in=[])
        return self.filter(own | Q(fund__in=funds))


class Document(models.Model):
    """A private file as it came in. Written once: a better one is another document, and the database sees to it."""

    token = models.UUIDField(unique=True, default=uuid.uuid4)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60)
    content_type = models.CharField(max_length=100, default="application/octet-stream")
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    file = models.FileField(storage=private_storage, upload_to=path_of, max_length=200)
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("since"), default=clock.now)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")

    def __str__(self) -> str:
        return self.name


def quarantine_path(upload: "Upload", _name: str) -> str:
    """Nothing of what the person called it."""
    return upload.token.hex


class UploadQuerySet(models.QuerySet["Upload"]):
    def of(self, actor: Actor) -> Self:
        """What this person added. Who else may know of a file is said by the slice that asked for it."""
        return self.filter(created_by=actor.pk) if getattr(actor, "pk", None) else self.none()

    def unsettled(self) -> Self:
        """Still in the checks' hands; what they have given up on is not."""
        gone = Q(state=UploadState.ERROR, attempts__gte=UploadLifecycle.MOST_ATTEMPTS)
        return self.filter(state__in=(*WAITING, UploadState.SCANNING)).exclude(gone)

    def due(self) -> Self:
        return self.unsettled().filter(state__in=WAITING, due_at__lte=clock.now())

    def abandoned(self) -> Self:
        """Taken by a worker that never said how it went."""
        return self.filter(state=UploadState.SCANNING, started_at__lte=clock.now() - UploadLifecycle.LEASE)

    def left_over(self) -> Self:
        """Settled, or given up, with the file still in quarantine."""
        return self.exclude(pk__in=self.unsettled().values("pk")).exclude(quarantined="")


class Upload(UploadLifecycle):
    """A file on its way in. Once clean it is a Document; refused, only its name and fingerprint are kept."""

    token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=60)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    language = models.CharField(_("language"), max_length=10)
    quarantined = models.FileField(storage=quarantine_storage, upload_to=quarantine_path, max_length=100, blank=True)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, related_name="upload")
    fund = models.ForeignKey("funds.Fund", on_delete=models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="uploads"
    )
    created_at = models.DateTimeField(_("since"), default=clock.now)

    objects = UploadQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        indexes = (models.Index(fields=["state", "due_at"], name="uploads_by_state_and_time"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=UploadState.CLEAN) ^ Q(document__isnull=True),
                name="an_upload_is_a_document_once_clean",
            ),
            models.CheckConstraint(
                condition=~Q(state=UploadState.REJECTED) | ~Q(reason=""), name="a_refused_upload_says_why"
            ),
        )

    def __str__(self) -> str:
        return self.name

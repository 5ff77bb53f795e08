"""A person's files: one line each with how the checks went, and the box where another is added."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from django.forms import BoundField
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _

from fundportal.documents.kinds import KINDS, MOST_BYTES
from fundportal.documents.models import Upload
from fundportal.documents.states import UploadState
from fundportal.templatetags.controls import described_by
from fundportal.templatetags.library import register
from fundportal.templatetags.lists import Badge


class FileRow(NamedTuple):
    """`url` is where a clean file can be fetched, if the page set one on it; `drop_id` the tick that removes it."""

    upload: Upload
    token: str
    url: str
    drop_id: str


@register.inclusion_tag("components/file_line.html")
def file_line(upload: Upload, url: str = "") -> dict[str, Any]:
    """Icon, name, size, state; refused, also why and what to do. With a `url` a clean file can be fetched there."""
    is_waiting = upload.pk is not None and upload.state in {UploadState.RECEIVED, UploadState.SCANNING}
    return {
        "name": upload.name,
        "url": url if upload.state == UploadState.CLEAN else "",
        "size": filesizeformat(upload.size),
        "badge": _badge(upload),
        "reason": _reason(upload),
        "token": str(upload.token) if upload.pk else "",
        "check_url": reverse("documents:line", args=[upload.token]) if is_waiting else "",
    }


@register.inclusion_tag("components/file_field.html")
def file_field(
    bound: BoundField, uploads: Sequence[Upload] = (), accept: Collection[str] = (), most: int = 10, url: str = ""
) -> dict[str, Any]:
    """Lines of the files so far and a box for more. Posts `<name>` (tokens that stay), `<name>-drop`, `<name>-new`.

    `url` is where `upload.js` sends each file at once; without one it is the house's own address.
    """
    name = bound.html_name
    return {
        "field": bound,
        "name": name,
        "id": bound.auto_id,
        "rows": [
            FileRow(one, str(one.token), getattr(one, "url", ""), f"{bound.auto_id}-drop-{place}")
            for place, one in enumerate(uploads, 1)
        ],
        "is_many": most > 1,
        "is_bad": bool(bound.errors),
        "is_optional": not bound.field.required,
        "note": "",
        "help_id": f"{bound.auto_id}-help",
        "error_id": f"{bound.auto_id}-error",
        "described_by": " ".join(filter(None, [described_by(bound), f"{bound.auto_id}-kinds"])),
        "accept": ",".join(f".{ending}" for ending in accept or KINDS),
        "megabytes": MOST_BYTES // 1024**2,
        "add_url": url or reverse("documents:add"),
    }


def _badge(upload: Upload) -> Badge:
    if upload.is_given_up:
        return Badge(_("Not checked"), "stop")
    words = {
        UploadState.CLEAN: Badge(_("Ready"), "ok"),
        UploadState.REJECTED: Badge(_("Refused"), "stop"),
        UploadState.ERROR: Badge(_("Not checked yet"), "wait"),
    }
    return words.get(upload.state, Badge(_("Being checked"), "wait"))


def _reason(upload: Upload) -> str:
    if upload.is_given_up:
        return _("We tried several times to look through this file and could not. Save it as PDF and add it again.")
    if upload.state == UploadState.ERROR:
        return _("The check broke off. It is tried again by itself in a few minutes.")
    return upload.reason

from collections.abc import Callable
from typing import Final
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from fundportal.documents.models import Document, Upload
from fundportal.documents.names import shown
from fundportal.documents.services import read
from fundportal.documents.states import UploadState
from fundportal.documents.uploads import receive
from fundportal.refusals import Refusal

OK, CREATED, UNPROCESSABLE = 200, 201, 422
REFUSED: Final = {"state": UploadState.REJECTED}
KIND: Final = "upload"


@require_safe
def download(request: HttpRequest, token: UUID) -> HttpResponse:
    return serve(get_object_or_404(Document.objects.visible_to(request.user), token=token))


def serve(document: Document) -> HttpResponse:
    """Always as a download: a stored page or picture never runs under the portal's address.

    Who may have the document was decided by whoever fetched it.
    """
    response = HttpResponse(read(document), content_type=document.content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=document.name)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


@never_cache
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """Where `upload.js` sends a file when the page names no address of its own."""
    return answer_upload(request, lambda file: receive(file, name=file.name or "", kind=KIND, by=request.user))


def answer_upload(request: HttpRequest, take: Callable[[UploadedFile], Upload]) -> HttpResponse:
    """The line of the file that came, for `upload.js` to put in its place: 201, or the refusal's status.

    `take` calls `uploads.receive` and does what the slice does with a token.
    """
    file = request.FILES.get("file")
    if file is None:
        return _answer(
            request, Upload(size=0, reason=_("No file came with this. Add it again."), **REFUSED), UNPROCESSABLE
        )
    try:
        return _answer(request, take(file), CREATED)
    except Refusal as refused:
        upload = Upload(name=shown(file.name or ""), size=file.size, reason=str(refused), **REFUSED)
        return _answer(request, upload, refused.status)


def _answer(request: HttpRequest, upload: Upload, status: int) -> HttpResponse:
    return render(request, "documents/upload.html", {"upload": upload}, status=status)


@never_cache
@require_safe
def line(request: HttpRequest, token: UUID) -> HttpResponse:
    """How a file of one's own stands now, as its line."""
    upload = get_object_or_404(Upload.objects.of(request.user), token=token)
    return _answer(request, upload, OK)

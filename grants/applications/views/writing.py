"""A section is written: saved by the button, or by itself while somebody types."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.documents.models import Upload
from fundportal.documents.views import answer_upload
from fundportal.refusals import Refusal
from fundportal.templatetags.words import time_of_day
from grants.applications import services
from grants.applications.forms import VersionForm
from grants.applications.models import Application, Draft
from grants.applications.progress import missing_by_section
from grants.applications.queries import missing, open_sections
from grants.applications.views.page import files_of, frame, written
from grants.questionnaires.answers import SectionForm, differences
from grants.questionnaires.definition import Section
from grants.questionnaires.section_form import PREFIX

AUTOSAVE = "X-Autosave"
CONFLICT = 409


@require_http_methods(["GET", "POST"])
def section(request: HttpRequest, reference: str, key: str) -> HttpResponse:
    application = written(request, reference)
    part = application.draft.form_version.form.section(key)
    if part is None:
        raise Http404
    if request.method == "POST":
        return _save(request, application, part)
    if key not in open_sections(application):
        return redirect("my_applications:application", reference=reference)
    problems = {one.question: one.sentence for one in missing_by_section(missing(application)).get(key, [])}
    form = _form(part, application, problems=problems if "check" in request.GET else None)
    return show_section(request, application, form)


@require_POST
def add_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Where a file goes the moment it is chosen; `name` is the box of the question that it answers."""
    application = written(request, reference)
    question = request.POST.get("name", "").removeprefix(f"{PREFIX}-")

    def take(file: UploadedFile) -> Upload:
        return services.attach_file(application.pk, question=question, file=file, by=request.user).upload

    return answer_upload(request, take)


def show_section(
    request: HttpRequest, application: Application, form: SectionForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    form_is_bad = bool(form.is_bound and form.errors)
    keys = [one.key for one in application.draft.form_version.form.sections]
    place = keys.index(form.section.key)
    context = frame(application, form.section.key) | {
        "form": form,
        "section": form.section,
        "number": place + 1,
        "version": application.draft.version,
        "refusal": refusal,
        "theirs": _both_texts(application, form, refusal),
        "following": keys[place + 1] if place + 1 < len(keys) else "",
    }
    context |= files_of(application, "my_applications:file")
    status = refusal.status if refusal else 422 if form_is_bad and request.method == "POST" else 200
    return render(request, "applications/section.html", context, status=status)


def _save(request: HttpRequest, application: Application, part: Section) -> HttpResponse:
    known = VersionForm(request.POST)
    if not known.is_valid():
        raise Http404
    form = _form(part, application, data=request.POST, files=request.FILES)
    form.is_valid()
    _take_files(request, application, form)
    try:
        saved = services.save_section(
            application.pk,
            section=part.key,
            answers=form.answers,
            version=known.cleaned_data["version"],
            by=request.user,
        )
    except Refusal as refusal:
        return _refused(request, application, form, refusal)
    return _saved(request, application, form, saved)


def _take_files(request: HttpRequest, application: Application, form: SectionForm) -> None:
    for question, files in form.new_files.items():
        for file in files:
            try:
                added = services.attach_file(application.pk, question=question, file=file, by=request.user)
                form.attach(question, str(added.upload.token))
            except Refusal as refusal:
                form.refuse_file(question, str(refusal))


def _refused(request: HttpRequest, application: Application, form: SectionForm, refusal: Refusal) -> HttpResponse:
    if request.headers.get(AUTOSAVE):
        return JsonResponse({"sentence": str(refusal)}, status=refusal.status)
    application.draft.refresh_from_db()
    return show_section(request, application, form, refusal=refusal)


def _saved(request: HttpRequest, application: Application, form: SectionForm, saved: Draft) -> HttpResponse:
    if request.headers.get(AUTOSAVE):
        words = {"time": time_of_day(saved.saved_at)}
        return JsonResponse({"version": saved.version, "sentence": _("Saved at %(time)s.") % words})
    application.draft = saved
    if form.errors:
        return show_section(request, application, form)
    goes_on = request.POST.get("next", "")
    if goes_on in open_sections(application):
        return redirect("my_applications:section", reference=application.reference, key=goes_on)
    if goes_on == "check":
        return redirect("my_applications:check", reference=application.reference)
    return redirect("my_applications:section", reference=application.reference, key=form.section.key)


def _both_texts(application: Application, form: SectionForm, refusal: Refusal | None) -> list[Any]:
    """Where the texts differ, what is saved beside what was typed; only when somebody else was faster."""
    if not isinstance(refusal, services.StaleSection):
        return []
    definition = application.draft.form_version.form
    typed = {key: answer for key, answer in refusal.answers.items() if key not in form.fields} | form.answers
    return differences(definition, refusal.answers, typed)


def _form(
    part: Section,
    application: Application,
    *,
    data: Any = None,
    files: Any = None,
    problems: dict[str, str] | None = None,
) -> SectionForm:
    draft = application.draft
    return SectionForm(part, draft.form_version.form, draft.answers, data, files, problems=problems)

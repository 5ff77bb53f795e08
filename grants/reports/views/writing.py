"""A part of a report is written: saved by the button, or by itself while somebody types."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fundportal.documents.models import Upload
from fundportal.documents.views import answer_upload
from fundportal.refusals import Refusal
from fundportal.templatetags.words import time_of_day
from grants.awards.models import ReportDue
from grants.questionnaires.answers import SectionForm
from grants.questionnaires.section_form import PREFIX
from grants.reports import services
from grants.reports.forms import ResultsForm, SpendingForm, VersionForm
from grants.reports.grids import results_grid, spending_grid
from grants.reports.models import ReportDraft
from grants.reports.parts import RESULTS, Part
from grants.reports.queries.agreed import definition_of, draft_of, parts, result_lines, spending_lines
from grants.reports.queries.changes import both_texts
from grants.reports.queries.readiness import is_writable, missing
from grants.reports.views.page import files_of, frame, ours

AUTOSAVE = "X-Autosave"
OK, UNPROCESSABLE = 200, 422
PartForm = SectionForm | ResultsForm | SpendingForm


@require_http_methods(["GET", "POST"])
def part(request: HttpRequest, reference: str, number: int, key: str) -> HttpResponse:
    report = ours(request, reference, number)
    found = next((one for one in parts(report) if one.key == key), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        return _save(request, report, found)
    if not is_writable(report):
        return redirect("my_reports:report", reference=reference, number=number)
    return show_part(request, report, found, _form(report, found, problems=_problems(request, report, key)))


@require_POST
def add_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Where a file goes the moment it is chosen; `name` is the box of the question that it answers."""
    report = ours(request, reference, number)
    question = request.POST.get("name", "").removeprefix(f"{PREFIX}-")

    def take(file: UploadedFile) -> Upload:
        return services.attach_file(report.pk, question=question, file=file, by=request.user).upload

    return answer_upload(request, take)


def show_part(
    request: HttpRequest, report: ReportDue, found: Part, form: PartForm, *, refusal: Refusal | None = None
) -> HttpResponse:
    is_bad = request.method == "POST" and bool(form.errors)
    keys = [one.key for one in parts(report)]
    place = keys.index(found.key)
    files = files_of(report, "my_reports:file")
    context = frame(report, found.key) | {
        "form": form,
        "part": found,
        "part_number": place + 1,
        "part_url": reverse("my_reports:part", args=[report.award.reference, report.number, found.key]),
        "version": draft_of(report).version,
        "refusal": refusal,
        "theirs": _theirs(report, found, form, refusal, files["uploads"]),
        "following": keys[place + 1] if place + 1 < len(keys) else "",
    }
    status = refusal.status if refusal else UNPROCESSABLE if is_bad else OK
    template, boxes = _boxes(form, report)
    return render(request, f"reports/{template}.html", context | files | boxes, status=status)


def _save(request: HttpRequest, report: ReportDue, found: Part) -> HttpResponse:
    known = VersionForm(request.POST)
    if not known.is_valid():
        raise Http404
    form = _form(report, found, data=request.POST, files=request.FILES)
    form.is_valid()
    if isinstance(form, SectionForm):
        _take_files(request, report, form)
    version = known.cleaned_data["version"]
    try:
        saved = services.save_report(
            report.pk, part=found.key, content=_content(form), version=version, by=request.user
        )
    except Refusal as refusal:
        return _refused(request, report, found, form, refusal)
    return _saved(request, report, found, form, saved)


def _take_files(request: HttpRequest, report: ReportDue, form: SectionForm) -> None:
    for question, files in form.new_files.items():
        for file in files:
            try:
                added = services.attach_file(report.pk, question=question, file=file, by=request.user)
                form.attach(question, str(added.upload.token))
            except Refusal as refusal:
                form.refuse_file(question, str(refusal))


def _refused(request: HttpRequest, report: ReportDue, found: Part, form: PartForm, refusal: Refusal) -> HttpResponse:
    if request.headers.get(AUTOSAVE):
        return JsonResponse({"sentence": str(refusal)}, status=refusal.status)
    return show_part(request, ours(request, report.award.reference, report.number), found, form, refusal=refusal)


def _saved(request: HttpRequest, report: ReportDue, found: Part, form: PartForm, saved: ReportDraft) -> HttpResponse:
    if request.headers.get(AUTOSAVE):
        words = {"time": time_of_day(saved.saved_at)}
        return JsonResponse({"version": saved.version, "sentence": _("Saved at %(time)s.") % words})
    if form.errors:
        return show_part(request, ours(request, report.award.reference, report.number), found, form)
    goes_on = request.POST.get("next", "")
    place = [report.award.reference, report.number]
    if goes_on == "check":
        return redirect("my_reports:check", *place)
    known = {one.key for one in parts(report)}
    return redirect("my_reports:part", *place, goes_on if goes_on in known else found.key)


def _theirs(
    report: ReportDue, found: Part, form: PartForm, refusal: Refusal | None, uploads: Mapping[str, Upload]
) -> list[Any]:
    """Where the texts differ, what is saved beside what was typed; only when somebody else was faster."""
    if not isinstance(refusal, services.StalePart):
        return []
    return both_texts(report, refusal.draft, found, _content(form), uploads)


def _problems(request: HttpRequest, report: ReportDue, key: str) -> dict[str, str]:
    """What stands between this part and being sent, by question or box; only where the check page led here."""
    if "check" not in request.GET:
        return {}
    found = [one for one in missing(report) if one.part == key]
    return {one.box.removeprefix("id_").removeprefix(f"{PREFIX}-"): one.sentence for one in found}


def _form(report: ReportDue, found: Part, *, data: Any = None, files: Any = None, problems: Any = None) -> PartForm:
    draft = draft_of(report)
    if found.section is not None:
        return SectionForm(found.section, definition_of(report), draft.answers, data, files, problems=problems)
    if found.key == RESULTS:
        return ResultsForm(result_lines(report, draft.values), data, problems=problems)
    return SpendingForm(spending_lines(report, draft.spending), data, problems=problems)


def _content(form: PartForm) -> dict[str, Any]:
    return form.answers if isinstance(form, SectionForm) else form.content


def _boxes(form: PartForm, report: ReportDue) -> tuple[str, dict[str, Any]]:
    """The template of this kind of part, and what only that one prints."""
    if isinstance(form, ResultsForm):
        return "part_results", results_grid(form)
    if isinstance(form, SpendingForm):
        return "part_spending", spending_grid(form, report)
    return "part", {}

"""Reports: written part by part, sent, asked about, accepted, waived, told to everybody."""

from typing import Any

from grants.awards.models import ReportDue
from grants.awards.states import WITH_THE_GRANTEE, ReportState
from grants.reports import services
from grants.reports.models import Publication, ReportDraft
from grants.reports.parts import RESULTS, SPENDING
from grants.reports.services import PublicFacts
from tests.factories.reports import ANSWERS
from tests.properties.fund.acts import Lane, Luck, act
from tests.properties.fund.awarding import grantee_of
from tests.properties.fund.world import World

S = ReportState
whoever_writes = grantee_of(ReportDue)


def version_of(pk: int) -> int:
    draft = ReportDraft.objects.filter(report=pk).first()
    return draft.version if draft else 1


def is_not_written(_world: World, pk: int) -> bool:
    draft = ReportDraft.objects.filter(report=pk).first()
    return draft is None or not draft.spending


@act("report", *WITH_THE_GRANTEE, by=whoever_writes, when=is_not_written, at_once=False)
def write_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    report = ReportDue.objects.select_related("award", "form_version").get(pk=pk)
    parts: dict[str, dict[str, Any]] = {
        section.key: {one.key: ANSWERS[one.key] for one in section.questions if one.key in ANSWERS}
        for section in report.form_version.form.sections
    }
    parts[RESULTS] = {str(one.pk): {"value": "12"} for one in report.award.indicators.order_by("pk")}
    parts[SPENDING] = {str(one.pk): {"minor": one.amount_minor} for one in report.award.budget_lines.order_by("pk")}
    version = version_of(pk)
    for part, content in parts.items():
        version = services.save_report(pk, part=part, content=content, version=version, by=by).version


@act("report", *WITH_THE_GRANTEE, by=whoever_writes, when=lambda w, pk: not is_not_written(w, pk))
def send_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.submit_report(pk, version=version_of(pk), by=by)


@act("report", S.SUBMITTED, by="officers", lane=Lane.DETOUR)
def ask_about_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.ask_for_changes(pk, revision=newest(pk), reason="How many came twice?", by=by)


@act("report", S.SUBMITTED, by="officers")
def accept_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.accept_report(pk, revision=newest(pk), feedback="Thank you; the ovens helped.", by=by)


def newest(pk: int) -> int:
    return ReportDue.objects.get(pk=pk).revisions.count()


@act("report", S.SCHEDULED, *WITH_THE_GRANTEE, by="managers", lane=Lane.END)
def do_without_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.waive_report(pk, reason="The house burnt down.", by=by)


def is_not_public(_world: World, pk: int) -> bool:
    return not Publication.objects.filter(report=pk, withdrawn_at=None).exists()


@act("report", S.ACCEPTED, by="editors", when=is_not_public)
def publish_the_report(world: World, pk: int, by: Any, luck: Luck) -> None:
    standing = Publication.objects.filter(report=pk).first()
    facts = PublicFacts({"en": "Forty cooked.", "fr": "Quarante ont cuisiné."}, shows_results=True, shows_spending=True)
    services.clear_for_publication(pk, facts=facts, version=standing.version if standing else 0, by=by)


@act("report", S.ACCEPTED, by="editors", when=lambda w, pk: not is_not_public(w, pk), lane=Lane.DETOUR)
def take_the_report_off(world: World, pk: int, by: Any, luck: Luck) -> None:
    services.take_off(pk, by=by)

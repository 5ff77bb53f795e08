"""What was sent stands; what is missing is named; a report goes back and forth and nothing of it is lost."""

import pytest
from django.db import DatabaseError, transaction

from fundportal.documents.states import UploadState
from fundportal.mail.models import Letter
from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.awards.models import Condition, ReportDue, Tranche
from grants.awards.states import ConditionKind, ReportKind, ReportState, TrancheState
from grants.reports import services
from grants.reports.fingerprint import seal
from grants.reports.models import ReportDraft, ReportRevision
from grants.reports.queries.proofs import PROOFS
from grants.reports.queries.readiness import missing
from tests.factories.awards import make_condition, make_report_due, make_tranche
from tests.factories.reports import make_publication, make_report, make_report_file, make_revision

R = ReportState


@pytest.fixture
def report(house):
    return make_report(house.award)


def fresh(report):
    return ReportDue.objects.select_related("award__fund", "award__organisation", "form_version", "draft").get(
        pk=report.pk
    )


def lines_of(report):
    return list(report.award.indicators.order_by("position")), list(report.award.budget_lines.order_by("position"))


def test_what_was_sent_keeps_the_agreement_of_that_day(house, report):
    revision = services.submit_report(report.pk, version=1, by=house.writer)
    line = report.award.budget_lines.first()
    line.heading, line.amount_minor = "Something else", 1
    line.save()
    kept = ReportRevision.objects.get(pk=revision.pk)
    assert [one.heading for one in kept.spending_lines] == ["A cook for ten months", "Food and rent"]
    assert kept.spending_lines[0].planned == kept.spending_lines[0].spent == Money(500_000, "USD")
    assert [(one.baseline, one.target, one.value) for one in kept.result_lines] == [
        ("0", "40", "12"),
        ("", "80.5", "12"),
    ]
    assert kept.sha256 == seal(kept)
    assert kept.submitted_by == house.writer


@pytest.mark.parametrize(
    "change",
    [{"answers": {"done": "Nothing."}}, {"spending": []}, {"results": []}, {"language": "fr"}, {"currency": "EUR"}],
)
def test_the_fingerprint_tells_every_change(house, report, change):
    revision = services.submit_report(report.pk, version=1, by=house.writer)
    for name, value in change.items():
        setattr(revision, name, value)
    assert seal(revision) != revision.sha256


@pytest.mark.parametrize("relation", ["feedback", "revisions"])
def test_the_database_keeps_what_was_sent_and_said(house, relation):
    row = getattr(make_report(house.award, state=R.ACCEPTED), relation).get()
    rows = type(row).objects.filter(pk=row.pk)
    for change in (lambda: rows.update(report=row.report), lambda: rows._raw_delete(rows.db)):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_report_that_changed_under_the_page_is_not_sent(house, report):
    services.save_report(report.pk, part="learnt", content={"lesson": "Ask sooner."}, version=1, by=house.writer)
    with pytest.raises(Refusal, match="Aldo Demo changed the report") as refused:
        services.submit_report(report.pk, version=1, by=house.signatory)
    assert refused.value.status == 409


def test_nothing_is_missing_from_a_complete_report(report):
    assert missing(fresh(report)) == []


def test_every_empty_box_is_named_with_its_place(house):
    report = make_report(house.award, answers={}, values={}, spending={})
    indicators, budget = lines_of(report)
    found = [(one.part, one.box) for one in missing(fresh(report))]
    assert found == [
        ("story", "id_a-done"),
        ("learnt", "id_a-lesson"),
        *(("the-results", f"id_value-{one.pk}") for one in indicators),
        *(("the-spending", f"id_spent-{one.pk}") for one in budget),
    ]
    with pytest.raises(Refusal, match="6 answers") as refused:
        services.submit_report(report.pk, version=1, by=house.signatory)
    assert refused.value.status == 422


@pytest.mark.parametrize(
    ("minor", "note", "kind", "asked"),
    [
        (550_001, "", ReportKind.PROGRESS, True),
        (550_001, "The ovens broke.", ReportKind.PROGRESS, False),
        (550_000, "", ReportKind.PROGRESS, False),
        (100_000, "", ReportKind.PROGRESS, False),
        (100_000, "", ReportKind.FINAL, True),
    ],
)
def test_more_than_a_tenth_off_the_plan_is_explained(house, minor, note, kind, asked):
    first = house.award.budget_lines.order_by("position").first()
    report = make_report(house.award, kind=kind)
    report.draft.spending[str(first.pk)] = {"minor": minor, "note": note}
    report.draft.save()
    assert [one.box for one in missing(fresh(report))] == ([f"id_note-{first.pk}"] if asked else [])


@pytest.mark.parametrize(
    ("field", "held", "box", "words"),
    [
        ("values", {"value": "many"}, "value", "Type a number in figures"),
        ("spending", {"typed": "about a lot"}, "spent", "Type the number alone"),
    ],
)
def test_what_cannot_be_read_is_kept_and_named(house, field, held, box, words):
    report = make_report(house.award)
    relation = "indicators" if field == "values" else "budget_lines"
    key = str(getattr(house.award, relation).order_by("position").first().pk)
    getattr(report.draft, field)[key] = held
    report.draft.save()
    (found,) = missing(fresh(report))
    assert found.box == f"id_{box}-{key}"
    assert words in found.sentence


@pytest.mark.parametrize("state", UploadState)
def test_a_file_goes_along_only_when_it_is_checked(house, report, state):
    file = make_report_file(report, state=state)
    report.draft.answers["paper"] = [str(file.upload.token)]
    report.draft.save()
    if state == UploadState.CLEAN:
        revision = services.submit_report(report.pk, version=1, by=house.writer)
        assert revision.files == {str(file.upload.token): file.upload.sha256}
    else:
        assert [one.box for one in missing(fresh(report))] == ["id_a-paper"]


def test_nobody_borrows_a_file_of_another_report(house, report):
    other = make_report_file(make_report(), "report-files")
    own = make_report_file(report, "report-files")
    tokens = [str(other.upload.token), str(own.upload.token)]
    saved = services.save_report(
        report.pk, part="the-files", content={"report-files": tokens}, version=1, by=house.writer
    )
    assert saved.answers["report-files"] == [str(own.upload.token)]


def test_only_lines_of_this_agreement_are_kept(house, report):
    other = make_report().award.budget_lines.order_by("position").first()
    mine = house.award.budget_lines.order_by("position").first()
    content = {str(other.pk): {"minor": 1}, str(mine.pk): {"minor": 2}}
    saved = services.save_report(report.pk, part="the-spending", content=content, version=1, by=house.writer)
    assert saved.spending == {str(mine.pk): {"minor": 2}}


def test_whoever_was_slower_is_refused_and_the_faster_text_stands(house, report):
    services.save_report(report.pk, part="learnt", content={"lesson": "Aldo’s"}, version=1, by=house.writer)
    with pytest.raises(services.StalePart, match="Aldo Demo saved this part") as refused:
        services.save_report(report.pk, part="learnt", content={"lesson": "Hers"}, version=1, by=house.signatory)
    assert refused.value.draft.answers["lesson"] == "Aldo’s"
    services.save_report(report.pk, part="story", content={"done": "Other part"}, version=1, by=house.signatory)
    held = ReportDraft.objects.get(report=report)
    assert (held.answers["lesson"], held.answers["done"]) == ("Aldo’s", "Other part")
    services.save_report(report.pk, part="learnt", content={"lesson": "Hers"}, version=held.version, by=house.signatory)
    assert ReportDraft.objects.get(report=report).answers["lesson"] == "Hers"


def test_saving_what_stands_there_changes_nothing(house, report):
    before = ReportDraft.objects.get(report=report).version
    same = {"lesson": "Begin with the ovens."}
    saved = services.save_report(report.pk, part="learnt", content=same, version=0, by=house.writer)
    assert saved.version == before


def test_back_and_forth_and_accepted_with_the_conditions_met(house, report):
    tranche = make_tranche(house.award)
    condition = make_condition(tranche, ConditionKind.REPORT_ACCEPTED, report_due=report)
    services.submit_report(report.pk, version=1, by=house.signatory)
    services.ask_for_changes(report.pk, revision=1, reason="Who paid for the ovens?", by=house.officer)
    services.save_report(report.pk, part="learnt", content={"lesson": "We paid."}, version=1, by=house.writer)
    services.submit_report(report.pk, version=2, by=house.writer)
    with pytest.raises(Refusal, match="newer version"):
        services.accept_report(report.pk, revision=1, feedback="Thank you.", by=house.officer)
    said = services.accept_report(report.pk, revision=2, feedback="Thank you, that is clear.", by=house.manager)
    assert (said.revision.number, fresh(report).state) == (2, R.ACCEPTED)
    assert Condition.objects.get(pk=condition.pk).met_by == house.manager
    assert Tranche.objects.get(pk=tranche.pk).state == TrancheState.READY
    asked = Letter.objects.filter(template="reports/returned").order_by("pk").first()
    assert "Who paid for the ovens?" in asked.text_body
    answered = Letter.objects.filter(template="reports/accepted").order_by("pk")
    assert {letter.to_address for letter in answered} == {house.signatory.email, house.writer.email}
    assert "that is clear" in answered[0].text_body
    assert [sentence for check in PROOFS.values() for sentence in check()] == []


@pytest.mark.parametrize("name", PROOFS)
def test_the_proofs_find_what_is_wrong(house, name):
    report = make_report_due(house.award, state=R.ACCEPTED)
    if name != "reports: what is received was kept":
        report.draft = ReportDraft.objects.create(report=report)
        revision = make_revision(report)
    if "fingerprints" in name:
        ReportRevision.objects.create(
            **{field.name: getattr(revision, field.name) for field in ReportRevision._meta.fields if field.name != "id"}
            | {"number": 2, "answers": {"done": "Nothing."}}
        )
    if "public" in name:
        make_publication(report)
        ReportDue.objects.filter(pk=report.pk).update(accepted_at=None, state=R.SUBMITTED)
    assert [str(report) in sentence for sentence in PROOFS[name]()] == [True]

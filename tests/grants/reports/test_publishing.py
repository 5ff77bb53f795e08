"""What everybody may read of a report, and only that."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from fundportal.money import Money
from fundportal.refusals import Refusal
from grants.awards.states import ReportState
from grants.reports import services
from grants.reports.models import Publication
from grants.reports.queries.published import published_reports
from tests.factories.reports import make_publication, make_report, make_running_award

R = ReportState
TEXTS = {"en": "Forty people cooked.", "fr": "Quarante personnes ont cuisiné."}


@pytest.fixture
def report(house):
    return make_report(house.award, state=R.ACCEPTED)


def clear(report, by, *, version=0, results=True, spending=True, **texts):
    facts = services.PublicFacts(TEXTS | texts, shows_results=results, shows_spending=spending)
    return services.clear_for_publication(report.pk, facts=facts, version=version, by=by)


def test_a_cleared_report_is_read_with_its_tables(house, report):
    clear(report, house.editor)
    (shown,) = published_reports(house.award)
    assert (shown.number, shown.kind, shown.summary) == (1, "progress", "Forty people cooked.")
    assert [(one.name, one.baseline, one.target, one.value) for one in shown.indicators] == [
        ("People who found work", "0", "40", "12"),
        ("Evenings in the kitchen", "", "80.5", "12"),
    ]
    half = Money(500_000, "USD")
    assert [(one.heading, one.planned, one.spent) for one in shown.budget_lines] == [
        ("A cook for ten months", half, half),
        ("Food and rent", half, half),
    ]


def test_a_reader_gets_the_summary_in_their_language(house, report):
    clear(report, house.editor)
    with translation.override("fr"):
        assert published_reports(house.award)[0].summary == "Quarante personnes ont cuisiné."


def test_what_is_not_to_be_shown_stays_away(house, report):
    clear(report, house.editor, results=False, spending=False)
    (shown,) = published_reports(house.award)
    assert (shown.indicators, shown.budget_lines) == ((), ())


def test_nothing_is_public_that_nobody_cleared(house, report):
    make_report(house.award, state=R.SUBMITTED)
    make_publication()
    assert published_reports(house.award) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_language_has_its_summary(house, report, language):
    with pytest.raises(Refusal) as refused:
        clear(report, house.editor, **{language: "  "})
    assert (refused.value.status, refused.value.field) == (422, f"summary_{language}")
    assert not Publication.objects.exists()


def test_whoever_saw_an_older_text_does_not_write_over_the_newer_one(house, report):
    clear(report, house.editor)
    with pytest.raises(Refusal) as refused:
        clear(report, house.officer, en="Mine.")
    assert refused.value.status == 409
    clear(report, house.officer, version=1, en="Mine.")
    assert published_reports(house.award)[0].summary == "Mine."


def test_taken_off_it_is_gone_and_can_come_back(house, report):
    clear(report, house.editor)
    services.take_off(report.pk, by=house.editor)
    assert published_reports(house.award) == []
    with pytest.raises(Refusal, match="not published"):
        services.take_off(report.pk, by=house.editor)
    clear(report, house.editor, version=2)
    assert len(published_reports(house.award)) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_all_reports_of_a_grant_are_read_in_one_query(db, count, django_assert_num_queries):
    award = make_running_award()
    for _number in range(count):
        make_publication(make_report(award, state=R.ACCEPTED))
    with django_assert_num_queries(1):
        assert [one.number for one in published_reports(award)] == list(range(1, count + 1))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"summaries": {}}, "a_published_report_has_a_summary"),
        ({"withdrawn_at": True}, "a_published_report_is_taken_off_after_it_was_cleared"),
    ],
)
def test_the_database_refuses(report, change, rule):
    publication = make_publication(report)
    if "withdrawn_at" in change:
        change = {"withdrawn_at": publication.cleared_at.replace(year=2020)}
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(**change)

"""What the database refuses, by the name of the rule."""

import pytest
from django.db import IntegrityError, transaction

from grants.awards.states import ReportState
from grants.reports.models import Feedback, PartSave, Reminder
from grants.reports.states import FeedbackKind
from tests.factories.reports import make_feedback, make_report, make_revision


@pytest.fixture
def report(db):
    return make_report(state=ReportState.ACCEPTED)


def refused(name):
    return pytest.raises(IntegrityError, match=f"{name}|UNIQUE")


def test_a_version_has_a_number_of_its_own(report):
    with refused("revisions_of_a_report_are_numbered"), transaction.atomic():
        make_revision(report, number=1)
    with pytest.raises(IntegrityError, match="revisions_of_a_report_count_from_one"), transaction.atomic():
        make_revision(report, number=0)


def test_a_report_is_accepted_once(report):
    with refused("a_report_is_accepted_once"), transaction.atomic():
        make_feedback(report, report.revisions.get(), FeedbackKind.ACCEPTED)


@pytest.mark.parametrize("kind", FeedbackKind)
def test_words_to_the_grantee_are_about_what_was_sent(report, kind):
    revision = report.revisions.get() if kind == FeedbackKind.WAIVED else None
    with (
        pytest.raises(IntegrityError, match="feedback_on_a_report_is_about_what_was_sent"),
        transaction.atomic(),
    ):
        make_feedback(report, revision, kind)


def test_words_to_the_grantee_are_words(report):
    with pytest.raises(IntegrityError, match="feedback_on_a_report_says_something"), transaction.atomic():
        make_feedback(report, report.revisions.get(), FeedbackKind.RETURNED, text="")
    assert Feedback.objects.count() == 1


def test_a_report_is_reminded_of_once_on_each_day(report):
    Reminder.objects.create(report=report, days=3)
    with refused("a_report_is_reminded_of_once_on_each_day"), transaction.atomic():
        Reminder.objects.create(report=report, days=3)


def test_a_part_has_one_last_saving_counted_from_one(report):
    PartSave.objects.create(draft=report.draft, key="story", version=1)
    with refused("a_part_of_a_report_has_one_last_saving"), transaction.atomic():
        PartSave.objects.create(draft=report.draft, key="story", version=2)
    with pytest.raises(IntegrityError, match="savings_of_a_report_count_from_one"), transaction.atomic():
        PartSave.objects.create(draft=report.draft, key="learnt", version=0)

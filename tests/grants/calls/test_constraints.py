"""Each rule that the database itself keeps, broken by its name."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from fundportal import clock
from grants.calls.models import Call, Criterion, Extension, Stage
from grants.calls.states import ARCHIVED, ASSESSING, CANCELLED, CLOSED, DECIDED, DRAFT, FORECAST, OPEN
from tests.factories.calls import make_call
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def breaks(name, change) -> bool:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return name in str(caught.value)


BROKEN = {
    "a_call_has_money_to_give": {"budget_minor": 0, "minimum_minor": None, "maximum_minor": None},
    "a_smallest_grant_is_more_than_nothing": {"minimum_minor": 0},
    "a_largest_grant_is_not_below_the_smallest": {"maximum_minor": 499_999},
    "a_largest_grant_fits_into_the_budget": {"budget_minor": 4_999_999},
    "an_organisation_may_apply_to_a_call_once_or_more": {"most_per_organisation": 0},
    "somebody_reviews_an_application": {"reviewers_wanted": 0},
}


@pytest.mark.parametrize("name", BROKEN)
def test_amounts_and_counts_of_a_call_are_kept(name):
    call = make_call(state=DRAFT)
    assert breaks(name, lambda: Call.objects.filter(pk=call.pk).update(**BROKEN[name]))


DATED = {
    "a_call_is_announced_exactly_when_it_says_since_when": (FORECAST, {"published_at": None}),
    "a_call_was_opened_exactly_when_it_says_when": (OPEN, {"opened_at": None}),
    "a_call_was_closed_exactly_when_it_says_when": (CLOSED, {"closed_at": None}),
    "a_call_is_assessed_exactly_when_it_says_since_when": (ASSESSING, {"assessment_started_at": None}),
    "a_call_is_decided_exactly_when_it_says_since_when": (DECIDED, {"decided_at": None}),
    "a_call_is_archived_exactly_when_it_says_since_when": (ARCHIVED, {"archived_at": None}),
    "a_call_is_cancelled_exactly_when_it_says_since_when": (CANCELLED, {"cancelled_at": None}),
    "a_cancelled_call_says_why": (CANCELLED, {"cancel_reason": ""}),
}


@pytest.mark.parametrize("name", DATED)
def test_a_state_has_its_date_and_reason(name):
    state, change = DATED[name]
    call = make_call(state=state)
    assert breaks(name, lambda: Call.objects.filter(pk=call.pk).update(**change))


@pytest.mark.parametrize("column", ["published_at", "opened_at", "closed_at", "decided_at", "archived_at"])
def test_a_draft_has_no_date_of_a_later_state(column):
    call = make_call(state=DRAFT)
    assert breaks("exactly_when_it_says", lambda: Call.objects.filter(pk=call.pk).update(**{column: clock.now()}))


def test_stages_and_criteria_are_told_apart():
    call = make_call(state=DRAFT, stages=2)
    first = call.stages.get(number=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stage.objects.filter(pk=first.pk).update(number=2)
    assert breaks("stages_are_counted_from_one", lambda: Stage.objects.filter(pk=first.pk).update(number=0))
    with pytest.raises(IntegrityError), transaction.atomic():
        first.criteria.filter(key="need").update(key="design")
    for weight in (0, 101):
        assert breaks(
            "a_criterion_weighs_from_1_to_100",
            lambda weight=weight: Criterion.objects.filter(stage=first, key="need").update(weight=weight),
        )


def test_an_extension_says_why_and_is_written_once():
    stage = make_call().stages.get()
    facts = {"stage": stage, "deadline_before": "2027-01-01T10:00", "deadline_after": "2027-01-02T10:00"}
    facts |= {"zone": "UTC", "by": make_person(), "at": clock.now()}
    assert breaks("an_extension_says_why", lambda: Extension.objects.create(reason="", **facts))
    made = Extension.objects.create(reason="A storm.", **facts)
    for change in (
        lambda: Extension.objects.update(at=clock.now() + timedelta(days=1)),
        lambda: Extension.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()

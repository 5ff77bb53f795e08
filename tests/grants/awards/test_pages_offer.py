"""The form of an offer: what stands in it, rows without a script, what is refused and kept, and what is made of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from fundportal import clock
from fundportal.access import Role
from fundportal.money import Money
from grants.awards.models import Award, BudgetLine, Condition, Indicator, ReportDue, Tranche
from grants.awards.states import AgreementState
from tests.factories.awards import (
    a_report_form,
    make_agreement,
    make_award,
    make_budget_line,
    make_report_due,
    make_tranche,
)
from tests.factories.people import make_person
from tests.factories.questionnaires import make_form_version, make_questionnaire

pytestmark = pytest.mark.django_db


def as_(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def text(response) -> str:
    return " ".join(response.content.decode().split())


def day(days: int) -> str:
    return (clock.now() + timedelta(days=days)).date().isoformat()


def typed(form_version, **changes) -> dict[str, str]:
    """$6,000 at once and $4,000 after the first report; the empty rows at the end of each group are posted too."""
    data = {
        "starts_on": day(10), "ends_on": day(375), "respond_by": day(21),
        "tranches-0-amount": "6,000", "tranches-0-planned_on": day(10),
        "tranches-1-amount": "4,000", "tranches-1-planned_on": day(180),
        "tranches-2-amount": "", "tranches-2-planned_on": "",
        "conditions-0-tranche": "2", "conditions-0-kind": "report_accepted", "conditions-0-report": "1",
        "conditions-0-text": "", "conditions-0-due_on": "",
        "conditions-1-tranche": "2", "conditions-1-kind": "milestone", "conditions-1-text": "The kitchen is open",
        "conditions-1-report": "", "conditions-1-due_on": "",
        "reports-0-kind": "progress", "reports-0-period_starts_on": day(10), "reports-0-period_ends_on": day(150),
        "reports-0-due_on": day(170), "reports-0-form_version": str(form_version.pk),
        "reports-1-kind": "final", "reports-1-period_starts_on": day(10), "reports-1-period_ends_on": day(375),
        "reports-1-due_on": day(435), "reports-1-form_version": str(form_version.pk),
        "indicators-0-name": "People who found work", "indicators-0-unit": "people",
        "indicators-0-baseline": "0", "indicators-0-target": "1,040.5",
        "budget-0-heading": "A cook", "budget-0-amount": "7,500",
        "budget-1-heading": "Food", "budget-1-amount": "2,500",
    }  # fmt: skip
    return data | changes


def offer(desk) -> str:
    return reverse("awards:offer", args=[desk.application.reference])


def test_an_offer_is_made_by_officers_and_managers(desk):
    for role in Role:
        answer = as_(make_person("", role, fund=desk.fund)).get(offer(desk))
        assert (role, answer.status_code) == (role, 200 if role in {Role.OFFICER, Role.MANAGER} else 403)


def test_the_budget_of_the_application_and_the_whole_amount_stand_in_the_boxes(desk):
    older = make_form_version(make_questionnaire(desk.fund, name="Progress"))
    make_form_version(older.questionnaire)
    page = text(as_(desk.officer).get(offer(desk)))
    assert 'value="A cook for ten months"' in page
    assert 'value="15000"' in page
    assert 'name="tranches-0-amount" value="10000"' in page
    assert "Sum of lines <b>" in page
    assert "$10,000 more than the award" in page
    assert "as much as the award" in page
    assert "Progress, version 2" in page
    assert "Progress, version 1" not in page


def test_an_offer_is_made_of_what_was_typed(desk):
    form = a_report_form(desk.fund)
    answer = as_(desk.officer).post(offer(desk), typed(form))
    assert answer.status_code == 302, text(answer)
    award = Award.objects.get()
    assert answer.headers["Location"] == reverse("awards:award", args=[award.reference])
    assert [one.amount for one in Tranche.objects.order_by("number")] == [Money(600_000, "USD"), Money(400_000, "USD")]
    conditions = list(Condition.objects.order_by("pk").values_list("tranche__number", "kind", "text"))
    assert conditions == [
        (2, "report_accepted", "The fund has accepted report 1."),
        (2, "milestone", "The kitchen is open"),
    ]
    assert list(ReportDue.objects.order_by("number").values_list("kind", flat=True)) == ["progress", "final"]
    assert str(Indicator.objects.get().target) == "1040.50"
    assert list(BudgetLine.objects.order_by("position").values_list("heading", flat=True)) == ["A cook", "Food"]


def test_rows_left_empty_in_between_count_for_nothing(desk):
    changes = {"tranches-1-amount": "", "tranches-1-planned_on": "", "tranches-2-amount": "4,000"}
    changes |= {"tranches-2-planned_on": day(180), "conditions-0-tranche": "3", "conditions-1-tranche": "3"}
    answer = as_(desk.officer).post(offer(desk), typed(a_report_form(desk.fund), **changes))
    assert answer.status_code == 302, text(answer)
    assert list(Condition.objects.values_list("tranche__number", flat=True)) == [2, 2]


@pytest.mark.parametrize("group", ["tranches", "conditions", "reports", "indicators", "budget"])
def test_one_more_row_is_asked_for_without_a_script_and_keeps_what_was_typed(desk, group):
    data = typed(a_report_form(desk.fund), **{"tranches-0-amount": "many", "more": group})
    answer = as_(desk.officer).post(offer(desk), data)
    page = text(answer)
    assert answer.status_code == 200
    assert 'value="many"' in page
    assert 'value="The kitchen is open"' in page
    assert 'aria-invalid="true"' not in page
    rows = {
        name: page.count(f'name="{name}-') for name in ("tranches", "conditions", "reports", "indicators", "budget")
    }
    before = {"tranches": 6, "conditions": 10, "reports": 10, "indicators": 4, "budget": 4}
    per_row = {"tranches": 2, "conditions": 5, "reports": 5, "indicators": 4, "budget": 2}
    assert rows == before | {group: before[group] + per_row[group]}
    assert not Award.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"respond_by": ""}, "Choose a day."),
        ({"respond_by": "2020-01-01"}, "choose a day that has not passed"),
        ({"ends_on": day(9)}, "The award ends after it starts."),
        ({"tranches-0-amount": "many"}, "Type the amount in figures"),
        ({"tranches-0-amount": "6,001"}, "The payments come to $10,001.00"),
        ({"tranches-0-planned_on": ""}, "Choose a day."),
        ({"conditions-0-tranche": "7"}, "There is no payment with this number."),
        ({"conditions-0-report": "7"}, "There is no report with this number."),
        ({"conditions-0-report": ""}, "Name the report by its number."),
        ({"conditions-1-kind": "date"}, "Choose a day."),
        ({"conditions-1-kind": ""}, "Choose what it waits for."),
        ({"conditions-1-text": ""}, "Say in words what has to be there."),
        ({"reports-1-kind": "progress"}, "Ask for one final report"),
        ({"reports-1-due_on": day(20)}, "A report is due once its period is over"),
        ({"reports-1-form_version": ""}, "Choose a form."),
        ({"reports-1-form_version": "0"}, "Select a valid choice"),
        ({"budget-0-amount": ""}, "Type an amount."),
        ({"budget-0-heading": ""}, "Say what the money is for."),
        ({"indicators-0-target": "a lot"}, "Type a number in figures, like 12."),
    ],
)
def test_what_does_not_fit_is_refused_and_every_word_is_kept(desk, changes, sentence):
    answer = as_(desk.officer).post(offer(desk), typed(a_report_form(desk.fund), **changes))
    page = text(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert "<title>Error:" in page
    assert 'value="The kitchen is open"' in page or "conditions-1-text" in changes
    assert 'value="A cook"' in page or "budget-0-heading" in changes
    assert not Award.objects.exists()


def test_an_award_that_is_offered_is_not_offered_again(desk):
    desk.award()
    assert as_(desk.officer).get(offer(desk)).status_code == 404


def terms_page(award) -> str:
    return reverse("awards:terms", args=[award.reference])


def make_offered(desk) -> Award:
    award = desk.award()
    make_tranche(award, amount_minor=300_000)
    make_report_due(award)
    make_budget_line(award, heading="A gardener")
    return award


def test_the_terms_stand_in_the_boxes_and_are_changed(desk):
    award = make_offered(desk)
    client = as_(desk.officer)
    page = text(client.get(terms_page(award)))
    assert 'value="A gardener"' in page
    assert 'value="3000"' in page
    make_agreement(award, state=AgreementState.GRANTEE_REVIEW)
    data = typed(ReportDue.objects.get().form_version, version=str(award.version))
    answer = client.post(terms_page(award), data)
    assert answer.status_code == 302, text(answer)
    assert award.tranches.count() == 2
    assert award.agreements.get().state == AgreementState.VOID


def test_stale_terms_keep_the_words_and_show_what_stands(desk):
    award = make_offered(desk)
    client = as_(desk.officer)
    data = typed(ReportDue.objects.get().form_version, version=str(award.version - 1))
    answer = client.post(terms_page(award), data)
    page = text(answer)
    assert answer.status_code == 409
    assert "How the offer stands now" in page
    assert "$3,000" in page
    assert 'value="A cook"' in page
    assert f'name="version" value="{award.version}"' in page
    assert client.post(terms_page(award), data | {"version": str(award.version)}).status_code == 302


def test_terms_that_somebody_signed_do_not_change(desk):
    award = make_offered(desk)
    make_agreement(award, state=AgreementState.SIGNING)
    data = typed(ReportDue.objects.get().form_version, version=str(award.version))
    answer = as_(desk.officer).post(terms_page(award), data)
    assert answer.status_code == 409
    assert "Somebody has signed already." in text(answer)


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_costs_the_same_for_any_number_of_rows(desk, count, django_assert_num_queries):
    award = make_award(desk.application)
    for _number in range(count):
        make_tranche(award, amount_minor=1_000)
        make_budget_line(award)
    client = as_(desk.officer)
    client.get(terms_page(award))
    with django_assert_num_queries(TERMS_QUERIES):
        client.get(terms_page(award))


TERMS_QUERIES = 19

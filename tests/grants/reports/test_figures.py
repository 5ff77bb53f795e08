"""What is worked out from what was typed: by hand, in whole numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fundportal.money import Money
from grants.reports.figures import ResultLine, SpendingLine, planned_in_all, spent_in_all
from grants.reports.tables import difference_text, share_text


def line(planned: int, spent: int | None, **facts: str) -> SpendingLine:
    money = None if spent is None else Money(spent, "USD")
    return SpendingLine("1", "Food", Money(planned, "USD"), money, **facts)


@pytest.mark.parametrize(
    ("planned", "spent", "difference", "per_cent", "over", "under"),
    [
        (10_000, 10_000, "$0.00", 0, False, False),
        (10_000, 11_000, "+$10.00", 10, False, False),
        (10_000, 11_001, "+$10.01", 10, True, False),
        (10_000, 9_000, "−$10.00", -10, False, False),
        (10_000, 8_999, "−$10.01", -10, False, True),
        (10_000, 0, "−$100.00", -100, False, True),
        (10_000, 10_050, "+$0.50", 1, False, False),
        (10_000, 10_049, "+$0.49", 0, False, False),
        (0, 0, "$0.00", None, False, False),
        (0, 1, "+$0.01", None, True, False),
        (10_000, None, "–", None, False, False),
    ],
)
def test_the_difference_and_who_is_asked_about_it(planned, spent, difference, per_cent, over, under):
    one = line(planned, spent)
    assert difference_text(one.difference) == difference
    assert (one.per_cent, one.is_over, one.is_under) == (per_cent, over, under)


@pytest.mark.parametrize(
    ("spent", "final", "asked"),
    [(12_000, False, True), (12_000, True, True), (5_000, False, False), (5_000, True, True), (10_500, True, False)],
)
def test_underspending_is_asked_about_at_the_end_only(spent, final, asked):
    assert line(10_000, spent).needs_a_word(is_final=final) is asked


def test_how_far_off_it_is_in_words():
    assert share_text(line(10_000, 12_500)) == "25 per cent more than planned"
    assert share_text(line(10_000, 7_500)) == "25 per cent less than planned"
    assert share_text(line(10_000, 10_000)) == ""


def test_sums_leave_out_what_cannot_be_read():
    lines = [line(10_000, 4_000), line(5_000, None, typed="about 20")]
    assert planned_in_all(lines, "USD") == Money(15_000, "USD")
    assert spent_in_all(lines, "USD") == Money(4_000, "USD")


amounts = st.integers(min_value=0, max_value=10**12)


@given(amounts, st.none() | amounts, st.text(max_size=20))
def test_a_line_of_the_budget_comes_back_from_json_as_it_was(planned, spent, note):
    one = line(planned, spent, note=note)
    assert SpendingLine.read(one.as_json(), "USD") == one


@given(amounts.filter(bool), amounts)
def test_whoever_is_asked_is_off_by_more_than_a_tenth(planned, spent):
    one = line(planned, spent)
    assert (one.is_over or one.is_under) == (abs(spent - planned) * 10 > planned)


def test_a_result_comes_back_from_json_as_it_was():
    one = ResultLine("7", "Evenings", "", "", "80.5").with_reported({"value": "12", "note": "So far", "more": 1})
    assert (one.value, one.note) == ("12", "So far")
    assert ResultLine.read(one.as_json()) == one

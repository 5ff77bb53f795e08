"""Statements as text: what is read, and where exactly what cannot be read stands."""

from datetime import date

import pytest

from fundportal.money import Money
from grants.payments.statement_csv import MOST_LINES, ReadLine, read_statement

TODAY = date(2026, 11, 30)
UPSIDE_DOWN = "Bank ID,Counterparty,Reference,Currency,Amount,Booked on,More"
HEAD = "booked_on,amount,currency,reference,counterparty,bank_id"
GOOD = "2026-11-27,-1234.50,USD,CA1-0001-T1-1,City of Example,B1"


def reading(text, currency="USD"):
    return read_statement(text, currency=currency, today=TODAY)


def faults(text, currency="USD"):
    return [(error.row, error.column) for error in reading(text, currency).errors]


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}\n{GOOD}",
        f"\ufeff{HEAD}\r\n{GOOD}\r\n\r\n",
        f"{HEAD}\n{GOOD}".replace(",", ";"),
        f"{HEAD}\n{GOOD}".replace(",", ";").replace("1234.50", "1234,50"),
        f"{HEAD}\n{GOOD}".replace(",", "\t").replace("-1234", "\u22121234"),
        f"{UPSIDE_DOWN}\nB1,City of Example,CA1-0001-T1-1,usd,-1234.5,2026-11-27,x",
    ],
)
def test_a_line_is_read_however_the_table_is_saved(text):
    found = reading(text)
    assert found.errors == []
    line = ReadLine(date(2026, 11, 27), Money(-123_450, "USD"), "CA1-0001-T1-1", "City of Example", "B1")
    assert list(found.lines.values()) == [line]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("27.11.2026,-1,USD,,,B1", "booked_on"),
        ("2026-12-01,-1,USD,,,B1", "booked_on"),
        (",-1,USD,,,B1", "booked_on"),
        ("2026-11-27,,USD,,,B1", "amount"),
        ("2026-11-27,ten,USD,,,B1", "amount"),
        ("2026-11-27,0.00,USD,,,B1", "amount"),
        ("2026-11-27,1.005,USD,,,B1", "amount"),
        ('2026-11-27,"1,234.00",USD,,,B1', "amount"),
        ("2026-11-27,1234567890123,USD,,,B1", "amount"),
        ("2026-11-27,-1,EUR,,,B1", "currency"),
        ("2026-11-27,-1,,,,B1", "currency"),
        ("2026-11-27,-1,USD,,,", "bank_id"),
        (f"2026-11-27,-1,USD,,,{'b' * 81}", "bank_id"),
        (f"2026-11-27,-1,USD,{'r' * 301},,B1", "reference"),
        (f"2026-11-27,-1,USD,,{'c' * 201},B1", "counterparty"),
        ("2026-11-27", "amount"),
    ],
)
def test_an_error_names_its_row_and_column(line, column):
    found = faults(f"{HEAD}\n{GOOD}\n{line}")
    assert (3, column) in found
    assert {row for row, _column in found} == {3}


def test_every_error_is_told_at_once_in_order():
    assert faults(f"{HEAD}\nx,y,EUR,,,B1\n{GOOD}\n{GOOD}") == [
        (2, "currency"),
        (2, "booked_on"),
        (2, "amount"),
        (4, "bank_id"),
    ]


@pytest.mark.parametrize("text", ["", " \n", "hello", "booked_on,amount\n1,2", HEAD, f"{HEAD}\n,,,,,\n"])
def test_what_is_no_table_is_refused_as_a_whole(text):
    assert faults(text) == [(1, "")]


def test_more_lines_than_can_be_looked_through_are_refused():
    assert faults("\n".join([HEAD, *[GOOD] * (MOST_LINES + 1)])) == [(1, "")]


def test_missing_columns_are_named():
    (error,) = reading("booked_on,amount,currency,reference\n").errors
    assert "counterparty, bank_id" in error.sentence


def test_a_currency_of_three_decimals_is_read_to_the_last():
    found = reading(f"{HEAD}\n2026-11-27,1.005,KWD,,,B1", "KWD")
    assert [line.amount for line in found.lines.values()] == [Money(1005, "KWD")]

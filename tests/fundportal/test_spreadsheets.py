"""Tables for spreadsheet programs: sent line by line, and nothing in them runs."""

from collections.abc import Iterator

import pytest

from fundportal.spreadsheets import csv_lines, safe_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [("=1", "'=1"), ("+1+1", "'+1+1"), ("-34.9", "-34.9"), ("-2+3", "'-2+3"), ("\t=1", "'\t=1"), (None, ""), (7, "7")],
)
def test_a_cell_is_a_text_or_a_number_and_never_a_formula(value: object, cell: str):
    assert safe_cell(value) == cell


def test_rows_are_read_while_lines_are_sent():
    read = []

    def rows() -> Iterator[list[object]]:
        for number in range(3):
            read.append(number)
            yield [number, "=1"]

    lines = csv_lines(["number", "text"], rows())
    assert next(lines) == "\ufeffnumber,text\r\n"
    assert read == []
    assert next(lines) == "0,'=1\r\n"
    assert read == [0]

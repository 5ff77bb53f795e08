"""Tables for spreadsheet programs: CSV that is sent line by line and runs nothing when it is opened."""

import csv
import re
from collections.abc import Iterable, Iterator
from typing import Final

from django.http import StreamingHttpResponse

# What spreadsheet programs take for the start of a formula, also behind the signs they strip (OWASP, "CSV injection").
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBER: Final = re.compile(r"-?\d+(\.\d+)?")


class _Echo:
    def write(self, line: str) -> str:
        return line


def safe_cell(value: object) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    text = "" if value is None else str(value)
    if text.startswith(FORMULA_STARTS) and not NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def csv_lines(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Begins with a byte order mark, so that spreadsheet programs read the accents."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(columns)
    for row in rows:
        yield writer.writerow([safe_cell(cell) for cell in row])


def csv_response(name: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> StreamingHttpResponse:
    """Rows are read while they are sent; hand over an iterator that keeps none of them."""
    response = StreamingHttpResponse(csv_lines(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response

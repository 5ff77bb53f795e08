import pytest

from fundportal.pdf import Column, Look, Sheet
from fundportal.pdf.marks import MARKS

COLUMNS = [Column("What", 3), Column("Amount", 1, is_number=True)]


def paper(language: str = "en", theme: str = "bicf", rows: int = 2) -> bytes:
    sheet = Sheet(title="Receipt 1", language=language, look=Look(theme, "Sandbox: no money moves"))
    sheet.top("A fund with a long name that takes two lines", ["Receipt", "2026-000001"]).heading("Thank you")
    sheet.lede("For a gift.").total("$103.30").facts([("From", "Dana Demo"), ("Gift", "$100.00")])
    sheet.subheading("Lines").table(COLUMNS, [("Gift", "$1.00")] * rows, ("Sum", "$2.00"))
    return sheet.paragraph("No goods.").note("Check this receipt.").small("Nothing moved.").finish()


def test_the_same_data_gives_the_same_bytes() -> None:
    assert paper() == paper()


def test_other_data_gives_other_bytes() -> None:
    assert paper(rows=2) != paper(rows=3)


@pytest.mark.parametrize("theme", [*MARKS, "house", "no such fund"])
def test_every_fund_has_a_mark(theme: str) -> None:
    assert paper(theme=theme).startswith(b"%PDF-")


def test_the_paper_names_its_language_and_title() -> None:
    made = paper("fr")
    assert b"/Lang (fr)" in made
    assert b"/Title (Receipt 1)" in made


def test_a_right_to_left_paper_is_made_too() -> None:
    assert paper("ar") != paper("en")


def test_a_long_table_runs_over_several_pages() -> None:
    assert paper(rows=5).count(b"/Type /Page\n") == 1
    assert paper(rows=120).count(b"/Type /Page\n") > 2


def test_every_face_is_embedded() -> None:
    assert b"Helvetica" not in paper()

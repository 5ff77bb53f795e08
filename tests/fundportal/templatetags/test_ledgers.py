from fundportal.money import Money
from fundportal.templatetags.ledgers import Cell, Column, Ledger
from fundportal.templatetags.lists import Badge
from tests.fundportal.templatetags.render import shown

COLUMNS = [Column("Donor"), Column("State"), Column("Amount", is_number=True)]
ROW = [Cell("Dana <Demo>", "/gift/1/", "new today"), Cell(Badge("Paid", "ok")), Cell(Money(10330, "USD"))]


def ledger(**changes: object) -> str:
    facts = {"caption": "Gifts", "columns": COLUMNS, "rows": [ROW], **changes}
    return shown("{% ledger table %}", table=Ledger(**facts))


def test_the_first_cell_names_its_row_and_every_other_its_column() -> None:
    html = ledger()
    assert '<th scope="row" role="rowheader"><a href="/gift/1/">Dana &lt;Demo&gt;</a>' in html
    assert 'data-label="Amount" class="num"><div><bdi class="money">$103.30</bdi>' in html
    assert html.count('scope="col"') == 3


def test_roles_are_kept_for_the_screen_that_shows_rows_as_sheets() -> None:
    html = ledger()
    for role in ("table", "rowgroup", "row", "columnheader", "rowheader", "cell"):
        assert f'role="{role}"' in html


def test_a_foot_from_the_books_is_ruled_and_another_one_dotted() -> None:
    foot = [Cell("All"), Cell(""), Cell(Money(10330, "USD"))]
    assert '<tfoot role="rowgroup"><tr role="row"><th' in ledger(foot=foot)
    assert '<tr role="row" class="loose">' in ledger(foot=foot, is_loose=True)
    assert "<tfoot" not in ledger()


def test_a_figure_in_a_cell_carries_its_underline() -> None:
    html = ledger(rows=[[Cell("A"), Cell("B"), Cell(7, sure="estimate")]])
    assert '<bdi class="u u--est">7</bdi>' in html


def test_a_caption_may_be_for_listeners_only() -> None:
    assert '<caption class="vh">Gifts</caption>' in ledger(has_hidden_caption=True)


def test_facts_pair_a_term_with_its_value() -> None:
    pairs = [("From", "Dana & Co"), ("Gift", Money(10000, "USD"))]
    html = shown('{% facts pairs kind="money" %}', pairs=pairs)
    assert '<dl class="facts facts--money"><dt>From</dt><dd class="num">Dana &amp; Co</dd>' in html
    assert "$100.00" in html


def test_an_empty_cell_has_no_label_so_that_a_phone_leaves_it_out() -> None:
    assert 'data-label="State"' not in ledger(rows=[[Cell("A"), Cell(), Cell(Money(0, "USD"))]])
    assert 'data-label="Amount"' in ledger(rows=[[Cell("A"), Cell(), Cell(Money(0, "USD"))]])

import csv
import io
from typing import Any

import pytest
from django.test import Client

from grants.pledges.models import LocalAction
from tests.factories.actions import make_action

pytestmark = pytest.mark.usefixtures("site_pages")


def read(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def rows(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/en/actions/local-actions.csv{query}")
    text = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]  # a streamed answer
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_register_prints_its_count_beside_the_printed_one(client: Client):
    html = read(client, "/en/actions/")
    for counted in ("54", "52", "47", "27", "7"):
        assert f'u--books">{counted}<' in html
    assert 'data-label="Counted" class="num"><div>33' in html
    assert 'data-label="Printed" class="num"><div>34' in html
    assert html.count("differs</span>") == 3
    assert "Download all 77" in html
    assert "1 to 12 of 77" in html


def test_every_place_has_a_dot_and_networks_have_none(client: Client):
    html = read(client, "/en/actions/")
    assert html.count('<circle class="dot') == LocalAction.objects.filter(latitude__isnull=False).count()
    assert "<title>Eurocities</title>" not in html


def test_filters_narrow_and_each_chip_takes_one_back(client: Client):
    html = read(client, "/en/actions/?words=climate&year=2023&page=1")
    assert 'href="?year=2023#find" aria-current="true"' in html
    assert 'href="?words=climate#find" aria-current="true"' in html
    assert "Nyamagabe" in html


def test_pages_keep_the_filters(client: Client):
    assert 'href="?kind=mirror&amp;page=2#find"' in read(client, "/en/actions/?kind=mirror")


def test_an_empty_list_names_the_chip_to_remove(client: Client):
    html = read(client, "/en/actions/?words=childcare&year=2022")
    assert "No action matches “childcare” + 2022" in html
    assert "Remove “childcare” to see 23 actions." in html
    assert 'href="?year=2022#find">Remove “childcare”' in html


def test_an_empty_list_that_no_single_filter_explains_offers_all(client: Client):
    html = read(client, "/en/actions/?words=zzzz&country=FR&kind=idp")
    assert "No single filter is to blame." in html


@pytest.mark.parametrize(
    "query",
    ["year=x", "year=99999999999999999999", "kind=bogus", "country=ZZ", "page=-1", "words=%00", "words=" + "a" * 500],
)
def test_what_nobody_can_mean_breaks_nothing(client: Client, query: str):
    assert "<h1>" in read(client, f"/en/actions/?{query}")


def test_an_action_says_what_was_published_and_what_was_not(client: Client):
    html = read(client, "/en/actions/2023-017/")
    assert "Kampala" in html
    assert "the entry of Nairobi" in html
    assert "<dt>Budget</dt><dd>not published</dd>" in html
    assert "Source: Localisation des Pactes mondiaux" in html


def test_a_published_budget_names_its_currency(client: Client):
    assert "CHF\u00a013,100,000" in read(client, "/en/actions/2023-045/")


@pytest.mark.parametrize("reference", ["2023-999", "no-such-action"])
def test_an_action_that_is_not_there_is_not_found(client: Client, reference: str):
    assert client.get(f"/en/actions/{reference}/").status_code == 404


def test_an_action_that_is_not_public_is_not_found_and_not_listed(client: Client):
    hidden = make_action("FR", public=False)
    assert client.get(f"/en/actions/{hidden.reference}/").status_code == 404
    assert hidden.reference not in {row["reference"] for row in rows(client)}


def test_the_table_holds_what_the_filters_leave(client: Client):
    assert len(rows(client)) == 77
    assert {row["year"] for row in rows(client, "?year=2022")} == {"2022"}


def test_the_table_holds_no_formula(client: Client):
    make_action("FR", titles={"en": "=HYPERLINK(1)"}, printed_title="@SUM(A1)")
    made = next(row for row in rows(client) if row["title"].endswith("HYPERLINK(1)"))
    assert made["title"] == "'=HYPERLINK(1)"
    assert made["printed_title"] == "'@SUM(A1)"


@pytest.mark.parametrize("url", ["/en/actions/", "/en/"])
@pytest.mark.parametrize("number", [3, 30])
def test_the_register_asks_the_same_questions_however_long_it_is(
    client: Client, django_assert_num_queries: Any, url: str, number: int
):
    LocalAction.objects.update(published_at=None)
    for _each in range(number):
        make_action("FR")
    client.get(url)
    with django_assert_num_queries({"/en/actions/": 15, "/en/": 12}[url]):
        client.get(url)

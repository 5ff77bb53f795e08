"""The 77 published local actions, with our French beside the records. Running it again changes nothing."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from fundportal import clock
from fundportal.money import Money
from grants.pledges.models import Country, LocalAction, Source
from grants.pledges.search import fold
from grants.pledges.states import Reach

DATA = Path(__file__).resolve().parent.parent / "data"
REACHES = {"Global": Reach.WORLD, "Europe": Reach.EUROPE}
Row = dict[str, str]


@transaction.atomic
def load(report: Callable[[str], object]) -> None:
    countries = _countries()
    sources = _sources()
    french = {row["reference"]: row for row in _rows("local_actions_fr.csv")}
    joint = {reference: code for code, pair in _json("joint_commitments.json").items() for reference in pair}
    made = 0
    for reference, row in _referenced(_rows("local_actions.csv")):
        facts = _facts(row, french[reference])
        facts |= {"source": sources[row["source"]], "commitment": joint.get(reference, reference)}
        places = [countries[code] for code in row["country_iso2"].split(";") if code]
        facts["search_text"] = _search_text(row, french[reference], places)
        action, created = LocalAction.objects.update_or_create(
            reference=reference, defaults=facts, create_defaults=facts | {"published_at": clock.now()}
        )
        action.countries.set(places)
        made += created
    report(f"local actions: {made} loaded, {LocalAction.objects.count()} in the register")


def _json(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _referenced(rows: list[Row]) -> Iterator[tuple[str, Row]]:
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row["year"]] += 1
        yield f"{row['year']}-{seen[row['year']]:03}", row


def _countries() -> dict[str, Country]:
    return {
        code: Country.objects.update_or_create(code=code, defaults={"names": names})[0]
        for code, names in _json("countries.json").items()
    }


def _sources() -> dict[str, Source]:
    """Keyed by the document's file name in the records; stored under its number and year."""
    made = {}
    for name, facts in _json("sources.json").items():
        texts = {key: str(facts[key]) for key in ("title", "publisher", "year", "language")}
        made[name] = Source.objects.update_or_create(code=f"document-{name[:3]}", defaults=texts)[0]
    return made


def _facts(row: Row, french: Row) -> dict[str, object]:
    ongoing = row["end"] == "ongoing"
    return {
        "year": int(row["year"]),
        "submitter": row["submitter"],
        "submitter_names": {"en": row["submitter"], "fr": french["submitter"]},
        "submitter_kind": row["submitter_kind"],
        "head": row["mayor_or_head"],
        "reach": REACHES.get(row["country"], Reach.COUNTRIES),
        "titles": {"en": row["title_en"], "fr": french["title"]},
        "printed_title": row["title_original"],
        "summaries": {"en": row["summary_en"], "fr": french["summary"]},
        "kind": row["pledge_type"],
        "priority": int(row["priority"]) if row["priority"] else None,
        "starts": row["start"],
        "ends": "" if ongoing else row["end"],
        "is_ongoing": ongoing,
        "is_fund_backed": row["gcf_supported"] == "true",
        **_sizes(row, french),
    }


def _sizes(row: Row, french: Row) -> dict[str, object]:
    budget = _budget(row)
    unit = row["beneficiaries_unit"]
    return {
        "budget_minor": budget.minor if budget else None,
        "budget_currency": budget.currency if budget else "",
        "people": int(row["beneficiaries_number"]) if row["beneficiaries_number"] else None,
        "people_units": {"en": unit, "fr": french["people_unit"]} if unit else {},
        "latitude": Decimal(row["lat"]) if row["lat"] else None,
        "longitude": Decimal(row["lon"]) if row["lon"] else None,
    }


def _budget(row: Row) -> Money | None:
    if not row["budget_amount"]:
        return None
    return Money.from_decimal(Decimal(row["budget_amount"]), row["budget_currency"])


def _search_text(row: Row, french: Row, places: list[Country]) -> str:
    words = [row["submitter"], row["title_en"], row["title_original"], row["summary_en"], row["mayor_or_head"]]
    words += [french["submitter"], french["title"], french["summary"]]
    words += [name for place in places for name in place.names.values()]
    return fold(" ".join(words))

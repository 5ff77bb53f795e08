"""Local actions, public unless a test says otherwise."""

import itertools
from typing import Any

from fundportal import clock
from grants.pledges.models import Country, LocalAction, Source
from grants.pledges.states import Kind, Submitter

_numbers = itertools.count(1)


def make_action(*countries: str, **facts: Any) -> LocalAction:
    """Of 2023, by a city of its own, in the countries of these codes; `public=False` keeps it from readers."""
    number = next(_numbers)
    source, _made = Source.objects.get_or_create(
        code="report", defaults={"title": "A report", "publisher": "A city", "year": "2023", "language": "fr"}
    )
    reference = facts.pop("reference", f"made-{number:03}")
    is_public = facts.pop("public", True)
    defaults: dict[str, Any] = {
        "commitment": reference,
        "year": 2023,
        "submitter": f"City {number}",
        "submitter_names": {"en": f"City {number}", "fr": f"Ville {number}"},
        "submitter_kind": Submitter.CITY,
        "titles": {"en": f"Action {number}", "fr": f"Action {number} en français"},
        "printed_title": f"Titre {number}",
        "summaries": {"en": "What it does.", "fr": "Ce qu’elle fait."},
        "kind": Kind.MIRROR,
        "source": source,
        "published_at": clock.now() if is_public else None,
    }
    action = LocalAction.objects.create(reference=reference, **(defaults | facts))
    for code in countries:
        action.countries.add(Country.objects.get_or_create(code=code, defaults={"names": {"en": code}})[0])
    return action

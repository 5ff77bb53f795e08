"""The made-up cities and associations that apply in the practice round, with who writes and signs for them."""

from collections.abc import Callable

from fundportal.accounts.models import User
from fundportal.demo.accounts import ORGANISATIONS, DemoOrganisation
from fundportal.organisations.models import Membership, Organisation


def load(report: Callable[[str], None]) -> None:
    for each in ORGANISATIONS:
        _add(each)
    report(f"{len(ORGANISATIONS)} organisations that apply")


def _add(facts: DemoOrganisation) -> None:
    made, _is_new = Organisation.objects.get_or_create(
        name=facts.name, defaults={"kind": facts.kind, "country": "US", "city": facts.city, "is_fictional": True}
    )
    for first_name, is_signatory in facts.people:
        person = User.objects.get(email=f"{first_name}@example.org")
        Membership.objects.get_or_create(
            organisation=made, user=person, ended_at=None, defaults={"is_signatory": is_signatory}
        )

"""Everything that is measured, in one portal: it is made once and grown."""

from django.core.cache import cache
from django.db import transaction

from fundportal.access import Role
from fundportal.demo.loaders import funds, local_actions, pages
from tests.bench.gifts import Gifts
from tests.bench.grants import Grants
from tests.bench.office import Office
from tests.factories.people import make_person


class World:
    def __init__(self, drafts: int = 60, *, has_pages: bool = True) -> None:
        """`has_pages`: with the editors' pages of the demo, which take seconds, and on which the first page stands."""
        if has_pages:
            for loader in (funds, local_actions, pages):
                loader.load(_quiet)
            cache.clear()
        self.grants = Grants(drafts)
        self.gifts = Gifts(self.grants.fund)
        self.office = Office()
        self.size = 0
        self.officer = make_person("Otto Officer", *OFFICE, fund=self.grants.fund)
        self.manager = make_person("Mara Manager", Role.OFFICER, Role.MANAGER, fund=self.grants.fund)
        self.caller = make_person("Cleo Caller", *OFFICE, fund=self.office.fund)
        self.everybody = make_person("Mona Everybody", *OFFICE)

    @transaction.atomic
    def grow(self, size: int) -> None:
        numbers = range(self.size, size)
        for part in (self.grants, self.gifts, self.office):
            part.grow(numbers)
        self.size = size


OFFICE = (
    Role.OFFICER,
    Role.MANAGER,
    Role.FINANCE_MAKER,
    Role.FINANCE_CHECKER,
    Role.EDITOR,
    Role.AUDITOR,
    Role.PEOPLE_ADMIN,
    Role.CHAIR,
    Role.CLERK,
)


def _quiet(line: str) -> None:
    """The loaders report; nobody listens here."""

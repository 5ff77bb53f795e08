"""Money that is set aside and not in the books yet: whoever promises, transfers or awards leaves it alone.

The rooms that set money aside say so in apps.ready(). A source returns what each purpose of the fund holds back now.
"""

from collections.abc import Callable, Iterable

from fundportal.funds.models import Fund
from fundportal.money import Money

Source = Callable[[Fund], Iterable[tuple[int, Money]]]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """`source(fund)` yields purpose ids with amounts above zero. Saying the same twice is harmless."""
    if _sources.setdefault(name, source) is not source:
        message = f"a source of holds named {name!r} is registered already"
        raise ValueError(message)


def held(fund: Fund) -> list[tuple[int, Money]]:
    """What is held back in the fund, by purpose id; a purpose may stand there more than once."""
    return [line for source in _sources.values() for line in source(fund)]

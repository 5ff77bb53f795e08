"""Every act, in the order in which a fund lives: an act of a later room comes before those of an earlier one."""

from tests.properties.fund import (
    applying,
    awarding,
    calling,
    clockwork,
    deciding,
    giving,
    paying,
    reporting,
    reviewing,
    screening,
)
from tests.properties.fund.acts import ACTS

LIFE = (clockwork, giving, calling, applying, screening, reviewing, deciding, awarding, paying, reporting)
ACTS.sort(key=lambda one: [room.__name__ for room in LIFE].index(one.perform.__module__))

__all__ = ["ACTS"]

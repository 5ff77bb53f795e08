"""Any number of people at work in one fund: what is usual, what is tried in vain, what breaks off in the middle."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.properties.fund.acts import Lane, Luck
from tests.properties.fund.telling import Telling

USUAL, IN_VAIN, BROKEN_OFF = "usual", "in vain", "broken off"
WAYS = [USUAL] * 7 + [IN_VAIN] * 2 + [BROKEN_OFF]
LANES = [Lane.ROAD] * 6 + [Lane.DETOUR] * 2 + [Lane.END]


class FundMachine(RuleBasedStateMachine):
    """Each example goes on from the same moment of the same fund, and is undone when it ends.

    One rule, because chance should not forget a whole kind of act for the length of an example as it does with rules.
    """

    beginning: ClassVar[Telling]
    after_step: ClassVar[Callable[[], None]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.telling = self.beginning.copy()

    @rule(chance=st.data())
    def something_happens(self, chance: Any) -> None:
        luck = Luck(chance.draw)
        way = luck.choose(WAYS)
        try:
            if way == IN_VAIN:
                self.telling.try_in_vain(luck)
            else:
                self.telling.go_on(luck.choose(LANES), luck, breaks_off=way == BROKEN_OFF)
        finally:
            note(self.telling.last)
        self.after_step()

    def teardown(self) -> None:
        try:
            self.telling.end()
        finally:
            self.telling.world.watch.end()
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)


def machine_from(beginning: Telling, after_step: Callable[[], None]) -> type[FundMachine]:
    return type("Fund", (FundMachine,), {"beginning": beginning, "after_step": staticmethod(after_step)})

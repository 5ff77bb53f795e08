"""How large the storms are: small on every run of the suite, in full under `./run storm`."""

import math
import os
import sys
from collections.abc import Sequence

IS_FULL = os.environ.get("STORM") == "full"


def size(small: int, full: int, name: str = "") -> int:
    """`name` is a variable of the environment that says another number."""
    return int(os.environ.get(name) or (full if IS_FULL else small))


def tell(name: str, **figures: object) -> None:
    """One line of what happened, for whoever blows the storm by hand; the suite swallows it."""
    words = ", ".join(f"{what.replace('_', ' ')} {figure}" for what, figure in figures.items())
    there = sys.__stdout__ if IS_FULL else sys.stdout
    assert there
    there.write(f"\n{name}: {words}\n")
    there.flush()


def share(seconds: Sequence[float], part: float) -> float:
    """The smallest of these within which `part` of all lie: 0.95 for the 95th percentile. Nearest rank."""
    ranked = sorted(seconds)
    return ranked[math.ceil(part * len(ranked)) - 1]

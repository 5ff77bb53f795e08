"""How large the storms are: small on every run of the suite, in full under `./run storm`."""

import math
import os
import sys
from collections.abc import Sequence

IS_FULL = os.environ.get("STORM") == "full"


def size(small: int, full: int) -> int:
    return full if IS_FULL else small


def tell(name: str, **figures: object) -> None:
    """One line of what happened, for whoever started the storm by hand; the suite swallows it."""
    words = ", ".join(f"{what.replace('_', ' ')} {figure}" for what, figure in figures.items())
    sys.stdout.write(f"\n{name}: {words}\n")
    sys.stdout.flush()


def share(seconds: Sequence[float], part: float) -> float:
    """The smallest of these within which `part` of all lie: 0.95 for the 95th percentile. Nearest rank."""
    ranked = sorted(seconds)
    return ranked[math.ceil(part * len(ranked)) - 1]

"""`./run bench`: how fast the portal is with 200 and with 2,000 rows in every list, and how large a worker grows.

Needs PostgreSQL and Redis installed, starts its own, and leaves nothing behind. Ends with 1 when an aim is missed.
"""

import signal
import sys
from importlib import import_module

from tests.bench.processes import surroundings


def main() -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that PostgreSQL and Redis end with it
    with surroundings():
        return import_module("tests.bench.measured").run()  # Django reads the environment when it is imported


if __name__ == "__main__":
    sys.exit(main())

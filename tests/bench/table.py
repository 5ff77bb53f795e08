"""What was measured beside what is aimed at, in plain lines; whether every aim is met."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.bench.measuring import Figures
from tests.bench.pages import Peer, Subject

FEW, MANY = 200, 2_000
HEADINGS = f"{'queries':>8}{f'ms at {FEW}':>11}{f'ms at {MANY:,}':>12}{'median':>9}"
MOST_GROWTH = 1.5
MOST_MEMORY, PEERS_MEMORY = 150, 216


@dataclass(frozen=True)
class Row:
    """A page with 200 and with 2,000 rows in every list."""

    subject: Subject
    few: Figures
    many: Figures

    @property
    def figures(self) -> str:
        return f"{self.many.queries:>8}{self.few.shortest:>11.1f}{self.many.shortest:>12.1f}{self.many.median:>9.1f}"

    @property
    def growth(self) -> float:
        return self.many.shortest / self.few.shortest

    @property
    def missed(self) -> list[str]:
        """The aims that it misses, in words."""
        aim, most = self.subject.aim, self.subject.most_queries
        too_slow = [f"slower than {aim:.0f} ms"] if aim and self.many.shortest > aim else []
        too_curious = [f"more than {most} queries"] if most and self.many.queries > most else []
        return too_slow + too_curious

    @property
    def missed_as_list(self) -> list[str]:
        grows = [f"grows more than × {MOST_GROWTH}"] if self.growth > MOST_GROWTH else []
        return grows + (["asks more for more rows"] if self.few.queries != self.many.queries else [])


def page_lines(rows: list[Row]) -> Iterator[str]:
    yield f"{'page':<28}{HEADINGS}{'peer':>13}{'aim':>7}"
    for row in rows:
        peer, aim = _peer(row.subject.peer), f"{row.subject.aim:.0f}" if row.subject.aim else "–"
        yield f"{row.subject.name:<28}{row.figures}{peer:>13}{aim:>7}  {_verdict(row.missed)}"


def list_lines(rows: list[Row]) -> Iterator[str]:
    yield f"{'list of the office':<28}{HEADINGS}{'ratio':>8}"
    for row in rows:
        yield f"{row.subject.name:<28}{row.figures}{row.growth:>8.2f}  {_verdict(row.missed_as_list)}"


def memory_line(memory: dict[str, float]) -> str:
    missed = [f"more than {MOST_MEMORY} MB"] if is_too_large(memory) else []
    return (
        f"web worker after all pages: {memory['Pss']:.0f} MB of the machine ({memory['Rss']:.0f} MB resident); "
        f"peer {PEERS_MEMORY} MB, aim {MOST_MEMORY} MB  {_verdict(missed)}"
    )


def is_too_large(memory: dict[str, float]) -> bool:
    return memory["Pss"] > MOST_MEMORY


def _peer(peer: Peer | None) -> str:
    return f"{peer.queries} / {peer.shortest:,}" if peer else "–"


def _verdict(missed: list[str]) -> str:
    return f"MISSED: {', '.join(missed)}" if missed else "met"

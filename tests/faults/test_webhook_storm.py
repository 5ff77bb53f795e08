"""500 events, each three times, in no order; ten workers killed, the database restarted: nothing lost, nothing doubled.

`./run storm webhooks` sends 10,000, kills 50 workers, restarts the database five times and wipes the broker each time.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import stripe

from donations.stripe.sandbox.server import Sandbox
from tests.faults.sizes import size, tell
from tests.faults.storm import Portal, Weather, portal
from tests.support.cluster import Cluster, own_cluster
from tests.support.databases import url_of
from tests.support.sandbox import SECRET, StripeSandbox

pytestmark = pytest.mark.storm

EVENTS, KILLS, RESTARTS = size(500, 10_000, "STORM_EVENTS"), size(10, 50), size(1, 5)
GIFTS = EVENTS // 5
RETRIED, EXPIRED, REFUNDED = GIFTS // 10, GIFTS // 10, GIFTS * 3 // 10
# Four events of a payment, two more of a decline before it, one of an expiry, three of a refund; the rest is unknown.
STRANGE = EVENTS - 4 * (GIFTS - EXPIRED) - 2 * RETRIED - EXPIRED - 3 * REFUNDED
TALLY = "SELECT event, count(*) FROM storm_tally GROUP BY event"
BOOKS = """SELECT a.code, sum(p.amount_minor)::bigint FROM ledger_posting p JOIN ledger_account a ON a.id = p.account_id
GROUP BY a.code"""
DROP_UNIQUE_KEY = "ALTER TABLE donations_stripe_event DROP CONSTRAINT donations_stripe_event_event_id_key"


@pytest.fixture(scope="module")
def cluster(pristine: str) -> Iterator[Cluster]:
    """With the suite's migrated database carried over, from which each test takes a copy."""
    with own_cluster() as made:
        made.carry_over(url_of(pristine), "pristine")
        yield made


@pytest.fixture
def stand_in() -> Iterator[StripeSandbox]:
    """Its own name: the fixture `sandbox` changes the settings of this process, which takes no part here."""
    with Sandbox(secret=SECRET) as running:
        yield StripeSandbox(running.url)


def donors_act(sandbox: StripeSandbox, pages: list[str], account: str, weather: Weather) -> Iterator[None]:
    """Pays, declines, lets expire and gives back; yields after each act, so that a storm can blow between them."""
    library = stripe.StripeClient("sk_test_storm", base_addresses={"api": sandbox.url})
    for place, page in enumerate(pages):
        if place < EXPIRED:
            sandbox.expire(page)
        elif place < EXPIRED + RETRIED:
            sandbox.pay(page, "0002")
            sandbox.pay(page)
        else:
            intent = sandbox.pay(page)["payment_intent"]
            if place >= GIFTS - REFUNDED:
                library.v1.refunds.create({"payment_intent": intent, "amount": 1_000}, {"stripe_account": account})
        if place % 5 == 0:
            for number in range(STRANGE // (GIFTS // 5)):
                sandbox.invent("moon.landing.announced", {"id": f"moon_{place}_{number}"}, account=account)
        weather.gather()
        yield


def applied(made: Portal) -> Counter[str]:
    return Counter(dict(made.ask(TALLY)))


@dataclass(frozen=True)
class Outcome:
    kept: int
    tally: Counter[str]
    seen: set[str]

    @property
    def lost(self) -> int:
        return len(self.seen - set(self.tally))

    @property
    def doubled(self) -> int:
        return sum(times > 1 for times in self.tally.values())

    @property
    def figures(self) -> dict[str, object]:
        return {"distinct": len(self.seen), "stored": self.kept, "lost": self.lost, "doubled": self.doubled}


def befall(portal: Portal, place: int, luck: random.Random) -> None:
    """Evenly over all donors: the kills, and the power cuts of database and broker."""
    if place % (GIFTS // KILLS) == 0:
        portal.kill_a_worker(luck)
    if place in {GIFTS * number // (RESTARTS + 1) for number in range(1, RESTARTS + 1)}:
        portal.cut_the_power()


def test_a_storm_of_events_loses_nothing_and_doubles_nothing(cluster: Cluster, stand_in: StripeSandbox) -> None:
    luck = random.Random(20261122)
    with portal(cluster, "storm", stand_in.url) as made:
        pages = json.loads(made.run("tests/faults/storm_gifts.py", str(GIFTS)))
        ((account,),) = made.ask("SELECT account_id FROM funds_stripeaccount")
        made.begin(workers=2)
        weather = Weather(made, stand_in, luck)
        with weather.blowing():
            for place, _ in enumerate(donors_act(stand_in, pages, account, weather), start=1):
                befall(made, place, luck)
                time.sleep(0.1)
        made.wait_until_applied(EVENTS)

        outcome = Outcome(EVENTS, applied(made), weather.seen)
        tell("Webhooks", sent=weather.delivered, **outcome.figures, **made.figures, sent_again=weather.retried)
        assert (made.kills, made.restarts, weather.delivered) == (KILLS, RESTARTS, 3 * EVENTS)
        assert (len(weather.seen), outcome.lost, outcome.doubled) == (EVENTS, 0, 0)
        gifts_and_books_agree(made, stand_in, account)


def gifts_and_books_agree(made: Portal, sandbox: StripeSandbox, account: str) -> None:
    """Every gift stands where its donor left it, and the books hold to the cent what Stripe says it holds."""
    states = dict(made.ask("SELECT state, count(*) FROM gifts_gift GROUP BY state"))
    paid = GIFTS - EXPIRED
    assert states == {"abandoned": EXPIRED, "received": paid - REFUNDED, "partly_refunded": REFUNDED}
    ((journals,),) = made.ask("SELECT count(*) FROM ledger_journal")
    assert journals == paid + REFUNDED
    library = stripe.StripeClient("sk_test_storm", base_addresses={"api": sandbox.url})
    moved = library.v1.balance_transactions.list({"limit": 100}, {"stripe_account": account})
    held = sum(one.net for one in moved.auto_paging_iter())
    books = dict(made.ask(BOOKS))
    assert books[f"stripe:{account}"] == held
    assert -books["contributions"] == 2_500 * paid - 1_000 * REFUNDED
    assert sum(books.values()) == 0
    assert "invariants hold" in made.run("manage.py", "check_invariants")


def small_storm(cluster: Cluster, sandbox: StripeSandbox, *, without: str = "", kills: int = 0) -> Outcome:
    """Sixty events of a kind that nobody knows, three times each, for four workers that take their time."""
    luck = random.Random(7)
    name = f"storm_{without.replace(' ', '_') or 'guarded'}"
    with portal(cluster, name, sandbox.url, STORM_SECONDS="0.1", STORM_WITHOUT=without) as made:
        if without == "unique key":
            with cluster.connect(name) as connection:
                connection.execute(DROP_UNIQUE_KEY)
        made.begin(workers=4)
        weather = Weather(made, sandbox, luck)
        with weather.blowing():
            for number in range(60):
                sandbox.invent("moon.landing.announced", {"id": f"moon_{number}"})
            weather.gather()
            for _ in range(kills):
                time.sleep(0.15)
                made.kill_a_worker(luck)
        ((kept,),) = made.ask("SELECT count(*) FROM donations_stripe_event")
        made.wait_until_applied(kept)
        return Outcome(kept, applied(made), weather.seen)


def test_the_small_storm_does_no_harm_while_every_guard_is_on(cluster: Cluster, stand_in: StripeSandbox) -> None:
    outcome = small_storm(cluster, stand_in, kills=3)
    assert (outcome.kept, outcome.lost, outcome.doubled) == (60, 0, 0)


def test_canary_without_the_unique_key_events_are_kept_twice(cluster: Cluster, stand_in: StripeSandbox) -> None:
    outcome = small_storm(cluster, stand_in, without="unique key")
    assert outcome.kept > 60
    assert outcome.doubled > 0


def test_canary_without_the_row_lock_events_are_applied_twice(cluster: Cluster, stand_in: StripeSandbox) -> None:
    assert small_storm(cluster, stand_in, without="row lock").doubled > 0


def test_canary_without_one_transaction_a_killed_worker_loses_events(cluster: Cluster, stand_in: StripeSandbox) -> None:
    assert small_storm(cluster, stand_in, without="transaction", kills=12).lost > 0

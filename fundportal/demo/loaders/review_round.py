"""A call of the practice round that is with its reviewers now: one application is read, the others wait."""

from collections.abc import Callable
from datetime import timedelta

from fundportal import clock
from fundportal.demo import rounds
from fundportal.demo.rounds import Calendar

# Days from the day of writing; today is the last one.
OPENS, CLOSES, ANSWERS, TODAY = 7, 58, 105, 70
SPAN = (OPENS, CLOSES, ANSWERS)


def load(report: Callable[[str], None]) -> None:
    """Changes nothing once the call is there."""
    facts = rounds.read("review")
    if rounds.is_there(facts):
        return
    now = clock.now()
    days = Calendar(now - timedelta(days=TODAY))
    stage = rounds.announce(facts, days=days, span=SPAN)
    received = rounds.receive(stage, facts["applications"], days=days, sent=CLOSES - 2)
    rounds.close(stage, at=days.day(CLOSES + 1))
    rounds.screen(stage, at=days.day(CLOSES + 3))
    rounds.share_out(
        stage, at=days.day(CLOSES + 4), answer_by=now + timedelta(days=6), review_by=now + timedelta(days=20)
    )
    for application, each in zip(received, facts["applications"], strict=True):
        rounds.hand_in_reviews(application, each["reviews"], at=days.day(TODAY - 2))
    report(f"1 call of the practice fund with its reviewers, {len(received)} applications")

from datetime import datetime, timedelta
from typing import Final

from django import forms

from fundportal import clock, due

JUMPS: Final = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class JumpForm(forms.Form):
    """How far the clock goes: an hour, a day, or to the next planned work."""

    jump = forms.ChoiceField(choices=[("hour", "hour"), ("day", "day"), ("next", "next")])

    def moment(self) -> datetime | None:
        """The moment to go to; None when nothing is planned."""
        chosen = self.cleaned_data["jump"]
        if chosen in JUMPS:
            return clock.now() + JUMPS[chosen]
        planned = due.next_due()
        return planned.at if planned else None

from grants.calls.queries.amending import FormChange, compare, form_change
from grants.calls.queries.clock import calls_due_to_close, next_closing_at, next_opening_at, open_stage
from grants.calls.queries.lists import call_in_full, call_page, state_counts
from grants.calls.queries.missing import missing
from grants.calls.queries.waiting import to_assess

__all__ = [
    "FormChange",
    "call_in_full",
    "call_page",
    "calls_due_to_close",
    "compare",
    "form_change",
    "missing",
    "next_closing_at",
    "next_opening_at",
    "open_stage",
    "state_counts",
    "to_assess",
]

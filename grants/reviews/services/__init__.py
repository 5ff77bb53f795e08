from grants.reviews.services.panels import PanelTerms, add_member, change_panel, open_panel, remove_member
from grants.reviews.services.plans import (
    approve_plan,
    ask_for_plan,
    change_plan,
    discard_plan,
    draw_plan,
    draw_waiting_plans,
)
from grants.reviews.services.reopening import drop_reopening, propose_reopening, reopen
from grants.reviews.services.reviewing import (
    Entry,
    accept,
    amend_score,
    declare_conflict,
    decline,
    hand_in,
    save_review,
)
from grants.reviews.services.sealing import hand_back, seal_reviews
from grants.reviews.services.settling import expire_unanswered, recuse_everywhere, remove_assignment

__all__ = [
    "Entry",
    "PanelTerms",
    "accept",
    "add_member",
    "amend_score",
    "approve_plan",
    "ask_for_plan",
    "change_panel",
    "change_plan",
    "declare_conflict",
    "decline",
    "discard_plan",
    "draw_plan",
    "draw_waiting_plans",
    "drop_reopening",
    "expire_unanswered",
    "hand_back",
    "hand_in",
    "open_panel",
    "propose_reopening",
    "recuse_everywhere",
    "remove_assignment",
    "remove_member",
    "reopen",
    "save_review",
    "seal_reviews",
]

from grants.reviews.models.assignment import Amendment, Assignment, Score
from grants.reviews.models.panel import Panel, PanelMember
from grants.reviews.models.plan import Plan
from grants.reviews.models.reopening import Reopening

__all__ = ["Amendment", "Assignment", "Panel", "PanelMember", "Plan", "Reopening", "Score"]

from grants.reviews.lifecycle.assignment import AssignmentLifecycle
from grants.reviews.lifecycle.plan import PlanLifecycle

__all__ = ["AssignmentLifecycle", "PlanLifecycle"]

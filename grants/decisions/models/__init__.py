from grants.decisions.models.appeal import Appeal
from grants.decisions.models.deliberation import Approval, BudgetHold, Decision, Deliberation
from grants.decisions.models.invitation import StageInvitation
from grants.decisions.models.recommendation import Recommendation

__all__ = ["Appeal", "Approval", "BudgetHold", "Decision", "Deliberation", "Recommendation", "StageInvitation"]

from grants.awards.models.agreement import Agreement, AgreementApproval, AgreementText, Signature
from grants.awards.models.award import Award, AwardChange
from grants.awards.models.plan import BudgetLine, Indicator
from grants.awards.models.report_due import ReportDue
from grants.awards.models.tranche import Condition, Tranche, TrancheApproval

__all__ = [
    "Agreement",
    "AgreementApproval",
    "AgreementText",
    "Award",
    "AwardChange",
    "BudgetLine",
    "Condition",
    "Indicator",
    "ReportDue",
    "Signature",
    "Tranche",
    "TrancheApproval",
]

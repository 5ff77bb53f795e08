from grants.awards.models.agreement import Agreement, AgreementApproval, AgreementText, Signature
from grants.awards.models.amendment import AmendedTerm, Amendment, AmendmentApproval
from grants.awards.models.award import Award, AwardChange, Unspent
from grants.awards.models.plan import BudgetLine, Indicator
from grants.awards.models.report_due import ReportDue
from grants.awards.models.settlement import UnspentSettlement
from grants.awards.models.tranche import Condition, Tranche, TrancheApproval

__all__ = [
    "Agreement",
    "AgreementApproval",
    "AgreementText",
    "AmendedTerm",
    "Amendment",
    "AmendmentApproval",
    "Award",
    "AwardChange",
    "BudgetLine",
    "Condition",
    "Indicator",
    "ReportDue",
    "Signature",
    "Tranche",
    "TrancheApproval",
    "Unspent",
    "UnspentSettlement",
]

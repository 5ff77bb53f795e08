from grants.awards.lifecycle.agreement import AgreementLifecycle
from grants.awards.lifecycle.amendment import AmendmentLifecycle
from grants.awards.lifecycle.award import AwardLifecycle
from grants.awards.lifecycle.report_due import ReportDueLifecycle
from grants.awards.lifecycle.tranche import TrancheLifecycle

__all__ = ["AgreementLifecycle", "AmendmentLifecycle", "AwardLifecycle", "ReportDueLifecycle", "TrancheLifecycle"]

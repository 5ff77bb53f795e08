from grants.awards.services.agreements import (
    approve_agreement_text,
    ask_for_change,
    change_agreement,
    change_wording,
    prepare_agreement,
    send_agreement,
    sign_agreement,
)
from grants.awards.services.changing import add_tranche, cancel_tranche, change_amount
from grants.awards.services.conditions import meet_condition, meet_report_conditions, waive_condition
from grants.awards.services.ending import (
    begin_closing,
    close_award,
    decline_award,
    lapse_due,
    rescind_award,
    resume_award,
    suspend_award,
    terminate_award,
)
from grants.awards.services.offering import change_terms, offer_award
from grants.awards.services.terms import (
    AwardTerms,
    BudgetTerms,
    ConditionTerms,
    IndicatorTerms,
    ReportTerms,
    TrancheTerms,
)
from grants.awards.services.tranches import approve_tranche, hold_tranche, ready_due, release_tranche, request_tranche

__all__ = [
    "AwardTerms",
    "BudgetTerms",
    "ConditionTerms",
    "IndicatorTerms",
    "ReportTerms",
    "TrancheTerms",
    "add_tranche",
    "approve_agreement_text",
    "approve_tranche",
    "ask_for_change",
    "begin_closing",
    "cancel_tranche",
    "change_agreement",
    "change_amount",
    "change_terms",
    "change_wording",
    "close_award",
    "decline_award",
    "hold_tranche",
    "lapse_due",
    "meet_condition",
    "meet_report_conditions",
    "offer_award",
    "prepare_agreement",
    "ready_due",
    "release_tranche",
    "request_tranche",
    "rescind_award",
    "resume_award",
    "send_agreement",
    "sign_agreement",
    "suspend_award",
    "terminate_award",
    "waive_condition",
]

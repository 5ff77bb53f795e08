from grants.awards.services.agreements import (
    approve_agreement_text,
    ask_for_change,
    change_agreement,
    change_wording,
    prepare_agreement,
    send_agreement,
)
from grants.awards.services.amendments import (
    approve_amendment,
    propose_amendment,
    reject_amendment,
    rewrite_amendment,
    submit_amendment,
    withdraw_amendment,
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
from grants.awards.services.signing import sign_agreement
from grants.awards.services.terms import (
    AwardTerms,
    BudgetTerms,
    ConditionTerms,
    IndicatorTerms,
    ReportTerms,
    TrancheTerms,
)
from grants.awards.services.terms_changed import Change
from grants.awards.services.tranches import approve_tranche, hold_tranche, ready_due, release_tranche, request_tranche
from grants.awards.services.unspent import note_spending, take_back, waive_unspent

__all__ = [
    "AwardTerms",
    "BudgetTerms",
    "Change",
    "ConditionTerms",
    "IndicatorTerms",
    "ReportTerms",
    "TrancheTerms",
    "add_tranche",
    "approve_agreement_text",
    "approve_amendment",
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
    "note_spending",
    "offer_award",
    "prepare_agreement",
    "propose_amendment",
    "ready_due",
    "reject_amendment",
    "release_tranche",
    "request_tranche",
    "rescind_award",
    "resume_award",
    "rewrite_amendment",
    "send_agreement",
    "sign_agreement",
    "submit_amendment",
    "suspend_award",
    "take_back",
    "terminate_award",
    "waive_condition",
    "waive_unspent",
    "withdraw_amendment",
]

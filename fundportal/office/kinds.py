"""What a row of the record is about, in words; the office is the one room that knows all kinds of things."""

from django.utils.translation import gettext_lazy as _

KINDS: dict[str, object] = {
    "accounts.user": _("Person"),
    "accounts.rolegrant": _("Role"),
    "accounts.factorreset": _("Reset of second keys"),
    "organisations.organisation": _("Organisation"),
    "organisations.membership": _("Membership"),
    "organisations.invitation": _("Invitation of a member"),
    "organisations.conflict": _("Conflict of interest"),
    "documents.document": _("Document"),
    "documents.upload": _("File on its way in"),
    "mail.letter": _("Letter"),
    "mail.lettertext": _("Text of a letter"),
    "ledger.journal": _("Journal of the books"),
    "ledger.period": _("Period of the books"),
    "donations_stripe.event": _("Message from Stripe"),
    "donations_stripe.outboundcall": _("Request to Stripe"),
    "campaigns.campaign": _("Campaign"),
    "gifts.gift": _("Gift"),
    "gifts.refund": _("Refund"),
    "receipts.receipt": _("Receipt"),
    "questionnaires.questionnaire": _("Form"),
    "calls.call": _("Call"),
    "applications.application": _("Application"),
    "reviews.panel": _("Panel"),
    "reviews.panelmember": _("Member of a panel"),
    "reviews.plan": _("Plan of who reads what"),
    "reviews.assignment": _("Review"),
    "decisions.deliberation": _("Deliberation"),
    "decisions.decision": _("Decision"),
    "awards.award": _("Award"),
    "awards.agreement": _("Agreement"),
    "awards.agreementtext": _("Text of an agreement"),
    "awards.tranche": _("Tranche"),
    "awards.condition": _("Condition"),
    "awards.reportdue": _("Report"),
    "decisions.stageinvitation": _("Invitation to the next stage"),
    "reviews.reopening": _("Reopening of a call"),
    "payments.bankdetails": _("Bank details"),
    "payments.paymentrun": _("Payment run"),
    "payments.instruction": _("Payment"),
    "payments.statement": _("Bank statement"),
    "payments.bankline": _("Line of a bank statement"),
    "payments.payingaccount": _("Account that payments leave from"),
    "awards.awardchange": _("Change of an award"),
    "reports.publication": _("Published report"),
}


def kind_choices() -> list[tuple[str, str]]:
    """By their words, as they sort in the reader's language."""
    return sorted(((kind, str(words)) for kind, words in KINDS.items()), key=lambda choice: choice[1].casefold())

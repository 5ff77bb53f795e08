"""What Stripe's technical words mean to a person."""

from django.utils.translation import gettext_lazy as _

EVENTS = {
    "checkout.session.completed": _("A donor finished the payment page"),
    "checkout.session.expired": _("A payment page expired"),
    "checkout.session.async_payment_succeeded": _("A bank payment arrived"),
    "checkout.session.async_payment_failed": _("A bank payment did not arrive"),
    "payment_intent.created": _("A payment was begun"),
    "payment_intent.requires_action": _("The donor's bank asks for a confirmation"),
    "payment_intent.processing": _("The donor's bank is working on a payment"),
    "payment_intent.succeeded": _("A payment went through"),
    "payment_intent.payment_failed": _("A payment did not go through"),
    "payment_intent.canceled": _("A payment was called off"),
    "charge.succeeded": _("A card was charged"),
    "charge.failed": _("A card was declined"),
    "charge.updated": _("A charge changed, its fee is known now"),
    "charge.refunded": _("A charge was given back, whole or in part"),
    "charge.refund.updated": _("A refund changed"),
    "charge.dispute.created": _("A donor's bank disputes a payment"),
    "charge.dispute.closed": _("A dispute was decided"),
    "refund.created": _("A refund was begun"),
    "refund.updated": _("A refund changed"),
    "refund.failed": _("A refund failed and the money came back"),
    "payout.paid": _("Stripe paid money into our bank account"),
    "payout.failed": _("A payout to our bank account failed"),
}
CALLS = {
    "checkout.session.create": _("Open a payment page"),
    "refund.create": _("Give money back"),
}


def event_words(kind: str) -> str:
    return str(EVENTS.get(kind, _("A message of another kind")))


def call_words(op: str) -> str:
    return str(CALLS.get(op, op))

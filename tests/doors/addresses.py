"""Every address of ours with its rooms' names, and what fills its parameters in one world."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.doors.world import World

# Trees of other packages, and the demo's own desk, which shows the sandbox to whoever opens it.
NOT_OURS = ("cms/", "demo/")
OURS = ("en/", "stripe/")
# Reached by who has the key in the address and by nobody else, so there is no object to guess at.
KEYS = {"account_reset_password_from_key"}


@dataclass(frozen=True)
class Address:
    """One route. `keys` are the names of its parameters; `policy` is who may stand before its door."""

    name: str
    route: str
    keys: tuple[str, ...]
    policy: str

    @property
    def room(self) -> str:
        return self.name.rpartition(":")[0] or self.name

    def url(self, values: dict[str, Any]) -> str:
        return reverse(self.name, kwargs={key: values[key] for key in self.keys})


def addresses() -> list[Address]:
    found = _walk(get_resolver().url_patterns, "", ())
    return [one for one in found if one.route.startswith(OURS) and one.name not in KEYS]


def of_objects() -> list[Address]:
    return [one for one in addresses() if one.keys]


def _walk(patterns: list[URLPattern | URLResolver], prefix: str, spaces: tuple[str, ...]) -> Iterator[Address]:
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and not route.startswith(NOT_OURS):
            yield from _walk(pattern.url_patterns, route, (*spaces, *filter(None, [pattern.namespace])))
        elif isinstance(pattern, URLPattern):
            policy = getattr(pattern.callback, "policy", "")
            keys = tuple(pattern.pattern.converters)
            if policy:
                yield Address(":".join([*spaces, pattern.name or ""]), route, keys, policy)


def values_of(address: Address, world: World) -> dict[str, Any]:
    """What stands in the address for this world's object. A parameter that nobody filled in is a KeyError."""
    known = ROOMS[address.room](world) | SPECIAL.get(address.name, lambda _world: {})(world)
    return {key: known[key] for key in address.keys}


def url_of(address: Address, world: World) -> str:
    return address.url(values_of(address, world))


ROOMS: dict[str, Any] = {
    "office": lambda w: {
        "user_id": w.leaver.pk,
        "reset_id": w.reset.pk,
        "grant_id": w.proposed_role.pk,
        "letter_id": w.letter.pk,
        "conflict_id": w.tie.pk,
        "fund": w.fund.code,
        "room": "decisions",
        "letter": "approved",
        "language": "en",
    },
    "documents": lambda w: {"token": w.document.document.token},
    "campaigns": lambda w: {"code": w.campaign.code},
    "gifts": lambda w: {"reference": w.gift.reference, "refund": w.refund.uuid},
    "stripe": lambda w: {"event_id": w.event.pk},
    "questionnaires": lambda w: {"form_id": w.form.pk, "key": "project", "number": 1},
    "calls": lambda w: {"code": w.planned_call.code, "number": 1, "key": "design"},
    "applications": lambda w: {
        "reference": w.screened.reference,
        "code": w.open_call.code,
        "number": 1,
    },
    "office_reviews": lambda w: {
        "stage_id": w.judged_stage.pk,
        "code": w.judged_call.code,
        "member_id": w.member.pk,
        "token": w.assignment.token,
    },
    "decisions": lambda w: {"pk": w.prepared.pk, "code": w.judged_call.code, "reference": w.listed.reference},
    "awards": lambda w: {
        "reference": w.award.reference,
        "number": 1,
        "pk": w.condition.pk,
        "code": w.fund.code,
        "language": "en",
    },
    "payments": lambda w: {
        "pk": w.run.pk,
        "account_id": w.account.pk,
        "tranche_id": w.payable.pk,
        "instruction_id": w.instruction.pk,
    },
    "reports": lambda w: {"reference": w.award.reference, "number": w.accepted.number, "pk": w.form.pk},
    "reviews": lambda w: {
        "token": w.assignment.token,
        "criterion_id": w.judged_stage.criteria.get(key="need").pk,
        "upload": w.read_file.token,
    },
    "my_applications": lambda w: {
        "reference": w.draft.reference,
        "stage_id": w.planned_call.stages.get(number=1).pk,
        "key": w.draft.draft.form_version.form.sections[0].key,
        "token": w.draft_file.token,
        "collaborator": w.collaborator.pk,
        "number": 1,
    },
    "my_decisions": lambda w: {"reference": w.refused.reference},
    "my_grants": lambda w: {"reference": w.offered.reference, "number": 1},
    "my_payments": lambda w: {"organisation_id": w.organisation.pk, "reference": w.offered.reference},
    "my_reports": lambda w: {
        "reference": w.award.reference,
        "number": w.due.number,
        "key": "story",
        "token": w.due_file.upload.token,
        "version": 1,
    },
    "my": lambda w: {
        "reset_id": w.reset.pk,
        "organisation_id": w.organisation.pk,
        "membership_id": w.membership.pk,
        "invitation_id": w.invitation.pk,
    },
    "giving": lambda w: {"code": w.campaign.code, "uuid": w.open_gift.uuid},
    "receipts": lambda w: {"token": w.receipt.token},
    "action": lambda w: {"reference": w.hidden_action.reference},
    **dict.fromkeys(("call", "call_calendar", "call_data"), lambda w: {"code": w.planned_call.code}),
    **dict.fromkeys(("grant", "grant_data"), lambda w: {"reference": w.offered.reference}),
    **dict.fromkeys(("mfa_edit_webauthn", "mfa_remove_webauthn"), lambda w: {"pk": w.passkey.pk}),
}
SPECIAL: dict[str, Any] = {
    "documents:line": lambda w: {"token": w.document.token},
    "questionnaires:question": lambda w: {"key": "title"},
    "questionnaires:question_move": lambda w: {"key": "title"},
    "questionnaires:question_remove": lambda w: {"key": "title"},
    "applications:file": lambda w: {"reference": w.read.reference, "token": w.read_file.token},
    "decisions:appeal": lambda w: {"pk": w.appeal.pk},
    "decisions:appeal_answer": lambda w: {"pk": w.appeal.pk},
    "decisions:appeal_agree": lambda w: {"pk": w.appeal.pk},
    "decisions:take_back": lambda w: {"pk": w.adopted.pk, "reference": w.staged.reference},
    "decisions:recommend": lambda w: {"reference": w.proposed.reference},
    **dict.fromkeys(
        ("decisions:invite", "decisions:invite_agree", "decisions:invite_drop"),
        lambda w: {"reference": w.screened.reference},
    ),
    "awards:offer": lambda w: {"reference": w.without_offer.reference},
    "awards:terms": lambda w: {"reference": w.offered.reference},
    **dict.fromkeys(
        ("awards:agreement", "awards:agreement_edit", "awards:send", "awards:sign"),
        lambda w: {"reference": w.offered.reference},
    ),
    **dict.fromkeys(
        ("payments:bank", "payments:bank_numbers", "payments:bank_verify", "payments:bank_refuse"),
        lambda w: {"pk": w.bank.pk},
    ),
    **dict.fromkeys(
        ("payments:line", "payments:line_match", "payments:line_return", "payments:line_explain"),
        lambda w: {"pk": w.line.pk},
    ),
    "payments:file": lambda w: {"pk": w.sent_run.pk},
    "reports:file": lambda w: {"token": w.accepted_file.upload.token},
    **dict.fromkeys(
        ("my_applications:acknowledgement", "my_applications:acknowledgement_pdf", "my_applications:unlock"),
        lambda w: {"reference": w.sent.reference},
    ),
    **dict.fromkeys(
        (
            "my_grants:amend",
            "my_grants:amendment",
            "my_grants:amendment_edit",
            "my_grants:amendment_submit",
            "my_grants:amendment_withdraw",
        ),
        lambda w: {"reference": w.award.reference},
    ),
    "my_grants:request_payment": lambda w: {"reference": w.award.reference},
    "reviews:amend": lambda w: {"token": w.sealed.token},
    "my_reports:sent": lambda w: {"number": w.accepted.number},
}

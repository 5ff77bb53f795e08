from grants.decisions.services.appealing import agree_appeal, answer_appeal, file_appeal
from grants.decisions.services.concluding import conclude
from grants.decisions.services.deciding import (
    adopt,
    approve_deliberation,
    refuse_to_cancel_what_is_decided,
    reject,
    send_back,
    submit_to_body,
    take_back,
)
from grants.decisions.services.inviting import drop_invitation, invite, propose_invitation
from grants.decisions.services.preparing import (
    DeliberationFacts,
    Line,
    change_deliberation,
    prepare_deliberation,
    put_on_list,
    take_off_list,
)
from grants.decisions.services.recommending import Advice, recommend
from grants.decisions.services.releasing import release, release_due

__all__ = [
    "Advice",
    "DeliberationFacts",
    "Line",
    "adopt",
    "agree_appeal",
    "answer_appeal",
    "approve_deliberation",
    "change_deliberation",
    "conclude",
    "drop_invitation",
    "file_appeal",
    "invite",
    "prepare_deliberation",
    "propose_invitation",
    "put_on_list",
    "recommend",
    "refuse_to_cancel_what_is_decided",
    "reject",
    "release",
    "release_due",
    "send_back",
    "submit_to_body",
    "take_back",
    "take_off_list",
]

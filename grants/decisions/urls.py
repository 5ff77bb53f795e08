from fundportal.access.urls import guarded
from grants.decisions.permissions import (
    ADOPT,
    ANSWER,
    APPROVE,
    CONCLUDE,
    DROP_INVITATION,
    INVITE,
    PREPARE,
    RECOMMEND,
    RELEASE,
    VIEW,
)
from grants.decisions.views import appeals, calls, concluding, inviting, moves, preparing

ONE = "applications/<slug:reference>/"
LINE = "<int:pk>/lines/<slug:reference>/"

app_name = "decisions"
urlpatterns = [
    guarded("", calls.decisions, policy=VIEW, name="decisions"),
    guarded("calls/<slug:code>/", calls.call, policy=VIEW, name="call"),
    guarded("calls/<slug:code>/prepare/", preparing.prepare, policy=PREPARE, name="prepare"),
    guarded("calls/<slug:code>/conclude/", concluding.conclude, policy=CONCLUDE, name="conclude"),
    guarded("appeals/<int:pk>/", appeals.appeal, policy=VIEW, name="appeal"),
    guarded("appeals/<int:pk>/answer/", appeals.answer, policy=ANSWER, name="appeal_answer"),
    guarded("appeals/<int:pk>/agree/", appeals.agree, policy=ANSWER, name="appeal_agree"),
    guarded(f"{ONE}invite/", inviting.propose, policy=RECOMMEND, name="invite"),
    guarded(f"{ONE}invite/agree/", inviting.agree, policy=INVITE, name="invite_agree"),
    guarded(f"{ONE}invite/drop/", inviting.drop, policy=DROP_INVITATION, name="invite_drop"),
    guarded(ONE, calls.recommend, policy=RECOMMEND, name="recommend"),
    guarded("<int:pk>/", preparing.deliberation, policy=VIEW, name="deliberation"),
    guarded("<int:pk>/edit/", preparing.edit, policy=PREPARE, name="edit"),
    guarded(LINE, preparing.line, policy=PREPARE, name="line"),
    guarded(f"{LINE}remove/", preparing.unlist, policy=PREPARE, name="unlist"),
    guarded(f"{LINE}take-back/", moves.take_back, policy=ADOPT, name="take_back"),
    guarded("<int:pk>/submit/", moves.submit_to_body, policy=PREPARE, name="submit_to_body"),
    guarded("<int:pk>/approve/", moves.approve, policy=APPROVE, name="approve"),
    guarded("<int:pk>/send-back/", moves.send_back, policy=ADOPT, name="send_back"),
    guarded("<int:pk>/adopt/", moves.adopt, policy=ADOPT, name="adopt"),
    guarded("<int:pk>/reject/", moves.reject, policy=ADOPT, name="reject"),
    guarded("<int:pk>/release/", moves.release, policy=RELEASE, name="release"),
]

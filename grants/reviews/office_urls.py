from fundportal.access.urls import guarded
from grants.reviews.permissions import MANAGE, PROPOSE_REOPENING, REOPEN, SEAL, VIEW
from grants.reviews.views import assignments, panels, plans, reopening

CALL = "calls/<slug:code>/reopen/"
STAGE = "<int:stage_id>/"
REVIEW = f"{STAGE}reviews/<uuid:token>/"

app_name = "office_reviews"
urlpatterns = [
    guarded("", panels.panels, policy=VIEW, name="panels"),
    guarded(CALL, reopening.reopen, policy=PROPOSE_REOPENING, name="reopen"),
    guarded(f"{CALL}agree/", reopening.agree, policy=REOPEN, name="reopen_agree"),
    guarded(f"{CALL}drop/", reopening.drop, policy=PROPOSE_REOPENING, name="reopen_drop"),
    guarded(STAGE, panels.panel, policy=VIEW, name="panel"),
    guarded(f"{STAGE}terms/", panels.terms, policy=MANAGE, name="terms"),
    guarded(f"{STAGE}members/add/", panels.add_member, policy=MANAGE, name="member_add"),
    guarded(f"{STAGE}members/<int:member_id>/remove/", panels.remove_member, policy=MANAGE, name="member_remove"),
    guarded(f"{STAGE}plan/", plans.plan, policy=VIEW, name="plan"),
    guarded(f"{STAGE}plan/ask/", plans.ask, policy=MANAGE, name="plan_ask"),
    guarded(f"{STAGE}plan/put-in/", plans.put_in, policy=MANAGE, name="plan_put_in"),
    guarded(f"{STAGE}plan/take-out/", plans.take_out, policy=MANAGE, name="plan_take_out"),
    guarded(f"{STAGE}plan/approve/", plans.approve, policy=MANAGE, name="plan_approve"),
    guarded(f"{STAGE}plan/discard/", plans.discard, policy=MANAGE, name="plan_discard"),
    guarded(f"{STAGE}seal/", panels.seal, policy=SEAL, name="seal"),
    guarded(f"{STAGE}standings/", panels.standings, policy=VIEW, name="standings"),
    guarded(REVIEW, assignments.review, policy=VIEW, name="review"),
    guarded(f"{REVIEW}back/", assignments.hand_back, policy=MANAGE, name="hand_back"),
    guarded(f"{REVIEW}take-off/", assignments.take_off, policy=MANAGE, name="take_off"),
]

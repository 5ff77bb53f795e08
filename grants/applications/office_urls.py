from fundportal.access.urls import guarded
from grants.applications.permissions import MANAGE, SCREEN, VIEW
from grants.applications.views import calls, moves, officer
from grants.calls.permissions import PUBLISH

ONE = "<slug:reference>/"
STAGE = "calls/<slug:code>/stages/<int:number>/"

app_name = "applications"
urlpatterns = [
    guarded("", officer.applications, policy=VIEW, name="applications"),
    guarded(f"{STAGE}extend/", calls.extend, policy=PUBLISH, name="extend"),
    guarded(f"{STAGE}form/", calls.amend_form, policy=PUBLISH, name="amend_form"),
    guarded(ONE, officer.application, policy=VIEW, name="application"),
    guarded(f"{ONE}files/<uuid:token>/", officer.file, policy=VIEW, name="file"),
    guarded(f"{ONE}begin/", moves.begin, policy=SCREEN, name="begin"),
    guarded(f"{ONE}check/", moves.check, policy=SCREEN, name="check"),
    guarded(f"{ONE}ask/", moves.ask, policy=SCREEN, name="ask"),
    guarded(f"{ONE}eligible/", moves.eligible, policy=SCREEN, name="eligible"),
    guarded(f"{ONE}ineligible/", moves.propose_ineligible, policy=SCREEN, name="ineligible"),
    guarded(f"{ONE}ineligible/agree/", moves.agree_ineligible, policy=SCREEN, name="ineligible_agree"),
    guarded(f"{ONE}ineligible/drop/", moves.drop_ineligible, policy=SCREEN, name="ineligible_drop"),
    guarded(f"{ONE}hold/", moves.hold, policy=SCREEN, name="hold"),
    guarded(f"{ONE}resume/", moves.resume, policy=SCREEN, name="resume"),
    guarded(f"{ONE}disqualify/", moves.disqualify, policy=MANAGE, name="disqualify"),
    guarded(f"{ONE}disqualify/agree/", moves.agree_disqualify, policy=SCREEN, name="disqualify_agree"),
    guarded(f"{ONE}disqualify/drop/", moves.drop_disqualify, policy=SCREEN, name="disqualify_drop"),
    guarded(f"{ONE}reinstate/", moves.reinstate, policy=MANAGE, name="reinstate"),
    guarded(f"{ONE}appeal/", moves.appeal, policy=MANAGE, name="appeal"),
]

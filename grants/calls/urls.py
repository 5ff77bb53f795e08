from fundportal.access.urls import guarded
from grants.calls.permissions import EDIT, PUBLISH, VIEW
from grants.calls.views import lists, moves, writing

STAGE = "<slug:code>/stages/<int:number>/"

app_name = "calls"
urlpatterns = [
    guarded("", lists.calls, policy=VIEW, name="calls"),
    guarded("new/", writing.start, policy=EDIT, name="start"),
    guarded("<slug:code>/", lists.call, policy=VIEW, name="call"),
    guarded("<slug:code>/edit/", writing.edit, policy=EDIT, name="edit"),
    guarded("<slug:code>/publish/", moves.publish, policy=PUBLISH, name="publish"),
    guarded("<slug:code>/withdraw/", moves.withdraw, policy=PUBLISH, name="withdraw"),
    guarded("<slug:code>/open/", moves.open_call, policy=PUBLISH, name="open"),
    guarded("<slug:code>/assess/", moves.start_assessment, policy=PUBLISH, name="start_assessment"),
    guarded("<slug:code>/archive/", moves.archive, policy=PUBLISH, name="archive"),
    guarded("<slug:code>/cancel/", moves.cancel, policy=PUBLISH, name="cancel"),
    guarded("<slug:code>/stages/remove/", writing.remove_stage, policy=EDIT, name="stage_remove"),
    guarded(STAGE, writing.stage, policy=EDIT, name="stage"),
    guarded(f"{STAGE}criteria/", writing.criterion, policy=EDIT, name="criterion_add"),
    guarded(f"{STAGE}criteria/<slug:key>/", writing.criterion, policy=EDIT, name="criterion"),
    guarded(f"{STAGE}criteria/<slug:key>/up/", writing.criterion_up, policy=EDIT, name="criterion_up"),
    guarded(f"{STAGE}criteria/<slug:key>/down/", writing.criterion_down, policy=EDIT, name="criterion_down"),
    guarded(f"{STAGE}criteria/<slug:key>/remove/", writing.criterion_remove, policy=EDIT, name="criterion_remove"),
]

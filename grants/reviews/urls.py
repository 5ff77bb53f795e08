from fundportal.access.urls import guarded
from grants.reviews.permissions import REVIEW
from grants.reviews.views import amending, reviewer, scoring

ONE = "<uuid:token>/"

app_name = "reviews"
urlpatterns = [
    guarded("", reviewer.desk, policy=REVIEW, name="desk"),
    guarded(ONE, reviewer.review, policy=REVIEW, name="review"),
    guarded(f"{ONE}accept/", reviewer.accept, policy=REVIEW, name="accept"),
    guarded(f"{ONE}decline/", reviewer.decline, policy=REVIEW, name="decline"),
    guarded(f"{ONE}conflict/", reviewer.conflict, policy=REVIEW, name="conflict"),
    guarded(f"{ONE}save/", scoring.save, policy=REVIEW, name="save"),
    guarded(f"{ONE}hand-in/", scoring.hand_in, policy=REVIEW, name="hand_in"),
    guarded(f"{ONE}amend/<int:criterion_id>/", amending.amend, policy=REVIEW, name="amend"),
    guarded(f"{ONE}files/<uuid:upload>/", reviewer.file, policy=REVIEW, name="file"),
]

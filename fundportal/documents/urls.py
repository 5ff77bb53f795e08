from fundportal.access.urls import SIGNED_IN, guarded
from fundportal.documents import views

app_name = "documents"
urlpatterns = [
    guarded("add/", views.add, policy=SIGNED_IN, name="add"),
    guarded("added/<uuid:token>/", views.line, policy=SIGNED_IN, name="line"),
    guarded("<uuid:token>/", views.download, policy=SIGNED_IN, name="download"),
]

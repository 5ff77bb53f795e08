from donations.receipts.views import check, pdf, receipt
from fundportal.access.urls import PUBLIC, guarded

app_name = "receipts"
urlpatterns = [
    guarded("check/", check, policy=PUBLIC, name="check"),
    guarded("receipts/<slug:token>/", receipt, policy=PUBLIC, name="receipt"),
    guarded("receipts/<slug:token>/pdf/", pdf, policy=PUBLIC, name="pdf"),
]

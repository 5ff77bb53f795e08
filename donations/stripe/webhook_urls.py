from donations.stripe.views.webhook import webhook
from fundportal.access.urls import PUBLIC, guarded

app_name = "stripe_webhook"
urlpatterns = [guarded("webhook/", webhook, policy=PUBLIC, name="webhook")]

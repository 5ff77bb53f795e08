"""The worker, and what beat rings for when nobody else does."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fundportal.settings.development")

app = Celery("fundportal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "drain the Stripe inbox": {"task": "stripe.drain_inbox", "schedule": 20.0},
    "ask Stripe for events that never came": {"task": "stripe.poll_events", "schedule": 3600.0},
    "re-read gifts that wait": {"task": "gifts.sweep", "schedule": 60.0},
    "issue receipts that are missing": {"task": "receipts.sweep", "schedule": 60.0},
    "open the calls that are due": {"task": "calls.open_due", "schedule": 30.0},
    "close the stages that are over": {"task": "applications.close_due_calls", "schedule": 20.0},
    "announce the decisions that are due": {"task": "decisions.release_due", "schedule": 20.0},
    "put checked bank details into use when their time comes": {"task": "payments.activate_due", "schedule": 60.0},
    "end offers nobody answered": {"task": "awards.lapse_due", "schedule": 60.0},
    "open the reports that can be written": {"task": "reports.open_due", "schedule": 600.0},
    "remind of reports, let money wait for late ones": {"task": "reports.remind", "schedule": 600.0},
    "let payments be asked for": {"task": "awards.ready_due", "schedule": 60.0},
    "draw the plans that wait, end invitations nobody answered": {"task": "reviews.sweep", "schedule": 60.0},
    "forget who knocked two days ago": {"task": "knocks.forget", "schedule": 86400.0},
    "end roles whose last day has passed": {"task": "accounts.sweep_roles", "schedule": 3600.0},
    "send the mail that waits": {"task": "mail.send_waiting", "schedule": 20.0},
    "check files that wait in quarantine": {"task": "documents.sweep", "schedule": 60.0},
}

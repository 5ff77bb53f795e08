from celery import shared_task

from grants.applications import services


@shared_task(name="applications.close_due_calls")
def close_due_calls() -> None:
    services.close_due_calls()

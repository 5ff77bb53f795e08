from celery import shared_task

from grants.reports import services


@shared_task(name="reports.open_due")
def open_due() -> None:
    services.open_due()


@shared_task(name="reports.remind")
def remind() -> None:
    services.remind()

from celery import shared_task

from grants.awards import services


@shared_task(name="awards.lapse_due")
def lapse_due() -> None:
    services.lapse_due()


@shared_task(name="awards.ready_due")
def ready_due() -> None:
    services.ready_due()

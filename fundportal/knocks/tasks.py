from celery import shared_task

from fundportal.knocks import services


@shared_task(name="knocks.forget")
def forget() -> None:
    services.forget()

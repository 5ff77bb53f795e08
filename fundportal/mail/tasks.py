from celery import shared_task

from fundportal.mail import services


@shared_task(name="mail.send_waiting")
def send_waiting() -> int:
    return services.send_waiting()

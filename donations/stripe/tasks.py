from celery import shared_task

from donations.stripe import services


@shared_task(name="stripe.drain_inbox")
def drain_inbox() -> int:
    return services.drain_inbox()


@shared_task(name="stripe.poll_events")
def poll_events() -> int:
    return services.poll_events()

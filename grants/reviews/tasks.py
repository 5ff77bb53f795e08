from celery import shared_task

from grants.reviews import services


@shared_task(name="reviews.draw")
def draw(plan_id: str) -> None:
    services.draw_plan(int(plan_id))


@shared_task(name="reviews.sweep")
def sweep() -> None:
    services.draw_waiting_plans()
    services.expire_unanswered()

from celery import shared_task

from fundportal.documents import uploads

# The checks are bounded by what they read, so these are only the last rope. A check ended by the first counts as
# broken off; a worker ended by the second has said nothing, which the sweeper notices when the lease has run out.
LONGEST, LAST = 120, 180


@shared_task(name="documents.check", soft_time_limit=LONGEST, time_limit=LAST)
def check(upload_id: str) -> None:
    uploads.check(int(upload_id))


@shared_task(name="documents.sweep", soft_time_limit=4 * LONGEST, time_limit=4 * LAST)
def sweep() -> None:
    uploads.sweep()

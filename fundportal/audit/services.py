from collections.abc import Mapping
from typing import Any

from django.db import models

from fundportal import clock
from fundportal.access import SystemActor
from fundportal.audit.models import Entry


def record(  # noqa: PLR0913  (one row has these facts, each named at the call)
    action: str,
    subject: models.Model,
    *,
    by: Any,
    fund: models.Model | None = None,
    before: str = "",
    after: str = "",
    facts: Mapping[str, Any] | None = None,
) -> Entry:
    """Writes one row in the caller's transaction. `facts` holds plain JSON values, never secrets or card data."""
    return Entry.objects.create(
        at=clock.now(),
        action=action,
        actor=None if isinstance(by, SystemActor) else by,
        fund_id=getattr(fund, "pk", None),
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_label=str(subject)[:200],
        before=before,
        after=after,
        facts=dict(facts or {}),
    )


def note_export(filters: Mapping[str, str], *, by: Any) -> Entry:
    """Somebody took rows of the record along; `filters` says which."""
    return record("audit.export", by, by=by, facts={"filters": dict(filters)})

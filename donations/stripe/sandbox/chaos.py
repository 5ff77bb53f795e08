"""Knobs for what a network and a far-away service do to us. All are off until a test or a visitor turns them."""

from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from donations.stripe.sandbox.errors import ApiError


@dataclass(frozen=True)
class Knobs:
    duplicate: int = 0
    """Extra copies of each webhook."""
    shuffle: bool = False
    """Webhooks arrive in random order."""
    delay: int = 0
    """Milliseconds before a webhook leaves."""
    drop: int = 0
    """So many of the next webhooks never leave; only the list of events knows them."""
    while_open: bool = False
    """Webhooks are delivered, and answered, before the call that caused them is."""
    hang: int = 0
    """So many of the next writing calls act and then never answer."""
    hang_ms: int = 15_000
    fail: int = 0
    """So many of the next writing calls act and then answer 500, also to every repetition of their key."""
    lag_ms: int = 0
    """Balance transactions appear so much later than the charge."""
    pending_refunds: bool = False
    """Refunds stay pending until they are settled by hand."""
    retry_ms: int = 1_000
    """First pause before a webhook is tried again; it doubles."""

    def turned(self, given: dict[str, Any]) -> "Knobs":
        """Raises ApiError 400 for a knob that does not exist or a value of another type."""
        kinds = {field.name: type(field.default) for field in fields(self)}
        for name, value in given.items():
            if name not in kinds or type(value) is not kinds[name] or value < 0:
                raise ApiError(400, f"No such knob or not its kind: {name}", code="parameter_unknown", param=name)
        return replace(self, **given)

    def spent(self, name: str) -> "Knobs":
        return replace(self, **{name: max(0, getattr(self, name) - 1)})

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

"""Errors in the form in which Stripe sends them."""

import json
from typing import Any


class ApiError(Exception):
    """An answer other than 2xx. `saved` says whether an idempotency key remembers it: checks before the act do not."""

    def __init__(
        self, status: int, message: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status, self.message, self.kind, self.code, self.param = status, message, kind, code, param

    def body(self) -> dict[str, Any]:
        error = {"type": self.kind, "message": self.message}
        if self.code:
            error["code"] = self.code
            error["doc_url"] = f"https://stripe.com/docs/error-codes/{self.code.replace('_', '-')}"
        if self.param:
            error["param"] = self.param
        return {"error": error}

    def as_json(self) -> bytes:
        return json.dumps(self.body(), indent=2).encode()


def missing(kind: str, identifier: str, param: str = "id") -> ApiError:
    return ApiError(404, f"No such {kind}: '{identifier}'", code="resource_missing", param=param)


def wrong(message: str, param: str, code: str = "parameter_invalid_empty") -> ApiError:
    return ApiError(400, message, code=code, param=param)

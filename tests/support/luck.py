"""Lots and references: in CI drawn from a name, so that it says the same of the same code; elsewhere luck is luck."""

import os
import random
import secrets

import pytest


def draw_from(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.environ.get("CI"):
        random.seed(name)
        monkeypatch.setattr(secrets, "choice", random.Random(name).choice)

from grants.calls.models.call import Call
from grants.calls.models.stage import Criterion, Extension, Stage

__all__ = ["Call", "Criterion", "Extension", "Stage"]

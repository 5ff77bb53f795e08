from grants.calls.forms.call import CallForm, StartForm
from grants.calls.forms.moves import CancelForm, ExtendForm
from grants.calls.forms.search import CallSearch
from grants.calls.forms.stage import CriterionForm, StageForm

__all__ = ["CallForm", "CallSearch", "CancelForm", "CriterionForm", "ExtendForm", "StageForm", "StartForm"]

from grants.awards.forms.acts import (
    AgreementForm,
    ChangeForm,
    DeclineForm,
    FilterForm,
    NoteForm,
    ReasonForm,
    SignForm,
    WordingForm,
)
from grants.awards.forms.terms import TermsForm

__all__ = [
    "AgreementForm",
    "ChangeForm",
    "DeclineForm",
    "FilterForm",
    "NoteForm",
    "ReasonForm",
    "SignForm",
    "TermsForm",
    "WordingForm",
]

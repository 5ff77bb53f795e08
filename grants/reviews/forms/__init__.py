from grants.reviews.forms.answering import AcceptForm, ConflictForm, DeclineForm
from grants.reviews.forms.panels import MemberForm, PairForm, QuestionForm, TakeOffForm, TermsForm
from grants.reviews.forms.reopening import ReopenForm
from grants.reviews.forms.scoring import AmendForm, ScoreForm, VersionForm

__all__ = [
    "AcceptForm",
    "AmendForm",
    "ConflictForm",
    "DeclineForm",
    "MemberForm",
    "PairForm",
    "QuestionForm",
    "ReopenForm",
    "ScoreForm",
    "TakeOffForm",
    "TermsForm",
    "VersionForm",
]

"""What the record says in plain words. Each slice registers, at start-up, the words of the actions it records."""

from collections.abc import Mapping

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from fundportal.audit.models import Entry
from fundportal.lifecycle import machine

_actions: dict[str, object] = {"transition.refused": _("Tried, and not allowed")}


def register(actions: Mapping[str, object]) -> None:
    """Codes as they stand in the record, each with its words (translated lazily): "gifts.receive", "Gift received"."""
    _actions.update(actions)


def registered() -> frozenset[str]:
    return frozenset(_actions)


def words_of(action: str) -> str:
    """A code that nobody has words for any more is shown as it stands."""
    return str(_actions.get(action, action))


def actions_with(word: str) -> list[str]:
    """The codes whose words, in the reader's language, have this word in them."""
    return [action for action, words in _actions.items() if word.casefold() in str(words).casefold()]


def change_of(entry: Entry) -> str:
    """From which state to which, in the words of the machine; the sentence of a move that was refused."""
    if sentence := entry.facts.get("sentence"):
        return str(sentence)
    names = _state_words(entry.subject_kind)
    return " → ".join(str(names.get(state, state)) for state in (entry.before, entry.after) if state)


def _state_words(kind: str) -> dict[str, object]:
    """A kind of thing that is no longer there, or has no machine, has no words either."""
    try:
        return dict(machine(apps.get_model(kind)).flatchoices)
    except (LookupError, ValueError):
        return {}

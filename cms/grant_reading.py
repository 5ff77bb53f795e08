"""How a reader goes through the grants: the address says what is narrowed, chips take it back."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.core.paginator import Page
from django.http import QueryDict
from django.utils.translation import gettext as _

from cms.forms import GrantForm
from fundportal.templatetags.lists import Chip
from grants import public
from grants.public import GrantChoices, GrantFilters


@dataclass(frozen=True)
class GrantReading:
    asked: QueryDict

    @cached_property
    def choices(self) -> GrantChoices:
        return public.grant_choices()

    @cached_property
    def form(self) -> GrantForm:
        return GrantForm(self.asked, choices=self.choices)

    @cached_property
    def filters(self) -> GrantFilters:
        return self.form.filters()

    @cached_property
    def found(self) -> Page:
        return public.grant_list(self.filters, page=self.asked.get("page", ""))

    @property
    def chips(self) -> list[Chip]:
        """Each narrowing can be taken back; all at once, where there are several."""
        narrowed = self._narrowed
        chips = [
            Chip(label, self._url({key: value for key, value in narrowed.items() if key != name}), None, True, True)
            for name, label in self._labels.items()
        ]
        return [*chips, Chip(_("Clear all"), self._url({}))] if len(chips) > 1 else chips

    @property
    def is_empty(self) -> bool:
        """Nothing was asked for, so that an empty list says that there is no grant at all."""
        return self.filters.is_empty

    @property
    def _narrowed(self) -> dict[str, object]:
        return {name: value for name, value in vars(self.filters).items() if value}

    @property
    def _labels(self) -> dict[str, str]:
        known = {"fund": dict(self.choices.funds), "call": dict(self.choices.calls)}
        words = {"words": _("“%(words)s”") % {"words": self.filters.words}, "year": str(self.filters.year)}
        return {name: known[name][value] if name in known else words[name] for name, value in self._narrowed.items()}

    @staticmethod
    def _url(narrowed: dict[str, object]) -> str:
        return f"?{urlencode(narrowed)}#find"

"""How a reader goes through the register: the address says what is narrowed, chips take it back."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.forms import RegisterForm
from fundportal.templatetags.lists import Chip
from grants import public
from grants.public import Filters


@dataclass(frozen=True)
class Reading:
    asked: QueryDict

    @cached_property
    def choices(self) -> public.Choices:
        return public.choices()

    @cached_property
    def form(self) -> RegisterForm:
        return RegisterForm(self.asked, choices=self.choices)

    @cached_property
    def filters(self) -> Filters:
        return self.form.filters()

    @cached_property
    def found(self) -> public.ActionList:
        return public.actions(self.filters, total=self.choices.total, page=self.asked.get("page", ""))

    @property
    def chips(self) -> list[Chip]:
        """Those that are set can be taken back; money from the fund can be put on."""
        chips = [
            Chip(self._label(name), self._url(self.filters.without(name)), is_current=True, is_removable=True)
            for name in self.filters.set_names
        ]
        if not self.filters.backed:
            chips.append(Chip(_("With money from the fund"), self._url(self.filters.with_backing())))
        if len(self.filters.set_names) > 1:
            chips.append(Chip(_("Clear all"), self._url(Filters())))
        return chips

    @property
    def empty_title(self) -> str:
        labels = [self._label(name) for name in self.filters.set_names]
        return _("No action matches %(filters)s") % {"filters": " + ".join(labels)}

    @property
    def way_out(self) -> dict[str, str]:
        """Where nothing was found: the one filter whose removal brings back the most, else all of them."""
        gained = self.found.gained
        best = max(gained, key=lambda name: gained[name], default="")
        if not best or not gained[best]:
            text = _("No single filter is to blame. Clear all of them to see the whole register.")
            return {"text": text, "label": _("Clear all"), "url": self._url(Filters())}
        text = ngettext(
            "Remove %(filter)s to see %(number)d action.", "Remove %(filter)s to see %(number)d actions.", gained[best]
        ) % {"filter": self._label(best), "number": gained[best]}
        label = _("Remove %(filter)s") % {"filter": self._label(best)}
        return {"text": text, "label": label, "url": self._url(self.filters.without(best))}

    @property
    def query(self) -> str:
        return self._query(self.filters)

    def _label(self, name: str) -> str:
        if name == "words":
            return _("“%(words)s”") % {"words": self.filters.words}
        if name == "backed":
            return _("With money from the fund")
        if name == "year":
            return str(self.filters.year)
        return str(dict(self.form.fields[name].choices)[getattr(self.filters, name)])

    def _url(self, filters: Filters) -> str:
        return f"?{self._query(filters)}#find"

    @staticmethod
    def _query(filters: Filters) -> str:
        return urlencode({name: "1" if name == "backed" else getattr(filters, name) for name in filters.set_names})

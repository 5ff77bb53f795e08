from django import forms
from django.utils.translation import gettext_lazy as _

from fundportal.office.forms import Search


class OrganisationSearch(Search):
    words = forms.CharField(label=_("Name, three letters at least"), required=False, max_length=100)

"""The one library on which the modules beside this file register their components."""

from django.template import Library

register = Library()

"""Renders a line of template as a page would."""

from django.template import Context, Template


def shown(line: str, **facts: object) -> str:
    return Template("{% load components %}" + line).render(Context(facts)).strip()

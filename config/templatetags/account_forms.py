"""Small tags for the account's pages: fields, browsers, and what this browser has read."""

from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from config.accounts import agents, questions

register = template.Library()


@register.filter
def as_control(field: BoundField) -> SafeString:
    """The control without its placeholder: the label above says it, and stays while one types."""
    return field.as_widget(attrs={"placeholder": False})


@register.filter
def browser_name(user_agent: str) -> str:
    """“Firefox, Windows”."""
    return agents.browser_name(user_agent)


@register.simple_tag(takes_context=True)
def browser_places(context: dict[str, Any]) -> list[questions.BrowserPlace]:
    """Where this browser stands, for whoever is about to sign in."""
    return questions.browser_places(context["request"])

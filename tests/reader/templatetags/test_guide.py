"""The style guide's examples."""

import pytest
from django.test import Client, override_settings
from django.urls import path

from config import urls, views
from reader.templatetags.guide import words

urlpatterns = [*urls.urlpatterns, path("style-guide/", views.style_guide, name="style-guide")]


def test_words_are_the_parts_between_separators() -> None:
    assert words("ink, paper", ", ") == ["ink", "paper"]


@pytest.mark.django_db
@override_settings(ROOT_URLCONF=__name__)
def test_style_guide_shows_every_state() -> None:
    html = Client().get("/style-guide/").content.decode()
    states = [
        "ribbon-filled", "ribbon-outlined", "ribbon-all", "contents-row read", "contents-row here", "scheduled",
        "contents-row unread", "strip-ribbon", "bar-acts", "swatch", "segments", "field-wrong", "messages", "letter",
        "scene", "dashes", "finished", "cover-art", "search-row", "search-untold", "search-wide",
    ]  # fmt: skip
    assert [state for state in states if state not in html] == []

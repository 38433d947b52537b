"""Templates: their names follow views, they say what they are given, and nothing stands inline."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
TEMPLATES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.html"))
OF_THE_SITE = {"base.html", "400.html", "403.html", "404.html", "429.html", "500.html", "503.html"}
# What an app renders beside or instead of a page of its own: bars, panels, the one question.
PIECES = {"wiki/back_bar", "wiki/cast_panel", "wiki/question", "wiki/refused", "wiki/entry_waits"}
COMMENT = re.compile(r"\{#\s*\S.*#\}|\{% comment %\}.+\{% endcomment %\}")
INLINE = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "a handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "an address of another site": re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""", re.IGNORECASE),
}


def view_names(patterns: list[URLPattern | URLResolver] | None = None) -> set[str]:
    """Views as templates are named after them: `reader/story_detail`, and `look` for the site's own."""
    found = set()
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            found |= view_names(pattern.url_patterns)
        elif pattern.callback is not None:
            app, name = pattern.callback.__module__.split(".")[0], pattern.callback.__name__
            found.add(name if app == "config" else f"{app}/{name}")
    return found


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_says_first_what_it_is_given(name: str) -> None:
    first, _end, _rest = (FOLDER / name).read_text("utf-8").partition("\n")

    assert COMMENT.match(first), f"{name} begins with no comment"
    if name.startswith("components/"):
        assert "Inputs:" in first, f"{name} names no inputs"


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_has_nothing_inline(name: str) -> None:
    source = (FOLDER / name).read_text("utf-8")

    assert [what for what, pattern in INLINE.items() if pattern.search(source)] == []


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_posts_to_our_own_pages_without_a_token(name: str) -> None:
    source = (FOLDER / name).read_text("utf-8")

    assert "csrf_token" not in source or name.startswith(("account/", "mfa/", "usersessions/", "wiki/"))


def test_templates_of_an_app_are_named_after_its_views() -> None:
    views = view_names()
    # allauth names its templates itself: those that we override must have its names.
    routed = {name.partition("/")[0] for name in views if "/" in name} - {"allauth"}
    pages = {name.removesuffix(".html") for name in TEMPLATES if name.partition("/")[0] in routed}

    full = {name for name in pages if "/components/" not in name and not name.endswith("_base")}
    assert full - views - PIECES == set()


def test_templates_at_the_top_are_the_sites_own_pages() -> None:
    pages = {name for name in TEMPLATES if "/" not in name} - OF_THE_SITE

    assert {name.removesuffix(".html") for name in pages} - (view_names() | {"style_guide"}) == set()


def test_templates_include_only_what_is_there() -> None:
    named = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"']+)["']""")
    missing = {
        (name, target)
        for name in TEMPLATES
        for target in named.findall((FOLDER / name).read_text("utf-8"))
        if target not in TEMPLATES
    }

    assert missing == set()


def test_components_are_all_used() -> None:
    sources = "\n".join(path.read_text("utf-8") for folder in ("templates", "reader", "wiki", "config") for path in
                        (ROOT / folder).rglob("*") if path.suffix in {".html", ".py"})  # fmt: skip

    assert [name for name in TEMPLATES if name.startswith("components/") and f'"{name}"' not in sources] == []

"""What one reader sees in a rendered block."""

from hypothesis import given

from reader.text.points import format_point
from tests.wiki.text.parts import bodies
from wiki.text.blocks import Block, cut
from wiki.text.markup import Picture, Target, render, resolve
from wiki.text.plain import plain

ANN = Target('/wiki/"x"/ann/', "character")


def html_of(source: str, kind: str = "paragraph") -> str:
    return render(Block(kind, source)).html


@given(bodies)
def test_resolved_html_leaves_nothing_open(body: str) -> None:
    for block in cut(body).blocks:
        rendered = render(block)
        for links in ((), [ANN] * len(rendered.links)):
            html = resolve(rendered.html, links=links, cite=lambda point: f"/p/{point}")
            assert not any(mark in html for mark in ("data-link", "data-cite", "data-image"))
            assert html.count("<a ") + html.count("<a>") == html.count("</a>")
            if not rendered.images:
                assert plain(html) == rendered.text


def test_unmet_and_missing_entries_are_the_same_plain_words() -> None:
    html = html_of("[[Ann]] and [[Ben|*his* dog]]")
    assert resolve(html, links=[None, None]) == resolve(html) == "<p>Ann and <em>his</em> dog</p>"


def test_met_entry_is_a_link_with_its_kind() -> None:
    assert resolve(html_of("[[Ann]]"), links=[ANN]) == (
        '<p><a class="entry" href="/wiki/&quot;x&quot;/ann/" data-kind="character">Ann</a></p>'
    )


def test_citation_leads_to_its_paragraph_or_is_words() -> None:
    html = html_of("Ran {6:120, 7}")
    assert resolve(html, cite=lambda point: f"/{format_point(point)}/") == (
        '<p>Ran <a class="cite" href="/6:120/">6:120</a> <a class="cite" href="/7/">7</a></p>'
    )
    assert resolve(html) == '<p>Ran <span class="cite">6:120</span> <span class="cite">7</span></p>'


def test_picture_is_shown_with_its_frame_or_not_at_all() -> None:
    html = html_of('![Ann & "co"](image:a1 "At sea")', "image")
    picture = Picture("/i/a1.webp", 640, 480, srcset="/i/a1-2.webp 2x")
    assert resolve(html, image={"a1": picture}.get) == (
        '<figure class="picture"><img src="/i/a1.webp" srcset="/i/a1-2.webp 2x" width="640" height="480" '
        'alt="Ann &amp; &quot;co&quot;" loading="lazy" decoding="async"><figcaption>At sea</figcaption></figure>'
    )
    assert resolve(html) == ""


def test_links_out_stay() -> None:
    html = html_of("[x](https://example.org) [[Ann]] [y](/about/)")
    assert resolve(html) == html.replace('<a data-link="0">Ann</a>', "Ann")

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from reader.text.inline import Inline, render
from tests.reader.text.checks import strip_html

COMMONMARK = MarkdownIt("zero").enable(["emphasis", "escape"])
MARKED = st.text(st.sampled_from("**__ab .(“é\\&<"), max_size=40).map(str.strip).filter(lambda text: text[-1:] != "\\")


@given(MARKED)
@example("***a** b*")
@example("*a **b* c**")
@example("a*b*c_d_e")
@example("**a*b**c*")
def test_render_emphasises_as_commonmark_does(source: str) -> None:
    assert render(source).html.replace('"', "&quot;") == COMMONMARK.renderInline(source)


@given(st.text(st.sampled_from("*_`\\[]()!ab <&\n")) | st.text())
def test_render_gives_html_that_is_its_text(source: str) -> None:
    inline = render(source)
    assert strip_html(inline.html) == inline.text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "*a* _b_ **c** __d__ ***e***",
            "<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <em><strong>e</strong></em>",
        ),
        ("snake_case_word and 2 * 3 * 4", "snake_case_word and 2 * 3 * 4"),
        ("\\*a\\*", "*a*"),
        ("`*a*` ``b`c``", "*a* b`c"),
        ("`a", "`a"),
        ("[a *b*](http://x.org/_y_) c", "a <em>b</em> c"),
        ('[a](http://x.org/(b) "t")', "a"),
        ("[a] (b) \\[c](d)", "[a] (b) [c](d)"),
        ("<i>a</i> &amp;", "&lt;i&gt;a&lt;/i&gt; &amp;amp;"),
        ("a\nb", "a<br>b"),
    ],
)
def test_render_knows_the_dialect_and_no_more(source: str, html: str) -> None:
    assert render(source).html == html


def test_render_leaves_pictures_out_and_names_them() -> None:
    assert render("a ![the *sea*](s.png) b") == Inline("a b", "a b", ("the *sea*",))


def test_render_takes_a_paragraph_of_a_million_marks_for_text() -> None:
    source = "*a* " * 500_001
    assert render(source).html == source

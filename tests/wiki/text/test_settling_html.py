"""What is settled about a paragraph can be set into its HTML as links: the text stays, letter by letter."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.annotate import Span, annotate, plain
from tests.wiki.text.test_settling import Named, marks_of, names

words = st.sampled_from(
    ["Ann", "Lee", "Cup", "of", "China", " & ", "“", "ß", "İnes", "Frost", "<b>", "e\u0301", " ", ". "]
)
inner = st.recursive(
    words.map(escape) | st.just("<br>") | st.just("&#39;"),
    lambda parts: (
        st.lists(parts, max_size=5).map(" ".join)
        | st.tuples(st.sampled_from(["em", "strong"]), parts).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>")
    ),
    max_leaves=14,
)
messages = st.tuples(inner, inner).map(
    lambda parts: f'<dt>{parts[0]}<span class="colon">: </span></dt><dd>{parts[1]}</dd>'
)


@settings(max_examples=300, deadline=None)
@given(st.lists(names(first=0, last=0), max_size=8), st.lists(inner | messages, min_size=1, max_size=3))
def test_links_of_settled_names_leave_the_text_as_it_is(named: list[Named], story: list[str]) -> None:
    texts = [plain(html) for html in story]
    for html, text, marks in zip(story, texts, marks_of(named, texts), strict=True):
        spans = [Span(one.start, one.end, f"/wiki/{one.entry}/") for one in marks if one.is_certain]
        made = annotate(html, spans)
        assert plain(made) == text
        assert made.count("<a ") >= len(spans)

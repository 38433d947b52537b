"""All names that stand in a text, also within one another: what `find` chooses from."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wiki.text.slow_names import slow_find
from tests.wiki.text.test_names_properties import names_and_text
from wiki.text.names import FindName, Found, NameFinder, chosen

Drawn = tuple[list[FindName], str]


@settings(max_examples=400, deadline=None)
@given(names_and_text(), st.booleans())
def test_the_chosen_of_all_are_those_that_find_gives(drawn: Drawn, any_case: bool) -> None:
    names, text = drawn
    finder = NameFinder(names)
    assert chosen(finder.find_all(text, any_case=any_case)) == finder.find(text, any_case=any_case)


@settings(max_examples=400, deadline=None)
@given(names_and_text(), st.booleans())
def test_all_are_those_that_each_name_finds_by_itself(drawn: Drawn, any_case: bool) -> None:
    """No name is found or left out because of another: whose readers know of it may be others."""
    names, text = drawn
    alone: dict[tuple[int, int], dict[int, bool]] = {}
    for key, name in enumerate(names):
        for one in slow_find([name], text, any_case=any_case):
            alone.setdefault((one.start, one.end), {})[key] = not one.is_certain
    found = NameFinder(
        FindName(name.text, key, name.only_by_hand, name.only_capital) for key, name in enumerate(names)
    ).find_all(text, any_case=any_case)
    for one in found:
        assert one.keys == tuple(sorted(one.keys))
        assert set(one.doubtful) <= set(one.keys)
    told = {(one.start, one.end): {key: key in one.doubtful for key in one.keys} for one in found}
    for span, keys in alone.items():
        assert told.get(span, {}).items() >= keys.items()


@settings(max_examples=300, deadline=None)
@given(names_and_text())
def test_all_come_by_start_and_the_longer_first(drawn: Drawn) -> None:
    names, text = drawn
    found = NameFinder(names).find_all(text)
    places = [(one.start, -one.end) for one in found]
    assert places == sorted(set(places))
    assert all(one.text == text[one.start : one.end] for one in found)


def test_a_name_is_doubtful_by_itself() -> None:
    """That the same word is somebody else's plain name proves nothing for the first."""
    finder = NameFinder([FindName("Frost", 1, only_capital=True), FindName("Frost", 2)])
    (found,) = finder.find_all("Frost lay there")
    assert (found, found.is_certain) == (Found(0, 5, (1, 2), "Frost", (1,)), True)
    assert (found.of([1]), found.of([2])) == (Found(0, 5, (1,), "Frost", (1,)), Found(0, 5, (2,), "Frost"))
    assert (found.of([1, 2]), found.of([3])) == (found, None)

"""The looking-glass of these tests has to see: what would run or load is told, and our own page is not."""

import pytest

from tests.wiki.hostile.audit import Audit
from tests.wiki.hostile.payloads import ELSEWHERE, FAMILIES, PAYLOADS, RAN
from tests.wiki.hostile.scene import BODY, LABELS, NAMES, REFUSED, Scene

RAW = ("scripts", "handlers", "foreign", "mutations", "clobbers", "attributes", "elements")
ESCAPED = ("&lt;", "&#", "&amp;", "＜", "+ADw-", "\\<")


def test_payloads_are_many_and_each_can_be_found_again() -> None:
    assert len(PAYLOADS) == len(set(PAYLOADS)) > 200
    assert [one for one in PAYLOADS if RAN not in one.replace("\u200b", "") and ELSEWHERE not in one] == []
    assert (len(BODY) + len(REFUSED), len(NAMES) > 100, len(LABELS) > 100) == (len(PAYLOADS), True, True)


@pytest.mark.parametrize("family", RAW)
def test_audit_tells_of_what_was_not_escaped(family: str) -> None:
    raw = [one for one in FAMILIES[family] if "<" in one and not one.startswith(ESCAPED)]

    assert len(raw) > 8
    assert [one for one in raw if not Audit(f"<p>{one}</p>").wrong] == []


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ('<a href="&#106;avascript:x">a</a>', "a scheme"),
        ('<a href=" java&#10;script:x" rel="nofollow noopener ugc">a</a>', "a scheme"),
        ('<a href="https://evil.example">a</a>', "elsewhere"),
        ('<a href="/\\evil.example">a</a>', "elsewhere"),
        ('<img src="//evil.example/x" alt="">', "elsewhere"),
        ('<img src="/x" alt="" class="window.__ran=1">', "a stranger's words"),
        ('<p id="a b">a</p>', "a name for scripts"),
        ('<p id="a">a</p><p id="a">b</p>', "twice on the page"),
        ("<script>x</script>", "not our script"),
        ('<p style="x">a</p>', "not ours"),
        ('<p data-hx-get="/x">a</p>', "not ours"),
        ("<p>a</div>", "closes something else"),
        ("<p>a < b</p>", "a stray <"),
    ],
)
def test_audit_tells_of_each_sort(html: str, told: str) -> None:
    assert [one for one in Audit(html).wrong if one.startswith(told)] or told in str(Audit(html).wrong)


def test_audit_leaves_words_and_links_to_elsewhere_alone(scene: Scene) -> None:
    found = Audit('<p>&lt;b onclick&gt; <a href="https://evil.example/" rel="nofollow noopener ugc">a</a></p>')

    assert (found.wrong, found.text) == ([], "<b onclick> a")
    assert "The Keeper" in scene.look("").text

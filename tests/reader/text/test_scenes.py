import pytest

from reader.text.scenes import is_scene_break

BREAKS = ["*", "**", "***", "* * *", "*  *  *", "---", "- - -", "— — —", "———", "___", "===", "+++", "⁂", "#", "###"]
BREAKS += ["~", "~~~", "~*~", "• • •", "❦", "§", "-*-", "⸻"]
TEXTS = ["", "-", "--", "—", "— —", "…", "...", "?", "!!!", "* a", "*word*", "oOo", "-" * 200, "***."]


@pytest.mark.parametrize("line", BREAKS)
def test_is_scene_break_knows_ornaments(line: str) -> None:
    assert is_scene_break(line)


@pytest.mark.parametrize("line", TEXTS)
def test_is_scene_break_leaves_text_alone(line: str) -> None:
    assert not is_scene_break(line)

"""Says which lines are scene breaks. Knows one line at a time; runs of blank lines are for ``gaps``."""

# Alone these mean a break, even once; the others only three times or more ("--" is a dash somebody typed).
_ALONE = frozenset("*#~§※⁂⁎⁑∗•·❦❧☙◊◆◇♦✻✼✽✦★☆○●♥♡⸻")
_RULES = frozenset("-–—_=+")
_ORNAMENTS = _ALONE | _RULES
_LONGEST = 120  # characters; a longer row is somebody's drawing


def is_scene_break(line: str) -> bool:
    """Whether the line, without blanks at its ends, holds nothing but ornaments.

    >>> [is_scene_break(line) for line in ("* * *", "---", "⁂", "#", "-", "…")]
    [True, True, True, True, False, False]
    """
    if not line or line[0] not in _ORNAMENTS or len(line) > _LONGEST:
        return False
    marks = "".join(line.split())
    return _ORNAMENTS.issuperset(marks) and (len(marks) >= 3 or marks[0] in _ALONE)

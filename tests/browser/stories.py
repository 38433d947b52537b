"""Manuscripts for the browser: neutral words, so that every paragraph says where it stands and nothing else."""

WORDS = ("amber", "barley", "cedar", "drift", "elder", "fallow", "gravel", "hollow", "island", "juniper", "kernel")
TITLES = ("Anvil", "Beacon", "Cistern", "Dovecote", "Estuary")
LONG = "Unbreakable" * 12


def paragraph(chapter: int, number: int, *, words: int = 60) -> str:
    """“Chapter 2, paragraph 17: …”, always the same words in the same place."""
    start = chapter * 7 + number * 5
    body = " ".join(WORDS[(start + 7 * step) % len(WORDS)] for step in range(words))
    return f"Chapter {chapter}, paragraph {number}: {body}."


def plain(*, title: str = "The Long Field", paragraphs: int = 50) -> str:
    """Five titled chapters of about 3,000 words each, which make three pages or so."""
    chapters = (
        f"# {name}\n\n" + "\n\n".join(paragraph(number, one) for one in range(1, paragraphs + 1))
        for number, name in enumerate(TITLES, start=1)
    )
    return f'+++\ntitle = "{title}"\nauthor = "A. Tester"\nblurb = "Fields."\n+++\n\n' + "\n\n".join(chapters) + "\n"


def difficult() -> str:
    """Long words and titles, messages, a letter, notes, warnings: what breaks a narrow window."""
    chapter = (
        f"::: note\nA note with {LONG} in it.\n:::\n\n{paragraph(1, 1)}\n\nBefore {LONG} after.\n\n***\n\n"
        f"::: messages\n21:34\n{LONG}: hello there\nShort: {LONG}\n:::\n\n"
        f"::: letter\n> {LONG}\n> 2 February\n\nDear {LONG},\n\nWords of a letter.\n\n-- {LONG}\n:::\n\n"
        f"## A heading with {LONG}\n\n{paragraph(1, 2)} *{LONG}* **{LONG}**\n\n"
    )
    rest = "\n\n".join(paragraph(1, number, words=90) for number in range(3, 20))
    front = f'+++\ntitle = "A title of many words, one of them {LONG}"\nauthor = "{LONG}"\nblurb = "{LONG}"\n'
    front += f'warnings = ["{LONG}", "loud noises"]\nlicence_text = "CC BY 4.0"\n+++\n\n'
    return f"{front}# {LONG}\n\n{chapter}{rest}\n\n# The second\n\n{paragraph(2, 1)}\n"


def in_language(title: str, *, heading: str, sentence: str, language: str) -> str:
    """Two chapters of one sentence said many times over."""
    text = "\n\n".join(" ".join([sentence] * 12) for _ in range(40))
    front = f'+++\ntitle = "{title}"\nlanguage = "{language}"\n+++\n\n'
    return f"{front}# {heading}\n\n{text}\n\n# {heading} 2\n\n{sentence}\n"


STORIES = {
    "long-field": plain(),
    "difficult": difficult(),
    "broken-mirror": plain(title="The Broken Mirror"),
    "two-lanterns": plain(title="Two Lanterns", paragraphs=30),
    "far-harbour": plain(title="Far Harbour", paragraphs=6),
    "hebrew": in_language("שדה ארוך", heading="פרק", sentence="השדה ארוך והדרך רחבה מאוד.", language="he"),
    "japanese": in_language("長い畑", heading="始まり", sentence="畑は長く、道は広い。", language="ja"),
}

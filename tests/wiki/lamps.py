"""A story of seven paragraphs for the lint, and entries about it that are right."""

from tests.wiki.packs import entry

TEXT = """# One

A woman in a grey coat stood at the rail.

Wilf lit the lamp, and row F was dark.

“Miss Ines,” said Wilf, “the sea is at the door again.”

# Two

Ines Tarrant met Theo on the harbour stairs in the rain.

They spoke of Skerrow until it was light.

Theo went home.

::: messages
Pru: is theo there
:::
"""
WILF = entry("Wilf lights the lamp of [[Ines]]. {1:3}", Wilf="1:2")
INES = entry("Ines knows [[Wilf]]. {1:3}", Ines="1:3", head='[[names]]\nname = "Ines Tarrant"\nsince = "2:1"\n')
THEO = entry("Theo met [[Ines]] and [[Wilf]]. {2:1}", Theo="2:1")


def fact(label: str, value: str, since: str) -> str:
    """One fact of front matter."""
    return f'[[facts]]\nlabel = "{label}"\nvalue = "{value}"\nsince = "{since}"\n'

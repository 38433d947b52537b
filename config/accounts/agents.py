"""Names a browser by what it says of itself, well enough to know one's own again. Pure; the names are proper names."""

import re

# The first that fits: most browsers also claim to be those further down.
BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrom(?:e|ium)/|CriOS/|HeadlessChrome/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("macOS", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def browser_name(user_agent: str) -> str:
    """Browser and system, or the first words of what it says.

    >>> browser_name("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    'Firefox, Linux'
    >>> browser_name("curl/8.5.0"), browser_name("")
    ('curl/8.5.0', '')
    """
    known = [next((name for name, at in table if re.search(at, user_agent)), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, known)) or user_agent[:60]

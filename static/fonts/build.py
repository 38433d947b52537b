"""Makes our web fonts, their style sheet and the icon sprite out of unpacked npm packages.

A maker's tool: the site never runs it, and it needs fonttools and brotli, which the site does not.

    python static/fonts/build.py node_modules

where node_modules holds the packages named in FAMILIES and ICON_PACKAGE. It writes *.woff2 and LICENSES/ beside itself,
css/fonts.css, img/icons.svg and vendor/LICENSES/, and prints the measured widths behind each fallback, and the sizes,
hashes and versions that vendor/README.md records. The same packages and the same fonttools give the same bytes.
"""

import hashlib
import json
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools import subset  # type: ignore[import, unused-ignore]
from fontTools.pens.recordingPen import DecomposingRecordingPen  # type: ignore[import, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import, unused-ignore]
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates  # type: ignore[import, unused-ignore]
from fontTools.varLib import hvar, instancer  # type: ignore[import, unused-ignore]

STATIC = Path(__file__).resolve().parent.parent
FONTS = STATIC / "fonts"

# Basic Latin, Latin-1, Latin Extended-A, ș ț ẞ, and the punctuation of novels and of our own pages.
CHARACTERS = {
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(0x218, 0x219, 0x21A, 0x21B, 0x2BC, 0x2C6, 0x2DC, 0x1E9E),
    *(0x2002, 0x2003, 0x2009, 0x200A, 0x200B, 0x202F),
    *(0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E),
    *(0x2020, 0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044, 0x20AC, 0x2122),
    *(0x2190, 0x2191, 0x2192, 0x2193, 0x2212),
}
# The packages leave these out; each looks, or may look, like its neighbour.
SAME_GLYPH = {0x2010: 0x2D, 0x2011: 0x2D, 0x2012: 0x2013, 0x2015: 0x2014, 0x202F: 0x2009, 0x200A: 0x2009}
LAYOUT = ["kern", "liga", "clig", "calt", "locl", "rvrn", "rlig"]
UNUSED_TABLES = ["MVAR", "STAT", "BASE", "VVAR", "vhea", "vmtx", "DSIG", "meta", "HVAR"]


@dataclass(frozen=True)
class Family:
    """One npm package. If its licence keeps its name from changed versions, `inner`, the name in our files, differs."""

    package: str
    css: str
    inner: str
    generic: str
    axes: str  # which of the package's files: "wght", or "opsz" for those that have both axes

    @property
    def stem(self) -> str:
        """How the package's file names begin."""
        return self.package.rpartition("/")[2]


@dataclass(frozen=True)
class Cut:
    """One file of ours: a style of a family over the weights `weights` (twice the same: no variation) at one `opsz`."""

    file: str
    family: Family
    style: str
    weights: tuple[int, int]
    kerned: float  # how far kerning and ligatures narrow a long line of prose, measured in a browser
    opsz: float | None = None
    display: bool = False

    @property
    def css(self) -> str:
        """Its family name in the style sheet."""
        return f"{self.family.css} Display" if self.display else self.family.css


LITERATA = Family("@fontsource-variable/literata", "Literata", "Literata", "serif", "opsz")
SANS = Family("@fontsource-variable/source-sans-3", "Source Sans", "Story Sans", "sans", "wght")
SERIF = Family("@fontsource-variable/source-serif-4", "Source Serif", "Story Serif", "serif", "opsz")
NEXT = "Atkinson Hyperlegible Next"
PLAIN = Family("@fontsource-variable/atkinson-hyperlegible-next", "Atkinson", NEXT, "sans", "wght")
MONO = Family(
    "@fontsource-variable/atkinson-hyperlegible-mono", "Atkinson Mono", "Atkinson Hyperlegible Mono", "mono", "wght"
)
FAMILIES = (LITERATA, SANS, SERIF, PLAIN, MONO)
EVERYWHERE = (LITERATA, SANS)  # the faces of a first visit: worth fallbacks beyond Georgia and Arial
CUTS = (
    Cut("literata.woff2", LITERATA, "normal", (400, 600), 0.986, opsz=14),
    Cut("literata-italic.woff2", LITERATA, "italic", (400, 400), 0.985, opsz=14),
    Cut("literata-display.woff2", LITERATA, "normal", (360, 360), 0.987, opsz=48, display=True),
    Cut("literata-display-italic.woff2", LITERATA, "italic", (360, 360), 0.986, opsz=48, display=True),
    Cut("story-sans.woff2", SANS, "normal", (400, 600), 0.995),
    Cut("story-serif.woff2", SERIF, "normal", (400, 600), 0.992, opsz=15),  # 20 px of reading text are 15 pt
    Cut("story-serif-italic.woff2", SERIF, "italic", (400, 600), 0.994, opsz=15),
    Cut("atkinson.woff2", PLAIN, "normal", (400, 600), 0.993),
    Cut("atkinson-italic.woff2", PLAIN, "italic", (400, 600), 0.992),
    Cut("atkinson-mono.woff2", MONO, "normal", (400, 400), 1),  # the editor's field: one weight, all letters alike wide
)

# How often each character stands in a thousand of English prose, spaces and punctuation included.
SHARES = (182, 99, 71, 63, 60, 54, 53, 50, 49, 46, 35, 32, 22, 20, 19, 19, 17, 16, 16, 13, 12, 8, 7, 1, 1, 1, 1)
PROSE = dict(zip(" etaonihsrdlucmwfgypbvkxjqz", SHARES, strict=True)) | dict(
    zip(",.’“”ITHSA", (12, 10, 3, 2, 2, 4, 2, 2, 2, 2), strict=True)
)

# Faces that readers' machines have: kind, style, mean width over PROSE in thousandths of an em, all their names.
# Measured with `mean_width` on the faces themselves, or on their metric twins (Gelasio for Georgia, Arimo for Arial).
# The last of a kind is preferred, because a browser asks the last-written rule of a family first.
LOCALS = """
serif normal 507.8 DejaVu Serif/DejaVuSerif
serif normal 473.3 Noto Serif/NotoSerif/NotoSerif-Regular
serif normal 435.5 Georgia/Gelasio/Gelasio Regular
serif italic 507.8 DejaVu Serif Italic/DejaVuSerif-Italic
serif italic 459.7 Noto Serif Italic/NotoSerif-Italic
serif italic 444.0 Georgia Italic/Georgia-Italic/Gelasio Italic
sans normal 501.9 DejaVu Sans/DejaVuSans
sans normal 437.0 Roboto/Roboto-Regular
sans normal 437.4 Arial/ArialMT/Helvetica/Liberation Sans/Arimo
sans italic 437.4 Arial Italic/Arial-ItalicMT/Helvetica Oblique/Liberation Sans Italic/Arimo Italic
"""

ICON_PACKAGE = "lucide-static"
ICONS = """
arrow-left arrow-right list search a-large-small bookmark bookmark-plus user-round user-round-search map-pin film radio
flag landmark feather link copy check x pencil history eye-off eye chevron-down chevron-right settings-2 book-open
trash-2 plus info house sun moon package heading bold italic text-quote pilcrow image
"""


def mean_width(font: Any) -> float:
    """The mean advance over PROSE, in thousandths of an em."""
    cmap, advances = font.getBestCmap(), font["hmtx"]
    total = sum(share * advances[cmap[ord(character)]][0] for character, share in PROSE.items())
    return float(total / sum(PROSE.values()) * 1000 / font["head"].unitsPerEm)


def outline(font: Any, glyph: str) -> tuple[Any, ...]:
    """What a glyph looks like, to find the same glyph under another name."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[glyph].draw(pen)
    return (font["hmtx"][glyph][0], *((verb, tuple(points)) for verb, points in pen.value))


def cut_slice(path: Path, cut: Cut) -> Any:
    """One file of a package, pinned to the cut's place in the design space and reduced to CHARACTERS."""
    low, high = cut.weights
    pinned = {} if cut.opsz is None else {"opsz": cut.opsz}
    font = instancer.instantiateVariableFont(TTFont(path), {**pinned, "wght": low})
    if high > low:
        # Only outlines and widths follow the weight; the kerning of the lightest serves all and is 3 kB smaller.
        lightest = font
        font = instancer.instantiateVariableFont(TTFont(path), {**pinned, "wght": (low, low, high)})
        font["GPOS"], font["GDEF"] = lightest["GPOS"], lightest["GDEF"]
        # The instancer leaves out glyphs that do not vary, the subsetter looks for every one.
        font["gvar"].variations = {name: font["gvar"].variations.get(name, []) for name in font.getGlyphOrder()}
    options = subset.Options(
        layout_features=LAYOUT,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        glyph_names=True,
        drop_tables=[*subset.Options().drop_tables, *UNUSED_TABLES],
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    return font


def sibling(character: int) -> list[int]:
    """The Latin-1 letters whose kerning suits this one, the likeliest first: ő kerns as ö does, ą as a.

    >>> [chr(code) for code in sibling(ord("ő"))]
    ['ö', 'o']
    """
    letter = chr(character).translate(str.maketrans("łŁđĐħĦŧŦŋŊı", "lLdDhHtTnNi"))
    base, *marks = list(unicodedata.normalize("NFD", letter))
    above = bool(marks) and unicodedata.combining(marks[0]) == 230
    dotted = unicodedata.normalize("NFC", base + "\u0308") if above else base
    return [ord(letter) for letter in dict.fromkeys((dotted, base)) if len(letter) == 1]


def graft(font: Any, extension: Any) -> None:
    """Adds to `font` the characters that only `extension` has: the packages part one font by alphabet, we join it."""
    shapes = {outline(font, name): name for name in font.getGlyphOrder()}
    names: dict[str, str] = {}
    cmap = font.getBestCmap()
    added = {
        code: bring(name, extension=extension, font=font, shapes=shapes, names=names)
        for code, name in sorted(extension.getBestCmap().items())
        if code not in cmap
    }
    for table in font["cmap"].tables:
        table.cmap.update(added)
    font["glyf"].glyphOrder = font.getGlyphOrder()
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    extend_kerning(font, {name: [cmap[near] for near in sibling(code) if near in cmap] for code, name in added.items()})


def bring(name: str, *, extension: Any, font: Any, shapes: dict[tuple[Any, ...], str], names: dict[str, str]) -> str:
    """Copies one glyph with its parts into `font`, unless one of that shape is there; gives its name there."""
    if name in names:
        return names[name]
    glyph, shape = extension["glyf"][name], outline(extension, name)
    if shape in shapes and len(shape) > 1:
        return names.setdefault(name, shapes[shape])
    ours = names[name] = f"ext.{name}"
    for component in glyph.components if glyph.isComposite() else ():
        component.glyphName = bring(component.glyphName, extension=extension, font=font, shapes=shapes, names=names)
    font.setGlyphOrder([*font.getGlyphOrder(), ours])
    font["glyf"].glyphs[ours] = glyph
    font["hmtx"].metrics[ours] = extension["hmtx"].metrics[name]
    if "gvar" in font:
        font["gvar"].variations[ours] = extension["gvar"].variations.get(name, [])
    font["GDEF"].table.GlyphClassDef.classDefs[ours] = 1  # a base glyph
    return ours


def extend_kerning(font: Any, near: dict[str, list[str]]) -> None:
    """Puts each new glyph into the kerning classes of the first of its relatives that has one."""
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for wrapped in lookup.SubTable:
            pairs = getattr(wrapped, "ExtSubTable", wrapped)
            if type(pairs).__name__ != "PairPos" or pairs.Format != 2:
                continue
            for glyph, relatives in near.items():
                for relative in relatives:
                    if relative in pairs.Coverage.glyphs and glyph not in pairs.Coverage.glyphs:
                        pairs.Coverage.glyphs.append(glyph)
                        if relative in pairs.ClassDef1.classDefs:
                            pairs.ClassDef1.classDefs[glyph] = pairs.ClassDef1.classDefs[relative]
                    if relative in pairs.ClassDef2.classDefs:
                        pairs.ClassDef2.classDefs.setdefault(glyph, pairs.ClassDef2.classDefs[relative])
            pairs.Coverage.glyphs.sort(key=font.getGlyphID)


def turn_arrows(font: Any) -> None:
    """Draws ← and →, which the packages leave out, as ↑ turned; they stand on the height of the minus sign."""
    cmap, glyf = font.getBestCmap(), font["glyf"]
    if 0x2191 not in cmap:
        return
    up, minus = glyf[cmap[0x2191]], glyf[cmap[0x2212]]
    height, side = (minus.yMin + minus.yMax) // 2, font["hmtx"][cmap[0x2191]][1]
    for code, sign in ((0x2190, -1), (0x2192, 1)):
        turned = [(sign * y, -sign * x) for x, y in up.coordinates]
        right = side - min(x for x, _ in turned)
        rise = height - (min(y for _, y in turned) + max(y for _, y in turned)) // 2
        name, glyph = f"turned{code:04X}", type(up)()
        glyph.numberOfContours, glyph.endPtsOfContours = up.numberOfContours, list(up.endPtsOfContours)
        glyph.flags, glyph.program = up.flags, up.program
        glyph.coordinates = GlyphCoordinates([(x + right, y + rise) for x, y in turned])
        font.setGlyphOrder([*font.getGlyphOrder(), name])
        glyf.glyphs[name] = glyph
        glyf.glyphOrder = font.getGlyphOrder()
        glyph.recalcBounds(glyf)
        font["hmtx"].metrics[name] = (glyph.xMax + side, glyph.xMin)
        for table in font["cmap"].tables:
            table.cmap[code] = name
        if "gvar" in font:
            changes = font["gvar"].variations
            changes[name] = [turn_deltas(change, sign) for change in changes[cmap[0x2191]]]
    font["maxp"].numGlyphs = len(font.getGlyphOrder())


def turn_deltas(change: Any, sign: int) -> Any:
    """A weight's change of a glyph, turned with it. The last four points are its widths, which stay."""
    points = [delta and (sign * delta[1], -sign * delta[0]) for delta in change.coordinates[:-4]]
    return type(change)(dict(change.axes), [*points, *[(0, 0)] * 4])


def name_it(font: Any, cut: Cut) -> None:
    """Writes our names in: the licence forbids a changed font its maker's reserved name, and asks for the notice."""
    style = "Italic" if cut.style == "italic" else "Regular"
    family = cut.family.inner + (" Display" if cut.display else "")
    compact = family.replace(" ", "")
    for record in list(font["name"].names):
        if record.nameID in {1, 2, 3, 4, 6, 13} or record.nameID > 255:
            font["name"].removeNames(record.nameID, record.platformID, record.platEncID, record.langID)
    version = font["name"].getDebugName(5)
    for number, text in {
        1: family,
        2: style,
        3: f"{version};StorySoFar;{compact}-{style}",
        4: f"{family} {style}",
        6: f"{compact}-{style}",
        13: "A subset made for Story So Far. Licensed under the SIL Open Font License, Version 1.1.",
    }.items():
        font["name"].setName(text, number, 3, 1, 0x409)
    if "fvar" in font:
        font["fvar"].instances = []
        font["fvar"].axes[0].axisNameID = font["name"].addMultilingualName({"en": "Weight"}, mac=False)


def make(cut: Cut, packages: Path) -> Any:
    """The finished font of one cut."""
    files = packages / cut.family.package / "files"
    latin, extension = (
        cut_slice(files / f"{cut.family.stem}-{part}-{cut.family.axes}-{cut.style}.woff2", cut)
        for part in ("latin", "latin-ext")
    )
    graft(latin, extension)
    turn_arrows(latin)
    cmap = latin.getBestCmap()
    for table in latin["cmap"].tables:
        for code, like in SAME_GLYPH.items():
            if code not in cmap and like in cmap:
                table.cmap[code] = cmap[like]
    name_it(latin, cut)
    latin["post"].formatType = 3.0  # no glyph names
    if "fvar" in latin:
        hvar.add_HVAR(latin)
    latin.recalcTimestamp = False  # the same bytes on every run
    latin.flavor = "woff2"
    latin.save(FONTS / cut.file)
    return TTFont(FONTS / cut.file)


def fallback_rules(cut: Cut, font: Any) -> list[str]:
    """Rules that give a machine's own face the width and height of ours, so that lines break alike before it loads."""
    ours, em = mean_width(font) * cut.kerned, font["head"].unitsPerEm
    kind = f"{cut.family.generic} {cut.style}"
    faces = [line.split(maxsplit=3)[2:] for line in LOCALS.splitlines() if line.startswith(kind)]
    rules = []
    for width, names in faces if cut.family in EVERYWHERE else faces[-1:]:
        scale = ours / float(width)
        ascent, descent = font["hhea"].ascent / em / scale, -font["hhea"].descent / em / scale
        source = ", ".join(f'local("{name}")' for name in names.split("/"))
        rules.append(
            f'@font-face {{ font-family: "{cut.css} Fallback"; font-style: {cut.style}; src: {source}; '
            f"size-adjust: {scale:.2%}; ascent-override: {ascent:.2%}; descent-override: {descent:.2%}; "
            "line-gap-override: 0%; }"
        )
        sys.stdout.write(f"{cut.css} {cut.style} {ours:.1f} wide, {names} {width}: size-adjust {scale:.2%}\n")
    return rules


def face_rule(cut: Cut) -> str:
    """The @font-face rule of one cut. A display cut serves all weights, so that no browser fattens it."""
    low, high = cut.weights
    weight = "100 900" if cut.display else f"{low} {high}" if low != high else str(low)
    return (
        f'@font-face {{ font-family: "{cut.css}"; font-style: {cut.style}; font-weight: {weight}; font-display: swap; '
        f'src: url("../fonts/{cut.file}") format("woff2"); }}'
    )


def licence(family: Family, packages: Path, notice: str) -> str:
    """The licence with the font's own copyright notice: the packages' first line is not always the maker's."""
    text = (packages / family.package / "LICENSE").read_text("utf-8")
    return notice + "\n\n" + text[text.index("This Font Software is licensed") :].rstrip() + "\n"


def sprite(packages: Path) -> str:
    """All icons as symbols of one drawing, in lucide's own outlines with our line width."""
    symbols = []
    for name in ICONS.split():
        source = (packages / ICON_PACKAGE / "icons" / f"{name}.svg").read_text("utf-8")
        body = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
        assert body, name
        drawing = re.sub(r">\s+<", "><", body[1].strip())
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" '
            f'stroke-linecap="round" stroke-linejoin="round">{drawing}</symbol>'
        )
    notice = "<!-- Lucide icons, ISC licence (some MIT, from Feather): vendor/LICENSES/lucide.txt -->"
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{notice}\n' + "\n".join(symbols) + "\n</svg>\n"


HEAD = """/* The faces we serve, then, under “… Fallback”, faces that machines have, set to the width and height of
   ours so that lines break nearly alike until ours have loaded. Written by fonts/build.py; change it there. */
"""
MIDDLE = "/* Of rules with one name a browser asks the last first, and passes over a face that it does not find. */"


def main(packages: Path) -> None:
    """Makes everything and reports it."""
    rules, fallbacks, notices = [], [], {}
    for cut in CUTS:
        font = make(cut, packages)
        notices[cut.family] = font["name"].getDebugName(0)
        rules.append(face_rule(cut))
        fallbacks += fallback_rules(cut, font)
    for path, text in {
        "css/fonts.css": "\n".join([HEAD, *rules, "", MIDDLE, *fallbacks, ""]),
        "img/icons.svg": sprite(packages),
        "vendor/LICENSES/lucide.txt": (packages / ICON_PACKAGE / "LICENSE").read_text("utf-8"),
        **{f"fonts/LICENSES/{family.stem}.txt": licence(family, packages, notices[family]) for family in FAMILIES},
    }.items():
        (STATIC / path).parent.mkdir(parents=True, exist_ok=True)
        (STATIC / path).write_text(text, "utf-8")
    for pattern in ("fonts/*.woff2", "fonts/LICENSES/*", "vendor/LICENSES/*", "img/icons.svg"):
        for made in sorted(STATIC.glob(pattern)):
            data = made.read_bytes()
            sys.stdout.write(f"{made.relative_to(STATIC)} {len(data)} bytes {hashlib.sha256(data).hexdigest()}\n")
    for package in (*(family.package for family in FAMILIES), ICON_PACKAGE):
        sys.stdout.write(
            f"{package} {json.loads((packages / package / 'package.json').read_text('utf-8'))['version']}\n"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]))

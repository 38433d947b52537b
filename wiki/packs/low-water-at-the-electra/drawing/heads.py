"""Heads in profile, facing left, in hundredths of a head: the crown at y 0, the chin at y 100, the brow at x 0.

Owns what all heads share; the people themselves are elsewhere.
"""

from dataclasses import dataclass

from .cuts import cut, dark, ground


@dataclass(frozen=True, slots=True)
class Face:
    """What tells one profile from another, in hundredths of a head; the defaults are a plain grown-up face."""

    forehead: float = 0  # how far the forehead falls back at the hairline
    brow: float = 0  # how far the brow stands out
    nose: float = 11  # how far the nose stands out
    tip: float = 60  # how high its tip is
    bump: float = 0  # how far its bridge is bowed
    lips: float = 1  # their fullness; old people have little
    mouth: float = 0  # how far it is open
    chin: float = 0  # how far the chin comes forward
    jowl: float = 0  # how far the throat hangs
    jaw: float = 98  # how low the chin is
    throat: float = 33  # where the neck begins under the jaw
    nape: float = 67  # where it begins behind
    lean: float = 0  # how far the neck runs back as it goes down
    skull: float = 79  # how deep the head is


def face(f: Face) -> str:
    """The outline of a bare head with its neck, down to y 170."""
    jaw, tip, nose, lips = f.jaw, f.tip, f.nose, f.lips
    upper, lower = 73 - f.mouth * 0.3, 80 + f.mouth * 0.8
    points = [
        f"{f.skull * 0.52},0",
        f"{22 + f.forehead},4.5",
        f"{9.5 + f.forehead * 0.9},14.5",
        f"{2.8 + f.forehead * 0.5},26",
        f"{-0.5 - f.brow},37",
        f"{0.9 - f.brow * 0.3},43",
        f"{-nose * 0.36 - f.bump},{tip - 8.5}",
        f"{-nose * 0.82 - f.bump * 0.4},{tip - 3.8}",
        f"{-nose},{tip}",
        f"{-nose * 0.93},{tip + 2.6}",
        f"{-nose * 0.58 - 1},{tip + 4.7}",
        f"-2.6,{tip + 6}",
        f"-2.6,{tip + 8}",
        f"{-3.2 - 2.1 * lips},{upper}",
        f"{-2.8 - 1.8 * lips},{upper + 2}",
        f"{-1.7 - 0.3 * lips + f.mouth},{(upper + lower) / 2 - 0.3}!",
        f"{-2.2 - 1.7 * lips + f.mouth * 0.3},{lower - 2}",
        f"{-1.7 - 1.4 * lips + f.mouth * 0.4},{lower + 1}",
        f"{0.3 + f.mouth * 0.3},{lower + 4.8}",
        f"{-1 - f.chin},{jaw - 7.6}",
        f"{-0.6 - f.chin},{jaw - 4}",
        f"{4.4 - f.chin * 0.5},{jaw + 0.4}",
        f"15,{jaw + 1.8 + f.jowl * 0.7}",
        f"{f.throat - 7},{jaw + 4.6 + f.jowl}",
        f"{f.throat + f.lean * 0.2},{jaw + 13 + f.jowl}",
        f"{f.throat - 1 + f.lean * 0.8},135",
        f"{f.throat - 8 + f.lean},170!",
        f"{f.nape + 18 + f.lean},170!",
        f"{f.nape + 4 + f.lean * 0.7},122",
        f"{f.nape + f.lean * 0.2},98",
        f"{f.nape + 4},80",
        f"{f.skull - 3.5},62",
        f"{f.skull},42",
        f"{f.skull - 7},17",
        f"{f.skull * 0.75},4",
    ]
    return cut(" ".join(points))


def ear(x: float = 50, y: float = 50, size: float = 1) -> str:
    """An ear at the upper left corner given, about 12 wide and 20 high: cut away, with its hollow left dark."""
    shell = ((0, 5), (3.4, 0), (9, 0.6), (12, 6), (10, 13), (6, 17), (4, 20), (1.2, 18), (0.4, 12))
    hollow = ((3.6, 6.4), (6.4, 3.6), (8.8, 6.4), (7.2, 11), (4.6, 13.4), (4.8, 9.4))
    inside, outside = (
        cut(" ".join(f"{x + size * across:.2f},{y + size * down:.2f}" for across, down in spots))
        for spots in (hollow, shell)
    )
    return ground(outside) + dark(inside)

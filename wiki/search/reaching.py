"""SQL of the blocks of chapters in which a point lies: the same that text/reach.py works out."""

from wiki.text.reach import LAST, SIZES, STEP


def blocks_sql(story: str, point: str) -> str:
    """The array of a point's blocks, one of each size; both arguments are SQL of our own writing."""
    chapter = f"least({point} >> 32, {LAST})"
    # All of these operators bind alike in PostgreSQL, from left to right.
    sizes = (f"({story}::bigint << 20) | {size << 16} | ({chapter} >> {STEP * size})" for size in range(SIZES))
    return f"ARRAY[{', '.join(sizes)}]"

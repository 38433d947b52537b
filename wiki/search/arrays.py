"""Numbers as PostgreSQL writes an array of them, which takes the driver a tenth of the time that a list does."""

from collections.abc import Iterable


def numbers(values: Iterable[int]) -> str:
    """The value of a parameter that is cast to an array of whole numbers.

    >>> numbers([3, 4294967295]), numbers([])
    ('{3,4294967295}', '{}')
    """
    return f"{{{','.join(map(str, values))}}}"

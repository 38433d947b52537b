"""Errors of the ground the site stands on; each carries the one sentence that a person reads.

They are raised before Django is set up, so their sentences are plain English. Knows nothing of Django.
"""


class ConfigError(Exception):
    """What the site needs in order to start is missing or wrong."""


class DatabaseError(ConfigError):
    """No PostgreSQL can be reached, read or started."""

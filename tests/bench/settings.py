"""The site's own settings, with one more address: a constant page to compare with."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"

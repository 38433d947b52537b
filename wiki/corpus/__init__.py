"""Invented stories and wikis of any size, for measuring: the same seed gives the same words."""

"""Accounts: our rules and pages around django-allauth. It owns no row of its own."""

"""An account from sign-up to farewell, with a passkey; and axe finds nothing on its pages."""

import uuid

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reader import with_look
from tests.browser.served import Site
from tests.browser.test_accessible import violations

PHRASE = "a long enough phrase"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def make_account(page: Page, site: Site) -> str:
    """Sign up; returns the name."""
    name = f"ada-{uuid.uuid4().hex[:12]}"
    page.goto(f"{site.url}/account/signup/")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail").fill(f"{name}@example.org")
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator(".account-word")).to_have_text(name)
    return name


def say_once_more(page: Page, address: str) -> None:
    """Go to a page that asks again who it is."""
    page.goto(address)
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Go on").click()
    expect(page).to_have_url(address)


def plug_in_a_key(page: Page) -> None:
    """A security key that agrees to everything."""
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})


def test_a_passkey_signs_in_alone_and_as_a_second_step(page: Page, site: Site) -> None:
    name = make_account(page, site)
    plug_in_a_key(page)
    say_once_more(page, f"{site.url}/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Codes for bad days")).to_be_visible()

    page.goto(f"{site.url}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.url}/account/login/?next=/about/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{site.url}/about/")
    expect(page.locator(".account-word")).to_have_text(name)

    page.goto(f"{site.url}/account/")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{site.url}/account/login/?next=/about/")
    page.get_by_label("Name or e-mail").fill(name)
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="One step more")).to_be_visible()
    expect(page.locator(".account-word")).to_have_text("Sign in")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{site.url}/about/")


def test_a_passkey_is_renamed_and_removed(page: Page, site: Site) -> None:
    make_account(page, site)
    plug_in_a_key(page)
    say_once_more(page, f"{site.url}/account/2fa/webauthn/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Codes for bad days")).to_be_visible()
    page.goto(f"{site.url}/account/2fa/webauthn/")
    assert violations(page) == []

    page.get_by_role("link", name="Rename My passkey").click()
    page.get_by_label("Name").fill("The blue key")
    page.get_by_role("button", name="Keep the name").click()
    page.get_by_role("link", name="Remove The blue key").click()
    expect(page.get_by_text("“The blue key” will no longer sign you in.")).to_be_visible()
    page.get_by_role("button", name="Remove it").click()

    expect(page.get_by_text("None yet.")).to_be_visible()
    expect(page.get_by_text("The passkey is removed.")).to_be_visible()


def test_a_passkey_that_the_browser_does_not_give_is_told(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/account/login/")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY | {"automaticPresenceSimulation": False}})
    page.evaluate("() => { navigator.credentials.get = async () => { throw new DOMException('', 'NotAllowedError') } }")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.locator(".passkey-said")).to_have_text(
        "The browser gave no passkey. Nothing was changed; try again when you like."
    )


@pytest.mark.parametrize("theme", ["light", "black"])
def test_axe_finds_nothing_on_the_pages_of_an_account(page: Page, site: Site, theme: str) -> None:
    with_look(page.context, site.url, f"theme:{theme}")
    wrong = {}
    for path in ("login/", "signup/", "password/reset/", "password/reset/done/"):
        page.goto(f"{site.url}/account/{path}")
        if found := violations(page):
            wrong[path] = found
    make_account(page, site)
    say_once_more(page, f"{site.url}/account/2fa/totp/activate/")
    for path in ("", "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "sessions/",
                 "places/", "delete/", "logout/"):  # fmt: skip
        page.goto(f"{site.url}/account/{path}")
        if found := violations(page):
            wrong[path] = found

    assert wrong == {}


def test_an_account_is_made_and_taken_away_without_scripts(plain_page: Page, site: Site) -> None:
    make_account(plain_page, site)
    say_once_more(plain_page, f"{site.url}/account/delete/")

    plain_page.get_by_label("Yes, delete it").check()
    plain_page.get_by_role("button", name="Delete my account").click()

    expect(plain_page.get_by_role("heading", name="Your account is gone")).to_be_visible()

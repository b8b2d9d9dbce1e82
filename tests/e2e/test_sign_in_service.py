"""A new resident comes in by a sign-in service, and a member lets one open their account."""

import json
import re
from collections.abc import Iterator

import fake_oidc
import pytest
from browsing import Served, Window, press, seen
from cast import Cast
from e2e import looking
from fake_oidc import Provider
from playwright.sync_api import expect


@pytest.fixture(scope="module", autouse=True)
def provider() -> Iterator[Provider]:
    """The service, named in the environment before the server starts."""
    with fake_oidc.provider() as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FOLKMOOT_PROVIDERS", json.dumps({"city": started.table}))
        patch.setenv("FOLKMOOT_ALLOW_PRIVATE_ADDRESSES", "true")
        yield started


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_new_resident_comes_in_by_a_service(
    window: Window, served: Served, cast: Cast, provider: Provider, scripts: bool
) -> None:
    provider.subject = f"resident, {scripts}"
    page = window(None, width=390, scripts=scripts)
    page.context.add_cookies([{"name": "mode", "value": "elder", "url": served.address}])
    page.goto("/sign-in?next=/tasks")
    if scripts:
        assert looking.faults(page, "elder") == []
    page.get_by_role("link", name="Sign in with City ID").click()
    seen(page, "The service has confirmed who you are.")
    page.wait_for_load_state()
    if scripts:
        assert looking.faults(page, "elder") == []
    page.get_by_label("Name that others see").fill(f"Willow {scripts}")
    press(page, "Open the account")
    page.wait_for_url("**/tasks")
    seen(page, "Your account is open. Welcome!", inside="body")

    page = window(None, "/register", scripts=scripts)
    page.get_by_role("link", name="Sign in with City ID").click()
    page.wait_for_url(f"{served.address}/")
    page.goto("/settings")
    expect(page.get_by_label("Name that others see")).to_have_value(f"Willow {scripts}")


def test_a_member_lets_a_service_open_their_account(
    window: Window, served: Served, provider: Provider
) -> None:
    """Our policy keeps forms from leading away, so the way there is a link."""
    provider.subject = "bob"
    page = window("bob", "/settings")
    page.get_by_role("link", name="Ways to sign in").click()
    page.wait_for_url("**/settings/ways")
    seen(page, "City ID")
    assert looking.faults(page, "standard") == []
    press(page, "Let it open my account")
    page.get_by_role("link", name="Go on to City ID").click()
    seen(page, "City ID opens your account from now on.", inside="body")
    page.wait_for_load_state()
    expect(page).to_have_url(re.compile("/settings/ways$"))
    assert looking.faults(page, "standard") == []

    other = window(None, "/sign-in")
    other.get_by_role("link", name="Sign in with City ID").click()
    other.wait_for_url(f"{served.address}/")

"""The settings in a real browser: who one is, what holds, and keys that are shown once; refusals say why."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from coach.domain.identity import Role
from coach.settings import Settings
from tests.api.test_identity import Installation
from tests.web.kept import service
from tests.web.steps import PHONE, Visit, nameless, no_sideways_scroll

if TYPE_CHECKING:
    from playwright.sync_api import Page

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    with service(tmp_path / "data") as client:
        settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False)
        yield Installation(client, settings)  # type: ignore[arg-type]


def opened(visit: Visit, installation: Installation, key: str | None = None, **options: Any) -> Page:
    """The page, signed in with a key where one is given."""
    address = str(installation.client.base_url)
    page = visit(f"{address}login?next=/settings" if key else f"{address}settings", **(options or {"locale": "en-GB"}))
    if key:
        page.fill("#key", key)
        page.click("button")
    page.locator("#panels[aria-busy=false]").wait_for()
    return page


def new(installation: Installation, role: Role, **given: Any) -> str:
    """A key; made in a thread of its own, for the browser has an event loop in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(installation.key, role, **given).result()


def new_key(page: Page) -> str:
    field = page.get_by_label("The new key")
    field.wait_for()
    return field.input_value()


def works(installation: Installation, key: str) -> bool:
    status: int = installation.ask(key, "GET", "v1/me").status_code
    return status == 200


def test_the_one_user_of_a_machine_makes_the_first_key_and_signs_in_with_it(
    visit: Visit, installation: Installation
) -> None:
    page = opened(visit, installation)
    assert "The one user of this machine" in page.locator(".me").inner_text()
    assert ["An administrator"] == page.locator("#key-role option").all_inner_texts()
    page.get_by_role("button", name="Make the key").click()
    key = new_key(page)
    assert page.get_by_text("shown this once").first.is_visible()
    assert page.locator(".key-form").is_hidden()
    assert page.get_by_label("The new key").evaluate("one => one === document.activeElement")
    page.get_by_role("link", name="Sign in with this key").click()
    page.fill("#key", key)
    page.keyboard.press("Enter")
    page.wait_for_url("**/settings")
    page.get_by_text("Signed in as Administrator").wait_for()
    page.locator(".keys tr", has_text="Yours").wait_for()
    assert key.split("_", 3)[3] not in page.content()


def test_a_key_for_a_rep_needs_a_name_and_is_gone_from_the_page_once_it_was_kept(
    visit: Visit, installation: Installation
) -> None:
    page = opened(visit, installation, new(installation, Role.ADMIN))
    assert page.locator("#key-person").is_hidden()
    page.fill("#key-name", HOSTILE)
    page.select_option("#key-role", "rep")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_role("alert").filter(has_text="needs the person's name").wait_for()
    page.fill("#key-person", "Ilse Brandt")
    page.keyboard.press("Enter")
    key = new_key(page)
    assert "Ilse Brandt" == installation.ask(key, "GET", "v1/me").json()["person"]
    page.get_by_role("button", name="I have kept it").click()
    assert key not in page.content()
    assert 0 == page.get_by_label("The new key").count()
    row = page.locator(".keys tr", has_text="Ilse Brandt")
    assert HOSTILE in row.inner_text()
    assert 0 == page.locator("main img").count()


def test_a_new_key_is_copied_by_its_button(visit: Visit, installation: Installation) -> None:
    page = opened(visit, installation, new(installation, Role.ADMIN))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=str(installation.client.base_url))
    page.get_by_role("button", name="Make the key").click()
    key = new_key(page)
    page.get_by_role("button", name="Copy the key").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert key == page.evaluate("navigator.clipboard.readText()")


def test_a_program_gets_what_is_ticked(visit: Visit, installation: Installation) -> None:
    page = opened(visit, installation, new(installation, Role.ADMIN))
    page.select_option("#key-role", "service")
    page.get_by_role("button", name="Make the key").click()
    page.get_by_role("alert").filter(has_text="say what it may do").wait_for()
    page.get_by_label("Read reviews").check()
    page.fill("#key-last", "2099-12-31")
    page.get_by_role("button", name="Make the key").click()
    assert ["reviews:read"] == installation.ask(new_key(page), "GET", "v1/me").json()["scopes"]
    assert "Until 31 Dec 2099" in page.locator(".keys tr", has_text="Program").inner_text()


def test_rotating_asks_once_more_shows_the_new_key_and_the_old_one_works_on_as_long_as_was_said(
    visit: Visit, installation: Installation
) -> None:
    old = new(installation, Role.MANAGER, person="Ruth Kerr")
    page = opened(visit, installation, new(installation, Role.ADMIN))
    row = page.locator(".keys tr", has_text="Ruth Kerr")
    row.get_by_role("button", name="Rotate").click()
    row.get_by_label("How long the old key").select_option("24")
    row.get_by_role("button", name="Make the new key").click()
    assert (True, True) == (works(installation, new_key(page)), works(installation, old))
    row.nth(1).wait_for()
    assert 2 == row.count()


def test_revoking_asks_once_more_by_the_keyboard_and_can_be_left(visit: Visit, installation: Installation) -> None:
    old = new(installation, Role.REP, person="Ilse Brandt")
    page = opened(visit, installation, new(installation, Role.ADMIN))
    row = page.locator(".keys tr", has_text="Ilse Brandt")
    row.get_by_role("button", name="Revoke").focus()
    page.keyboard.press("Enter")
    row.get_by_text("cannot be undone").wait_for()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert works(installation, old)
    row.get_by_role("button", name="Revoke").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    row.get_by_text("Revoked").wait_for()
    assert not works(installation, old)
    assert 0 == row.get_by_role("button").count()


def test_whoever_revokes_the_own_key_is_told_before_and_signed_out(visit: Visit, installation: Installation) -> None:
    page = opened(visit, installation, new(installation, Role.ADMIN))
    row = page.locator(".keys tr", has_text="Yours")
    row.get_by_role("button", name="Revoke").click()
    row.get_by_text("you will be signed out").wait_for()
    row.get_by_role("button", name="Revoke it").click()
    page.get_by_role("alert").filter(has_text="Your sign-in has ended").wait_for()


def test_what_is_kept_how_long_is_changed_after_a_warning(visit: Visit, installation: Installation) -> None:
    admin = new(installation, Role.ADMIN)
    page = opened(visit, installation, admin)
    page.get_by_label("Diagnose reps").uncheck()
    page.fill("#retention_days", "0")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("a whole number of days").wait_for()
    page.fill("#retention_days", "365")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("is deleted within a day, for good").wait_for()
    assert "on" == installation.ask(admin, "GET", "v1/workspace").json()["diagnosis"]
    page.get_by_role("button", name="Save, and delete").click()
    page.get_by_text("Saved.").wait_for()
    held = installation.ask(admin, "GET", "v1/workspace").json()
    assert ("off", 365, None) == (held["diagnosis"], held["retention_days"], held["retention_crm_days"])


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP])
def test_who_is_no_administrator_reads_what_holds_and_who_may_change_it(
    visit: Visit, installation: Installation, role: Role
) -> None:
    page = opened(visit, installation, new(installation, role, person="Ruth Kerr"))
    assert f"Signed in as Ruth Kerr ({role.value.capitalize()})" in page.locator(".me").inner_text()
    assert "An administrator may change this." in page.locator(".workspace").inner_text()
    assert "Only an administrator sees and makes keys" in page.locator(".keys").inner_text()
    assert 0 == page.locator("main :is(input, select, form)").count()


def test_a_refusal_of_the_server_is_shown_as_it_says(visit: Visit, installation: Installation) -> None:
    page = opened(visit, installation, new(installation, Role.ADMIN))
    refused: dict[str, Any] = {"status": 503, "json": {"code": "store_failed", "detail": "The store does not answer."}}
    page.route("**/v1/keys", lambda route: route.fulfill(**refused))
    page.get_by_role("button", name="Make the key").click()
    page.get_by_role("alert").filter(has_text="The store does not answer.").wait_for()


def test_it_fits_a_phone_and_names_every_control(visit: Visit, installation: Installation) -> None:
    new(installation, Role.REP, person="Ilse Brandt")
    page = opened(visit, installation, new(installation, Role.ADMIN), **PHONE)
    page.locator(".keys table").wait_for()
    assert no_sideways_scroll(page)
    assert [] == nameless(page)

"""Who may sign in: what may be said of a member, and whom an address lets in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from coach.domain.identity import MAY, Role
from coach.errors import InvalidInput, NotFound
from coach.service.members import Circle
from coach.store import Store


@pytest.fixture
async def circle(tmp_path: Path) -> AsyncIterator[Circle]:
    store = Store(tmp_path / "coach.sqlite3")
    yield Circle("north", store.records.members)
    await store.aclose()


async def test_a_member_comes_in_by_their_address_in_any_case(circle: Circle) -> None:
    added = await circle.add(" Ruth.Kerr@Example.com ", Role.MANAGER, " Ruth Kerr ")
    principal = await circle.vouched("ruth.kerr@EXAMPLE.com")
    assert principal is not None
    assert (f"member:{added.id}", Role.MANAGER, "north", "Ruth Kerr", MAY[Role.MANAGER]) == (
        principal.id,
        principal.role,
        principal.workspace,
        principal.person,
        principal.scopes,
    )
    assert principal == await circle.standing(str(added.id))


@pytest.mark.parametrize("id_", ["", "x", "-1", "²", "99"])
async def test_an_id_that_is_nobodys_stands_for_nobody(circle: Circle, id_: str) -> None:
    await circle.add("ruth@example.com", Role.ADMIN)
    assert None is await circle.standing(id_)


async def test_who_is_removed_stands_for_nobody_and_may_be_let_in_again_as_another(circle: Circle) -> None:
    first = await circle.add("ruth@example.com", Role.ADMIN)
    await circle.remove("RUTH@example.com")
    assert (None, None) == (await circle.vouched("ruth@example.com"), await circle.standing(str(first.id)))
    again = await circle.add("ruth@example.com", Role.ADMIN)
    assert (None, True) == (await circle.standing(str(first.id)), again.id != first.id)
    with pytest.raises(NotFound, match="coach members list"):
        await circle.remove("tom@example.com")


async def test_another_role_ends_what_the_former_one_had_begun(circle: Circle) -> None:
    former = await circle.add("ruth@example.com", Role.ADMIN)
    await circle.add("ruth@example.com", Role.REP, "Ruth Kerr")
    assert None is await circle.standing(str(former.id))
    assert [Role.REP] == [one.role for one in await circle.all()]


@pytest.mark.parametrize(
    ("email", "role", "person", "told"),
    [
        ("ruth", Role.ADMIN, None, "no e-mail address"),
        ("ruth@example.com\x00", Role.ADMIN, None, "no e-mail address"),
        ("a b@example.com", Role.ADMIN, None, "no e-mail address"),
        ("ruth@example.com", Role.SERVICE, None, "make it a key"),
        ("ruth@example.com", Role.MANAGER, " ", "needs the person's name"),
        ("ruth@example.com", Role.REP, None, "needs the person's name"),
        ("ruth@example.com", Role.ADMIN, "Ruth Kerr", "nobody's in particular"),
    ],
)
async def test_what_does_not_fit_together_is_refused(
    circle: Circle, email: str, role: Role, person: str | None, told: str
) -> None:
    with pytest.raises(InvalidInput, match=told):
        await circle.add(email, role, person)
    assert () == await circle.all()


async def test_a_crms_user_comes_in_as_the_member_they_are(circle: Circle) -> None:
    added = await circle.add("ruth@example.com", Role.MANAGER, "Ruth Kerr", "pipedrive:123")
    found = await circle.known("pipedrive:123")
    assert found is not None
    assert await circle.standing(str(added.id)) == found
    assert (None, None) == (await circle.known("pipedrive:12"), await circle.known("zendesk:123"))
    await circle.remove("ruth@example.com")
    assert await circle.known("pipedrive:123") is None


@pytest.mark.parametrize("user", ["", "123", "pipedrive:", "pipedrive:x", "pipedrive:1/2", "hubspot:1", "pipedrive:²"])
async def test_what_is_no_crms_user_is_refused(circle: Circle, user: str) -> None:
    with pytest.raises(InvalidInput, match="pipedrive:123"):
        await circle.add("ruth@example.com", Role.ADMIN, None, user)
    assert () == await circle.all()


async def test_a_crms_user_who_is_a_member_already_is_nobody_elses(circle: Circle) -> None:
    added = await circle.add("Ruth@example.com", Role.MANAGER, "Ruth Kerr", "pipedrive:123")
    with pytest.raises(InvalidInput, match=r"pipedrive:123 is Ruth@example\.com already"):
        await circle.add("tom@example.com", Role.ADMIN, None, "pipedrive:123")
    assert (added,) == await circle.all()
    again = await circle.add("ruth@EXAMPLE.com", Role.ADMIN, None, "pipedrive:123")
    assert (again,) == await circle.all()

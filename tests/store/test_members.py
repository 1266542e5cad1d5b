"""Members, in both kinds of database."""

from __future__ import annotations

import pytest

from coach.domain.identity import Role
from coach.errors import StoreError
from coach.store.members import as_found
from coach.store.records import Records


async def test_an_address_has_one_member_at_a_time(records: Records) -> None:
    first = await records.members.put("Ruth@Example.com", Role.ADMIN, None)
    second = await records.members.put("ruth@example.com", Role.REP, "Ruth Kerr")
    assert (second,) == await records.members.all()
    assert second == await records.members.by_email(" RUTH@EXAMPLE.COM")
    assert (None, second) == (await records.members.get(first.id), await records.members.get(second.id))


async def test_who_is_removed_is_found_no_more_and_their_id_is_not_given_again(records: Records) -> None:
    first = await records.members.put("ruth@example.com", Role.ADMIN, None)
    assert (True, False) == (
        await records.members.remove("RUTH@example.com"),
        await records.members.remove("ruth@example.com"),
    )
    assert (None, ()) == (await records.members.by_email("ruth@example.com"), await records.members.all())
    assert first.id < (await records.members.put("ruth@example.com", Role.ADMIN, None)).id


async def test_members_are_listed_by_address(records: Records) -> None:
    for email in ("tom@example.com", "Anand@example.com", "ruth@example.com"):
        await records.members.put(email, Role.ADMIN, None)
    assert ["Anand@example.com", "ruth@example.com", "tom@example.com"] == [
        one.email for one in await records.members.all()
    ]


async def test_a_crms_user_is_one_member_at_a_time(records: Records) -> None:
    ruth = await records.members.put("ruth@example.com", Role.ADMIN, None, "pipedrive:123")
    assert ruth == await records.members.by_crm_user("pipedrive:123")
    with pytest.raises(StoreError):
        await records.members.put("tom@example.com", Role.ADMIN, None, "pipedrive:123")
    assert (ruth,) == await records.members.all()
    await records.members.remove("ruth@example.com")
    assert await records.members.by_crm_user("pipedrive:123") is None
    tom = await records.members.put("tom@example.com", Role.ADMIN, None, "pipedrive:123")
    assert tom == await records.members.by_crm_user("pipedrive:123")


async def test_another_role_keeps_the_crms_user_and_another_number_takes_its_place(records: Records) -> None:
    await records.members.put("ruth@example.com", Role.ADMIN, None, "pipedrive:123")
    again = await records.members.put("Ruth@example.com", Role.MANAGER, "Ruth Kerr")
    assert ("pipedrive:123", again) == (again.crm_user, await records.members.by_crm_user("pipedrive:123"))
    other = await records.members.put("ruth@example.com", Role.ADMIN, None, "zendesk:4")
    assert (None, other) == tuple([await records.members.by_crm_user(user) for user in ("pipedrive:123", "zendesk:4")])
    await records.members.remove("ruth@example.com")
    assert None is (await records.members.put("ruth@example.com", Role.ADMIN, None)).crm_user


@pytest.mark.parametrize(
    "other", ["rut\N{KELVIN SIGN}@example.com", "straße@example.com", "\N{FULLWIDTH LATIN SMALL LETTER R}"]
)
def test_letters_that_are_only_alike_stay_apart(other: str) -> None:
    assert other == as_found(other)

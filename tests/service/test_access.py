"""Whom each role sees."""

from __future__ import annotations

import pytest

from coach.domain.identity import LOCAL, MAY, Principal, Role
from coach.domain.opportunity import Rep
from coach.errors import NotFound
from coach.service.access import Access


class Roster:
    async def of_manager(self, name: str) -> tuple[Rep, ...]:
        return (Rep(name="Ilse  Brandt"), Rep(name="ANAND")) if name == "ruth kerr" else ()


def access(role: Role, person: str | None = None) -> Access:
    return Access(Principal(id="key:1", role=role, person=person, scopes=MAY[role]), Roster())


@pytest.mark.parametrize("who", [Access(LOCAL, Roster()), access(Role.ADMIN), access(Role.SERVICE)])
async def test_an_admin_and_a_service_see_everybody(who: Access) -> None:
    assert await who.reps() is None
    assert await who.only(None) is None
    await who.rep("Anybody")
    who.manager("Anybody")


async def test_a_manager_sees_the_reps_that_the_roster_gives_them() -> None:
    ruth = access(Role.MANAGER, "Ruth Kerr")
    assert {"ilse brandt", "anand"} == await ruth.reps() == await ruth.only(None)
    assert {"anand"} == await ruth.only("Anand")
    await ruth.rep("ilse brandt")
    ruth.manager("RUTH KERR")


async def test_a_rep_sees_their_own_page() -> None:
    ilse = access(Role.REP, "Ilse Brandt")
    assert {"ilse brandt"} == await ilse.reps()
    await ilse.rep("ILSE BRANDT")


@pytest.mark.parametrize(
    ("who", "asked"),
    [
        (access(Role.MANAGER, "Ruth Kerr"), "Tom"),
        (access(Role.MANAGER, "Ruth Kerr"), "Ruth Kerr"),
        (access(Role.MANAGER, "Nobody's boss"), "Anand"),
        (access(Role.REP, "Ilse Brandt"), "Anand"),
    ],
)
async def test_somebody_elses_rep_is_as_one_who_does_not_exist(who: Access, asked: str) -> None:
    said = set()
    for name in (asked, "No Such Person"):
        with pytest.raises(NotFound) as refused:
            await who.rep(name)
        said.add(refused.value.detail)
        with pytest.raises(NotFound):
            await who.only(name)
    assert 1 == len(said)


@pytest.mark.parametrize("who", [access(Role.REP, "Ruth Kerr"), access(Role.MANAGER, "Tom")])
def test_a_managers_conversations_are_that_managers(who: Access) -> None:
    with pytest.raises(NotFound):
        who.manager("Ruth Kerr")


async def test_where_no_rep_is_named_nothing_is_refused() -> None:
    await access(Role.REP, "Ilse").rep(None)

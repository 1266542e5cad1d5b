"""Keys as their owners, and others, use them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.domain.identity import MAY, Principal, Role, Scope
from coach.errors import InvalidInput, NotFound
from coach.service.keys import KeyRing, workspace_of
from coach.store.database import Database
from coach.store.records import Records
from coach.store.secret import Secret

NOW = datetime.now(UTC)


@pytest.fixture
async def ring(url: str, tmp_path: Path) -> AsyncIterator[KeyRing]:
    records = Records(Database(url))
    yield KeyRing("acme", records.keys, Secret(None, tmp_path / "secret"))
    await records.close()


async def test_a_key_stands_for_its_role_and_person_in_its_workspace(ring: KeyRing) -> None:
    made = await ring.create("page", Role.MANAGER, person=" Ruth Kerr ")
    expected = Principal(
        id=f"key:{made.key.id}", role=Role.MANAGER, workspace="acme", person="Ruth Kerr", scopes=MAY[Role.MANAGER]
    )
    assert expected == await ring.prove(made.shown)
    assert expected == await ring.standing(made.key.id)
    assert "acme" == workspace_of(made.shown)
    assert made.shown.startswith(f"ck_acme_{made.key.id}_")


async def test_the_secret_part_is_nowhere_kept(ring: KeyRing) -> None:
    made = await ring.create("page", Role.ADMIN)
    secret = made.shown.rpartition(f"{made.key.id}_")[2]
    (kept,) = await ring.all()
    assert 43 == len(secret)
    assert secret not in repr(kept)
    assert kept == made.key


async def test_a_key_that_differs_in_anything_opens_nothing(ring: KeyRing, tmp_path: Path) -> None:
    shown = (await ring.create("page", Role.ADMIN)).shown
    flipped = shown[:-1] + ("A" if shown[-1] != "A" else "B")
    other_id = shown.replace(shown.split("_")[2], "0" * 12)
    wrong = [
        flipped,
        other_id,
        shown[:-1],
        f"{shown}A",
        f" {shown}",
        shown.replace("acme", "main"),
        "ck_",
        "",
        "ck_acme",
    ]
    assert [None] * len(wrong) == [await ring.prove(one) for one in wrong]
    elsewhere = KeyRing("acme", ring.store, Secret("another secret, just as long as it has to be", tmp_path))
    assert await elsewhere.prove(shown) is None


async def test_a_revoked_key_opens_nothing_from_that_moment(ring: KeyRing) -> None:
    made = await ring.create("page", Role.ADMIN)
    await ring.revoke(made.key.id)
    assert [None, None] == [await ring.prove(made.shown), await ring.standing(made.key.id)]
    with pytest.raises(NotFound, match="is in force"):
        await ring.revoke(made.key.id)


async def test_a_key_ends_when_it_was_to_end(ring: KeyRing, monkeypatch: pytest.MonkeyPatch) -> None:
    made = await ring.create("page", Role.ADMIN, expires_at=NOW + timedelta(hours=1))
    assert await ring.prove(made.shown) is not None
    late = NOW + timedelta(hours=1, seconds=1)
    monkeypatch.setattr("coach.service.keys.datetime", type("Late", (), {"now": staticmethod(lambda _: late)}))
    assert await ring.prove(made.shown) is None


async def test_a_rotated_key_ends_and_the_new_one_may_do_the_same(ring: KeyRing) -> None:
    old = await ring.create("crm", Role.SERVICE, scopes=[Scope.IMPORT])
    new = await ring.rotate(old.key.id)
    assert await ring.prove(old.shown) is None
    principal = await ring.prove(new.shown)
    assert principal is not None
    assert (Role.SERVICE, {Scope.IMPORT}) == (principal.role, principal.scopes)


async def test_while_they_overlap_both_keys_open(ring: KeyRing) -> None:
    old = await ring.create("crm", Role.ADMIN, expires_at=NOW + timedelta(days=90))
    new = await ring.rotate(old.key.id, timedelta(hours=2))
    assert [True, True] == [await ring.prove(one.shown) is not None for one in (old, new)]
    kept = {one.id: one for one in await ring.all()}
    ends = kept[old.key.id].expires_at
    assert ends is not None
    assert ends < NOW + timedelta(hours=3)
    lasts = new.key.expires_at
    assert lasts is not None
    assert lasts >= NOW + timedelta(days=90)


async def test_a_rotation_does_not_make_a_key_last_longer(ring: KeyRing) -> None:
    old = await ring.create("crm", Role.ADMIN, expires_at=NOW + timedelta(hours=1))
    await ring.rotate(old.key.id, timedelta(days=9))
    kept = {one.id: one for one in await ring.all()}
    assert old.key.expires_at == kept[old.key.id].expires_at


async def test_only_a_key_in_force_is_rotated(ring: KeyRing) -> None:
    made = await ring.create("page", Role.ADMIN)
    await ring.revoke(made.key.id)
    for id_ in (made.key.id, "0" * 12):
        with pytest.raises(NotFound):
            await ring.rotate(id_)
    assert 1 == len(await ring.all())


@pytest.mark.parametrize(
    ("role", "given", "said"),
    [
        (Role.REP, {}, "needs the person's name"),
        (Role.MANAGER, {"person": "  "}, "needs the person's name"),
        (Role.ADMIN, {"person": "Ruth"}, "nobody's in particular"),
        (Role.SERVICE, {}, "say what it may do"),
        (Role.SERVICE, {"scopes": [Scope.ADMIN]}, "has no admin"),
        (Role.REP, {"person": "Ilse", "scopes": [Scope.CORRECT]}, "has no feedback:write"),
        (Role.ADMIN, {"expires_at": NOW - timedelta(days=1)}, "ended before it is made"),
    ],
)
async def test_what_does_not_fit_together_makes_no_key(
    ring: KeyRing, role: Role, given: dict[str, object], said: str
) -> None:
    with pytest.raises(InvalidInput, match=said):
        await ring.create("page", role, **given)  # type: ignore[arg-type]
    assert () == await ring.all()

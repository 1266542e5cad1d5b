"""Deals over HTTP: who sees which, what the audit log keeps, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from coach.domain.identity import Role, Scope
from tests.api.test_identity import Installation, fill, installation, url

__all__ = ["installation", "url"]


def deals(installation: Installation, key: str, **query: Any) -> list[str]:
    answer = installation.ask(key, "GET", "/v1/deals", params=query)
    return [one["name"] for one in answer.json()["deals"]]


def filled(installation: Installation) -> tuple[str, dict[str, Any]]:
    admin = installation.key(Role.ADMIN)
    return admin, fill(lambda *given, **more: installation.ask(admin, *given, **more))


def test_a_rep_sees_own_deals_a_manager_the_teams_an_admin_all(installation: Installation) -> None:
    admin, _ = filled(installation)
    ruth = installation.key(Role.MANAGER, person="Ruth Kerr")
    anand = installation.key(Role.REP, person="Anand Rao")
    assert ["Hallström Foods", "Vale Buses"] == sorted(deals(installation, admin))
    assert ["Hallström Foods"] == deals(installation, ruth)
    assert ["Vale Buses"] == deals(installation, anand)
    assert [] == deals(installation, anand, find="Hallström")


def test_a_deal_that_is_somebody_elses_is_as_one_that_does_not_exist(installation: Installation) -> None:
    admin, made = filled(installation)
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    own, other = (f"/v1/deals/{made[rep]['deal']}" for rep in ("Ilse Brandt", "Anand Rao"))
    assert "Hallström Foods" == installation.ask(ilse, "GET", own).json()["deal"]["name"]
    assert "Vale Buses" == installation.ask(admin, "GET", other).json()["deal"]["name"]
    mine, none = (installation.ask(ilse, "GET", path) for path in (other, "/v1/deals/999999"))
    assert (404, none.content) == (mine.status_code, mine.content)


def test_a_key_needs_to_read_reviews_and_the_pipeline(installation: Installation) -> None:
    filled(installation)
    for scope, other in ((Scope.READ_REVIEWS, Scope.READ_PIPELINE), (Scope.READ_PIPELINE, Scope.READ_REVIEWS)):
        key = installation.key(Role.SERVICE, scopes=[scope])
        for path in ("/v1/deals", "/v1/deals/1"):
            answer = installation.ask(key, "GET", path)
            assert (403, True) == (answer.status_code, other.value in answer.json()["detail"])
    assert 2 == len(
        deals(installation, installation.key(Role.SERVICE, scopes=[Scope.READ_REVIEWS, Scope.READ_PIPELINE]))
    )


def test_the_log_says_whose_deal_was_read_seen_or_not(installation: Installation) -> None:
    admin, made = filled(installation)
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    for rep in made:
        installation.ask(ilse, "GET", f"/v1/deals/{made[rep]['deal']}")
    for rep in made:
        log = installation.ask(admin, "GET", "/v1/audit", params={"person": rep, "action": "readDeal"}).json()
        assert [str(made[rep]["deal"])] == [one["object"] for one in log["entries"]]


@pytest.mark.parametrize("path", ["/v1/deals/0", "/v1/deals/x", "/v1/deals?limit=101", "/v1/deals?after=x"])
def test_what_is_no_number_is_refused(installation: Installation, path: str) -> None:
    assert 422 == installation.ask(installation.key(Role.ADMIN), "GET", path).status_code


def test_pages_end(installation: Installation) -> None:
    admin, _ = filled(installation)
    first = installation.ask(admin, "GET", "/v1/deals?limit=1").json()
    second = installation.ask(admin, "GET", f"/v1/deals?limit=1&after={first['after']}").json()
    third = installation.ask(admin, "GET", f"/v1/deals?limit=1&after={second['after']}").json()
    assert {"Hallström Foods", "Vale Buses"} == {one["deals"][0]["name"] for one in (first, second)}
    assert {"deals": [], "after": None} == third

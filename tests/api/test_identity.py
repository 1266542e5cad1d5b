"""Keys, roles and workspaces over HTTP, on SQLite and PostgreSQL: who comes in, and that nobody sees another's."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.api.wired import Needs
from coach.domain.identity import Role, Scope
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.entrance import opened
from tests.made_runs import write_run
from tests.postgres import postgres_database

ROSTER = "rep,manager,team\nIlse Brandt,Ruth Kerr,North\nAnand Rao,Tom Field,South\n"
DEALS = (
    "Record ID,Deal Name,Deal owner,Deal Stage,Amount,Close Date,Create Date\n"
    "71,Hallström Foods,Ilse Brandt,Proposal,60000,2026-03-31,2026-01-10\n"
    "72,Vale Buses,Anand Rao,Proposal,64000,2026-03-30,2026-01-11\n"
)
RECORDS = {"Ilse Brandt": "71", "Anand Rao": "72"}
NOTE = "Dana's counsel sent redlines on Tuesday. I think we close this month."
TALK = "Ruth: Did the quote go out?\nIlse: On Monday.\nRuth: Put the clause on page one."
UNKNOWN = {"rep": "No Such Person", "id": "dr_0123456789abcdef", "number": 1_234_567}
UNKNOWN_IDS = {
    "review": UNKNOWN["id"],
    "step": UNKNOWN["number"],
    "diagnosis": "rd_0123456789abcdef",
    "conversation": "mr_0123456789abcdef",
    "record": "4712",
    "key": "0123456789ab",
    "deal": UNKNOWN["number"],
    "run": "none",
}


@dataclass
class Installation:
    """An application, and ways to ask it with a key."""

    client: TestClient
    settings: Settings
    made: dict[str, str] = field(default_factory=dict)

    def key(self, role: Role, workspace: str = "main", **given: Any) -> str:
        async def create() -> str:
            async with opened(self.settings, workspace, make=True) as ring:
                return (await ring.create(role.value, role, **given)).shown

        return asyncio.run(create())

    def end(self, key: str) -> None:
        async def revoke() -> None:
            async with opened(self.settings, key.split("_")[1]) as ring:
                await ring.revoke(key.split("_")[2])

        asyncio.run(revoke())

    def ask(self, key: str | None, method: str, path: str, **given: Any) -> Any:
        headers = given.pop("headers", {}) | ({} if key is None else {"authorization": f"Bearer {key}"})
        return self.client.request(method, path, headers=headers, **given)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> Iterator[str | None]:
    if request.param == "sqlite":
        yield None
    else:
        with postgres_database() as address:
            yield address


@pytest.fixture
def installation(url: str | None, tmp_path: Path) -> Iterator[Installation]:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, database_url=url)
    with TestClient(create_app(build(settings, serving=False)), base_url="http://localhost") as client:
        yield Installation(client, settings)


def fill(ask: Callable[..., Any], note: str = NOTE) -> dict[str, Any]:
    """Bring in two teams with a deal each, a review and a 1-on-1 of each rep; the ids of what was made."""
    csv = {"content-type": "text/csv"}
    assert 200 == ask("POST", "/v1/people", content=ROSTER, headers=csv).status_code
    assert 200 == ask("POST", "/v1/opportunities?as_of=2026-03-01", content=DEALS.encode(), headers=csv).status_code
    made: dict[str, Any] = {}
    talk = {"manager": "Ruth", "transcript": f"{TALK}\nIlse: {note}", "held_on": "2026-03-03"}
    conversation = ask("POST", "/v1/manager-reviews", json=talk).json()["id"]
    for rep, deal in (("Ilse Brandt", "Hallström Foods"), ("Anand Rao", "Vale Buses")):
        submitted = {"deal": {"name": deal, "close_date": "2026-03-31"}, "rep": rep, "written_on": "2026-03-02"}
        review = ask("POST", "/v1/deal-reviews", json=submitted | {"note": f"{deal}: {note}"}).json()
        step = {"what": "Call Dana", "owner": "rep", "due_on": "2026-03-09"}
        held = ask("POST", "/v1/one-on-ones/held", json={"rep": rep, "held_on": "2026-03-03", "steps": [step]}).json()
        packet = {
            "rep": rep,
            "as_of": "2026-03-03",
            "manager_observation": f"{note} She promised ten calls, and made none.",
        }
        found = ask("POST", "/v1/diagnoses", json=packet).json()
        (kept,) = ask("GET", f"/v1/deals?rep={rep}").json()["deals"]
        made[rep] = {
            "review": review["id"],
            "step": held["next_steps"]["agreed"][0]["id"],
            "diagnosis": found["id"],
            "conversation": conversation,
            "deal": kept["id"],
        }
    return made


def attempts(ids: dict[str, Any], rep: str) -> list[tuple[str, str, Any]]:
    """Every route that takes an id or a name of a person, with these; None for a body that it takes none."""
    review, step = ids["review"], ids["step"]
    agreed = {"what": "x", "owner": "rep", "due_on": "2026-03-09"}
    return [
        ("GET", f"/v1/deal-reviews/{review}", None),
        ("POST", f"/v1/findings/{review}.0/feedback", {"right": True}),
        ("POST", f"/v1/reviews/{review}/reply", {"text": "She signed."}),
        ("PATCH", f"/v1/commitments/{step}", {"agreed_by_rep": True}),
        ("GET", f"/v1/reviews/{review}/replies", None),
        ("GET", f"/v1/reviews/{review}/corrections", None),
        ("GET", f"/v1/diagnoses/{ids['diagnosis']}", None),
        ("POST", f"/v1/reviews/{ids['diagnosis']}/reply", {"text": "I made them on Friday."}),
        ("GET", f"/v1/deals/{ids['deal']}", None),
        ("GET", f"/v1/deal-reviews?rep={rep}", None),
        ("GET", f"/v1/deals?rep={rep}", None),
        ("GET", f"/v1/diagnoses?rep={rep}", None),
        ("POST", "/v1/deal-reviews", {"rep": rep, "note": NOTE}),
        ("POST", "/v1/deal-reviews/outgoing", {"rep": rep, "note": NOTE}),
        ("POST", "/v1/deal-reviews/stream", {"rep": rep, "note": NOTE}),
        ("POST", "/v1/diagnoses", {"rep": rep, "manager_observation": NOTE}),
        ("POST", "/v1/one-on-ones", {"rep": rep}),
        ("POST", "/v1/one-on-ones/held", {"rep": rep, "held_on": "2026-03-03", "steps": [agreed]}),
        ("GET", f"/v1/one-on-ones?rep={rep}", None),
        ("GET", f"/v1/one-on-ones/document?rep={rep}", None),
        ("GET", f"/v1/one-on-ones/held/2026-03-03?rep={rep}", None),
        ("GET", f"/v1/commitments?rep={rep}", None),
        ("GET", f"/v1/claims?rep={rep}", None),
        ("GET", f"/v1/opportunities?rep={rep}", None),
        ("GET", f"/v1/cards/hubspot/{RECORDS.get(rep, '99')}", None),
        ("GET", f"/v1/crm/hubspot/cards/{RECORDS.get(rep, '99')}", None),
        ("POST", "/v1/card-links", {"crm": "hubspot", "record": RECORDS.get(rep, "99")}),
    ]


def by_id(ids: dict[str, Any]) -> list[tuple[str, str, Any]]:
    """Every route with every kind of id that it takes."""
    feedback: dict[str, Any] = {"right": True}
    return [
        *attempts(ids, UNKNOWN["rep"])[:_BY_ID],
        ("POST", f"/v1/findings/{ids['diagnosis']}.0/feedback", feedback),
        ("POST", f"/v1/findings/{ids['conversation']}.0/feedback", feedback),
        ("GET", f"/v1/reviews/{ids['diagnosis']}/replies", None),
        ("GET", f"/v1/reviews/{ids['conversation']}/replies", None),
        ("POST", f"/v1/reviews/{ids['conversation']}/reply", {"text": "She signed."}),
        ("GET", f"/v1/manager-reviews/{ids['conversation']}", None),
        ("GET", f"/v1/one-on-ones/held/2026-03-03?rep={UNKNOWN['rep']}", None),
        ("GET", f"/v1/cards/hubspot/{ids['record']}", None),
        ("GET", f"/v1/crm/hubspot/cards/{ids['record']}", None),
        ("GET", f"/v1/eval-runs/{ids['run']}", None),
        ("POST", f"/v1/keys/{ids['key']}/rotate", {}),
        ("POST", f"/v1/keys/{ids['key']}/revoke", None),
    ]


_BY_ID = 9
"""How many of these take an id; the rest take a name."""


def test_with_no_key_made_there_is_one_local_user(installation: Installation) -> None:
    assert 200 == installation.ask(None, "GET", "/v1/rubrics").status_code
    assert 200 == installation.ask(None, "GET", "/").status_code


def test_a_site_elsewhere_that_takes_this_machines_address_is_not_answered(installation: Installation) -> None:
    answer = installation.ask(None, "GET", "/v1/rubrics", headers={"host": "evil.example"})
    assert (421, "wrong_host") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("header", ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"])
def test_whoever_comes_by_way_of_a_proxy_is_not_the_user_of_this_machine(
    installation: Installation, header: str
) -> None:
    answer = installation.ask(None, "GET", "/v1/rubrics", headers={header: "203.0.113.7"})
    assert (401, "not_authenticated") == (answer.status_code, answer.json()["code"])


def test_where_anyone_is_let_in_a_proxy_may_stand_before_it_and_a_strange_name_is_refused_still(
    tmp_path: Path,
) -> None:
    settings = Settings(_env_file=None, data_dir=tmp_path / "data", engine="local", encoder=False, let_anyone_in=True)
    with TestClient(create_app(build(settings, serving=False)), base_url="http://localhost") as client:
        named = {"host": "127.0.0.1:8000", "x-forwarded-for": "203.0.113.7"}
        assert 200 == client.get("/v1/rubrics", headers=named).status_code
        assert 421 == client.get("/v1/rubrics", headers={"host": "evil.example"}).status_code


def test_from_the_first_key_in_any_workspace_nobody_comes_in_without(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.wiring.entrance._LOOKS_AGAIN_S", 0)
    assert 200 == installation.ask(None, "GET", "/v1/rubrics").status_code
    key = installation.key(Role.ADMIN, "acme")
    refused = installation.ask(None, "GET", "/v1/rubrics")
    assert (401, "not_authenticated", "Bearer") == (
        refused.status_code,
        refused.json()["code"],
        refused.headers["www-authenticate"],
    )
    assert 200 == installation.ask(key, "GET", "/v1/rubrics").status_code
    assert 200 == installation.ask(None, "GET", "/healthz").status_code
    page = installation.client.get("/", headers={"accept": "text/html"}, follow_redirects=False)
    assert (303, "/login?next=/") == (page.status_code, page.headers["location"])
    installation.end(key)
    assert 401 == installation.ask(None, "GET", "/v1/rubrics").status_code


@pytest.mark.parametrize("given", ["Bearer ck_main_000000000000_" + "A" * 43, "Bearer ck_nowhere_x", "Basic YQ==", "x"])
def test_what_is_no_key_of_anybodys_is_refused_alike(installation: Installation, given: str) -> None:
    installation.key(Role.ADMIN)
    answer = installation.ask(None, "GET", "/v1/rubrics", headers={"authorization": given})
    assert (401, "not_authenticated") == (answer.status_code, answer.json()["code"])
    assert given.rpartition(" ")[2] not in answer.text


def test_a_revoked_key_is_refused_at_once(installation: Installation) -> None:
    key = installation.key(Role.ADMIN)
    assert 200 == installation.ask(key, "GET", "/v1/rubrics").status_code
    installation.end(key)
    assert 401 == installation.ask(key, "GET", "/v1/rubrics").status_code


def test_every_route_with_every_id_of_another_workspace_is_as_one_that_does_not_exist(
    installation: Installation,
) -> None:
    acme, zeta = installation.key(Role.ADMIN, "acme"), installation.key(Role.ADMIN, "zeta")
    made = fill(lambda *given, **more: installation.ask(acme, *given, **more))
    # As full, so that what has numbers has some in both; of other notes, for a review of the same one has the same id.
    own = fill(lambda *given, **more: installation.ask(zeta, *given, **more), "Priya asked for the price list.")
    more = DEALS.splitlines()[0] + "\n4711,Of acme alone,Ilse Brandt,Proposal,1000,2026-03-31,2026-01-10\n"
    csv = {"content-type": "text/csv"}
    installation.ask(acme, "POST", "/v1/opportunities?as_of=2026-03-02", content=more, headers=csv)
    assert 200 == installation.ask(acme, "GET", "/v1/cards/hubspot/4711").status_code
    write_run(installation.settings.eval_runs, "mine")
    acmes = {"record": "4711", "key": acme.split("_")[2], "run": "mine"}
    for rep, ids in made.items():
        assert not set(ids.values()) & set(own[rep].values())
        for (method, path, body), (_, no_path, _) in zip(by_id(ids | acmes), by_id(UNKNOWN_IDS), strict=True):
            mine, none = (installation.ask(zeta, method, one, json=body) for one in (path, no_path))
            assert (404, none.content) == (mine.status_code, mine.content), path


def test_no_route_that_takes_an_id_is_left_out(installation: Installation) -> None:
    tried = [f"{method} {path.partition('?')[0]}" for method, path, _ in by_id(UNKNOWN_IDS)]
    taking = [
        f"{method.upper()} {path}"
        for path, operations in installation.client.get("/openapi.json").json()["paths"].items()
        for method in operations
        if "{" in path
    ]
    assert len(taking) > 5
    assert [] == [
        one for one in taking if not any(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", one), path) for path in tried)
    ]


def test_an_empty_workspace_knows_nothing_of_a_full_one(installation: Installation) -> None:
    acme, zeta = installation.key(Role.ADMIN, "acme"), installation.key(Role.ADMIN, "zeta")
    made = fill(lambda *given, **more: installation.ask(acme, *given, **more))
    for rep, ids in made.items():
        for method, path, _ in attempts(ids, rep)[_BY_ID:]:
            if method == "GET":
                mine = installation.ask(zeta, method, path)
                none = installation.ask(zeta, method, path.replace(rep, UNKNOWN["rep"]))
                assert none.status_code == mine.status_code, path
                assert none.text.replace(UNKNOWN["rep"], rep) == mine.text, path
    for path in ("/v1/deal-reviews", "/v1/opportunities", "/v1/deals"):
        assert [] == next(iter(installation.ask(zeta, "GET", path).json().values()))


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REP])
def test_somebody_elses_rep_is_as_one_who_does_not_exist_on_every_route(installation: Installation, role: Role) -> None:
    admin = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(admin, *given, **more))
    key = installation.key(role, person="Ruth Kerr" if role is Role.MANAGER else "Ilse Brandt")
    unknown = UNKNOWN_IDS
    tried = 0
    for (method, path, body), (_, no_path, no_body) in zip(
        attempts(made["Anand Rao"], "Anand Rao"), attempts(unknown, UNKNOWN["rep"]), strict=True
    ):
        mine = installation.ask(key, method, path, json=body)
        none = installation.ask(key, method, no_path, json=no_body)
        assert none.content == mine.content, path
        assert none.status_code == mine.status_code
        assert mine.status_code in {403, 404}, path
        tried += mine.status_code == 404
    assert tried >= 10
    assert {made["Ilse Brandt"]["review"]} == {
        one["id"] for one in installation.ask(key, "GET", "/v1/deal-reviews").json()["reviews"]
    }
    assert ["Hallström Foods"] == [
        one["name"]
        for one in installation.ask(key, "GET", "/v1/opportunities?as_of=2026-03-05").json()["opportunities"]
    ]


def test_a_manager_and_a_rep_see_and_do_what_is_theirs(installation: Installation) -> None:
    admin = installation.key(Role.ADMIN)
    made = fill(lambda *given, **more: installation.ask(admin, *given, **more))["Ilse Brandt"]
    ruth = installation.key(Role.MANAGER, person="Ruth Kerr")
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    statuses: dict[str, list[int]] = {}
    for key in (ruth, ilse):
        for method, path, body in attempts(made, "Ilse Brandt"):
            answer = installation.ask(key, method, path, json=body)
            statuses.setdefault(f"{method} {path.partition('?')[0]}", []).append(answer.status_code)
    refused = {path: pair for path, pair in statuses.items() if pair != [200, 200]}
    assert {
        f"POST /v1/findings/{made['review']}.0/feedback": [200, 403],
        f"POST /v1/reviews/{made['review']}/reply": [403, 200],
        f"POST /v1/reviews/{made['diagnosis']}/reply": [403, 200],
        "POST /v1/diagnoses": [200, 403],
        "POST /v1/one-on-ones/held": [200, 403],
    } == refused
    settled = {"kept": "kept", "proof": "Dana's mail"}
    step = f"/v1/commitments/{made['step']}"
    assert 403 == installation.ask(ilse, "PATCH", step, json=settled).status_code
    assert 200 == installation.ask(ruth, "PATCH", step, json=settled).status_code


@pytest.mark.parametrize("path", ["/v1/deal-reviews", "/v1/deal-reviews/stream", "/v1/deal-reviews/outgoing"])
def test_a_note_is_not_put_to_somebody_elses_deal(installation: Installation, path: str) -> None:
    admin = installation.key(Role.ADMIN)
    fill(lambda *given, **more: installation.ask(admin, *given, **more))
    crm = installation.ask(admin, "GET", "/v1/opportunities?as_of=2026-03-05").json()["opportunities"][0]["crm"]
    ilse = installation.key(Role.REP, person="Ilse Brandt")

    def put_to(record: str) -> Any:
        body = {"rep": "Ilse Brandt", "note": NOTE, "record": {"crm": crm, "record": record}}
        return installation.ask(ilse, "POST", path, json=body)

    assert 200 == put_to("71").status_code
    answer = put_to("72")
    assert (404, "not_found") == (answer.status_code, answer.json()["code"])
    assert "Anand" not in answer.text


def test_a_managers_conversations_are_kept_under_the_keys_name(installation: Installation) -> None:
    ruth, tom = (installation.key(Role.MANAGER, person=name) for name in ("Ruth Kerr", "Tom Field"))
    submitted = {"manager": "Ruth", "transcript": TALK, "held_on": "2026-03-03"}
    for key in (ruth, tom):
        assert 200 == installation.ask(key, "POST", "/v1/manager-reviews", json=submitted).status_code
    later = submitted | {"transcript": TALK + "\nIlse: Yes.", "held_on": "2026-03-04"}
    trend = installation.ask(tom, "POST", "/v1/manager-reviews", json=later).json()["trend"]
    assert ["2026-03-03"] == [one["held_on"] for one in trend]


def test_a_managers_conversations_are_for_that_manager_alone(installation: Installation) -> None:
    roster = ROSTER + "Ruth Kerr,Tom Field,South\n"
    installation.client.post("/v1/people", content=roster, headers={"content-type": "text/csv"})
    ruth, tom = (installation.key(Role.MANAGER, person=name) for name in ("Ruth Kerr", "Tom Field"))
    ilse = installation.key(Role.REP, person="Ilse Brandt")
    submitted = {"manager": "Ruth", "transcript": TALK, "held_on": "2026-03-03"}
    made = installation.ask(ruth, "POST", "/v1/manager-reviews", json=submitted).json()["id"]
    unknown = "mr_" + 24 * "0"
    tries: list[tuple[str, str, Any]] = [
        ("GET", "/v1/manager-reviews/{}", None),
        ("GET", "/v1/reviews/{}/replies", None),
        ("GET", "/v1/reviews/{}/corrections", None),
        ("POST", "/v1/findings/{}.0/feedback", {"right": False, "should_be": {"move": "buyer_question"}}),
    ]
    for method, path, body in tries:
        assert 200 == installation.ask(ruth, method, path.format(made), json=body).status_code
        for key in (tom, ilse):
            mine, none = (installation.ask(key, method, path.format(one), json=body) for one in (made, unknown))
            assert (none.status_code, none.content) == (mine.status_code, mine.content), path
            assert mine.status_code in {403, 404}


def test_a_service_does_what_its_scopes_say(installation: Installation) -> None:
    key = installation.key(Role.SERVICE, scopes=[Scope.PEOPLE])
    csv = {"content-type": "text/csv"}
    assert 200 == installation.ask(key, "POST", "/v1/people", content=ROSTER, headers=csv).status_code
    answer = installation.ask(key, "GET", "/v1/opportunities")
    assert (403, "not_allowed") == (answer.status_code, answer.json()["code"])
    assert "pipeline:read" in answer.json()["detail"]


def test_every_route_says_what_its_caller_needs(installation: Installation) -> None:
    routes = [route for route in installation.client.app.routes if isinstance(route, APIRoute)]  # type: ignore[attr-defined]
    without = {
        route.path for route in routes if not any(isinstance(one.call, Needs) for one in route.dependant.dependencies)
    }
    assert without <= {"/healthz", "/readyz", "/v1/me"}


@pytest.mark.parametrize(
    "path", ["/", "/deals", "/deal", "/rep", "/manager", "/one-on-one", "/mine", "/settings", "/evals"]
)
def test_a_page_wants_a_sign_in_where_there_are_keys(installation: Installation, path: str) -> None:
    installation.key(Role.ADMIN)
    answer = installation.client.get(path, headers={"accept": "text/html"}, follow_redirects=False)
    assert (303, f"/login?next={path}") == (answer.status_code, answer.headers["location"])
    assert 401 == installation.client.post("/page/text?name=a.txt", content=b"x").status_code

"""An installation whose members are users of Pipedrive's and Zendesk's, and the ways in which these two ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.testclient import TestClient

from coach.api.app import create_app
from coach.domain.identity import Role
from coach.service.members import Circle
from coach.settings import Settings
from coach.wiring import build
from coach.wiring.entrance import existing
from tests.api.test_identity import Installation, fill
from tests.vendor_tokens import AUDIENCE, COMPANY, SECRET, hs256, pipedrive_claims, public_pem, rs256, zendesk_claims

Token = str | Callable[[], str] | None
"""A token, or what makes it at the time: it is good for minutes. The right one where None."""

PUBLIC = "https://coach.example"
DEALS = {
    "pipedrive": "ID,Title,Owner,Stage,Value,Expected close date,Deal created\n",
    "zendesk": "Deal ID,Deal name,Owner,Stage,Value,Estimated close date,Created at\n",
}
MAPPING = (Path(__file__).parents[2] / "coach/docs/crm/zendesk/mapping.yaml").read_text("utf-8")
ROWS = (
    "71,Hallström Foods,Ilse Brandt,Proposal,60000,2026-03-31,2026-01-10\n"
    "72,Vale Buses,Anand Rao,Proposal,64000,2026-03-30,2026-01-11\n"
)


def settings(path: Path, **given: Any) -> Settings:
    known = {
        "pipedrive_secret": SECRET,
        "pipedrive_company": COMPANY,
        "zendesk_public_key": public_pem(),
        "zendesk_audience": AUDIENCE,
        "public_url": PUBLIC,
    }
    return Settings(_env_file=None, data_dir=path / "data", engine="local", encoder=False, **known | given)


@contextmanager
def serving(given: Settings) -> Iterator[Installation]:
    """With an admin's key, two reps' deals in both CRMs, and two people who are members by their numbers there."""
    with TestClient(create_app(build(given, serving=False)), base_url="http://localhost") as client:
        installation = Installation(client, given)
        fill_both(installation)
        yield installation


def fill_both(installation: Installation) -> None:
    installation.made["admin"] = key = installation.key(Role.ADMIN)

    def ask(method: str, path: str, **more: Any) -> Any:
        return installation.ask(key, method, path, **more)

    fill(ask)
    for crm, header in DEALS.items():
        query = {"as_of": "2026-03-01"} | ({"mapping": MAPPING} if crm == "zendesk" else {})
        sent = {"content": (header + ROWS).encode(), "headers": {"content-type": "text/csv"}}
        answer = ask("POST", f"/v1/opportunities?{urlencode(query)}", **sent)
        assert (200, crm) == (answer.status_code, answer.json().get("crm")), answer.text
        deal = {"name": "Hallström Foods", "close_date": "2026-03-31"}
        note = {"deal": deal, "rep": "Ilse Brandt", "written_on": "2026-03-02", "record": {"crm": crm, "record": "71"}}
        assert (
            200
            == ask(
                "POST",
                "/v1/deal-reviews",
                json=note | {"note": f"Dana Ruiz signed the data protection terms on Friday. Ref {crm}."},
            ).status_code
        )

    async def add() -> None:
        async with existing(installation.settings, "main") as store:
            circle = Circle("main", store.records.members)
            await circle.add("ilse@acme.example", Role.REP, "Ilse Brandt", "pipedrive:123")
            await circle.add("ruth@acme.example", Role.MANAGER, "Ruth Kerr", "zendesk:456")

    asyncio.run(add())


def _made(token: str | Callable[[], str]) -> str:
    return token if isinstance(token, str) else token()


def by_pipedrive(
    installation: Installation,
    path: str,
    *,
    user: str = "123",
    company: str = COMPANY,
    token: Token = None,
    before: str = "",
    **more: str,
) -> Any:
    """Ask as Pipedrive does."""
    token = hs256(pipedrive_claims(int(user), int(company))) if token is None else _made(token)
    asked = {"resource": "deal", "view": "details", "userId": user, "companyId": company, "selectedIds": "71"} | more
    address = f"{path}?{before}{urlencode({name: value for name, value in asked.items() if value})}&token={token}"
    return installation.client.get(address, follow_redirects=False)


def by_zendesk(installation: Installation, *, token: Token = None, body: str | None = None, query: str = "") -> Any:
    """Post as Zendesk does on the first load."""
    token = rs256(zendesk_claims()) if token is None else _made(token)
    form = urlencode({"token": token}) if body is None else body
    query = query or urlencode({"origin": "https://acme.zendesk.com", "app_guid": "guid-1"})
    headers = {"content-type": "application/x-www-form-urlencoded", "origin": "https://acme.zendesk.com"}
    return installation.client.post(
        f"/crm/zendesk/panel?{query}", content=form, headers=headers, follow_redirects=False
    )

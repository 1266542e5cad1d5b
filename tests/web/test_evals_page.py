"""The page of eval runs in a real browser: listed, read, set side by side, on a phone, and while there is none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from coach.evaluation.metrics import ATTACK, POOLED, TASKS
from coach.evaluation.render import figures
from tests.made_runs import write_run
from tests.test_docs import parsed, words
from tests.web.kept import HOSTILE, service
from tests.web.steps import PHONE, Visit, answer_with, nameless, no_sideways_scroll
from tests.web.test_accessible import LOOKS, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

BEFORE = "before the prompt"
CHANGED: dict[str, Any] = {
    # The baseline's interval ends at 0.917.
    "claim_accuracy": {"value": 0.95, "low": 0.92, "high": 0.98},
    "false_established": {"value": 0.0, "n": 40},
    "skill_called_will": {"value": 2.0, "low": 0.6, "high": 7.0},
}
PRICED = {
    "asked": 240, "cached": 4, "cost_usd": 1.5, "spent_usd": 1.25, "prompt_tokens": 250_000,
    "completion_tokens": 30_000, "cached_tokens": 0, "latency_ms": {"p50": 812.4, "p90": 2340.0},
}  # fmt: skip
MADE = {"engine": "llm", "model": "gpt-4o-mini", "rubric": "buyer_evidence", "rubric_version": 4, "prompt_version": 4}
VIEWS = ["evals", "evals?run=after", f"evals?run=after&with={BEFORE}"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx.Client, Path]]:
    """A service, and the folder of its runs."""
    folder = tmp_path_factory.mktemp("evals")
    runs = folder / "runs"
    write_run(runs, BEFORE, written=1_790_000_000)
    write_run(runs, "after", written=1_790_100_000, metrics=CHANGED, provenance=MADE, spending=PRICED)
    write_run(runs, "odd", written=1_780_000_000, schema="coach.eval_report/2")
    with service(folder) as client:
        yield client, runs


@pytest.fixture
def see(visit: Visit, kept: tuple[httpx.Client, Path]) -> Any:
    """Open a view of the page, and wait for what it shows."""

    def seen(path: str, **options: Any) -> Page:
        page = visit(f"{kept[0].base_url}{path}", **options)
        page.locator("#runs[aria-busy=false]").wait_for()
        return page

    return seen


def row(page: Page, text: str) -> Any:
    return page.locator("tbody tr", has_text=text).first


def test_the_list_has_the_latest_run_first_and_what_is_wrong_with_one(see: Any) -> None:
    page = see("evals", locale="en-GB", timezone_id="UTC")
    assert ["after", BEFORE] == page.locator("tbody th a").all_inner_texts()
    after = row(page, "after").inner_text()
    for said in ("gpt-4o-mini", "buyer_evidence version 4", "244 cases", "$1.25 paid, $1.50 in all", "22 Sept 2026"):
        assert said in after
    before = row(page, BEFORE).inner_text()
    for said in ("Embedded engine", "skill_will version 1", "no model was asked", "all answered"):
        assert said in before
    assert "no report of an eval run" in row(page, "odd").inner_text()
    assert 0 == row(page, "odd").locator("a").count()
    assert "Settings" == page.locator("nav [aria-current=page]").inner_text()
    assert [] == nameless(page)


def test_a_run_opens_by_the_keyboard_and_says_in_short_how_good_it_is(see: Any) -> None:
    page = see("evals")
    page.get_by_role("link", name=BEFORE).focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name=BEFORE).wait_for()
    short = page.locator(".short").inner_text()
    for said in (
        "Right in 86.9 % of 130 deal notes (80.1 to 91.7 %)",
        "Called established though it is not: 1 of 130 (0.2 to 5.5)",
        "Right in 93.3 % of 60 rep packets",
        "Quotes that are not in the text, word for word: 0, in 244 cases",
        "Texts planted to steer it that did: 4 of 30",
    ):
        assert said in short
    assert "trained on 1700 labelled notes" in page.locator(".notices").inner_text()
    assert f"Eval run {BEFORE}" == page.title()


def test_each_task_has_its_figures_with_intervals_in_plain_words(see: Any) -> None:
    page = see("evals?run=after")
    found = page.locator(".task > h2").all_inner_texts()
    assert ["Deal notes", "Rep packets", "Conversations", "Texts planted to steer it", "All cases"] == found
    kinds = row(page, "Kinds of statement").inner_text()
    for said in ("told apart", "0.735", "0.695 to 0.765", "130"):
        assert said in kinds
    # One that is always right has no interval.
    assert "Not known" in page.locator(".panel tr", has_text="skill recall").locator("[data-interval]").text_content()
    assert "2 of 60" in row(page, "Skill called will").inner_text()


def test_an_agreement_worse_than_chance_has_no_bar_which_would_say_chance(see: Any) -> None:
    page = see("evals?run=after")
    kappa = page.locator(".of-deal tr", has_text="beyond chance").first
    assert 1 == kappa.locator(".range").count()

    def worse(run: dict[str, Any]) -> None:
        run["metrics"]["coverage_qwk"] |= {"value": -0.2, "low": -0.4, "high": 0.1}

    answer_with(page, worse, path="/v1/eval-runs/after")
    page.reload()
    kappa.get_by_text("-0.200").wait_for()
    assert 0 == kappa.locator(".range").count()


def test_tags_of_too_few_cases_are_left_out_and_counted(see: Any) -> None:
    page = see("evals?run=after")
    deals = page.locator(".of-deal")
    deals.locator("summary").click()
    cases = [int(text.split()[0]) for text in deals.locator("details th .hint").all_inner_texts()]
    assert cases == sorted(cases, reverse=True)
    assert min(cases) >= 5
    attacks = page.locator(".of-attack")
    attacks.locator("summary").click()
    assert "with fewer than 5 cases each are left out" in attacks.locator("details > p").last.inner_text()


def test_it_says_how_it_was_made_and_where_the_notes_are(see: Any) -> None:
    made = see("evals?run=after").locator(".made").inner_text()
    for said in ("gpt-4o-mini", "250,000; 30,000", "812 ms; 2.3 s", "report.html"):
        assert said in made


def test_two_runs_stand_side_by_side_and_nothing_is_concluded_from_intervals(see: Any) -> None:
    page = see("evals?run=after")
    page.get_by_label("Set beside another run").select_option(BEFORE)
    page.get_by_role("button", name="Show both").click()
    page.get_by_role("heading", name=f"{BEFORE} and after").wait_for()
    claim = row(page.locator(".of-deal"), "share right").inner_text()
    for said in ("86.9 %", "80.1 to 91.7 %", "95.0 %", "+8.1 points", "lie apart"):
        assert said in claim
    assert "overlap" in row(page, "Kinds of statement").inner_text()
    assert "+2" in row(page, "Skill called will").inner_text()
    assert "other number of cases" in row(page, "Falsely established").inner_text()
    notice = page.locator(".notices").inner_text()
    for said in ("does not tell whether a change is more than chance", "pair by pair", "Both asked the same cases."):
        assert said in notice
    for word in ("significan", "better", "worse", "regress"):
        assert word not in page.locator(".task").first.inner_text().casefold().replace("lower is better", "")


def test_the_command_of_the_real_test_is_one_and_is_copied_by_its_button(see: Any) -> None:
    page = see(VIEWS[2])
    command = page.locator(".notices code").inner_text()
    assert f"coach eval compare '{BEFORE}' after" == command
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the command").click()
    page.get_by_text("Copied", exact=True).wait_for()
    assert command == page.evaluate("navigator.clipboard.readText()")


def test_what_is_different_about_two_runs_is_listed(see: Any) -> None:
    differs = see(VIEWS[2]).locator(".differs")
    assert ["local", "llm"] == row(differs, "engine").locator("td").all_inner_texts()
    assert ["3", "4"] == row(differs, "rubric version").locator("td").all_inner_texts()
    assert ["not said", "gpt-4o-mini"] == row(differs, "model").locator("td").all_inner_texts()
    assert "2848533e4a18…" == row(differs, "rubric sha256").locator("td").first.inner_text()


def test_runs_that_asked_other_cases_are_told_from_those_that_asked_the_same(visit: Visit, tmp_path: Path) -> None:
    write_run(tmp_path / "runs", "one")
    (write_run(tmp_path / "runs", "two") / "run.json").write_text('{"inputs": {"d-1": "ab"}}')
    with service(tmp_path) as client:
        page = visit(f"{client.base_url}evals?run=one&with=two")
        page.get_by_text("They did not ask the same cases").wait_for()
        (tmp_path / "runs" / "two" / "run.json").unlink()
        page.reload()
        page.get_by_text("Whether both asked the same cases is not known.").wait_for()


def test_with_no_run_the_page_teaches_the_command_and_the_settings_lead_there(visit: Visit, tmp_path: Path) -> None:
    with service(tmp_path) as client:
        page = visit(f"{client.base_url}settings")
        page.get_by_role("link", name="Open the eval runs").click()
        page.get_by_role("heading", name="No runs yet").wait_for()
        command = page.locator(".empty code").inner_text()
        assert "coach eval run evals/cases --engine local --out runs/first" == command
        parsed(words(command))
        assert [] == nameless(page)


def test_a_run_that_is_not_there_leads_to_the_list(see: Any) -> None:
    page = see("evals?run=none")
    page.get_by_role("alert").filter(has_text="There is no run of this name").wait_for()
    page.get_by_role("link", name="All runs").click()
    page.locator("tbody th a").first.wait_for()


def test_a_list_that_fails_says_so_in_words(see: Any) -> None:
    page = see("evals?run=none")
    failed: dict[str, Any] = {"status": 503, "json": {"code": "store_failed", "detail": "It cannot be read."}}
    page.route("**/v1/eval-runs?*", lambda route: route.fulfill(**failed))
    page.goto(page.url.partition("?")[0])
    page.get_by_role("alert").filter(has_text="It cannot be read.").wait_for()


def test_more_runs_come_by_a_button_and_the_focus_goes_to_the_first_of_them(see: Any) -> None:
    page = see("evals?run=none")
    page.route("**/v1/eval-runs?*", lambda route: route.continue_(url=f"{route.request.url}&limit=1"))
    page.goto(page.url.partition("?")[0])
    page.get_by_role("button", name="Show more").click()
    page.locator("tbody tr").nth(1).wait_for()
    assert BEFORE == page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator("tbody tr").nth(2).wait_for()
    assert "odd" in page.evaluate("document.activeElement.textContent")
    assert page.get_by_role("button", name="Show more").is_hidden()


def test_what_is_markup_in_a_run_stays_text(see: Any) -> None:
    def spoil(run: dict[str, Any]) -> None:
        run["name"] = HOSTILE
        run["made"] = dict.fromkeys((*run["made"], "model", HOSTILE), HOSTILE)
        run["metrics"][HOSTILE] = run["metrics"]["claim_accuracy"]
        run["slices"] = {HOSTILE: run["metrics"]}

    page = see("evals?run=none")
    answer_with(page, spoil, path="/v1/eval-runs/*")
    for path, places in {VIEWS[1]: ("h1", ".made", ".task", "details"), VIEWS[2]: ("h1", ".differs")}.items():
        page.goto(page.url.partition("evals")[0] + path)
        page.locator("#runs[aria-busy=false]").wait_for()
        for place in places:
            assert any(HOSTILE in one for one in page.locator(place).all_text_contents()), place
        assert 0 == page.locator("main img").count()


def test_the_figures_that_come_first_are_the_evaluations_own_and_written_as_it_counts_them(see: Any) -> None:
    page = see("evals")
    shown = page.evaluate("import('./static/texts_evals.js').then(({ evals }) => evals.figures)")
    all_tasks = {**TASKS, "attack": ATTACK, "all": POOLED}
    own = {
        task: [name for name in of.headlines if of is POOLED or name not in POOLED.headlines]
        for task, of in all_tasks.items()
    }
    assert own == {task: list(of) for task, of in shown.items()}
    names = [name for of in own.values() for name in of]
    written = page.evaluate(
        "import('./static/eval_figures.js').then(({ COUNTS, SHARES }) => [[...COUNTS], [...SHARES]])"
    )
    assert {name for name in names if figures.is_count(name)} == set(written[0])
    shares = {name for of in all_tasks.values() for name, share in of.shares.items() if not share.count}
    assert (shares & set(names)) | {"seller_called_buyer"} == set(written[1])
    smallest = page.evaluate("import('./static/eval_run.js').then(({ SMALLEST_SLICE }) => SMALLEST_SLICE)")
    assert figures.SMALLEST_SLICE == smallest


@pytest.mark.parametrize("window", [PHONE, {"viewport": {"width": 1280, "height": 900}}], ids=["phone", "wide"])
@pytest.mark.parametrize("path", VIEWS)
def test_it_fits_its_window(see: Any, path: str, window: dict[str, Any]) -> None:
    page = see(path, **window)
    for one in page.locator("summary").all():
        one.click()
    assert no_sideways_scroll(page)
    assert [] == nameless(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", VIEWS)
def test_axe_finds_nothing(see: Any, look: dict[str, Any], path: str) -> None:
    page = see(path, **look)
    for one in page.locator("summary").all():
        one.click()
    assert [] == violations(page)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_while_there_is_no_run(visit: Visit, tmp_path: Path, look: dict[str, Any]) -> None:
    with service(tmp_path) as client:
        page = visit(f"{client.base_url}evals", **look)
        page.get_by_role("heading", name="No runs yet").wait_for()
        assert [] == violations(page)

"""A pack as a page: its parts, words that are only words, and that it stands by itself."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from coach.domain.one_on_one import OneOnOne
from coach.web.packs.html import print_size, to_html
from tests.web.packs.hostile import MARK, hostile
from tests.web.packs.samples import first_month, fullest, middle, new_hire


class Page(HTMLParser):
    """Elements, attributes and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


@pytest.mark.parametrize("pack", [fullest(), middle(), new_hire(), first_month()])
def test_the_parts_come_in_their_order(pack: OneOnOne) -> None:
    page = to_html(pack)
    parts = [*(f'id="part-{number}"' for number in range(1, 6)), 'id="ledger"', "<footer>"]
    places = [page.index(part) for part in ('aria-label="Agenda"', *parts)]
    assert sorted(places) == places
    if pack.warnings:
        assert page.index('class="warnings"') < page.index("<h1>")
    assert 1 == Page(page).tags.count("h1")
    assert "None" not in Page(page).text


def test_it_says_what_was_left_out_and_in_long_days() -> None:
    text = Page(to_html(fullest())).text
    for words in (
        "and 12 more, EUR 340,000, left out",
        "and 12 more, EUR 611,500 + USD 48,000, left out",
        "and 4 more, EUR 96,000, left out",
        "and 3 more, left out",
        "As of 27 Nov 2026",
        "was to close 21 Nov 2026, 6 days ago",
    ):
        assert words in text


def test_a_deal_that_closes_shows_verdict_evidence_open_steps_and_questions() -> None:
    text = Page(to_html(middle())).text
    for words in (
        "ESTABLISHED The customer has put a deciding step",
        "grade 5 · did ↑ · 19 Nov 2026 Their counsel sent back redlines on the MSA on the 19th",
        "Open on their side by 9 Dec 2026 Henrike will sign at the board meeting",
        "puts it at 90 %",
        "Watch for by 11 Dec 2026: Their deciding step is moved",
        "What could still keep the board from it on the 9th?",
        "NO NOTE No note was reviewed",
    ):
        assert words in text


def test_every_text_is_only_text() -> None:
    page, usual = Page(to_html(hostile())), Page(to_html(fullest()))
    assert 40 < page.text.count(MARK)
    assert usual.tags == page.tags
    assert usual.attributes == page.attributes
    assert "{{ 7 * 7 }}" in page.text
    assert "\x1b" not in page.text
    assert "\u202e" not in page.text


def test_there_is_no_script_no_address_and_no_style_but_its_own() -> None:
    html = to_html(hostile())
    page = Page(html)
    assert set() == set(page.tags) & {"script", "link", "img", "iframe", "object", "a", "form", "base"}
    assert set() == page.attributes & {"src", "href", "style", "srcset", "action"}
    assert {name for name in page.attributes if name.startswith("on")} == set()
    assert "url(" not in html
    assert "@import" not in html
    assert re.search(r"content=\"default-src &#39;none&#39;; style-src &#39;sha256-[\w+/]+=&#39;;", html)


@pytest.mark.parametrize(
    ("pack", "size"), [(new_hire(), "roomy"), (first_month(), "roomy"), (middle(), "roomy"), (fullest(), "tight")]
)
def test_the_more_there_is_to_read_the_smaller_the_print(pack: OneOnOne, size: str) -> None:
    page = to_html(pack)
    assert size == print_size(page)
    assert f'class="{size}"' in page


def test_in_the_tightest_print_lesser_deals_are_shorter_and_say_so() -> None:
    text = Page(to_html(fullest())).text
    assert 3 == text.count("left out: 2 quotes, 2 open steps, 1 question")
    assert "left out: 2 quotes" not in Page(to_html(middle())).text

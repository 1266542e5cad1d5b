"""Results as messages: nothing that somebody wrote becomes active in chat or mail, and each fits what it is for."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest

from coach.domain import DealReview
from coach.web.results import document
from coach.web.results.email import to_email
from coach.web.results.inert import inert
from coach.web.results.parts import Document, Points, Section, Tone, Words, said
from coach.web.results.plain import to_text
from coach.web.results.slack import MESSAGE, SECTION, escaped, to_slack
from tests.web.packs.hostile import MARK

LONG = "word " * 2_000
_JOINER = "\N{WORD JOINER}"


class Elements(HTMLParser):
    """Every element and attribute of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.attributes.update(name for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def flat(text: str) -> str:
    return " ".join(text.replace(_JOINER, "").split())


def test_a_deal_s_message_has_the_verdict_its_reason_and_its_quotes(results: dict[str, Any]) -> None:
    review: DealReview = results["deal"]
    for text in (
        to_text(document(review)),
        html.unescape(to_slack(document(review))),
        Elements(to_email(document(review))).text,
    ):
        said_ = flat(text)
        assert review.claim.verdict.upper() in said_
        assert review.claim.explanation in said_
        assert all(f"“{flat(one.quote)}”" in said_ for one in review.statements)
        assert all(one.ask in said_ for one in review.questions)
        assert review.focus.do in said_


def test_each_kind_of_result_says_what_it_is_of(result: Any, kind: str) -> None:
    name = {"deal": "Harbour & Vale Buses", "rep": "Ilse Brandt", "manager": "Ruth", "pack": "1-on-1: Mara"}[kind]
    quotes = {"deal": "sent it back on Friday", "rep": "tidied the CRM", "manager": "Put the clause", "pack": "grade"}
    for text in (to_text(document(result)), to_slack(document(result)), to_email(document(result))):
        said_ = flat(html.unescape(text))
        assert name in said_
        assert quotes[kind] in said_


def test_what_is_no_result_is_no_message() -> None:
    with pytest.raises(TypeError):
        document("a text")


def test_slack_finds_no_format_link_mention_or_emoji_in_anybody_s_words(hostile_result: Any) -> None:
    message = to_slack(document(hostile_result))
    assert MARK in message
    assert not re.search(r"[<>]", message)
    assert not re.search(r"&(?!amp;|lt;|gt;)", message)
    assert not re.search(r"https?://|www\.\w|\w@\w|\x1b|\u202e", message)
    # What formats is ours: each line has its marks in pairs, and none beside the words of others.
    for line in message.splitlines():
        assert 0 == line.count("*") % 2, line
        assert not re.search(r"[`~]", line)


def test_slack_s_escapes_show_the_words_as_they_are() -> None:
    assert "a &amp; b &lt;!channel&gt;" == escaped("a & b <!channel>")
    assert "snake_case and ˍemphasisˍ" == escaped("snake_case and _emphasis_")
    assert "∗bold∗ ∼gone∼ ˋcodeˋ" == escaped("*bold* ~gone~ `code`")  # noqa: RUF001
    assert f":{_JOINER}smile: at 10:30" == escaped(":smile: at 10:30")
    assert f"{_JOINER}&gt; quoted" == escaped("> quoted")
    assert f"@{_JOINER}here" == escaped("@here")


def test_an_address_in_somebody_s_words_is_broken_and_looks_the_same() -> None:
    for text in ("https://pay.example/x", "www.pay.example", "pay.example", "dana@pay.example", "mailto:dana"):
        assert inert(text) != text
        assert text == inert(text).replace(_JOINER, "")
        assert not re.search(r"://|\w\.[a-z]{2}|@\w|mailto:\w", inert(text))
    for text in ("EUR 1.5", "e.g. this", "14:30", "End. Next"):
        assert text == inert(text)


@pytest.mark.parametrize("count", [1, 40, 200])
def test_slack_s_limits_hold_however_much_there_is(count: int) -> None:
    lines = tuple(said(Words(f"{number} {'&<>' * 400}", Tone.BUYER), LONG) for number in range(count))
    sections = tuple(Section(f"Part {number}", (Points(lines),)) for number in range(10))
    message = to_slack(Document(Words(LONG), Words(LONG), sections))
    assert len(message) <= MESSAGE
    assert all(len(block) <= SECTION for block in message.split("\n\n"))
    assert (count > 1) is bool(re.search(r"and \d[\d,]* more parts, left out_$", message.strip()))


def test_the_fullest_results_fit_slack_whole(result: Any) -> None:
    message = to_slack(document(result))
    assert not re.search(r"more parts?, left out", message)
    assert len(message) <= MESSAGE
    assert all(len(block) <= SECTION for block in message.split("\n\n"))


def test_a_mail_is_tables_with_styles_of_their_own_and_nothing_active(hostile_result: Any) -> None:
    page = to_email(document(hostile_result))
    elements = Elements(page)
    assert {"html", "head", "meta", "title", "body", "table", "tr", "td", "b", "span"} >= elements.found
    assert {"lang", "charset", "name", "content", "style", "role", "width", "align", "valign"} | {
        *("cellpadding", "cellspacing", "border")
    } >= elements.attributes
    assert MARK in elements.text
    assert "<script>alert(1)</script>" in elements.text
    assert not re.search(r"https?://|\x1b|\u202e|url\(", page)


def test_a_mail_names_ink_and_ground_of_every_cell_with_words(result: Any) -> None:
    cells = re.findall(r"<td[^>]*>", to_email(document(result)))
    layout = '<td align="center"'
    assert [] == [
        cell
        for cell in cells
        if not cell.startswith(layout)
        and "font-size" in cell
        and not ("background-color:#ffffff" in cell and re.search(r"(?<!-)color:#(1c2127|59626d)", cell))
    ]
    assert len(cells) > 10


def test_a_mail_is_well_under_what_gmail_clips(hostile_result: Any, result: Any) -> None:
    assert [] == [one for one in (result, hostile_result) if len(to_email(document(one)).encode()) > 80_000]
    lines = tuple(said(Words(LONG, Tone.BUYER)) for _ in range(10))
    sections = tuple(Section(f"Part {number}", (Points(lines),)) for number in range(5))
    cut = to_email(Document(Words("A deal"), Words(""), sections))
    assert len(cut.encode()) <= 80_000
    assert "more parts: the message would have been too long." in cut


@pytest.mark.parametrize(("width", "scheme"), [(800, "light"), (375, "light"), (375, "dark")])
def test_a_browser_shows_a_mail_without_scrolling_sideways_asks_for_nothing_and_runs_nothing(
    browser: Any, hostile_result: Any, width: int, scheme: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    spoken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (spoken.append(dialog.message), dialog.dismiss()))
    page.set_content(to_email(document(hostile_result)))
    wide, active = page.evaluate(
        "[document.documentElement.scrollWidth, document.querySelectorAll('a, img, script, iframe, form, h1').length]"
    )
    page.close()
    assert (True, 0, [], []) == (wide <= width, active, asked, spoken)

"""The same talk, in every form that recorders, chats and people write, has the same turns."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.text.conversation import Turn, find_manager, speakers, turns
from coach.text.formats.captions import read_captions

A, B = "Ana Ruiz", "Bo Lindqvist"
TALK = (
    (A, "Where are we with Kestrel: anything new?"),
    (B, "They called at 10:05, and Dana signed the form."),
    (A, "Good. What did she say about May?"),
    (B, "That it goes to the board (8 people) on the 4th."),
    (A, "Ask her who else votes."),
    (B, "I will."),
)


def said(text: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, text[turn.start : turn.end]) for turn in turns(text)]


def clock(place: int) -> str:
    return f"{place // 60:02d}:{place % 60:02d}"


def cues(form: str, mark: str = ".") -> str:
    return "\n\n".join(
        f"{n}\n00:{clock(n)}{mark}000 --> 00:{clock(n + 1)}{mark}000\n" + form.format(n=name, w=words)
        for n, (name, words) in enumerate(TALK, 1)
    )


LINES = {
    "plain": "{n}: {w}",
    "wide colon": "{n}\uff1a{w}",
    "hours": "[00:{t}] {n}: {w}",
    "time": "{t} {n}: {w}",
    "time in brackets": "({t}) {n}: {w}",
    "time after": "{n} ({t}): {w}",
    "time in square brackets after": "{n} [{t}]: {w}",
    "time after, words below": "{n}  {t}\n{w}\n",
    "Zoom": "[{n}] 00:{t}\n{w}\n",
    "Zoom chat": "00:{t} From {n} to Everyone:\n\t{w}",
    "time before, words below": "{t} {n}\n{w}",
    "time, stroke, name": "{t} | {n}\n{w}",
    "bold": "**{n}:** {w}\n",
    "bold, colon outside": "**{n}**: {w}\n",
    "bold, time": "**{n}** {t}\n{w}\n",
    "bullet": "- {n}: {w}",
    "bold bullet": "* **{n}**: {w}",
    "quoted": "> {n}: {w}",
    "WhatsApp Web": "[09:14, 12/05/2026] {n}: {w}",
    "American WhatsApp Web": "[9:14 AM, 5/12/2026] {n}: {w}",
    "iOS chat": "[12/03/2026, 09:14] {n}: {w}",
    "Android chat": "12/03/2026, 09:14 - {n}: {w}",
    "American chat": "[3/12/26, 9:14:11 AM] {n}: {w}",
    "comma, time": "{n}, 09:14\n{w}\n",
    "comma, date in brackets": "{n}, [12.03.26 09:14]\n{w}\n",
    "name, date": "{n} 12/03/2026 09:14\n{w}",
    "Slack": "{n}  9:14 AM\n{w}",
    "time, two spaces, words": "{n} {t}  {w}",
    "angle brackets": "[{t}] <{n}> {w}",
    "title": "{n} (Acme): {w}",
    "name above": "{n}:\n{w}\n",
    "name alone": "{n}\n{w}\n",
    "dash": "{n} – {w}",
}


@pytest.mark.parametrize("form", LINES.values(), ids=LINES.keys())
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_talk_has_its_turns_in_every_form(form: str, end: str) -> None:
    text = "\n".join(form.format(n=name, w=words, t=clock(n)) for n, (name, words) in enumerate(TALK))
    assert list(TALK) == said(text.replace("\n", end))


@pytest.mark.parametrize(
    "text",
    [
        "WEBVTT\n\n" + cues("<v {n}>{w}</v>"),
        "WEBVTT - a call\nKind: captions\n\nNOTE made by hand\nof two lines\n\n" + cues("<v.loud {n}>{w}"),
        "WEBVTT\n\n" + cues("{n}: {w}"),
        cues("{n}: {w}", ","),
        cues("{n}: {w}", ",").replace("\n", "\r\n"),
        cues("{n}\n{w}", ","),
    ],
    ids=["voices", "header and notes", "names in WebVTT", "SubRip", "SubRip with CRLF", "name above words"],
)
def test_raw_captions_have_their_turns(text: str) -> None:
    assert list(TALK) == said(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("WEBVTT\n\n" + cues("<v {n}>{w}</v>"), "vtt"),
        ("WEBVTT\n\n" + cues("{n}: {w}"), "vtt"),
        (cues("{n}: {w}"), "srt"),
    ],
)
def test_captions_read_from_a_file_have_their_turns(text: str, kind: str) -> None:
    assert list(TALK) == said(read_captions(text.encode(), kind))


def test_a_cue_without_a_name_is_the_last_speakers() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nAna: I think\n\n2\n00:00:02,000 --> 00:00:03,000\nthey signed.\n\n"
        "3\n00:00:03,000 --> 00:00:04,000\nBo: Yes\n\n4\n00:00:04,000 --> 00:00:05,000\nAna: Good.\n"
    )
    assert [("Ana", "I think"), ("Ana", "they signed."), ("Bo", "Yes"), ("Ana", "Good.")] == said(text)


def test_two_voices_may_share_a_cue_and_a_voice_may_span_lines() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ana>Signed?</v> <v Bo>Yes,\non Monday</v>\n"
    assert [("Ana", "Signed?"), ("Bo", "Yes,\non Monday")] == said(text)


def test_captions_that_lost_their_line_breaks_are_cut_at_the_names() -> None:
    text = "Ana Ruiz: so I thought Bo Lindqvist: We did that.\nAna Ruiz: Good.\nBo Lindqvist: I told Ana Ruiz: No more."
    assert [
        ("Ana Ruiz", "so I thought"),
        ("Bo Lindqvist", "We did that."),
        ("Ana Ruiz", "Good."),
        ("Bo Lindqvist", "I told Ana Ruiz: No more."),
    ] == said(text)
    assert list(TALK) == said(" ".join(f"{name}: {words}" for name, words in TALK))


def test_lines_without_a_name_go_on_and_an_aside_is_nobodys() -> None:
    text = "Ana: one\n  two\n\nthree\n(types)\nfour\nBo: (I said nothing.)\nAna: (later) five (six) seven\nBo: yes\n"
    assert [
        ("Ana", "one\n  two\n\nthree"),
        (None, "(types)"),
        ("Ana", "four"),
        (None, "(I said nothing.)"),
        ("Ana", "(later) five (six) seven"),
        ("Bo", "yes"),
    ] == said(text)


def test_what_stands_above_and_under_a_talk_is_nobodys() -> None:
    text = (
        "# Review, 12 March\n\nManager: Ana\nRep: Bo\nDate: 12 March\n\n"
        "Ana: When?\nBo: In May.\nAna: Who signs?\nBo: Dana.\n\n## Actions\n- Bo: call Dana\n---\nsent from my phone"
    )
    assert [
        (None, "# Review, 12 March\n\nManager: Ana\nRep: Bo\nDate: 12 March"),
        ("Ana", "When?"),
        ("Bo", "In May."),
        ("Ana", "Who signs?"),
        ("Bo", "Dana."),
        (None, "## Actions\n- Bo: call Dana"),
        (None, "sent from my phone"),
    ] == said(text)


def test_a_colon_in_prose_makes_no_speaker() -> None:
    text = "Ana: Next.\nPricing: 4k\nBo: Well.\nNote: she said yes.\nNext step: call Dana on Friday."
    text += "\nAna: At 10:05: why?\nBo: OK."
    assert [
        ("Ana", "Next.\nPricing: 4k"),
        ("Bo", "Well.\nNote: she said yes.\nNext step: call Dana on Friday."),
        ("Ana", "At 10:05: why?"),
        ("Bo", "OK."),
    ] == said(text)


def test_who_speaks_once_in_a_talk_has_a_turn() -> None:
    text = (
        "Anna: Where are we?\nBen: They want the form by Friday,\nthey said.\nSam Price: I can help with it,\nor Kim.\n"
        "Kim: I called them on Monday.\nLou: Me too.\nAnna: Who signs?\nJin Park: Yes, who?\nPricing: 4k, she says.\n"
    )
    assert [
        ("Anna", "Where are we?"),
        ("Ben", "They want the form by Friday,\nthey said."),
        ("Sam Price", "I can help with it,\nor Kim."),
        ("Kim", "I called them on Monday."),
        ("Lou", "Me too."),
        ("Anna", "Who signs?"),
        ("Jin Park", "Yes, who?\nPricing: 4k, she says."),
    ] == said(text)


@pytest.mark.parametrize(
    "head",
    [
        *("Note", "Pricing", "Next step", "Next Steps", "Update", "Summary", "Agenda"),
        *("Action", "Price", "Next Price", "Date", "Plan", "Lesson", "SAP"),
    ],
)
def test_a_word_that_heads_a_line_of_a_turn_is_nobody(head: str) -> None:
    text = f"Ana: When?\n{head}: she said that they sign in May.\nBo: In May.\nAna: Good.\nBo: Yes."
    assert ("Ana", f"When?\n{head}: she said that they sign in May.") == said(text)[0]


def test_under_a_heading_and_above_a_talk_people_are_listed_and_do_not_speak() -> None:
    talk = "Ana: When?\nBo: In May.\nAna: Who signs?\nBo: Dana."
    listed = "Dana: She signs for all of them.\nKim: He wants it in May."
    assert ("Ana", "Bo") == speakers(
        turns(f"A call.\n{listed}\n\n{talk}\n\n## People\nLou: She came along on the 4th.\nEve: He did not.\n")
    )
    assert ("Dana", "Kim", "Ana", "Bo") == speakers(turns(f"{listed}\n{talk}"))


@pytest.mark.parametrize(
    "text",
    [
        "They signed on Monday.",
        "Pricing: 4k\nTimeline: June\nNext step: call Dana\nNote: at 10:05 she rang",
        "Budget: 4k\nAuthority: Dana\nBudget: 9k\nAuthority: Ben\nBudget: none\nAuthority: none",
        "M: 4% scrap\nE: Dana\nD: price\nD: board\nI: see M\nC: Ben\nC: –",
        "Agenda\nArrival 09:00\nCoffee 09:30\nLunch 12:30",
        "Call with Dana.\nDana: wants May.\nLong text here.\nAnd more of it.\nAnd more.\nBen: unsure.\nNothing else.",
    ],
)
def test_a_text_without_speakers_is_one_turn_of_nobodys(text: str) -> None:
    assert (Turn(None, 2, 2 + len(text)),) == turns(f" \n{text}\n ")


def test_an_empty_text_has_no_turn() -> None:
    assert [(), ()] == [turns(""), turns(" \n\t")]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["Dr. Anna Berg", "Luis de la Vega", "Anna", "Luis", "Dr. Berg"], ("Dr. Anna Berg", "Luis de la Vega")),
        (["Anna", "Ben", "Anna Berg", "ANNA"], ("Anna Berg", "Ben")),
        (["Anna Berg", "Anna Holm", "Anna", "Anna"], ("Anna Berg", "Anna Holm", "Anna")),
        (["M", "R", "M", "R"], ("M", "R")),
        (["Sales manager", "Rep", "Sales manager", "Rep"], ("Sales manager", "Rep")),
        (["Me", "Bo", "Me", "Bo"], ("Me", "Bo")),
        (["Speaker 1", "Speaker 2", "Speaker 1", "Speaker 2"], ("Speaker 1", "Speaker 2")),
        (["Mark", "Will", "Mark", "Will", "Grace", "Mark"], ("Mark", "Will", "Grace")),
        (["dan", "me", "dan", "me"], ("dan", "me")),
        (["Sales Manager (Sara)", "AE", "Sales Manager", "AE"], ("Sara", "AE")),
        (["Sara (VP Sales)", "Jae-won", "O'Brien", "Sara", "Jae-won", "O'Brien"], ("Sara", "Jae-won", "O'Brien")),
        (
            ["\u738b\u7ecf\u7406", "\u674e\u660e", "\u738b\u7ecf\u7406", "\u674e\u660e"],
            ("\u738b\u7ecf\u7406", "\u674e\u660e"),
        ),
    ],
)
def test_names_of_one_person_are_one_speaker(labels: list[str], expected: tuple[str, ...]) -> None:
    text = "\n".join(f"{label}: I think you may be right." for label in labels)
    assert expected == speakers(turns(text))


def test_a_name_with_its_surname_first_is_turned() -> None:
    text = "Chen, Sarah (Acme) 0:03\nHow are we?\nLi, Bo 0:07\nThey signed.\nChen, Sarah (Acme) 0:09\nWho did?"
    assert ("Sarah Chen", "Bo Li") == speakers(turns(text))


TALKS = [
    json.loads(line)
    for folder in ("cases", "training")
    for line in Path("evals", folder, "talks.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", TALKS, ids=lambda case: case["id"])
def test_every_move_lies_in_a_turn_of_the_manager(case: dict[str, dict[str, str]]) -> None:
    text = case["input"]["transcript"]
    found = turns(text)
    manager = find_manager(found, text, manager=case["input"]["manager"])
    assert manager is not None
    own = [turn for turn in found if turn.speaker == manager.speaker]
    moves = json.loads(json.dumps(case["expected"]))["moves"]
    assert [] == [
        move["quote"] for move in moves if not any(t.start <= move["start"] and move["end"] <= t.end for t in own)
    ]


PIECES = st.sampled_from([
    *["Ana: ", "Bo: ", "M: ", "(", ")", "[00:41] ", "00:41", "**", "- ", "\n", "\r\n", "\n\n", " ", "\t", "# "],
    *["---", "WEBVTT\n\n", "00:01.000 --> 00:02.000\n", "<v Ana>", "</v>", "1\n", "\u2028", "\x85", "\uff1a"],
    *["I said so. ", "why? ", "12/03/2026, 09:14 - ", "\u0301", "\u0131", "\u0130", "\ufeff", "\u200f", "<Bo> ", " – "],
])  # fmt: skip


@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)), st.text(max_size=5))
@settings(max_examples=400, deadline=None)
def test_turns_are_in_order_apart_and_in_the_text(text: str, name: str) -> None:
    found = turns(text)
    ends = [0, *(turn.end for turn in found)]
    assert all(end <= turn.start < turn.end <= len(text) for end, turn in zip(ends, found, strict=False))
    assert all(text[turn.start : turn.end].strip() == text[turn.start : turn.end] for turn in found)
    for given_names in ({}, {"manager": name}, {"rep": name}):
        manager = find_manager(found, text, **given_names)
        assert manager is None or manager.speaker in speakers(found)

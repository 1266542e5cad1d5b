"""People and roles are found in notes, told from companies and products, and put on the right side."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.text.people import PersonMention, find_people

NAMED = [
    ("- Itzel Marroquín (purchasing) mailed their packet", "Itzel Marroquín", "purchasing"),
    ("Then Doug Pelletier (maintenance) blocked line 2", "Doug Pelletier", "maintenance"),
    ("and then Dr. Osei signed the capital form", "Dr. Osei", None),
    ("we saw Mrs. Liesbeth Claes from HR", "Mrs. Liesbeth Claes", "HR"),
    ("Lunch with the site guy Gareth Pugh today", "Gareth Pugh", "site guy"),
    ("Luis, head baker, had already measured the door", "Luis", "head baker"),
    ("spoke to Hirata-san about it", "Hirata-san", None),
    ("Aubry said no", "Aubry", None),
    ("I asked Noreen about the budget", "Noreen", None),
    ("M. Adeyemi keyed it", "M. Adeyemi", None),
    ("Meera Joglekar (commercial) came", "Meera Joglekar", "commercial"),
    ("Sig. Rocco Valsecchi paid", "Sig. Rocco Valsecchi", None),
    ('Gwendolyn: "The boxes pop open"', "Gwendolyn", None),
    ("their counsel Imogen Stroud left", "Imogen Stroud", "counsel"),
    ("Nadège (runs the practice) likes it", "Nadège", "runs the practice"),
]

ROLES = [
    ("we wait for the CFO", "the CFO"),
    ("their counsel sent redlines", "their counsel"),
    ("then procurement sent the form", "procurement"),
    ("the finance director is on leave", "the finance director"),
    ("their head of sourcing said no", "their head of sourcing"),
    ("the tender board sits on the 24th", "the tender board"),
    ("her maintenance guy rang", "her maintenance guy"),
]

NOBODY = [
    "Kestrel Analytics is great, SmileBayan has a demo",
    "Met Prairie Smile Group at Harvest Foods Ltd on Monday in March",
    "the lead time, the sample panel, the chair, per head",
    "Budget: 5k. Process: unknown. Next: call. LinkedIn post",
    "I've sent the HK25. They're keen. Won't budge. May I?",
    "It is a quote. Quote sent. Demo done. Called twice.",
    "the train from London was late",
    "",
]


def one(text: str) -> PersonMention:
    (mention,) = find_people(text)
    return mention


@pytest.mark.parametrize(("text", "name", "role"), NAMED)
def test_a_person_is_found_with_the_role_beside(text: str, name: str, role: str | None) -> None:
    mention = one(text)
    assert (name, role, False) == (mention.text, mention.role, mention.is_seller_side)
    assert name == text[mention.start : mention.end]


@pytest.mark.parametrize(("text", "role"), ROLES)
def test_a_role_alone_is_found(text: str, role: str) -> None:
    mention = one(text)
    assert (role, ()) == (mention.text, mention.name)


@pytest.mark.parametrize("text", NOBODY)
def test_companies_products_and_things_are_nobody(text: str) -> None:
    assert () == find_people(text)


def test_a_name_once_known_is_known_all_through_the_note() -> None:
    text = "Met Itzel Marroquín (purchasing). Great. Then we saw how Itzel and Marroquín Foods work."
    first, second = find_people(text)
    assert ("Itzel Marroquín", "Itzel") == (first.text, second.text)
    assert first.same_person(second)


def test_dictation_without_capitals_still_names_people() -> None:
    text = "so i saw ingeniera lucía arizmendi the winemaker and don rogelio peña who does the buying lucía said no"
    assert ["ingeniera lucía arizmendi", "don rogelio peña", "lucía"] == [each.text for each in find_people(text)]


@pytest.mark.parametrize(
    ("one_text", "other_text", "same"),
    [
        ("Dr. Ann Lee said", "Ann said", True),
        ("Dr. Ann Lee said", "Mrs Lee said", True),
        ("A. Lee said", "Ann Lee said", True),
        ("Ann Lee said", "Bob Lee said", False),
        ("Ann Lee said", "Bob said", False),
        ("the CFO said", "their CFO said", True),
        ("the CFO said", "the CEO said", False),
        ("their CFO Ann Lee said", "the CFO said", True),
    ],
)
def test_two_mentions_may_be_one_person(one_text: str, other_text: str, same: bool) -> None:
    assert one(one_text).same_person(one(other_text)) is same
    assert one(other_text).same_person(one(one_text)) is same


@pytest.mark.parametrize(
    ("text", "sellers"),
    [
        ("Hi Claudette,\n\nDr. Osei signed the form.", ["Claudette"]),
        ("(Lorraine, you wanted structure.) Dr. Osei signed.", ["Lorraine"]),
        (
            "Dr. Osei signed the form and our counsel is happy. More to follow when I am back.\n\nBest\nAnneke",
            ["our counsel", "Anneke"],
        ),
        ("Attendees: Ann Lee (VP Ops), me\nFor us: Tomasz, Henrik\nAnn Lee said no", ["Tomasz", "Henrik"]),
        ("Ask for Henrik (ours): 7% off. Pam Hill (buyer) said yes", ["Henrik"]),
        (
            "Me 09:14: need 9% off\nMarit 09:16: what changed\nMe 09:17: they want it\nMarit 09:18: who?",
            ["Me", "Marit"] * 2,
        ),
    ],
)
def test_the_writers_side_is_known_as_such(text: str, sellers: list[str]) -> None:
    found = [each.text for each in find_people(text) if each.is_seller_side]
    assert [each for each in sellers if each != "Me"] == [each for each in found if each != "Me"]


def test_speakers_of_a_meeting_with_the_customer_are_the_customers() -> None:
    text = "ME: So what do you need?\nDENISE: Three collars.\nME: Fine.\nDENISE: I'll send you the map, we have dogs."
    assert {"DENISE": False} == {each.text: each.is_seller_side for each in find_people(text) if each.text != "ME"}


def test_our_of_a_customer_who_is_quoted_is_theirs() -> None:
    assert [False, True] == [
        each.is_seller_side
        for each in find_people('he wrote: "our finance director decides"\nI asked our finance director')
    ]


@given(st.text(max_size=300))
def test_any_text_is_read_and_mentions_lie_in_order_inside_it(text: str) -> None:
    mentions = find_people(text)
    ends = [0, *(each.end for each in mentions)]
    assert all(each.text == text[each.start : each.end] != "" for each in mentions)
    assert all(each.start >= end for each, end in zip(mentions, ends, strict=False))


def test_long_runs_are_read_in_time() -> None:
    assert () == find_people("(" * 20_000 + "A" * 20_000 + " a" * 20_000)
    assert 5_000 == len(find_people("Dr. Osei signed. " * 5_000))


def test_most_notes_of_the_development_set_name_somebody() -> None:
    cases = Path(__file__).parents[2] / "evals" / "cases" / "deals.jsonl"
    notes = [json.loads(line)["input"]["note"] for line in cases.read_text(encoding="utf-8").splitlines()]
    assert sum(any(not each.is_seller_side for each in find_people(note)) for note in notes) > 0.9 * len(notes)

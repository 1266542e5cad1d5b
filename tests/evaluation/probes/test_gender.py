"""Everybody of the other gender: what "her" becomes, and what is no gender."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from coach.evaluation.case import DealCase, RepCase, load_cases
from coach.evaluation.prediction import DealOutput, RepOutput
from coach.evaluation.probes.gender import GENDER, swap_gender
from coach.evaluation.probes.words import words


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("He signed. She did not.", "She signed. He did not."),
        ("HE SAYS SO and he's right", "SHE SAYS SO and she's right"),
        ("Ask him, he'd know himself.", "Ask her, she'd know herself."),
        ("Mr Ooms and Mrs. Claes met Ms Ide.", "Ms Ooms and Mr. Claes met Mr Ide."),
        ("Frau Sattler rang Herr Kroll.", "Herr Sattler rang Frau Kroll."),
        ("The payroll man and the site guy", "The payroll woman and the site lady"),
        ("his wife Ana, my brother-in-law", "her husband Ana, my sister-in-law"),
        ("Nice man. Wife does the books.", "Nice woman. Husband does the books."),
        ("the nephew's wedding, the girls' van", "the niece's wedding, the boys' van"),
        ("mr moya the administrator", "ms moya the administrator"),
    ],
)
def test_words_of_gender_are_swapped_in_the_case_they_were_written(before: str, after: str) -> None:
    assert after == swap_gender(before).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # possessive: a noun of hers follows
        ("her list", "his list"),
        ("on her own authority", "on his own authority"),
        ("none of her six late deals", "none of his six late deals"),
        ("17 of her last 60 cases", "17 of his last 60 cases"),
        ("moved her Friday slot", "moved his Friday slot"),
        ("her out of office came back", "his out of office came back"),
        ("saw her right hand", "saw his right hand"),
        ('her "gut feeling" decides', 'his "gut feeling" decides'),
        ("Her notebook beats our CRM", "His notebook beats our CRM"),
        # object: something is done to her
        ("I told her.", "I told him."),
        ("I asked her what she wants", "I asked him what he wants"),
        ("told her that, sent her the list", "told him that, sent him the list"),
        ("told her he'd go", "told him she'd go"),
        ("gave her two boxes", "gave him two boxes"),
        ("call her Thurs, or Friday", "call him Thurs, or Friday"),
        ("ring her quickly. Then", "ring him quickly. Then"),
        ("helping her write it", "helping him write it"),
        ('told her "no"', 'told him "no"'),
        ("bless her, the list", "bless him, the list"),
        ("what do you want her to do", "what do you want him to do"),
        ("ask her\nlist follows", "ask him\nlist follows"),
    ],
)
def test_her_becomes_his_or_him_by_the_next_word(before: str, after: str) -> None:
    assert after == swap_gender(before).text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("his list", "her list"),
        ("Budget's his.", "Budget's hers."),
        ("Contract template: his or ours", "Contract template: hers or ours"),
        ("his were low noise", "hers were low noise"),
        ('his "gut feeling"', 'her "gut feeling"'),
        ("on hers, not ours", "on his, not ours"),
    ],
)
def test_his_becomes_her_or_hers_by_the_next_word(before: str, after: str) -> None:
    assert after == swap_gender(before).text


@pytest.mark.parametrize(
    "text",
    [
        "Tillery Brothers signed.",
        "TILLERY BROTHERS",
        "Sister Agnese will call.",
        "the HIS system",
        "12 man-hours, one-man IT",
        "the manual, a shepherd, Herman, sheer mother-of-pearl",
        "you guys, oh man",
        "Lead came in 4 ms. MS Teams. MS: fine.",
        "Miss the deadline and it is over",
        "our sister company and their mother company",
    ],
)
def test_words_that_tell_no_gender_stay(text: str) -> None:
    assert text == swap_gender(text).text


def test_swapping_twice_gives_the_text_back() -> None:
    text = "He told her his plan; she gave him hers, and herself a day. His wife's brother met the women."
    assert text == swap_gender(swap_gender(text).text).text


def test_a_title_in_the_name_of_the_company_stays(
    deal: Callable[..., DealCase], read: Callable[..., DealOutput]
) -> None:
    case = deal("Mr Crisp is growing. Mr Asante signs.", deal={"name": "Mr Crisp Chicken"})
    variant = GENDER.make(case, read())
    assert "Mr Crisp is growing. Ms Asante signs." == variant.case.input.note


def test_every_text_of_a_packet_is_swapped_and_nothing_else(
    rep: Callable[..., RepCase], diagnosed: Callable[..., RepOutput]
) -> None:
    case = rep(
        self_assessment={"text": "My wife says so.", "ratings": {"discovery": 3}},
        manager_observation="He sits at his desk.",
        ride_along="She told him.",
        deal_notes=["Met her at noon.", "No reply."],
        results={"quota": 97},
    )
    packet = GENDER.make(case, diagnosed()).case.input
    expected = case.input.model_copy(
        update={
            "self_assessment": case.input.self_assessment.model_copy(update={"text": "My husband says so."}),
            "manager_observation": "She sits at her desk.",
            "ride_along": "He told her.",
            "deal_notes": ("Met him at noon.", "No reply."),
        }
    )
    assert expected == packet


def test_a_note_without_a_gender_offers_nothing(deal: Callable[..., DealCase], read: Callable[..., DealOutput]) -> None:
    assert GENDER.make(deal("The team signed."), read()) is None


CASES = [
    case for case in load_cases([Path(__file__).parents[3] / "evals/cases/deals.jsonl"]) if isinstance(case, DealCase)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_in_a_real_note_only_words_of_the_list_change(case: DealCase) -> None:
    gender = words().gender
    listed = {word.casefold() for word in (*gender.pronouns, *gender.nouns, *gender.titles, "her", "his")}
    note = case.input.note
    before, after = re.split(r"([\w'’-]+)", note), re.split(r"([\w'’-]+)", swap_gender(note).text)
    assert len(before) == len(after)
    changed = {
        re.sub("['’](s|d|ll)$", "", old.casefold()) for old, new in zip(before, after, strict=True) if old != new
    }
    assert changed <= listed

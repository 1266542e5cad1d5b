"""Who of the speakers is the manager: as told, as written, or as they talk."""

import json
from collections import Counter
from pathlib import Path

import pytest

from coach.text.conversation import Manager, find_manager, speakers, turns
from coach.text.conversation.counts import counts
from coach.text.formats.captions import read_captions

REVIEW = (
    "{0}: so Kestrel went quiet, I mailed her twice and she said they'd look at it after the audit, he isn't back yet\n"
    "{1}: Okay. What did she tell you about the audit?\n"
    "{0}: that their finance lead wants it closed first, he told her in April, and they've got two other projects\n"
    "{1}: Good. Who else decides there? Ask her that, and send me your plan.\n"
    "{0}: yes, her boss decides, she said, and he's met us once. I've not spoken to him\n"
    "{1}: Right. How will you get to him?\n"
)


def found_in(text: str, **names: str) -> Manager | None:
    return find_manager(turns(text), text, **names)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        *(("Gareth Pugh", "Gareth Pugh"), ("gareth", "Gareth Pugh"), ("PUGH", "Gareth Pugh"), ("gar", "Gareth Pugh")),
        *(("gp", "Gareth Pugh"), ("G.P.", "Gareth Pugh"), ("Mr Pugh", "Gareth Pugh"), ("Dr. Zoltan Kis", "Zoltán")),
        *(("zoltan", "Zoltán"), ("Nobody", None), ("ga", "Gareth Pugh"), ("Z. K.", None), ("", Manager)),
    ],
)
def test_a_name_that_is_given_finds_its_speaker(asked: str, expected: object) -> None:
    text = REVIEW.format("Zoltán", "Gareth Pugh")
    manager = found_in(text, manager=asked)
    if expected is Manager:  # an empty name is none
        assert Manager("Gareth Pugh", "by what they say") == manager
    else:
        assert (Manager(str(expected), "named") if expected else None) == manager


def test_a_name_that_two_speakers_share_finds_neither() -> None:
    text = REVIEW.format("Ana Berg", "Ana Holm")
    assert [None, "Ana Holm"] == [
        manager and manager.speaker for manager in (found_in(text, manager="Ana"), found_in(text, manager="ana h"))
    ]


def test_of_two_speakers_the_one_who_is_not_the_rep() -> None:
    assert Manager("Zoltán", "by elimination") == found_in(REVIEW.format("Zoltán", "Gareth"), rep="gareth")


def test_a_rep_who_does_not_speak_is_passed_over() -> None:
    assert Manager("Gareth", "by what they say") == found_in(REVIEW.format("Zoltán", "Gareth"), rep="Nobody")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (REVIEW.format("Manager", "Rep"), Manager("Manager", "by label")),
        (REVIEW.format("Sales manager", "Bo"), Manager("Sales manager", "by label")),
        (REVIEW.format("My boss", "Me"), Manager("My boss", "by label")),
        (REVIEW.format("VP Sales", "Account manager"), Manager("VP Sales", "by label")),
        (REVIEW.format("M", "R"), Manager("M", "by label")),
        (REVIEW.format("Ana", "AE"), Manager("Ana", "by elimination")),
        (REVIEW.format("Ana (mgr)", "Bo"), Manager("Ana", "by title")),
        (REVIEW.format("Ana, VP Sales", "Bo"), Manager("Ana", "by title")),
        ("Manager: Ana\nRep: Bo\n\n" + REVIEW.format("Ana", "Bo"), Manager("Ana", "by title")),
        ("Call of Ana Ruiz (Head of Sales) and Bo (AE)\n" + REVIEW.format("Ana", "Bo"), Manager("Ana", "by title")),
        (REVIEW.format("Ana", "Bo"), Manager("Bo", "by what they say")),
        (
            REVIEW.format("Ana", "Bo") + "Cem: I can help you with that one.\nBo: Good.",
            Manager("Bo", "by what they say"),
        ),
    ],
)
def test_without_names_labels_and_titles_go_before_what_they_say(text: str, expected: Manager) -> None:
    assert expected == found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They signed on Monday.",
        "Ana: Did they sign?\nBo: Yes.\nAna: When?\nBo: Monday.",
        "".join(
            f"{name}: They moved it to June, she said, and he agreed with her on the date.\n"
            for name in ("Ana", "Bo") * 4
        ),
    ],
)
def test_where_it_is_not_clear_there_is_none(text: str) -> None:
    assert None is found_in(text)


@pytest.mark.parametrize("folder", ["cases", "training"])
def test_on_labelled_conversations_no_guess_is_wrong_and_nine_in_ten_are_made(folder: str) -> None:
    lines = Path("evals", folder, "talks.jsonl").read_text(encoding="utf-8").splitlines()
    right, wrong = 0, []
    for case in map(json.loads, lines):
        text = case["input"]["transcript"]
        told = found_in(text, manager=case["input"]["manager"])
        by_rep = found_in(text, rep=case["input"]["rep"])
        assert told is not None
        assert by_rep == Manager(told.speaker, "by elimination")
        guess = found_in(text)
        right += guess is not None and guess.speaker == told.speaker
        wrong += [case["id"]] if guess and guess.speaker != told.speaker else []
    assert [] == wrong
    assert right >= 0.9 * len(lines)


def test_in_plain_talks_of_a_dozen_turns_no_guess_is_wrong_and_most_are_made() -> None:
    lines = Path(__file__).with_name("plain_talks.jsonl").read_text(encoding="utf-8").splitlines()
    guesses = []
    for talk in map(json.loads, lines):
        text = talk["text"] if talk["kind"] == "txt" else read_captions(talk["text"].encode(), talk["kind"])
        guess = found_in(text)
        guesses.append("none" if guess is None else "right" if guess.speaker == talk["manager"] else "wrong")
    assert {"right": 11, "none": 2} == Counter(guesses)


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        *(("A bit hungrier, Ben.", 1), ("OK Ben, see her.", 1), ("Ben, see her.", 1), ("Now, Ben Okafor, go on.", 1)),
        *(("I saw Ben.", 0), ("Ben signs, he says.", 0), ("Hi Ben, there you are.", 0), ("Ann, you said.", 0)),
    ],
)
def test_a_name_set_off_by_commas_calls_the_other_one(said: str, calls: int) -> None:
    text = f"Ann: {said}\nBen Okafor: Yes, I will.\nAnn: Good.\nBen Okafor: I think so."
    assert calls == counts(turns(text), text)["Ann"].calls


def test_who_is_called_by_name_and_given_an_order_is_told() -> None:
    text = "Ann: Ben, see her on Friday.\nBen: Yes.\nAnn: Cem, how was it?\nCem: Good.\nAnn: And then, Cem, call her."
    found = counts(turns(text), text)
    assert {"Ann": (0, 3), "Ben": (1, 0), "Cem": (1, 0)} == {name: (own.told, own.calls) for name, own in found.items()}


def test_the_one_who_is_found_is_not_the_one_who_asks_for_leave() -> None:
    text = (
        "Jo: Can I promise them a visit? They asked for one, and I think we should.\nSam: You can, Jo. One visit.\n"
        "Jo: Should I tell them today? Could you ask planning whether we have a day?\n"
        "Sam: Ask planning, then call them.\nJo: I'll do that. Do you want to be there?\n"
        "Sam: Go alone. What do they get from the visit?\nJo: I guess trust."
    )
    assert Manager("Sam", "by what they say") == found_in(text)


def test_the_one_who_asks_is_found_where_the_rep_speaks_first() -> None:
    notes = (json.loads(line) for line in Path("evals/cases/deals.jsonl").read_text(encoding="utf-8").splitlines())
    chats = [note["input"]["note"] for note in notes if "chat message thread pasted (rep and manager)" in note["tags"]]
    second = [speakers(turns(chat))[1] for chat in chats]
    others = [(chat, name) for chat, name in zip(chats, second, strict=True) if not chat.lstrip().startswith("Gwen")]
    assert [name for _, name in others] == [manager.speaker for chat, _ in others if (manager := found_in(chat))]

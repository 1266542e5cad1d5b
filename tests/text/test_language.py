"""English is told from other languages, generously."""

import json
from pathlib import Path

import pytest

from coach.text.language import looks_english

EVALS = Path(__file__).parents[2] / "evals"

ENGLISH = [
    "",
    "12345",
    "Called Bob. No answer.",
    "quote sent, vm x2, nada",
    "Met w/ Itzel re SOW; redlines Tues; PO pending",
    "I have called him two times, no answer, tomorrow again.",
    "Yesterday was I by customer, he say price is too high but he want offer until Friday.",
]
OTHERS = [
    "Heute habe ich mit Herrn Krüger telefoniert, er hat das Angebot noch nicht gelesen und will sich bald melden.",
    "Kunde hat Angebot erhalten. Termin am 12. Mai mit Frau Klein, Entscheidung danach.",
    "Hoy hablé con el director de compras, dice que el presupuesto no está aprobado y que lo verán en junio.",
    "J'ai appelé le directeur financier, il n'a pas encore lu la proposition et nous rappelle la semaine prochaine.",
    "Vandaag gebeld met de inkoper, hij heeft de offerte nog niet gelezen en komt er volgende week op terug.",
    "Falei hoje com o diretor de compras, ele disse que o orçamento ainda não foi aprovado.",
    "Oggi ho parlato con il direttore acquisti, dice che il budget non è ancora approvato e che ci sentiamo.",
    "Pratade med inköpschefen idag, han har inte läst offerten och återkommer nästa vecka.",
    "Rozmawiałem dziś z dyrektorem zakupów, nie przeczytał jeszcze oferty i wróci do nas w przyszłym tygodniu.",
    "Позвонил директору по закупкам, он ещё не читал предложение.",
    "今日は購買部長と話しました。来週返事をくれるそうです。",
    "تحدثت اليوم مع مدير المشتريات ولم يقرأ العرض بعد",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_however_short_is_english(text: str) -> None:
    assert looks_english(text)


@pytest.mark.parametrize("text", OTHERS)
def test_other_languages_and_scripts_are_not(text: str) -> None:
    assert not looks_english(text)


@pytest.mark.parametrize("file", ["cases/deals.jsonl", "training/deals.jsonl"])
def test_every_note_of_the_cases_is_english(file: str) -> None:
    notes = [json.loads(line)["input"]["note"] for line in (EVALS / file).read_text(encoding="utf-8").splitlines()]
    assert len(notes) == sum(map(looks_english, notes)) > 100

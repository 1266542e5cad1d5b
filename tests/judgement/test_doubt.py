"""What a reader is not sure of: it establishes nothing, and the manager is asked about the least sure of it."""

from __future__ import annotations

from collections.abc import Callable

from coach.domain import Judgement, Statement, Verdict

Say = Callable[..., Statement]
Judge = Callable[..., Judgement]


def statements(say: Say, *confidences: float | None) -> list[Statement]:
    """A deal whose date is established, read with these confidences."""
    said = (
        say("act", "+", "Dana ran the trial on her own line", "Dana"),
        say("act", "+", "their counsel returned the contract with two redlines", "their counsel", informs="process"),
        say("promise", "+", "the board votes on it on 20 March", "the board", informs="process"),
    )
    return [one.model_copy(update={"confidence": sure}) for one, sure in zip(said, confidences, strict=True)]


def doubts(judgement: Judgement) -> list[tuple[int, ...]]:
    told = ("leaves one point", "read two ways", "not clear")
    return [one.because for one in judgement.questions if any(words in one.ask for words in told)]


def test_sure_evidence_establishes_and_nothing_is_asked_about_it(say: Say, judged: Judge) -> None:
    for confidences in ((None, None, None), (0.9, 0.8, 0.4)):
        found = judged(*statements(say, *confidences))
        assert Verdict.ESTABLISHED is found.claim.verdict
        assert [] == doubts(found)


def test_what_is_unsure_establishes_nothing_and_is_asked_about_first(say: Say, judged: Judge) -> None:
    found = judged(*statements(say, 0.9, 0.39, 0.3))
    assert Verdict.UNPROVEN is found.claim.verdict
    assert "can be read another way" in found.claim.explanation
    assert found.claim.would_establish
    assert [(1, 2)] == doubts(found)
    assert (1, 2) == found.questions[0].because
    assert "Make the note say who did what" == found.focus.title
    assert [] == [one for one in found.questions if "day of their own" in one.ask]


def test_an_answer_that_rests_on_what_is_unsure_is_asked_about_once(say: Say, judged: Judge) -> None:
    found = judged(say("act", "+", "Dana ran the trial on her own line", "Dana").model_copy(update={"confidence": 0.2}))
    assert Verdict.UNPROVEN is found.claim.verdict
    assert [(0,)] == doubts(found)


def test_what_is_ours_is_not_asked_about(say: Say, judged: Judge) -> None:
    ours = say("hope", "", "they love us").model_copy(update={"confidence": 0.1})
    assert [] == doubts(judged(ours))

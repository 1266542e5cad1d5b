"""Whatever a reader says: what holds of every mirror."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.rubrics.forbidden import is_forbidden
from coach.rubrics.manager_moves import Habit
from tests.judgement.mirror.conftest import RUBRIC, SHORT, mirrored

_said = st.lists(st.sampled_from(sorted(SHORT)), max_size=12).map(" ".join)
_asks = st.dictionaries(st.integers(0, 12), st.text(max_size=30) | st.text(max_size=30).map(lambda text: f"{text}?"))
_names = st.dictionaries(st.integers(0, 12), st.sampled_from(["Mr Pell", "Dr Öz", "$who ${who}"]))


@settings(max_examples=500, deadline=None)
@given(_said, _asks, _names)
def test_whatever_a_reader_says_the_rules_hold(said: str, offered: dict[int, str], named: dict[int, str]) -> None:
    found = mirrored(said, offered=offered, named=named)
    count = len(said.split())
    counted = found.balance.asked + found.balance.told + found.balance.supports + found.balance.accountabilities
    assert count == counted
    telling = [at for at, one in enumerate(said.split()) if one in {"ours?", "tell", "take", "judge"}]
    assert min(3, len(telling)) == len(found.rewrites)
    assert sorted({one.move for one in found.rewrites}) == [one.move for one in found.rewrites]
    for one in found.rewrites:
        assert one.move in telling
        assert one.ask.endswith("?")
        assert not is_forbidden(one.ask)
    assert len(found.rewrites) == len({one.ask for one in found.rewrites})
    titles = {one.id: one.title for one in RUBRIC.focuses}
    assert found.practice.title in titles.values()
    if "take" in said.split():
        assert titles[Habit.KEEP] != found.practice.title
    assert set(found.practice.because) <= set(range(count))

"""Puts a text before the judge: what never changes first, the text last, as data between lines that it cannot forge."""

from __future__ import annotations

import hashlib
import json
from string import Template

from coach.evaluation.judge.criteria import Criteria, Criterion, Meaning

_WHAT = {"question": "a question that the manager may put to the rep", "prescription": "what the manager is told to do"}


def render(criteria: Criteria, criterion: Criterion, text: str, context: str) -> str:
    """The prompt that asks whether a text meets a criterion.

    Args:
        criteria: Where the wording comes from.
        criterion: What is asked.
        text: The text to judge.
        context: What it is judged beside.
    """
    return Template(criteria.prompt).substitute(
        what=_WHAT[criterion.applies_to],
        asks=criterion.asks,
        yes_means=criterion.when_yes.means,
        yes_examples=_examples(criterion.when_yes),
        no_means=criterion.when_no.means,
        no_examples=_examples(criterion.when_no),
        context_is=criterion.applies_to.context_is,
        context=context,
        text=text,
        boundary=boundary(context, text),
    )


def boundary(*contents: str) -> str:
    """A code to mark where data begin and end, which stands in none of them.

    It is a hash of all the data: whoever writes one of them would have to find a text that holds 128 bits of its own
    hash, and even that text gets another code here.
    """
    code = hashlib.sha256(json.dumps(contents).encode()).hexdigest()[:32]
    return boundary(*contents, code) if any(code in content for content in contents) else code


def _examples(meaning: Meaning) -> str:
    return "\n".join(f"- {example}" for example in meaning.examples)

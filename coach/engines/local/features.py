"""What the sequence model is told of each clause: strings, one for each thing that is so. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from coach.engines.local.clauses import Clause
from coach.engines.local.lexicon import Lexicon

_QUOTE = re.compile(r"[\"“”«»]")
_CURRENCY = re.compile(r"[$€£¥]|\b(?:usd|eur|gbp|aud|cad)\b", re.IGNORECASE)
_PASSED_ON = ("s=", "cs=", "v=", "c=", "w=", "f1=", "sv=", "m=")
"""What a clause tells the ones beside it; further off only subject and categories are heard."""


def features(clauses: Sequence[Clause], lexicon: Lexicon) -> list[list[str]]:
    """Features of every clause, in order."""
    own = [_own(clause, i, len(clauses), lexicon) for i, clause in enumerate(clauses)]
    near = [[one for one in each if one.startswith(_PASSED_ON)] for each in own]
    far = [[one for one in each if one.startswith(("s=", "c="))] for each in own]
    return [each + _around(clauses, near, far, i) for i, each in enumerate(own)]


def _own(clause: Clause, index: int, count: int, lexicon: Lexicon) -> list[str]:
    found = ["bias", *_word_features(clause), *_grammar(clause), *_form(clause), *_place(clause, lexicon)]
    found.append(f"pos={index * 5 // count}")
    if index == 0:
        found.append("first")
    if index == count - 1:
        found.append("last")
    return found


def _word_features(clause: Clause) -> list[str]:
    words = clause.words
    distinct = dict.fromkeys(words)
    found = ["w=" + word for word in distinct]
    found += [f"b={a}_{b}" for a, b in dict.fromkeys(pairwise(words))]
    found += ["p4=" + word for word in dict.fromkeys(words[:4])]
    found += ["f1=" + words[0], "f2=" + "_".join(words[:2]), "f3=" + "_".join(words[:3]), "l1=" + words[-1]]
    found += dict.fromkeys("pre=" + word[:5] for word in distinct if len(word) > 5 and word[0] != "@")
    found += dict.fromkeys("suf=" + word[-3:] for word in distinct if len(word) > 4 and word.isalpha())
    return found


def _grammar(clause: Clause) -> list[str]:
    categories = clause.categories
    distinct = dict.fromkeys(categories)
    found = ["c=" + one for one in distinct]
    found += [f"cb={a}_{b}" for a, b in dict.fromkeys(pairwise(categories))]
    found += [f"sc={clause.carried}_{one}" for one in distinct]
    found += ["c1=" + one for one in categories[:1]]
    subject, carried, verb = clause.subject, clause.carried, clause.verb
    found += ["s=" + subject, "cs=" + carried, "v=" + verb, f"sv={subject}_{verb}", f"csv={carried}_{verb}"]
    contracted = [word for word in clause.words if "'" in word and word[0] != "@"][:2]
    return found + [f"sa={carried}_{word}" for word in contracted]


def _form(clause: Clause) -> list[str]:
    text, words = clause.text, clause.words
    signs = {
        "digit": any(char.isdigit() for char in text),
        "?": "?" in text,
        "!": "!" in text,
        "quote": _QUOTE.search(text) is not None,
        "%": "%" in text,
        "money": _CURRENCY.search(text) is not None,
        "name": any(word[0] == "@" for word in words),
        "names": sum(word[0] == "@" for word in words) > 1,
        "short": len(words) <= 3,
    }
    return [f"m={sign}" for sign, holds in signs.items() if holds] + [f"len={min(6, len(words) // 2)}"]


def _place(clause: Clause, lexicon: Lexicon) -> list[str]:
    line = clause.line
    signs = {
        "bullet": line.is_bullet,
        "quoted": line.is_quoted,
        "heading": line.is_heading,
        "line": clause.begins_line,
        "sentence": clause.begins_sentence,
        "spoken": line.speaker is not None,
    }
    found = [f"at={sign}" for sign, holds in signs.items() if holds]
    found.append("pc=" + clause.mark_before)
    found += ["h=" + word for word in line.heading]
    for category in dict.fromkeys(lexicon.find(line.heading)):
        found += ["hc=" + category, f"hcs={category}_{clause.carried}"]
    found += ["spc=" + category for category in dict.fromkeys(lexicon.find(line.role))]
    if not clause.begins_line:
        found += ["lw=" + word for word in line.first_words]
    return found


def _around(clauses: Sequence[Clause], near: Sequence[list[str]], far: Sequence[list[str]], i: int) -> list[str]:
    found: list[str] = []
    for step, told in ((-1, near), (1, near), (-2, far), (2, far)):
        j = i + step
        if 0 <= j < len(clauses):
            found += [f"{step}:{one}" for one in told[j]]
        else:
            found.append(f"{step}:none")
    if i:
        found.append(f"ss={clauses[i - 1].carried}_{clauses[i].subject}")
    return found

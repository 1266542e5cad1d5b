"""What `columns.yaml` knows of CRMs, and which CRM a header is of.

Rule: a CRM is recognised by names that no other CRM has, at least two of them; a tie is no recognition.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from coach.pipeline.rows.fields import Field, PersonField, same_header
from coach.rubrics.strict_yaml import parse

_FEWEST_FIELDS = 3
_FEWEST_OWN_NAMES = 2


@dataclass(frozen=True, slots=True)
class Crm:
    """A CRM: what its columns are called, and how it writes what is in them."""

    name: str
    names: Mapping[Field, tuple[str, ...]]
    """The names of each field as `same_header` has them, the best first."""
    api_names: frozenset[str]
    """Names of the programming interface, letter by letter."""
    api_decimal: str | None
    api_times_utc: bool
    probability: str
    stages: tuple[str, ...]
    won: tuple[str, ...]
    lost: tuple[str, ...]

    def known(self) -> frozenset[str]:
        """Every name of every field."""
        return frozenset(name for names in self.names.values() for name in names)

    def columns(self, headers: Iterable[str]) -> dict[Field, tuple[str, ...]]:
        """Which headers, as they stand, say what; the best of a field first."""
        there = {same_header(header): header for header in headers}
        found = {field: tuple(there[one] for one in names if one in there) for field, names in self.names.items()}
        return {field: matched for field, matched in found.items() if matched}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """All that `columns.yaml` says."""

    crms: Mapping[str, Crm]
    states: Mapping[str, str]
    """How a state column says it, and what that means: `open`, `won`, `lost` or `deleted`."""
    truth: Mapping[str, bool]
    nothing: frozenset[str]
    synonyms: Mapping[Field, tuple[str, ...]]
    people: Mapping[PersonField, tuple[str, ...]]
    currencies: frozenset[str]
    symbols: Mapping[str, str]
    shared: frozenset[str]
    currency_names: Mapping[str, str]

    def recognise(self, headers: Iterable[str]) -> Crm | None:
        """The CRM whose columns these are; None where there is too little to say so, or two fit as well."""
        there = {same_header(header) for header in headers}
        uses = Counter(name for crm in self.crms.values() for name in crm.known())
        fits = []
        for crm in self.crms.values():
            own = sum(1 for name in crm.known() & there if uses[name] == 1)
            fields = sum(1 for names in crm.names.values() if not there.isdisjoint(names))
            if own >= _FEWEST_OWN_NAMES and fields >= _FEWEST_FIELDS:
                fits.append((own, fields, crm))
        fits.sort(key=lambda fit: fit[:2], reverse=True)
        if not fits or (len(fits) > 1 and fits[0][:2] == fits[1][:2]):
            return None
        return fits[0][2]


@cache
def dictionary() -> Dictionary:
    """What `columns.yaml` says, read once."""
    content: Any = parse(files("coach.pipeline.rows").joinpath("columns.yaml").read_bytes())
    return Dictionary(
        crms={name: _crm(name, said) for name, said in content["crms"].items()},
        states={word: state for state, words in content["states"].items() for word in words},
        truth={word: answer == "yes" for answer, words in content["truth"].items() for word in words},
        nothing=frozenset(content["nothing"]),
        synonyms={Field(field): tuple(map(same_header, names)) for field, names in content["synonyms"].items()},
        people={PersonField(field): tuple(map(same_header, names)) for field, names in content["people"].items()},
        currencies=frozenset(content["currencies"].split()),
        symbols={symbol.casefold(): code for symbol, code in content["symbols"].items()},
        shared=frozenset(symbol.casefold() for symbol in content["shared"]),
        currency_names=content["currency_names"],
    )


def _crm(name: str, said: Mapping[str, Any]) -> Crm:
    prefix = said.get("prefix", "")
    names = {}
    for field, spelt in said["fields"].items():
        prefixed = [f"{prefix}{label}" for label in spelt["labels"]] if prefix else []
        names[Field(field)] = tuple(dict.fromkeys(map(same_header, (*prefixed, *spelt["labels"], *spelt["api"]))))
    values = said["api_values"]
    return Crm(
        name=name,
        names=names,
        api_names=frozenset(one for spelt in said["fields"].values() for one in spelt["api"]),
        api_decimal=values.get("decimal"),
        api_times_utc=values.get("times") == "utc",
        probability=said["probability"],
        stages=tuple(said["stages"]),
        won=tuple(said["won"]),
        lost=tuple(said["lost"]),
    )

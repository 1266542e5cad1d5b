"""1-on-1s as they were held, and the claims that were made: what is there afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from coach.domain.commitment import Commitment, Step
from coach.domain.one_on_one import ClaimLedger, OneOnOne
from coach.errors import NotFound
from coach.pipeline.ledger import read_ledger
from coach.service.days import check_day
from coach.service.one_on_one import known

if TYPE_CHECKING:
    from coach.store.records import Records


async def ledger_of(rep: str, as_of: date, kept: Records) -> ClaimLedger:
    """The claim ledger of a rep, as it stood on a day.

    Raises:
        InvalidInput: as for `prepare`.
        StoreError: the store cannot be read.
    """
    check_day("as_of", as_of)
    who = await known(rep, kept)
    claims = await kept.claims.of(who.name, as_of)
    return read_ledger(who.name, claims, await kept.reviews.shares(who.name, as_of), as_of)


async def hold(pack: OneOnOne, steps: Sequence[Step], kept: Records) -> OneOnOne:
    """Keep a 1-on-1 as held, with the steps agreed in it.

    Held again on the same day, the pack is replaced, and steps that are not there yet are added.

    Args:
        pack: As it was prepared.
        steps: What was agreed on.
        kept: Where to.

    Returns:
        The pack with all that was agreed on that day.

    Raises:
        InvalidInput: a step is due outside 1990 to 2100.
        StoreError: the store cannot be written; nothing of it was kept.
    """
    for one in steps:
        check_day("due_on", one.due_on)
    agreed = [Commitment(id=0, rep=pack.rep, agreed_on=pack.as_of, **one.model_dump()) for one in steps]
    await kept.one_on_ones.put(pack.rep, pack.as_of, pack.model_dump_json(by_alias=True), agreed)
    return await _with_agreed(pack, kept)


async def held(rep: str, day: date, kept: Records) -> OneOnOne:
    """A 1-on-1 as it was held, with what was agreed in it as it stands now.

    Raises:
        NotFound: none was kept of that rep and day, or another version of Coach wrote it, and it cannot be read.
        StoreError: the store cannot be read.
    """
    content = await kept.one_on_ones.get(rep, day)
    if content is not None:
        with suppress(ValidationError):
            return await _with_agreed(OneOnOne.model_validate_json(content), kept)
    raise NotFound(f"no 1-on-1 with that rep was held on {day}, or it cannot be read")


async def _with_agreed(pack: OneOnOne, kept: Records) -> OneOnOne:
    every = await kept.commitments.of(pack.rep, pack.as_of)
    agreed = tuple(one for one in every if one.agreed_on == pack.as_of)
    return pack.model_copy(update={"next_steps": pack.next_steps.model_copy(update={"agreed": agreed})})

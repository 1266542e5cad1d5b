"""Makes a message of any result."""

from __future__ import annotations

from functools import singledispatch

from coach.domain import DealReview, ManagerReview, RepDiagnosis
from coach.domain.one_on_one import OneOnOne
from coach.pipeline.fit import fit
from coach.web.results.deal import deal_document
from coach.web.results.manager import manager_document
from coach.web.results.pack import pack_document
from coach.web.results.parts import Document
from coach.web.results.rep import rep_document


@singledispatch
def document(result: object) -> Document:
    """What a message says of a result; a pack is cut to what two printed pages hold.

    Raises:
        TypeError: it is no result of Coach's.
    """
    raise TypeError(f"no message can be made of {type(result).__name__}")


document.register(DealReview, deal_document)
document.register(RepDiagnosis, rep_document)
document.register(ManagerReview, manager_document)


@document.register
def _(result: OneOnOne) -> Document:
    return pack_document(fit(result))

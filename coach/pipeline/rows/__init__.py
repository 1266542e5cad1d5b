"""Exports of CRMs, row by row: what they say of opportunities and people, and what in them could not be taken."""

from coach.pipeline.rows.export import Export, Unrecognised, open_export, proposal_of
from coach.pipeline.rows.mapping import Mapping, read_mapping
from coach.pipeline.rows.people import ReadPerson, Roster, open_roster
from coach.pipeline.rows.problem import Code, Problem
from coach.pipeline.rows.proposing import Proposed, proposal_text, propose_mapping
from coach.pipeline.rows.reading import Read

__all__ = [
    "Code",
    "Export",
    "Mapping",
    "Problem",
    "Proposed",
    "Read",
    "ReadPerson",
    "Roster",
    "Unrecognised",
    "open_export",
    "open_roster",
    "proposal_of",
    "proposal_text",
    "propose_mapping",
    "read_mapping",
]

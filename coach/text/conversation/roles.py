"""Roles in a talk about sales, as labels and as titles: who leads, who reports, and who is neither.

Rule: a role is a word for one of the two, with nothing but words for rank and place around it.
"""

from __future__ import annotations

import re

from coach.text.wordlist import word_set

LEADS = word_set(
    """manager mgr boss lead leader head vp svp evp rvp avp cro cso director coach supervisor chief president ceo md
    gm founder owner mentor teamlead principal vertriebsleiter vertriebsleiterin verkaufsleiter verkaufsleiterin
    leiter leiterin führungskraft chef chefin jefe jefa gerente directeur directrice responsable responsabile diretor
    diretora kierownik leidinggevende chefe sm asm rsm"""
)
REPORTS = word_set(
    """rep ae sdr bdr seller salesperson salesman saleswoman representative executive exec associate am csm agent
    consultant trainee employee coachee mentee report verkäufer verkäuferin vertriebler vertrieblerin mitarbeiter
    mitarbeiterin außendienst vendedor vendedora comercial commercial commerciale vendeur vendeuse venditore
    handlowiec verkoper"""
)
_OTHERS = word_set(
    """customer client buyer prospect speaker participant interviewer interviewee host guest organizer organiser
    presenter attendee facilitator recruiter hr presales se engineer colleague assistant user caller"""
)
_SELVES = word_set("""me myself i you him her he she they ich yo moi io""")
_RANKS = word_set(
    """sales account the my our your team area regional region country territory district field inside enterprise
    senior sr junior jr new key general managing business development deputy assistant vice of de du des del unknown
    line group national global emea apac dach uk us north south east west commercial revenue and direct"""
)
_WORD = re.compile(r"[^\W\d_][^\s/,&]*")


def words_of(label: str) -> list[str]:
    """The words of a label, folded."""
    return [word.strip(".'’-").casefold() for word in _WORD.findall(label)]


def is_role(label: str) -> bool:
    """Whether a label is a role and no name: "Sales manager", "Rep", "Speaker 1", "Me"."""
    words = words_of(label)
    heads = LEADS | REPORTS | _OTHERS | _SELVES
    return any(word in heads for word in words) and all(word in heads or word in _RANKS for word in words)


def is_lead(label: str) -> bool:
    """Whether a role is the manager's: "Sales manager", "VP Sales", "my boss"; an account manager is a rep."""
    return is_role(label) and bool(set(words_of(label)) & LEADS) and not is_report(label)


def is_report(label: str) -> bool:
    """Whether a role is the rep's: "Rep", "AE", "Account manager", "Sales executive"."""
    words = words_of(label)
    if not is_role(label):
        return False
    accounts = "account" in words and words[-1] in {"manager", "mgr", "lead", "director"}
    return accounts or (bool(set(words) & REPORTS) and not set(words) & (LEADS - {"chief"}))

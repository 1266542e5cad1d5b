"""A mention of a person or a role in a note.

Rule: two mentions are of one person where a name is common to both and none contradicts it, or where their roles are
the same and neither has a name.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonMention:
    """Words that name somebody, or the role or body somebody acts in."""

    start: int
    end: int
    text: str
    """As the note has it."""
    name: tuple[str, ...] = ()
    """The words of the name, folded, without title; empty where only a role is given."""
    role: str | None = None
    """The role as the note has it: of a role alone its own words, of a name the words beside it."""
    is_seller_side: bool = False
    """On the writer's own side: an addressee, a colleague, the speaker called "Me"."""

    def same_person(self, other: PersonMention) -> bool:
        """Whether both may be the same person."""
        if self.name and other.name:
            shorter, longer = sorted((self.name, other.name), key=len)
            if len(shorter) > 1 and len(longer) > 1:
                return shorter[-1] == longer[-1] and _initials_agree(shorter[0], longer[0])
            return shorter[0] in longer
        if not self.name and not other.name:
            return fold_role(self.text) == fold_role(other.text)
        named, unnamed = (self, other) if self.name else (other, self)
        return bool(named.role) and fold_role(named.role or "") == fold_role(unnamed.text)


def fold_role(role: str) -> str:
    """A role without its article or possessive."""
    words = role.casefold().split()
    return " ".join(
        words[1:] if len(words) > 1 and words[0] in {"the", "their", "his", "her", "its", "a", "an"} else words
    )


def _initials_agree(one: str, other: str) -> bool:
    """Whether two first names agree, one of them an initial perhaps."""
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])

"""From a manager's moves to a mirror: the balance, what a leader would have asked, what to practise. Pure."""

from coach.judgement.mirror.reflecting import Around, Reflected, reflect

__all__ = ["Around", "Reflected", "reflect"]

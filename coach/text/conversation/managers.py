"""What the manager says in a conversation."""

from __future__ import annotations

from coach.domain import Conversation
from coach.text.conversation.lead import find_manager
from coach.text.conversation.read import turns
from coach.text.span import Span


def managers_spans(talk: Conversation) -> list[Span]:
    """The manager's turns, in order; none where it cannot be told who the manager is."""
    said = turns(talk.transcript)
    manager = find_manager(said, talk.transcript, manager=talk.manager or None, rep=talk.rep or None)
    return [Span(one.start, one.end) for one in said if manager is not None and one.speaker == manager.speaker]

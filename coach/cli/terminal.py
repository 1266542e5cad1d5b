"""How results are set at a terminal.

Nothing of a text reaches the terminal but printable characters: control characters, which could move the cursor or
recolour the screen, and the characters that reverse the direction of a line are shown as a box.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterable, Iterator, Sequence

import click
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from coach.domain import Notice, Provenance

_WIDTH = 100
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def show(content: RenderableType) -> None:
    """Print a result."""
    # A pipe or a terminal of another encoding shows a question mark for what it lacks, rather than fail.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    console = Console(highlight=False, markup=False, emoji=False)
    with console.capture() as capture:
        console.print(content, width=min(console.width, _WIDTH))
    click.echo("\n".join(line.rstrip() for line in capture.get().splitlines()))


def section(title: str, content: RenderableType) -> RenderableType:
    """A part of a result under its title."""
    return Group(Text(f"\n{title}", style="bold"), Padding(content, (0, 0, 0, 2), expand=False))


def plain(text: str) -> str:
    """A text without what would move the cursor."""
    return _UNPRINTABLE.sub("\N{WHITE SQUARE}", text.replace("\r\n", "\n").replace("\r", "\n"))


def rows(lines: Iterable[Sequence[RenderableType]], *, gap: int = 2) -> Table:
    """Lines of columns."""
    table = Table.grid(padding=(0, gap))
    for line in lines:
        table.add_row(*line)
    return table


def marks(indexes: Iterable[int]) -> Text:
    """The numbers of what something rests on."""
    return Text("".join(f" [{index + 1}]" for index in indexes), style="dim")


def closing(notices: Iterable[Notice], made: Provenance) -> Iterator[RenderableType]:
    """Notices, and which model read the text and what that took; the embedded engine costs nothing."""
    for notice in notices:
        yield Text.assemble(("\nNotice: ", "bold"), plain(notice.text))
    if made.model is None:
        # A model that failed before the embedded engine read it was sent something all the same.
        yield from sent(made)
        return
    parts = [f"Read by {made.model}"]
    if made.cached:
        parts.append("bought earlier, nothing spent now")
    elif made.usage:
        parts.append(f"{made.usage.prompt_tokens:,} + {made.usage.completion_tokens:,} tokens")
        parts.append("cost unknown" if made.cost_usd is None else f"${made.cost_usd:.4f}")
    if made.prompt:
        parts.append(f"prompt {made.prompt.id} {made.prompt.version}")
    yield Text("\n" + " · ".join(parts), style="dim")
    yield from sent(made)


def sent(made: Provenance) -> Iterator[RenderableType]:
    """What left this machine, to whom, without what."""
    if made.sent:
        models = ", ".join(dict.fromkeys(one.model for one in made.sent))
        hashes = ", ".join(f"{one.sha256[:12]}…" for one in made.sent)
        taken = ", ".join(f"{count} {kind}" for kind, count in made.sent[0].redacted.items()) or "nothing"
        count = "1 text" if len(made.sent) == 1 else f"{len(made.sent)} texts"
        costs = [one.cost_usd for one in made.sent if one.answered]
        cost = "unknown" if None in costs else f"${sum(one or 0 for one in costs):.4f}"
        said = (
            f"Sent from this machine: {count} to {models} (SHA-256 {hashes}); taken out: {taken}; "
            f"cost{' then' if made.cached else ''}: {cost}"
        )
        yield Text(plain(said), style="dim")

"""Reads units of text with the trained encoder, on one core, by onnxruntime."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from coach.engines.local.encoder.artefact import FORMAT, load, unpack
from coach.engines.local.encoder.labels import HEADS
from coach.engines.local.encoder.pieces import Pieces
from coach.engines.local.encoder.scale import Scale
from coach.engines.local.encoder.views import View
from coach.engines.local.encoder.windows import arrays, windows
from coach.errors import ArtefactError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Odds = dict[str, dict[str, float]]
"""Of one unit, by head: the probability of each class."""


class Encoder:
    """Says of every unit of a text what each head gives it. Safe to share between threads; loads when first asked."""

    def __init__(self, artefact: bytes | None = None) -> None:
        """Prepare, without loading anything.

        Args:
            artefact: What training made; the one that ships with Coach where None.
        """
        self._raw = artefact

    def load(self) -> None:
        """Load now what would be loaded at the first text.

        Raises:
            ArtefactError: the artefact is missing or damaged, or what runs it is not installed.
        """
        _ = self._parts

    @property
    def version(self) -> str:
        """The format and the hash of the artefact.

        Raises:
            ArtefactError: the artefact is missing or damaged, or what runs it is not installed.
        """
        return self._parts.version

    @property
    def texts(self) -> Mapping[str, int]:
        """How many labelled texts it was trained on, by task; raises as `version`."""
        return self._parts.texts

    def scale(self, task: str) -> Scale:
        """What makes the confidence of what is read with it as sure as it is right; raises as `version`."""
        return self._parts.scales.get(task, Scale())

    def read(self, view: View) -> tuple[Odds, ...]:
        """Read every unit of a text in its context.

        Raises:
            ArtefactError: the artefact is missing or damaged, or what runs it is not installed.
        """
        parts = self._parts
        found: list[Odds] = []
        # One by one: padding costs more than a batch saves on one core.
        for window in windows(parts.pieces.read(*view)):
            rows = parts.session.run(None, arrays([window]))[0][0]
            of = {placed.unit: row for placed, row in zip(window.units, rows, strict=True)}
            found += [_by_head(of[unit].tolist()) for unit in window.answers]
        return tuple(found)

    @cached_property
    def _parts(self) -> _Parts:
        # What is behind it, 25 MB, is not kept: the session has its own.
        artefact = load() if self._raw is None else unpack(self._raw)
        version = f"{FORMAT}.{artefact.sha256[:12]}"
        pieces, session = _pieces(artefact.vocabulary), _session(artefact.network)
        return _Parts(version, artefact.texts, artefact.scales, pieces, session)


@cache
def shipped() -> Encoder:
    """The encoder that ships with Coach, the same one for whatever in this process reads by it."""
    return Encoder()


class _Parts(NamedTuple):
    """What is loaded once, at the first text."""

    version: str
    texts: Mapping[str, int]
    scales: Mapping[str, Scale]
    pieces: Pieces
    session: InferenceSession


def _pieces(vocabulary: str) -> Pieces:
    try:
        from tokenizers import Tokenizer  # noqa: PLC0415  imported where it is needed, as below
    except ImportError:
        raise _missing("tokenizers") from None
    try:
        return Pieces(Tokenizer.from_str(vocabulary))
    except Exception as error:  # noqa: BLE001  the library raises nothing narrower
        raise _unreadable("vocabulary", error) from None


def _session(network: bytes) -> InferenceSession:
    try:
        import onnxruntime  # noqa: PLC0415
    except ImportError:
        raise _missing("onnxruntime") from None
    onnxruntime.disable_telemetry_events()
    options: Any = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # noqa: BLE001  the library raises nothing narrower
        raise _unreadable("network", error) from None


def _missing(library: str) -> ArtefactError:
    return ArtefactError(f"the library {library} is not installed; install Coach again, or `pip install {library}`")


def _unreadable(part: str, error: Exception) -> ArtefactError:
    return ArtefactError(
        f"the {part} of the encoder's artefact cannot be read by what is installed here ({type(error).__name__}); "
        "install Coach again"
    )


def _by_head(row: Sequence[float]) -> Odds:
    found: Odds = {}
    at = 0
    for head in HEADS:
        found[head.name] = dict(zip(head.classes, row[at : at + len(head.classes)], strict=True))
        at += len(head.classes)
    return found

"""The embedded reader of rep packets: competency, gap, self-view, and the sentences that show them."""

from coach.engines.local.packets.artefact import ARTEFACT
from coach.engines.local.packets.reader import PacketRead, PacketReader

__all__ = ["ARTEFACT", "PacketRead", "PacketReader"]

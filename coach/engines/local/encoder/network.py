"""The encoder with its heads, in torch; only training imports it."""

from __future__ import annotations

from importlib.resources import files

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn.utils import rnn
from transformers import BertModel

from coach.engines.local.encoder.labels import HEADS, PRETRAINED
from coach.engines.local.encoder.pieces import KINDS_OF_CAPITALS

_RECURRENT = 96
"""Width, in each direction, of the layer that reads the units in order."""
_DROPPED = 0.2


def pretrained_folder() -> str:
    """Where the weights and the vocabulary lie that training starts from."""
    return str(files(PRETRAINED) / "model")


def vocabulary() -> str:
    """The tokenizer that goes with the weights, in JSON; it cuts and pads nothing."""
    tokenizer = Tokenizer.from_file(f"{pretrained_folder()}/tokenizer.json")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return str(tokenizer.to_str())


class Network(nn.Module):
    """Reads pieces in their context, takes the mean and the first piece of each unit, and reads those in order."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            pretrained_folder(), add_pooling_layer=False, attn_implementation="eager"
        )
        width = self.encoder.config.hidden_size
        self.capitals = nn.Embedding(KINDS_OF_CAPITALS, width)
        nn.init.zeros_(self.capitals.weight)
        self.dropout = nn.Dropout(_DROPPED)
        self.order = nn.GRU(2 * width, _RECURRENT, bidirectional=True, batch_first=True)
        size = 2 * width + 2 * _RECURRENT
        self.heads = nn.ModuleDict({head.name: nn.Linear(size, len(head.classes)) for head in HEADS})

    def forward(  # noqa: PLR0913, PLR0917  what the network is fed
        self, ids: Tensor, capitals: Tensor, mask: Tensor, pool: Tensor, first: Tensor, counts: Tensor | None = None
    ) -> list[Tensor]:
        """The scores of every unit, head by head.

        Args:
            ids: As `windows.arrays` has it; so are the next four.
            capitals: What the capitals of each piece say.
            mask: Which pieces do not only pad.
            pool: What each piece counts for in each unit.
            first: The first piece of each unit.
            counts: How many units each row has; None where none of them only pads.
        """
        embedded = self.encoder.embeddings.word_embeddings(ids) + self.capitals(capitals)
        hidden = self.dropout(self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state)
        at = first.unsqueeze(-1).expand(-1, -1, hidden.size(-1))
        units = torch.cat([pool.to(hidden.dtype) @ hidden, hidden.gather(1, at)], -1).float()
        ordered = self._in_order(units, counts)
        units = torch.cat([units, self.dropout(ordered)], -1)
        return [self.heads[head.name](units) for head in HEADS]

    def _in_order(self, units: Tensor, counts: Tensor | None) -> Tensor:
        """The units read forwards and backwards; backwards from the last one, not from what pads."""
        if counts is None:
            ordered: Tensor = self.order(units)[0]
            return ordered
        packed = rnn.pack_padded_sequence(units, counts, batch_first=True, enforce_sorted=False)
        return rnn.pad_packed_sequence(self.order(packed)[0], batch_first=True, total_length=units.shape[1])[0]


class Answering(nn.Module):
    """The network as it is exported: probabilities, all heads side by side."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, capitals: Tensor, mask: Tensor, pool: Tensor, first: Tensor) -> Tensor:
        """Probabilities by unit; the columns are those of `labels.HEADS`."""
        return torch.cat([scores.softmax(-1) for scores in self.network(ids, capitals, mask, pool, first)], -1)

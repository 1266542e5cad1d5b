"""Writes a fine-tuned network as an artefact: ONNX, with whole numbers of eight bits for weights."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from coach.engines.local.encoder.artefact import pack
from coach.engines.local.encoder.network import Answering, Network, vocabulary
from coach.engines.local.encoder.scale import Scale
from coach.engines.local.encoder.train import State

_OPSET = 17
_AXES = {
    "ids": {0: "batch", 1: "length"},
    "capitals": {0: "batch", 1: "length"},
    "mask": {0: "batch", 1: "length"},
    "pool": {0: "batch", 1: "units", 2: "length"},
    "first": {0: "batch", 1: "units"},
    "units": {0: "batch", 1: "units"},
}


def export(state: State, texts: Mapping[str, int], scales: Mapping[str, Scale]) -> bytes:
    """Write an artefact.

    Args:
        state: The weights.
        texts: How many labelled texts they were trained on, by task.
        scales: By task, what makes a probability as sure as it is right.
    """
    network = Network()
    network.load_state_dict(state)
    network.eval()
    with tempfile.TemporaryDirectory() as folder:
        whole, small = Path(folder, "whole.onnx"), Path(folder, "small.onnx")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the tracer, about shapes that it was told may vary
            torch.onnx.export(
                Answering(network),
                _shown(),
                str(whole),
                input_names=list(_AXES)[:-1],
                output_names=list(_AXES)[-1:],
                dynamic_axes=_AXES,
                opset_version=_OPSET,
                dynamo=False,
            )
        # Seven bits: with eight, processors without VNNI overflow, and would read otherwise than the one that measured.
        quantize_dynamic(whole, small, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
        return pack(small.read_bytes(), vocabulary(), texts, scales)


def _shown() -> tuple[torch.Tensor, ...]:
    """A made-up input, for its shape."""
    pool = torch.zeros(2, 7, 40)
    pool[:, :, :5] = 0.2
    numbers = torch.randint(5, 1000, (2, 40))
    return numbers, torch.zeros_like(numbers), torch.ones_like(numbers), pool, torch.zeros(2, 7, dtype=torch.long)

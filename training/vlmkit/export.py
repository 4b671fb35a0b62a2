"""PyTorch modules -> ONNX graphs in the form that transformers.js 4.3.1 asks for."""

from __future__ import annotations

import inspect
import logging
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from .lm import Decoder, DecoderConfig

Axes = Mapping[str, Mapping[int, str]]

BATCH_SEQUENCE = {0: "batch_size", 1: "sequence_length"}


class DecoderGraph(nn.Module):
    """inputs_embeds -> logits, present.*"""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(
        self, inputs_embeds: Tensor, attention_mask: Tensor, position_ids: Tensor, *past: Tensor
    ) -> tuple[Tensor, ...]:
        hidden, present = self.decoder.hidden(inputs_embeds, attention_mask, position_ids, list(past))
        return (self.decoder.logits(hidden), *present)


class CausalGraph(nn.Module):
    """input_ids -> logits, present.* (a text model without an embedding graph of its own)."""

    def __init__(self, decoder: Decoder) -> None:
        super().__init__()
        self.decoder = decoder

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, position_ids: Tensor, *past: Tensor
    ) -> tuple[Tensor, ...]:
        embeds = self.decoder.embed(input_ids)
        hidden, present = self.decoder.hidden(embeds, attention_mask, position_ids, list(past))
        return (self.decoder.logits(hidden), *present)


class EmbedGraph(nn.Module):
    def __init__(self, embed: nn.Embedding) -> None:
        super().__init__()
        self.embed = embed

    def forward(self, input_ids: Tensor) -> Tensor:
        return self.embed(input_ids)


class PhiEmbedGraph(nn.Module):
    """Phi-3-vision: negative ids take the image features [F, D] in order; F may be 0."""

    def __init__(self, embed: nn.Embedding) -> None:
        super().__init__()
        self.embed = embed

    def forward(self, input_ids: Tensor, image_features: Tensor) -> Tensor:
        is_image = input_ids < 0
        text = self.embed(torch.where(is_image, 0, input_ids))
        # The zero row keeps the table from being empty; text positions may point at it unread.
        features = torch.cat([image_features, torch.zeros(1, text.shape[-1])], 0)
        index = torch.cumsum(is_image.to(torch.int64).reshape(-1), 0) - 1
        index = torch.clamp(index, min=0).reshape(input_ids.shape)
        index = torch.minimum(index, torch.zeros_like(index) + (features.shape[0] - 1))
        return torch.where(is_image[..., None], features[index], text)


def cache_names(prefix: str, layers: int) -> list[str]:
    return [f"{prefix}.{i}.{part}" for i in range(layers) for part in ("key", "value")]


def export_graph(
    module: nn.Module,
    example: Sequence[Tensor],
    path: Path,
    inputs: Sequence[str],
    outputs: Sequence[str],
    axes: Axes,
    tolerance: float = 2e-3,
) -> None:
    """Exports, names the dynamic axes and compares onnxruntime with PyTorch on the example.

    `axes` maps an input or output name to {dimension: symbol}; example sizes of those must be >= 2.
    """
    module.eval()
    path.parent.mkdir(parents=True, exist_ok=True)
    parameters = list(inspect.signature(module.forward).parameters.values())
    dynamic = [{d: torch.export.Dim.DYNAMIC for d in axes.get(name, {})} or None for name in inputs]
    shapes: tuple[object, ...] = tuple(dynamic)
    if any(p.kind == p.VAR_POSITIONAL for p in parameters):
        # torch.export wants the inputs of *past as a tuple of their own
        fixed = sum(p.kind != p.VAR_POSITIONAL for p in parameters)
        shapes = (*dynamic[:fixed], tuple(dynamic[fixed:]))
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            module,
            tuple(example),
            str(path),
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes=shapes,
            dynamo=True,
            external_data=False,
            verbose=False,
            optimize=True,
        )
    model = onnx.load(str(path))
    _name_axes(model, axes)
    _strip(model)
    onnx.save(model, str(path))
    _compare(module, example, path, inputs, tolerance)


def _name_axes(model: onnx.ModelProto, axes: Axes) -> None:
    """transformers.js builds the empty cache from these symbols: unknown ones count as 0."""
    for value in [*model.graph.input, *model.graph.output]:
        for dimension, symbol in axes.get(value.name, {}).items():
            value.type.tensor_type.shape.dim[dimension].dim_param = symbol


def _strip(model: onnx.ModelProto) -> None:
    """Drops source notes of the exporter (stack traces with paths, several 100 kB)."""
    graph = model.graph
    del graph.value_info[:]
    del model.metadata_props[:]
    del graph.metadata_props[:]
    graph.doc_string = model.doc_string = ""
    for item in [*graph.node, *graph.input, *graph.output, *graph.initializer]:
        item.doc_string = ""
        del item.metadata_props[:]


def _compare(
    module: nn.Module, example: Sequence[Tensor], path: Path, inputs: Sequence[str], tolerance: float
) -> None:
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    known = {value.name for value in session.get_inputs()}
    if known != set(inputs):
        raise ValueError(f"{path.name}: inputs {set(inputs) - known} are unused in the graph")
    got = session.run(None, {name: value.numpy() for name, value in zip(inputs, example, strict=True)})
    with torch.no_grad():
        expected = module(*example)
    expected = expected if isinstance(expected, tuple) else (expected,)
    for one, other in zip(got, expected, strict=True):
        difference = float(np.abs(one - other.numpy()).max())
        if difference > tolerance:
            raise ValueError(f"{path.name}: onnxruntime differs from PyTorch by {difference}")


def keep_last_logits(path: Path) -> None:
    """Adds the input `num_logits_to_keep` (int64 scalar n): only the last n rows reach the head; 0 keeps all."""
    model = onnx.load(str(path))
    graph = model.graph
    producers = {name: node for node in graph.node for name in node.output}
    head = producers["logits"]
    while head.op_type not in ("MatMul", "Gemm"):
        head = producers[head.input[0]]
    graph.input.append(helper.make_tensor_value_info("num_logits_to_keep", TensorProto.INT64, []))
    for name, number in (("keep_shape", 1), ("keep_end", 2**63 - 1), ("keep_axis", 1)):
        graph.initializer.append(numpy_helper.from_array(np.array([number], np.int64), name))
    added = [
        helper.make_node("Neg", ["num_logits_to_keep"], ["keep_negative"], name="keep_Neg"),
        helper.make_node("Reshape", ["keep_negative", "keep_shape"], ["keep_start"], name="keep_Reshape"),
        helper.make_node(
            "Slice", [head.input[0], "keep_start", "keep_end", "keep_axis"], ["keep_hidden"], name="keep_Slice"
        ),
    ]
    head.input[0] = "keep_hidden"
    position = list(graph.node).index(head)
    nodes = [*graph.node[:position], *added, *graph.node[position:]]
    del graph.node[:]
    graph.node.extend(nodes)
    for value in graph.output:
        if value.name == "logits":
            value.type.tensor_type.shape.dim[1].dim_param = "num_logits"
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def export_decoder(decoder: Decoder, path: Path, takes_ids: bool = False) -> None:
    """`decoder_model_merged` / `model`: one graph for an empty and a filled cache."""
    c: DecoderConfig = decoder.config
    batch, new, cached = 2, 5, 3
    first = "input_ids" if takes_ids else "inputs_embeds"
    # Words of its own and the cache that it makes of them: on random numbers, many times as large, no two runtimes agree.
    ids = torch.randint(0, c.vocab_size, (batch, cached + new))
    positions = torch.arange(cached + new)[None].repeat(batch, 1)
    position_axes = dict(BATCH_SEQUENCE)
    if c.mrope_sections:
        positions = positions[None].repeat(3, 1, 1)
        position_axes = {1: "batch_size", 2: "sequence_length"}
    with torch.no_grad():
        embeds = decoder.embed(ids)
        mask = torch.ones(batch, cached, dtype=torch.long)
        _, past = decoder.hidden(embeds[:, :cached], mask, positions[..., :cached])
    start = (ids if takes_ids else embeds)[:, cached:].contiguous()
    positions = positions[..., cached:].contiguous()
    past = [each.contiguous() for each in past]
    past_names = cache_names("past_key_values", c.cache_layers)
    present_names = cache_names("present", c.cache_layers)
    axes: dict[str, Mapping[int, str]] = {
        first: BATCH_SEQUENCE,
        "attention_mask": {0: "batch_size", 1: "total_sequence_length"},
        "position_ids": position_axes,
        "logits": BATCH_SEQUENCE,
        **{name: {0: "batch_size", 2: "past_sequence_length"} for name in past_names},
        **{name: {0: "batch_size", 2: "total_sequence_length"} for name in present_names},
    }
    export_graph(
        CausalGraph(decoder) if takes_ids else DecoderGraph(decoder),
        (start, torch.ones(batch, new + cached, dtype=torch.long), positions, *past),
        path,
        [first, "attention_mask", "position_ids", *past_names],
        ["logits", *present_names],
        axes,
    )
    keep_last_logits(path)


def export_embed(decoder: Decoder, path: Path) -> None:
    """`embed_tokens`: input_ids -> inputs_embeds."""
    ids = torch.randint(0, decoder.config.vocab_size, (2, 5))
    axes = {"input_ids": BATCH_SEQUENCE, "inputs_embeds": BATCH_SEQUENCE}
    export_graph(EmbedGraph(decoder.embed), (ids,), path, ["input_ids"], ["inputs_embeds"], axes)


def export_phi_embed(decoder: Decoder, path: Path) -> None:
    """`prepare_inputs_embeds` of phi3_v."""
    ids = torch.randint(20, decoder.config.vocab_size, (2, 9))
    ids[:, 2:5] = -7
    axes = {
        "input_ids": BATCH_SEQUENCE,
        "image_features": {0: "num_image_tokens"},
        "inputs_embeds": BATCH_SEQUENCE,
    }
    example = (ids, torch.randn(6, decoder.config.dim))
    export_graph(
        PhiEmbedGraph(decoder.embed), example, path, ["input_ids", "image_features"], ["inputs_embeds"], axes
    )

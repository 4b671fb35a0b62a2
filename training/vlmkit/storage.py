"""Weights stored as int8 with one scale per channel; onnxruntime folds Cast and Mul back to float32.

The file shrinks to a quarter, the arithmetic stays float32: cached and uncached text are identical.
Very large matrices (the backbones' ImageNet classifiers) are stored with 4 bits, two numbers a byte.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from torch import nn

SMALLEST = 1024  # elements; below this a tensor stays float32
LEVELS = 127
FOUR_BIT_FROM = 1_000_000  # elements of a MatMul or Gemm weight
FOUR_BIT_LEVELS = 7


def round_weights(module: nn.Module) -> None:
    """Rounds Linear, Embedding and convolution weights in place to what the int8 file will hold.

    After it PyTorch computes with the numbers the browser gets. Channels are the rows (dimension 0).
    """
    for part in module.modules():
        if isinstance(part, (nn.Linear, nn.Embedding, nn.Conv2d)) and part.weight.numel() >= SMALLEST:
            rows = part.weight.data.flatten(1)
            scale = rows.abs().amax(1, keepdim=True).clamp_min(1e-12) / LEVELS
            part.weight.data = (torch.round(rows / scale) * scale).view_as(part.weight)


def shorten_names(model: onnx.ModelProto) -> None:
    """Gives everything inside the graph short names: long ones are tens of kilobytes. Inputs and outputs keep theirs."""
    graph = model.graph
    kept = {value.name for value in (*graph.input, *graph.output)} | {""}
    short: dict[str, str] = {}

    def name_of(name: str) -> str:
        return name if name in kept else short.setdefault(name, f"t{len(short):x}")

    for tensor in graph.initializer:
        tensor.name = name_of(tensor.name)
    for node in graph.node:
        node.name = ""
        node.input[:] = [name_of(name) for name in node.input]
        node.output[:] = [name_of(name) for name in node.output]
    del graph.value_info[:]


def store_int8(source: Path, target: Path) -> None:
    """Rewrites the float32 weights of MatMul, Gemm, Gather and Conv as int8 -> Cast -> Mul(scale), tables of ids as int32."""
    model = onnx.load(str(source))
    graph = model.graph
    axes = _channel_axes(graph)
    matrices = {node.input[1] for node in graph.node if node.op_type in ("MatMul", "Gemm")}
    kept: list[onnx.TensorProto] = []
    unpacking: list[onnx.NodeProto] = []
    for tensor in graph.initializer:
        axis = axes.get(tensor.name)
        values = numpy_helper.to_array(tensor)
        if tensor.data_type == TensorProto.INT64 and values.size >= SMALLEST and np.abs(values).max() < 2**31:
            # Not int16: onnxruntime-web's WebGPU has no Cast from it.
            kept.append(numpy_helper.from_array(values.astype(np.int32), f"{tensor.name}_int32"))
            cast = helper.make_node("Cast", [f"{tensor.name}_int32"], [tensor.name], to=TensorProto.INT64)
            unpacking.append(cast)
            continue
        if axis is None or tensor.data_type != TensorProto.FLOAT or values.size < SMALLEST:
            kept.append(tensor)
            continue
        four_bit = tensor.name in matrices and values.size >= FOUR_BIT_FROM and values.shape[0] % 2 == 0
        pack = _four_bit if four_bit else _eight_bit
        constants, nodes = pack(tensor.name, values, axis)
        kept += constants
        unpacking += nodes
    nodes = [*unpacking, *graph.node]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(nodes)
    graph.initializer.extend(kept)
    onnx.checker.check_model(model)
    target.parent.mkdir(parents=True, exist_ok=True)
    shorten_names(model)
    onnx.save(model, str(target))


Packed = tuple[list[onnx.TensorProto], list[onnx.NodeProto]]


def _eight_bit(name: str, values: NDArray[np.float32], axis: int) -> Packed:
    # A matrix used both ways round (the copy head's) was rounded along its rows, wherever the product has them.
    axes = {axis, 0, 1} if values.ndim == 2 else {axis}
    tried = [_quantise(values, each, LEVELS) for each in sorted(axes)]
    whole, scale = min(tried, key=lambda pair: float(np.abs(pair[0] * pair[1] - values).max()))
    constants = [
        numpy_helper.from_array(whole, f"{name}_int8"),
        numpy_helper.from_array(scale, f"{name}_scale"),
    ]
    cast = helper.make_node("Cast", [f"{name}_int8"], [f"{name}_cast"], name=f"{name}_Cast", to=TensorProto.FLOAT)
    multiply = helper.make_node("Mul", [f"{name}_cast", f"{name}_scale"], [name], name=f"{name}_Mul")
    return constants, [cast, multiply]


def _four_bit(name: str, values: NDArray[np.float32], axis: int) -> Packed:
    """A byte holds row r in its low and row r + R/2 in its high half, both + 8; unpacked in float arithmetic."""
    whole, scale = _quantise(values, axis, FOUR_BIT_LEVELS)
    low, high = np.split((whole + 8).astype(np.uint8), 2)
    numbers = {"sixteen": 16.0, "eight": 8.0}
    constants = [
        numpy_helper.from_array(low + 16 * high, f"{name}_int4"),
        numpy_helper.from_array(scale, f"{name}_scale"),
        *(numpy_helper.from_array(np.array(number, np.float32), f"{name}_{key}") for key, number in numbers.items()),
    ]
    steps = [
        ("Cast", ["int4"], "byte", {"to": TensorProto.FLOAT}),
        ("Div", ["byte", "sixteen"], "quotient", {}),
        ("Floor", ["quotient"], "high", {}),
        ("Mul", ["high", "sixteen"], "upper", {}),
        ("Sub", ["byte", "upper"], "low", {}),
        ("Concat", ["low", "high"], "both", {"axis": 0}),
        ("Sub", ["both", "eight"], "signed", {}),
        ("Mul", ["signed", "scale"], "", {}),
    ]
    nodes = [
        helper.make_node(
            kind, [f"{name}_{key}" for key in inputs], [f"{name}_{out}" if out else name], name=f"{name}_{kind}_{out}", **options
        )
        for kind, inputs, out, options in steps
    ]
    return constants, nodes


def _quantise(values: NDArray[np.float32], axis: int, levels: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    others = tuple(i for i in range(values.ndim) if i != axis)
    scale = np.maximum(np.abs(values).max(axis=others, keepdims=True), 1e-12).astype(np.float32) / np.float32(levels)
    return np.clip(np.rint(values / scale), -levels, levels).astype(np.int8), scale


def _channel_axes(graph: onnx.GraphProto) -> dict[str, int]:
    """Name of a weight -> the axis that keeps one scale per output channel (per row of a table)."""
    axes: dict[str, int] = {}
    for node in graph.node:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        if node.op_type == "Gather":
            axes[node.input[0]] = attributes.get("axis", 0)
        elif node.op_type in ("Conv", "Transpose"):
            axes.setdefault(node.input[1 if node.op_type == "Conv" else 0], 0)
        elif node.op_type == "Gemm":
            axes.setdefault(node.input[1], 0 if attributes.get("transB") else 1)
        elif node.op_type == "MatMul":
            axes.setdefault(node.input[1], -1)
    return {name: _positive(axis, name, graph) for name, axis in axes.items()}


def _positive(axis: int, name: str, graph: onnx.GraphProto) -> int:
    if axis >= 0:
        return axis
    rank = next((len(tensor.dims) for tensor in graph.initializer if tensor.name == name), 1)
    return rank + axis

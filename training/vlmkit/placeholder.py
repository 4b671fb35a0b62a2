"""Vision encoders with random weights and the right shapes: to test loading before anything is trained."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .chat import IMAGE_TOKENS, Family
from .configs import QWEN_GRID, QWEN_MERGE, QWEN_PATCH


def unpatchify(pixel_values: Tensor) -> Tensor:
    """Qwen patches [144, 3*21*21], order (h/M, w/M, M, M, C, P, P) -> picture [1, 3, 252, 252]."""
    cells, m, p = QWEN_GRID // QWEN_MERGE, QWEN_MERGE, QWEN_PATCH
    picture = pixel_values.reshape(cells, cells, m, m, 3, p, p).permute(4, 0, 2, 5, 1, 3, 6)
    return picture.reshape(1, 3, QWEN_GRID * p, QWEN_GRID * p)


class PlaceholderVision(nn.Module):
    """A small CNN, pooled to the family's number of image tokens."""

    def __init__(self, family: Family, dim: int, seed: int = 0) -> None:
        super().__init__()
        torch.manual_seed(seed)
        self.family, self.tokens = family, IMAGE_TOKENS[family]
        self.first, self.second = nn.Conv2d(3, 16, 4, 4), nn.Conv2d(16, 64, 4, 4)
        self.out = nn.Linear(64, 64)
        self.spread = nn.Linear(64, self.tokens * dim)

    def forward(self, pixel_values: Tensor, size: Tensor | None = None) -> Tensor:
        x = pixel_values
        if self.family == "qwen2_vl":
            x = unpatchify(x)
        elif self.family == "phi3_v":
            x = x[:, 0]
        x = F.gelu(self.second(F.gelu(self.first(x)))).mean((2, 3))
        features = self.spread(F.gelu(self.out(x))).reshape(1, self.tokens, -1)
        if size is not None:
            # An input that is not used would vanish from the graph.
            return features[0] + size.to(torch.float32).sum() * 0.0
        return features

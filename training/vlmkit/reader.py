"""Reads the line of text on a sign's board: a small convolutional network with CTC on the board's grey pixels.

Connectionist temporal classification: Graves et al. 2006. Everything but the training loss is part of the exported graph.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from .vocabulary import CLOSING, MAX_TEXT_BYTES

HEIGHT, WIDTH = 32, 256  # px of the strip that is read; a board keeps its proportions
STEPS = WIDTH // 4
CHARACTERS = " abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äöüßéèêàçñáíóúìòùÄÖÜÉôîûâë'-.,!?&¡¿œ"
BLANK = 0  # class of no character; character i has class i + 1


class ConvNorm(nn.Module):
    def __init__(self, inputs: int, outputs: int, kernel: tuple[int, int], stride: tuple[int, int] = (1, 1), groups: int = 1) -> None:
        super().__init__()
        # The full-height kernel has nothing to pad in height.
        padding = (0 if kernel[0] == 4 else kernel[0] // 2, kernel[1] // 2)
        self.conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
        self.norm: nn.Module = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(x)))

    def fold(self) -> None:
        self.conv, self.norm = fuse_conv_bn_eval(self.conv, self.norm), nn.Identity()


class Reader(nn.Module):
    """Strips [B,1,32,256] -> logits [B,64,1+len(CHARACTERS)]; about 0.25 M parameters."""

    def __init__(self, width: int = 112) -> None:
        super().__init__()
        self.enter = nn.Sequential(
            ConvNorm(1, 24, (3, 3), (2, 2)),
            ConvNorm(24, 40, (3, 3), (2, 1)),
            ConvNorm(40, 64, (3, 3), (2, 2)),
            ConvNorm(64, width, (4, 3)),
        )
        self.mix = nn.ModuleList([ConvNorm(width, width, (1, 5)) for _ in range(2)])
        self.name = nn.Conv2d(width, len(CHARACTERS) + 1, (1, 3), padding=(0, 1))
        self.drop = nn.Dropout(0.1)

    def forward(self, strips: Tensor) -> Tensor:
        x = self.enter(strips)
        for layer in self.mix:
            x = layer(x) + x
        return self.name(self.drop(x))[:, :, 0].transpose(1, 2)

    def fold(self) -> None:
        """Puts batch norms into the convolutions (for the export; evaluation mode only)."""
        for module in self.modules():
            if isinstance(module, ConvNorm):
                module.fold()


def take_strips(grey: Tensor, boxes: Tensor) -> Tensor:
    """grey [B,H,W] in any range, boxes [B,4] (centre x, y, width, height in px) -> strips [B,1,32,256], mean 0, spread 1.

    By two matrices of triangle filters, which average where they shrink: no op that runs on the CPU alone.
    """
    x, y, width, height = boxes[:, :, None, None].unbind(1)  # [B,1,1]
    scale = height / HEIGHT
    rows = _triangles(y, scale, HEIGHT, grey.shape[1])  # [B,32,H]
    columns = _triangles(x, scale, WIDTH, grey.shape[2])  # [B,256,W]
    strip = rows @ grey @ columns.transpose(1, 2)
    offset = (torch.arange(WIDTH)[None, None] + 0.5 - WIDTH / 2) * scale
    on_board = (offset.abs() < width / 2).float()
    area = on_board.sum(2, keepdim=True) * HEIGHT + 1e-6
    strip = (strip - (strip * on_board).sum((1, 2), keepdim=True) / area) * on_board
    spread = torch.sqrt((strip * strip).sum((1, 2), keepdim=True) / area) + 1e-4
    return (strip / spread)[:, None]


def _triangles(middle: Tensor, scale: Tensor, taken: int, size: int) -> Tensor:
    """Weights [B,taken,size] with which positions around `middle`, `scale` px apart, are made from pixels."""
    where = middle + (torch.arange(taken)[None, :, None] + 0.5 - taken / 2) * scale
    distance = (where - (torch.arange(size)[None, None] + 0.5)).abs() / scale.clamp(min=1.0)
    weights = (1 - distance).clamp(min=0)
    return weights / weights.sum(2, keepdim=True).clamp(min=1e-6)


def labels_of(text: str) -> list[int]:
    return [CHARACTERS.index(character) + 1 for character in text if character in CHARACTERS]


def read_text(logits: Tensor) -> list[str]:
    """Greedy CTC: repeats merged, blanks dropped."""
    texts = []
    for row in logits.argmax(-1).tolist():
        merged = [c for c, before in zip(row, [BLANK, *row[:-1]], strict=True) if c != before and c != BLANK]
        texts.append("".join(CHARACTERS[c - 1] for c in merged).strip())
    return texts


def byte_table() -> Tensor:
    """int64 [1+len(CHARACTERS), 2]: UTF-8 bytes of each class, -1 behind the last."""
    rows = [[-1, -1], *[[*character.encode(), -1][:2] for character in CHARACTERS]]
    return torch.tensor(rows)


def read_bytes(logits: Tensor, table: Tensor) -> Tensor:
    """One strip's logits [1,64,C] -> UTF-8 bytes of the text and a closing quotation mark, int64 [1,25], -1 behind it; spaces
    at the ends dropped."""
    best = logits[0].argmax(-1)
    before = F.pad(best, (1, 0))[:-1]
    kept = (best != BLANK) & (best != before)
    is_space = best == CHARACTERS.index(" ") + 1
    letters = (kept & ~is_space).long()
    # A space counts only between letters.
    so_far, in_all = torch.cumsum(letters, 0), letters.sum()
    kept = kept & (~is_space | ((so_far > 0) & (so_far < in_all)))
    pair = table[best]
    length = torch.where(kept, 1 + (pair[:, 1] >= 0).long(), torch.zeros_like(best))
    start = torch.cumsum(length, 0) - length
    slot = torch.arange(MAX_TEXT_BYTES)[:, None]
    first = ((start[None] == slot) & (length[None] > 0)).long()
    second = ((start[None] + 1 == slot) & (length[None] > 1)).long()
    filled = (first + second).sum(1)
    value = (first * pair[None, :, 0] + second * pair[None, :, 1]).sum(1)
    value = torch.where(filled > 0, value, torch.full_like(value, -1))
    end = length.sum().clamp(max=MAX_TEXT_BYTES - 1)
    is_end = (slot[:, 0] == end) & (length.sum() > 0)
    behind = slot[:, 0] > end
    value = torch.where(is_end, torch.full_like(value, CLOSING), value)
    return torch.where(behind, torch.full_like(value, -1), value)[None]

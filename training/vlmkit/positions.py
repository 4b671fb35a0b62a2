"""Position ids as transformers.js 4.3.1 computes them."""

from __future__ import annotations

import torch
from torch import Tensor


def plain_positions(length: int) -> Tensor:
    """int64 [1, length]: 0, 1, 2, ..."""
    return torch.arange(length)[None]


def qwen_positions(ids: list[int], image_token: int, rows: int, columns: int) -> Tensor:
    """int64 [3, 1, S] (time, height, width): text counts up, an image is a rows x columns grid.

    `ids` holds the placeholder once per image token. After an image, text continues
    at its start + max(rows, columns) (modeling_qwen2_vl.js, get_rope_index).
    """
    triples: list[tuple[int, int, int]] = []
    start = i = 0
    while i < len(ids):
        if ids[i] != image_token:
            triples.append((start, start, start))
            start, i = start + 1, i + 1
            continue
        triples += [(start, start + y, start + x) for y in range(rows) for x in range(columns)]
        start, i = start + max(rows, columns), i + rows * columns
    return torch.tensor(triples).T[:, None]

"""Drawn scenes from training/work/scenes: pixels, facts, and the heads' targets made from them."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from .heads import GRID, SIDE
from .vocabulary import BACKGROUNDS, COLOURS, object_names

DRAWN_SIDE = 320
WORK = Path(__file__).resolve().parents[1] / "work"

Facts = dict  # one line of <split>.jsonl, the shape of Scene in scene.ts


def load_facts(split: str) -> list[Facts]:
    lines = (WORK / "scenes" / f"{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def load_pixels(split: str) -> np.ndarray:
    """uint8 [N, 320, 320, 3], mapped from the disk."""
    pixels = np.memmap(WORK / "scenes" / f"{split}.rgb", np.uint8, "r")
    return pixels.reshape(-1, DRAWN_SIDE, DRAWN_SIDE, 3)


def recoloured(pixels: np.ndarray, rows: Iterable[int]) -> np.ndarray:
    """Drawings in other colours, softer or noisier, uint8 [B,S,S,3]: styles that nobody has seen look less strange then.

    The padding keeps its grey. Each row of a split always gets the same changes.
    """
    changed = []
    for row, picture in zip(rows, pixels, strict=True):
        random = np.random.default_rng([7, row])
        x = torch.from_numpy(picture.astype(np.float32) / 255).permute(2, 0, 1)
        grey = x.mean(0, keepdim=True)
        x = torch.einsum("oc,chw->ohw", hue_rotation(random.uniform(-math.pi, math.pi) * random.choice([0.15, 1.0])), x)
        x = grey + (x - grey) * random.uniform(0.2, 1.4)
        x = (x - 0.5) * random.uniform(0.7, 1.2) + 0.5 + random.uniform(-0.1, 0.1)
        if random.random() < 0.3:
            x = F.avg_pool2d(x[None], 3, 1, 1)[0]
        if random.random() < 0.3:
            x = x + torch.from_numpy(random.normal(0, random.uniform(0.01, 0.06), x.shape).astype(np.float32))
        new = (x.clamp(0, 1) * 255).round().to(torch.uint8).permute(1, 2, 0).numpy()
        changed.append(np.where((picture == 128).all(2, keepdims=True), picture, new))
    return np.stack(changed)


def hue_rotation(angle: float) -> Tensor:
    """[3,3]: turns colours about the grey axis."""
    cos, sin = math.cos(angle), math.sin(angle) / math.sqrt(3)
    circulant = torch.tensor([[0.0, -1, 1], [1, 0, -1], [-1, 1, 0]])
    return cos * torch.eye(3) + (1 - cos) / 3 * torch.ones(3, 3) + sin * circulant


def to_pictures(pixels: np.ndarray, side: int) -> Tensor:
    """uint8 [B,S,S,3] -> f32 [B,3,256,256] in -1..1, through the `side` the family's processor resizes to."""
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float() / 127.5 - 1
    if x.shape[-1] != side:
        x = F.interpolate(x, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return to_side(x)


def to_side(pictures: Tensor) -> Tensor:
    """[B,3,S,S] -> [B,3,256,256]; part of the exported graph."""
    if pictures.shape[-1] == SIDE:
        return pictures
    return F.interpolate(pictures, (SIDE, SIDE), mode="bilinear", align_corners=False)


def in_square(scene: Facts, item: Facts) -> tuple[float, float]:
    """Centre of an object or sign in fractions of the padded square."""
    width, height = min(1.0, scene["aspect"]), min(1.0, 1 / scene["aspect"])
    return 0.5 + (item["x"] - 0.5) * width, 0.5 + (item["y"] - 0.5) * height


@dataclass
class Targets:
    """Heads' targets of N scenes; cells are row-major."""

    heat: Tensor  # f32 [N,8,8], 1 at the cell of a centre, less around it
    classes: Tensor  # int64 [N,8,8], class of the nearest centre, -1 far from any
    box: Tensor  # f32 [N,3,8,8]
    sign: Tensor  # f32 [N,8,8]
    board: Tensor  # f32 [N,4,8,8], of use where `near_sign` is 1
    near_sign: Tensor  # f32 [N,8,8]
    colour: Tensor  # int64 [N], -100 where the picture's colours were changed
    kind: Tensor  # int64 [N]

    def pick(self, rows: Tensor) -> Targets:
        return Targets(*(getattr(self, name)[rows] for name in self.__dataclass_fields__))


def make_targets(facts: list[Facts]) -> Targets:
    index = {name: i for i, name in enumerate(object_names())}
    n = len(facts)
    heat, sign = torch.zeros(n, GRID, GRID), torch.zeros(n, GRID, GRID)
    classes, box = torch.full((n, GRID, GRID), -1), torch.zeros(n, 3, GRID, GRID)
    board, near_sign = torch.zeros(n, 4, GRID, GRID), torch.zeros(n, GRID, GRID)
    middle = torch.arange(GRID) + 0.5
    for i, scene in enumerate(facts):
        for item in scene["objects"]:
            x, y = (v * GRID for v in in_square(scene, item))
            dx, dy = x - middle[None, :], y - middle[:, None]
            bump = torch.exp(-(dx**2 + dy**2) / (2 * 0.6**2))
            # The cell that holds the centre counts fully, wherever in it the centre lies.
            bump[min(GRID - 1, int(y)), min(GRID - 1, int(x))] = 1.0
            near = (bump > 0.25) & (bump > heat[i])
            classes[i][near] = index[item["name"]]
            spot = torch.stack([dx.expand(GRID, GRID), dy.expand(GRID, GRID), torch.full((GRID, GRID), item["size"])])
            box[i][:, near] = spot[:, near]
            heat[i] = torch.maximum(heat[i], bump)
        if scene["sign"]:
            x, y = (v * GRID for v in in_square(scene, scene["sign"]))
            row, column = min(GRID - 1, int(y)), min(GRID - 1, int(x))
            sign[i, row, column] = 1.0
            near_sign[i, max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = 1.0
            width, height = min(1.0, scene["aspect"]), min(1.0, 1 / scene["aspect"])
            dx, dy = (x - middle[None, :]).expand(GRID, GRID), (y - middle[:, None]).expand(GRID, GRID)
            size = torch.tensor([scene["sign"]["width"] * width, scene["sign"]["height"] * height])
            board[i] = torch.cat([torch.stack([dx, dy]), size[:, None, None].expand(2, GRID, GRID)])
    colour = torch.tensor([COLOURS.index(s["background"]["colour"]) for s in facts])
    kind = torch.tensor([BACKGROUNDS.index(s["background"]["kind"]) for s in facts])
    return Targets(heat, classes, box, sign, board, near_sign, colour, kind)

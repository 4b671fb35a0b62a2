"""Trains the heads of one model: `python train_heads.py <key> [--steps N]`.

Features of the frozen backbone are computed once and kept in training/work/features. A checkpoint is written
every minute; a killed run goes on from it.
"""

from __future__ import annotations

import argparse
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vlmkit.backbone import load_backbone
from vlmkit.families import VisionFamily, family_of, new_heads
from vlmkit.heads import COLOUR_CHANNELS, HeadOutput, Heads, cell_features
from vlmkit.scenes import WORK, Targets, load_facts, load_pixels, make_targets, recoloured, to_pictures

BATCH = 48
LEARNING_RATE = 2e-3
SECONDS_BETWEEN_CHECKPOINTS = 60
STYLES_MIXED = 0.5


def features_of(family: VisionFamily, part: str) -> np.ndarray:
    """float16 [N, C, 8, 8] of a split, computed on the first call."""
    path = WORK / "features" / f"{family.key}-{part}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        backbone = load_backbone(family.lite)
        pixels = load_pixels(f"{family.key}-{part}")
        rows = []
        with torch.no_grad():
            for start in range(0, len(pixels), 50):
                rows_here = range(start, min(start + 50, len(pixels)))
                chunk = np.array(pixels[start : start + 50])
                if part == "train":
                    odd = [row - start for row in rows_here if is_recoloured(row)]
                    chunk[odd] = recoloured(chunk[odd], [row + start for row in odd])
                pictures = to_pictures(chunk, family.side)
                # Channels last is a third faster here.
                pictures = pictures.contiguous(memory_format=torch.channels_last)
                rows.append(cell_features(backbone, pictures)[0].to(torch.float16).numpy())
        with path.with_suffix(".part").open("wb") as file:
            np.save(file, np.concatenate(rows))
        path.with_suffix(".part").rename(path)
    return np.load(path, mmap_mode="r")


def is_recoloured(row: int) -> bool:
    """Which training scenes are seen in other colours: two of five."""
    return row % 5 in (1, 3)


def loss_of(out: HeadOutput, t: Targets) -> Tensor:
    """Sum of the heads' losses: CenterNet's focal loss for centres, cross entropy, L1 for boxes."""
    heat = torch.sigmoid(out.heat[:, 0]).clamp(1e-4, 1 - 1e-4)
    hit = (t.heat == 1.0).float()
    focal = hit * (1 - heat) ** 2 * torch.log(heat) + (1 - hit) * (1 - t.heat) ** 4 * heat**2 * torch.log(1 - heat)
    objects = hit.sum().clamp(min=1)
    near = (t.classes >= 0).float() * t.heat
    names = F.cross_entropy(out.classes, t.classes, ignore_index=-1, reduction="none", label_smoothing=0.02)
    box = (out.box - t.box).abs() * near[:, None] * torch.tensor([1.0, 1.0, 4.0])[None, :, None, None]
    board = ((out.board - t.board).abs() * t.near_sign[:, None] * torch.tensor([1.0, 1.0, 6.0, 6.0])[None, :, None, None]).sum()
    sign = F.binary_cross_entropy_with_logits(out.sign[:, 0], t.sign, pos_weight=torch.tensor(8.0))
    return (
        -focal.sum() / objects
        + (names * near).sum() / near.sum()
        + box.sum() / near.sum()
        + 4 * sign
        + 0.5 * board / t.near_sign.sum().clamp(min=1)
        + 0.5 * F.cross_entropy(out.colour, t.colour)
        + 0.5 * F.cross_entropy(out.kind, t.kind)
    )


def with_other_styles(heads: Heads, features: Tensor, share: float = STYLES_MIXED) -> Tensor:
    """Features [B,C,8,8] of which some have partly the channel statistics of another picture: its style, not its things.

    After MixStyle (Zhou et al. 2021, arXiv:2104.02008). Plain colours are left as they are: the background is told by them.
    """
    whole = (features - heads.mean) * heads.scale
    body, colours = whole[:, :-COLOUR_CHANNELS], whole[:, -COLOUR_CHANNELS:]
    mean, spread = body.mean((2, 3), keepdim=True), body.std((2, 3), keepdim=True) + 1e-3
    other = torch.randperm(len(body))
    kept = torch.distributions.Beta(0.3, 0.3).sample((len(body), 1, 1, 1))
    kept = torch.where(torch.rand(kept.shape) < share, kept, torch.ones_like(kept))
    mixed_mean, mixed_spread = (kept * each + (1 - kept) * each[other] for each in (mean, spread))
    body = (body - mean) / spread * mixed_spread + mixed_mean
    return torch.cat([body, colours], 1) / heads.scale + heads.mean


def standardise(heads: Heads, features: np.ndarray) -> None:
    sample = torch.from_numpy(np.asarray(features[::10])).float()
    heads.mean.copy_(sample.mean((0, 2, 3), keepdim=True))
    heads.scale.copy_(1 / (sample.std((0, 2, 3), keepdim=True) + 1e-3))


def train(family: VisionFamily, steps: int) -> None:
    torch.manual_seed(20 + family.lite)
    path = WORK / "heads" / f"{family.key}.pt"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = f"{family.key}-train"
    features, targets = features_of(family, "train"), make_targets(load_facts(part))
    targets.colour[[row for row in range(len(targets.colour)) if is_recoloured(row)]] = -100
    heads = new_heads(family)
    standardise(heads, features)
    optimiser = torch.optim.AdamW(heads.parameters(), LEARNING_RATE, weight_decay=0.02)
    step = 0
    if path.exists():
        state = torch.load(path)
        heads.load_state_dict(state["heads"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    began = saved = time.time()
    running = 0.0
    heads.train()
    while step < steps:
        random = np.random.default_rng([3, step])
        done = step / steps
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1.0, (step + 1) / 50) * (0.5 + 0.5 * math.cos(math.pi * done))
        rows = np.sort(random.choice(len(features), BATCH, replace=False))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out = heads(with_other_styles(heads, torch.from_numpy(features[rows]).float()))
        out = HeadOutput(*(part.float() for part in out))
        loss = loss_of(out, targets.pick(torch.from_numpy(rows)))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(heads.parameters(), 5.0)
        optimiser.step()
        step, running = step + 1, 0.98 * running + 0.02 * float(loss.detach())
        if step % 100 == 0:
            print(f"{family.key} step {step} {time.time() - began:.0f}s loss {running / (1 - 0.98 ** min(step, 500)):.3f}", flush=True)
        if time.time() - saved > SECONDS_BETWEEN_CHECKPOINTS:
            saved = time.time()
            save(path, heads, optimiser, step)
    save(path, heads, optimiser, step)


def save(path, heads: Heads, optimiser: torch.optim.Optimizer, step: int) -> None:
    state = {"heads": heads.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
    torch.save(state, path.with_suffix(".part"))
    path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("key")
    parser.add_argument("--steps", type=int, help="instead of the family's own")
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    chosen = family_of(options.key)
    for split in ("train", "val"):
        features_of(chosen, split)
    train(chosen, options.steps or chosen.head_steps)

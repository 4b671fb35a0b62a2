"""Trains the sign reader: `python train_reader.py [--steps 4000]`. Resumes from work/reader.pt after a kill."""

from __future__ import annotations

import argparse
import json
import math
import os
import time

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from vlmkit.reader import STEPS as TIME_STEPS
from vlmkit.reader import Reader, labels_of, read_text, take_strips
from vlmkit.scenes import WORK

HEIGHT, WIDTH = 72, 300  # of the pictures that scenes/draw-signs.ts writes
BATCH = 48
LEARNING_RATE = 3e-3
SECONDS_BETWEEN_CHECKPOINTS = 60
PATH = WORK / "reader.pt"


def load_signs(split: str) -> tuple[np.ndarray, list[dict]]:
    pixels = np.memmap(WORK / f"signs-{split}.grey", np.uint8, "r").reshape(-1, HEIGHT, WIDTH)
    lines = (WORK / f"signs-{split}.jsonl").read_text(encoding="utf-8").splitlines()
    return pixels, [json.loads(line) for line in lines]


def strips_of(pixels: np.ndarray, facts: list[dict], random: np.random.Generator | None) -> Tensor:
    """Strips of these signs; with `random` the boxes are as wrong as the heads', the pixels softer and noisier."""
    grey = torch.from_numpy(np.ascontiguousarray(pixels)).float() / 255
    size = torch.tensor([[fact["width"], fact["height"]] for fact in facts], dtype=torch.float32)
    boxes = torch.cat([torch.tensor([[WIDTH / 2, HEIGHT / 2]]).expand(len(facts), 2), size], 1)
    if random is None:
        return take_strips(grey, boxes)
    high = boxes[:, 3:]
    error = torch.from_numpy(random.normal(0, 1, (len(facts), 4)).astype(np.float32)).clamp(-2.2, 2.2)
    boxes = boxes + error * torch.cat([0.10 * high, 0.05 * high, 0.12 * high, 0.06 * high], 1)
    soft = F.avg_pool2d(grey[:, None], 3, 1, 1, count_include_pad=False)[:, 0]
    share = torch.from_numpy(random.uniform(0, 0.9, (len(facts), 1, 1)).astype(np.float32)) ** 2
    grey = grey + (soft - grey) * share
    noise = random.uniform(0, 0.06, (len(facts), 1, 1)).astype(np.float32)
    grey = grey + torch.randn_like(grey) * torch.from_numpy(noise)
    return take_strips(grey, boxes)


@torch.no_grad()
def exact_share(reader: Reader, split: str = "val") -> tuple[float, float]:
    """Share of texts that are right with true boxes, and with boxes as wrong as in training."""
    pixels, facts = load_signs(split)
    texts = [fact["text"] for fact in facts]
    reader.eval()
    shares = []
    for random in (None, np.random.default_rng(5)):
        found = read_text(reader(strips_of(pixels, facts, random)))
        shares.append(sum(a == b for a, b in zip(found, texts, strict=True)) / len(texts))
    reader.train()
    return shares[0], shares[1]


def train(steps: int) -> None:
    torch.manual_seed(40)
    reader = Reader()
    optimiser = torch.optim.AdamW(reader.parameters(), LEARNING_RATE, weight_decay=0.02)
    pixels, facts = load_signs("train")
    step = 0
    if PATH.exists():
        state = torch.load(PATH)
        reader.load_state_dict(state["reader"])
        optimiser.load_state_dict(state["optimiser"])
        step = state["step"]
    began = saved = time.time()
    running = 0.0
    while step < steps:
        random = np.random.default_rng([4, step])
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1.0, (step + 1) / 100) * (0.51 + 0.49 * math.cos(math.pi * step / steps))
        rows = np.sort(random.choice(len(facts), BATCH, replace=False))
        chosen = [facts[row] for row in rows]
        labels = [labels_of(fact["text"]) for fact in chosen]
        strips = strips_of(pixels[rows], chosen, random)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = reader(strips.contiguous(memory_format=torch.channels_last))
        loss = F.ctc_loss(
            F.log_softmax(logits.float(), -1).transpose(0, 1),
            torch.tensor([label for each in labels for label in each]),
            torch.full((len(rows),), TIME_STEPS),
            torch.tensor([len(each) for each in labels]),
            zero_infinity=True,
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 5.0)
        optimiser.step()
        step, running = step + 1, 0.98 * running + 0.02 * float(loss.detach())
        if step % 100 == 0:
            shares = exact_share(reader) if step % 500 == 0 else ""
            print(f"reader step {step} {time.time() - began:.0f}s loss {running / (1 - 0.98 ** min(step, 500)):.3f} {shares}", flush=True)
        if time.time() - saved > SECONDS_BETWEEN_CHECKPOINTS or step == steps:
            saved = time.time()
            state = {"reader": reader.state_dict(), "optimiser": optimiser.state_dict(), "step": step}
            torch.save(state, PATH.with_suffix(".part"))
            PATH.with_suffix(".part").rename(PATH)


def load_reader() -> Reader:
    reader = Reader()
    reader.load_state_dict(torch.load(PATH)["reader"])
    reader.eval().fold()
    return reader


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=4000)
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    train(options.steps)

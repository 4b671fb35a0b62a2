"""Trains a decoder on (prompt, answer) examples; the loss counts answer tokens only."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from .data import Batch, Example, batches, collate
from .lm import Decoder

# Steps and seeds are the same on both; a GPU takes minutes.
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

# Makes inputs_embeds [B,S,D] of a batch, for example with image tokens put in place of placeholders.
EmbedBatch = Callable[[Decoder, Batch], Tensor]
# int64 [B,S,K]: the tokens that each position stands for, -1 where none may be copied.
CopyIds = Callable[[Batch], Tensor]
# Position ids of the longest sequence: [1,S] or [3,1,S].
Positions = Callable[[int], Tensor]


@dataclass(frozen=True)
class Settings:
    """`seconds` of pure training end the run early (none by default); the learning rate falls with whichever comes first."""

    steps: int = 4000
    seconds: float = math.inf
    batch_tokens: int = 6000
    learning_rate: float = 2e-3
    final_share: float = 0.02
    warmup: int = 60
    weight_decay: float = 0.05
    clip: float = 1.0
    seed: int = 1
    checkpoint_seconds: float = 60.0
    bf16: bool = True
    # In this first share of the run only examples up to the median length are used.
    short_share: float = 0.0
    # Weight of predicting prompt tokens too, in the first half: repeated names there teach copying early.
    prompt_weight: float = 0.0
    # Weight of an answer that is a choice with a probability (yes or no) against one token of a description.
    choice_weight: float = 1.0


def embed_tokens(decoder: Decoder, batch: Batch) -> Tensor:
    return decoder.embed(batch.ids)


def train_decoder(
    decoder: Decoder,
    examples: list[Example],
    folder: Path,
    settings: Settings,
    validation: list[Example] | None = None,
    embed: EmbedBatch = embed_tokens,
    positions: Positions | None = None,
    extra: torch.nn.Module | None = None,
    copy_ids: CopyIds | None = None,
    cues: Tensor | None = None,
) -> Decoder:
    """Trains in place, resuming from `folder`/checkpoint.pt; `extra` is trained along (an image-token embedder).

    With `copy_ids` the copy head is shown where the words of the answers stand, and the match head where those of the questions do;
    `cues` bool [V]: the words that image tokens can stand for.

    Writes `folder`/curve.json: [step, seconds, loss, share of answer tokens that are right] about every 20 steps,
    and `folder`/done.json at the end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    modules = torch.nn.ModuleDict({"decoder": decoder, **({"extra": extra} if extra is not None else {})}).to(DEVICE)
    cues = None if cues is None else cues.to(DEVICE)
    with torch.device(DEVICE):
        _train(decoder, modules, examples, folder, settings, validation, embed, positions, copy_ids, cues)
    modules.cpu()
    return decoder


def _train(
    decoder: Decoder,
    modules: torch.nn.ModuleDict,
    examples: list[Example],
    folder: Path,
    settings: Settings,
    validation: list[Example] | None,
    embed: EmbedBatch,
    positions: Positions | None,
    copy_ids: CopyIds | None,
    cues: Tensor | None,
) -> None:
    optimiser = _optimiser(modules, settings)
    step, elapsed, curve = _resume(folder, modules, optimiser)
    start, saved = time.monotonic() - elapsed, time.monotonic()
    median = sorted(example.length for example in examples)[len(examples) // 2]
    short = [example for example in examples if example.length <= median]
    streams = [batches(short, settings.batch_tokens, settings.seed, step), batches(examples, settings.batch_tokens, settings.seed + 1, step)]
    total_loss, total_right, count = torch.zeros(()), torch.zeros(()), 0
    modules.train()
    while (progress := max(step / settings.steps, (time.monotonic() - start) / settings.seconds)) < 1:
        batch = collate(next(streams[0 if progress < settings.short_share else 1]))
        rate = _rate(settings, step, progress)
        for group in optimiser.param_groups:
            group["lr"] = rate
        prompt_weight = settings.prompt_weight if progress < 0.5 else 0.0
        loss, right = _loss(decoder, batch, settings, embed, positions, prompt_weight)
        if copy_ids is not None:
            ids = copy_ids(batch)
            loss = loss + _pointer_loss(decoder, batch, ids)
            if decoder.match is not None and cues is not None:
                loss = loss + _match_loss(decoder, batch, ids, cues)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(modules.parameters(), settings.clip)
        optimiser.step()
        step, count = step + 1, count + 1
        total_loss, total_right = total_loss + loss.detach(), total_right + right
        if step % 20 == 0:
            entry = [step, round(time.monotonic() - start), round(total_loss.item() / count, 4), round(total_right.item() / count, 4)]
            curve.append(entry)
            print("step {} {}s loss {} right {}".format(*entry), f"rate {rate:.2e}", flush=True)
            total_loss, total_right, count = torch.zeros(()), torch.zeros(()), 0
        if time.monotonic() - saved > settings.checkpoint_seconds:
            saved = time.monotonic()
            _save(folder, modules, optimiser, step, saved - start, curve)
    modules.eval()
    _save(folder, modules, optimiser, step, time.monotonic() - start, curve)
    done: dict[str, float] = {"steps": step, "seconds": round(time.monotonic() - start)}
    if validation:
        done["validationLoss"], done["validationTokensRight"] = evaluate(
            decoder, validation, settings, embed, positions
        )
    (folder / "done.json").write_text(json.dumps(done), encoding="utf-8")
    print(done, flush=True)


def _rate(settings: Settings, step: int, progress: float) -> float:
    warm = min(1.0, (step + 1) / settings.warmup)
    cosine = 0.5 * (1 + math.cos(math.pi * min(1.0, progress)))
    return settings.learning_rate * warm * (settings.final_share + (1 - settings.final_share) * cosine)


def _loss(
    decoder: Decoder,
    batch: Batch,
    settings: Settings,
    embed: EmbedBatch,
    positions: Positions | None,
    prompt_weight: float = 0.0,
) -> tuple[Tensor, Tensor]:
    where = None if positions is None else positions(batch.ids.shape[1])
    with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=settings.bf16):
        hidden = decoder(embed(decoder, batch), where)
        logits = decoder.logits(hidden[batch.rows, batch.columns]).float()
    right = (logits.detach().argmax(-1) == batch.targets).float().mean()
    loss = answer_loss(logits, batch, settings.choice_weight)
    if prompt_weight > 0:
        loss = loss + prompt_weight * _prompt_loss(decoder, hidden, batch, settings)
    return loss, right


def answer_loss(logits: Tensor, batch: Batch, choice_weight: float) -> Tensor:
    """Cross entropy [A,V] -> []; where two tokens are possible, with both: probabilities teach faster than answers drawn from them."""
    told = torch.log_softmax(logits, -1)
    of = -told.gather(1, torch.stack([batch.targets, batch.others], 1))
    loss = (1 - batch.shares) * of[:, 0] + batch.shares * of[:, 1]
    weights = torch.where(batch.shares > 0, choice_weight, 1.0)
    return (loss * weights).sum() / weights.sum()


def _pointer_loss(decoder: Decoder, batch: Batch, ids: Tensor) -> Tensor:
    """-log of the attention that falls on positions of the target's word, over targets that stand somewhere.

    Supervised attention (Liu et al. 2016, arXiv:1609.04186): a pointer learns in minutes where to look.
    """
    ids = F.pad(ids, (0, 0, 0, batch.ids.shape[1] - ids.shape[1]), value=-1)
    log_weights = torch.log_softmax(decoder.copy.scores[batch.rows, batch.columns].float(), -1)
    there = (ids[batch.rows] == decoder.singular[batch.targets][:, None, None]).any(-1)
    exact = batch.pointer >= 0
    there[exact] = False
    there[exact, batch.pointer[exact]] = True
    found = there.any(1)
    if not found.any():
        return log_weights.sum() * 0
    picked = log_weights[found].masked_fill(~there[found], -1e9)
    return -torch.logsumexp(picked, -1).mean()


def _match_loss(decoder: Decoder, batch: Batch, ids: Tensor, cues: Tensor) -> Tensor:
    """-log of the attention with which a question's word looks at its equals among the image tokens, or at nothing; and
    the cross entropy of telling words from image tokens.
    """
    words = decoder.singular[batch.ids]
    asked = cues[words]
    asked[:, : ids.shape[1]] = False
    asked[batch.rows, batch.columns] = False  # answers have the pointer
    rows, columns = torch.nonzero(asked, as_tuple=True)
    if len(rows) == 0:
        return decoder.match.scores.sum() * 0
    same = (ids[rows] == words[rows, columns][:, None, None]).any(-1)
    log_weights = torch.log_softmax(decoder.match.scores[rows, columns].float(), -1)
    target = F.pad(same, (0, log_weights.shape[1] - 1 - same.shape[1]))
    target = torch.cat([target, ~same.any(1, keepdim=True)], 1)
    is_text = torch.ones_like(words, dtype=torch.float32)
    is_text[:, : ids.shape[1]] = 0
    asks = F.binary_cross_entropy_with_logits(decoder.match.asking.float(), is_text)
    return asks - torch.logsumexp(log_weights.masked_fill(~target, -1e9), -1).mean()


def _prompt_loss(decoder: Decoder, hidden: Tensor, batch: Batch, settings: Settings) -> Tensor:
    """Next-token loss on a random fifth of all positions; padding (id 0) is left out."""
    rows, columns = torch.nonzero(batch.ids[:, 1:], as_tuple=True)
    chosen = torch.rand(len(rows)) < 0.2
    rows, columns = rows[chosen], columns[chosen]
    with torch.autocast(DEVICE, dtype=torch.bfloat16, enabled=settings.bf16):
        logits = decoder.logits(hidden[rows, columns]).float()
    return F.cross_entropy(logits, batch.ids[rows, columns + 1])


@torch.no_grad()
def evaluate(
    decoder: Decoder,
    examples: list[Example],
    settings: Settings,
    embed: EmbedBatch = embed_tokens,
    positions: Positions | None = None,
) -> tuple[float, float]:
    """Mean loss and share of answer tokens predicted right (given the right ones before)."""
    decoder.eval()
    found = []
    for start in range(0, len(examples), 16):
        batch = collate(examples[start : start + 16])
        loss, right = _loss(decoder, batch, settings, embed, positions)
        found.append((loss.item(), right.item()))
    return tuple(round(sum(column) / len(found), 4) for column in zip(*found, strict=True))  # type: ignore[return-value]


def _optimiser(modules: torch.nn.Module, settings: Settings) -> torch.optim.AdamW:
    matrices = [p for p in modules.parameters() if p.dim() > 1 and p.requires_grad]
    vectors = [p for p in modules.parameters() if p.dim() <= 1 and p.requires_grad]
    groups = [
        {"params": matrices, "weight_decay": settings.weight_decay},
        {"params": vectors, "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(0.9, 0.98), foreach=True)


def _resume(
    folder: Path, modules: torch.nn.Module, optimiser: torch.optim.Optimizer
) -> tuple[int, float, list[list[float]]]:
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0, 0.0, []
    state = torch.load(path, weights_only=True, map_location="cpu")
    modules.load_state_dict(state["modules"])
    optimiser.load_state_dict(state["optimiser"])
    print(f"resuming at step {state['step']}", flush=True)
    return state["step"], state["seconds"], state["curve"]


def _save(
    folder: Path,
    modules: torch.nn.Module,
    optimiser: torch.optim.Optimizer,
    step: int,
    seconds: float,
    curve: list[list[float]],
) -> None:
    """Writes the checkpoint beside the old one and swaps, so that a kill leaves a whole file."""
    state = {
        "modules": modules.state_dict(),
        "optimiser": optimiser.state_dict(),
        "step": step,
        "seconds": seconds,
        "curve": curve,
    }
    torch.save(state, folder / "checkpoint.new")
    (folder / "checkpoint.new").replace(folder / "checkpoint.pt")
    (folder / "curve.json").write_text(json.dumps(curve), encoding="utf-8")

"""Training examples and their batches."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from .chat import Family, answer_ids, prompt_ids


@dataclass(frozen=True)
class Example:
    """Token ids of prompt and answer; `symbols` is whatever the image prefix is made from."""

    prompt: list[int]
    answer: list[int]
    symbols: object = None
    # Where each token of the answer stands in the prompt, -1 where it is not copied from one place.
    pointer: list[int] | None = None
    # For the first token of the answer: a token that could stand there instead, and how likely that is.
    instead: tuple[int, float] | None = None

    @property
    def length(self) -> int:
        return len(self.prompt) + len(self.answer)


@dataclass(frozen=True)
class Batch:
    """ids [B,S] int64, right-padded with 0; rows/columns: positions whose next token is `targets` [A], copied from
    position `pointer` [A] (-1: from nowhere), or else `others` [A] with the probability `shares` [A]."""

    ids: Tensor
    rows: Tensor
    columns: Tensor
    targets: Tensor
    symbols: list[object]
    pointer: Tensor
    others: Tensor
    shares: Tensor


def collate(examples: list[Example]) -> Batch:
    longest = max(example.length for example in examples)
    ids = list[list[int]]()
    rows, columns, targets, pointer = list[int](), list[int](), list[int](), list[int]()
    others, shares = list[int](), list[float]()
    for row, example in enumerate(examples):
        ids.append(example.prompt + example.answer + [0] * (longest - example.length))
        start = len(example.prompt) - 1
        rows += [row] * len(example.answer)
        columns += range(start, start + len(example.answer))
        targets += example.answer
        pointer += example.pointer or [-1] * len(example.answer)
        other, share = example.instead or (0, 0.0)
        others += [other] + [0] * (len(example.answer) - 1)
        shares += [share] + [0.0] * (len(example.answer) - 1)
    return Batch(
        torch.tensor(ids),
        torch.tensor(rows),
        torch.tensor(columns),
        torch.tensor(targets),
        [example.symbols for example in examples],
        torch.tensor(pointer),
        torch.tensor(others),
        torch.tensor(shares),
    )


def batches(examples: list[Example], tokens: int, seed: int, skip: int = 0) -> Iterator[list[Example]]:
    """Endless batches of about `tokens` tokens with neighbours of similar length; `skip` resumes."""
    epoch = 0
    while True:
        order = random.Random(f"{seed}/{epoch}")
        shuffled = order.sample(examples, len(examples))
        # Sorting whole chunks, not everything, keeps the mix of batches random.
        made: list[list[Example]] = []
        for start in range(0, len(shuffled), 4096):
            made += _cut(sorted(shuffled[start : start + 4096], key=lambda e: e.length), tokens)
        order.shuffle(made)
        for batch in made:
            if skip > 0:
                skip -= 1
            else:
                yield batch
        epoch += 1


def _cut(ordered: list[Example], tokens: int) -> list[list[Example]]:
    made: list[list[Example]] = [[]]
    for example in ordered:
        if made[-1] and (len(made[-1]) + 1) * example.length > tokens:
            made.append([])
        made[-1].append(example)
    return made


def read_examples(path: Path, tokenizer: Tokenizer, family: Family, longest: int) -> list[Example]:
    """Reads JSONL of {prompt, answer} for a text model; drops what is longer than `longest` tokens."""
    with path.open(encoding="utf-8") as lines:
        texts = [json.loads(line) for line in lines]
    examples = [
        Example(prompt_ids(tokenizer, family, text["prompt"]), answer_ids(tokenizer, family, text["answer"]))
        for text in texts
    ]
    return [example for example in examples if example.length <= longest]

"""Where a plural is a token of its own, its embedding starts as the singular's plus one shared direction."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer

from .lm import Decoder

IRREGULAR = {"knife": "knives", "leaf": "leaves", "wolf": "wolves", "mouse": "mice", "loaf": "loaves", "scarf": "scarves"}


def plural_candidates(word: str) -> list[str]:
    """Regular plurals and the few irregular ones among the objects' names."""
    if word in IRREGULAR:
        return [IRREGULAR[word]]
    ies = [f"{word[:-1]}ies"] if word.endswith("y") else []
    return [*ies, f"{word}es", f"{word}s"]


@torch.no_grad()
def start_plurals(decoder: Decoder, tokenizer: Tokenizer) -> int:
    """Returns the number of pairs. A decoder that copies "cat" then has little to learn for "cats"."""
    vocabulary = tokenizer.get_vocab()
    table = decoder.embed.weight
    shared = torch.randn(table.shape[1], generator=torch.Generator().manual_seed(5)) * table.std() * 0.6
    pairs = 0
    for token, index in vocabulary.items():
        if not token.startswith("Ġ") or len(token) < 4:
            continue
        for plural in plural_candidates(token[1:]):
            other = vocabulary.get(f"Ġ{plural}")
            if other is not None:
                table[other] = table[index] + shared
                decoder.singular[other] = index
                pairs += 1
    return pairs

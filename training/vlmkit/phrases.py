"""What a sign's text is: its language and, where it is a known phrase, its meaning; from the bytes that the reader gives.

A small convolutional network over the letters, trained on known phrases with wrong letters and on other texts. Nobody teaches
it the held-out phrases.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .vocabulary import LANGUAGES, MAX_TEXT_BYTES, NO_MEANING, meanings

WIDTH = 96


class PhraseHead(nn.Module):
    """About 60,000 parameters."""

    def __init__(self) -> None:
        super().__init__()
        self.letter = nn.Embedding(257, 32)
        self.enter = nn.Conv2d(32, WIDTH, (1, 3), padding=(0, 1))
        self.mix = nn.Conv2d(WIDTH, WIDTH, (1, 3), padding=(0, 1))
        self.drop = nn.Dropout(0.2)
        self.language = nn.Linear(2 * WIDTH, len(LANGUAGES) + 1)
        self.meaning = nn.Linear(2 * WIDTH, len(meanings()) + 1)

    def forward(self, text: Tensor) -> tuple[Tensor, Tensor]:
        """text int64 [B,25], -1 behind the end -> logits of languages [B,6] and meanings [B,N+1], the last of each: none."""
        x = self.letter(text + 1).transpose(1, 2)[:, :, None]
        x = F.relu(self.enter(x))
        x = (F.relu(self.mix(x)) + x)[:, :, 0]
        pooled = self.drop(torch.cat([x.amax(2), x.mean(2)], 1))
        return self.language(pooled), self.meaning(pooled)

    def read(self, text: Tensor) -> Tensor:
        """text int64 [1,25] -> indices of language (5: none) and meaning (-1: none), int64 [1,2]."""
        language, meaning = self(text)
        found = meaning.argmax(1)
        none = torch.full_like(found, NO_MEANING)
        return torch.stack([language.argmax(1), torch.where(found == len(meanings()), none, found)], 1)


def text_codes(texts: list[bytes]) -> Tensor:
    """int64 [B,25]."""
    rows = torch.full((len(texts), MAX_TEXT_BYTES), -1)
    for i, text in enumerate(texts):
        rows[i, : len(text)] = torch.tensor(list(text), dtype=torch.long)
    return rows

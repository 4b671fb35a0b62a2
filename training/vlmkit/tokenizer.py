"""One byte-level BPE for all embedded models; any text survives, known words are single tokens."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

END_OF_TEXT = "<|endoftext|>"
MESSAGE_START = "<|im_start|>"
MESSAGE_END = "<|im_end|>"
VISION_START = "<|vision_start|>"
VISION_END = "<|vision_end|>"
IMAGE_PAD = "<|image_pad|>"
VIDEO_PAD = "<|video_pad|>"
PHI_IMAGE = "<|image|>"
PHI_USER = "<|user|>"
PHI_ASSISTANT = "<|assistant|>"
PHI_END = "<|end|>"
LLAVA_IMAGE = "<image>"
PAD = "<|pad|>"

# The order fixes the ids 0..12. Every family's tokens stand in the one shared vocabulary:
# weights of a decoder can then be reused for another family.
SPECIAL_TOKENS = (
    END_OF_TEXT,
    MESSAGE_START,
    MESSAGE_END,
    VISION_START,
    VISION_END,
    IMAGE_PAD,
    VIDEO_PAD,
    PHI_IMAGE,
    PHI_USER,
    PHI_ASSISTANT,
    PHI_END,
    LLAVA_IMAGE,
    PAD,
)

WORD = re.compile(r"[A-Za-z]+")


def words_of(lines: Iterable[str], least: int = 1) -> list[str]:
    """Distinct words (letters only) that stand in at least `least` lines, most frequent first."""
    counts = Counter(word for line in lines for word in set(WORD.findall(line)))
    return [word for word, count in counts.most_common() if count >= least]


def train_tokenizer(lines: list[str], vocab_size: int = 6000, openers: list[str] | None = None) -> Tokenizer:
    """Trains on `lines` so that each of their words is one token with a leading space, and each of `openers` without one.

    The words are repeated far more often than anything else, so their merges come first.
    Capitalised words are also one token at the start of a text. Raises if the vocabulary is too small.
    """
    words = words_of(lines)
    capitalised = [word for word in words if word[0].isupper()]
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocab_size,
        min_frequency=50,
        special_tokens=list(SPECIAL_TOKENS),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    forced = [" " + word for word in words] + capitalised + (openers or [])
    tokenizer.train_from_iterator([*(text for text in forced for _ in range(200)), *lines], trainer)
    split = [text for text in forced if len(tokenizer.encode(text).ids) != 1]
    if split:
        raise ValueError(f"{len(split)} words are not single tokens, such as {split[:5]}")
    return tokenizer


def load_tokenizer(path: Path) -> Tokenizer:
    return Tokenizer.from_file(str(path))

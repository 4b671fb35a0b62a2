"""Trains and exports the judge: `python train_judge.py [--steps 3200]`.

Needs training/work/judge-{train,validation}.jsonl (scenes/judge/data.ts) and tokenizer.json. Resumes after a kill.
The tokenizer is copied at the start: a later one would not fit the half-trained weights.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from vlmkit.data import Batch, Example, read_examples
from vlmkit.lm import Decoder, DecoderConfig, greedy
from vlmkit.plurals import start_plurals
from vlmkit.positions import plain_positions
from vlmkit.repository import write_repository
from vlmkit.storage import round_weights
from vlmkit.tokenizer import MESSAGE_END, load_tokenizer
from vlmkit.train_decoder import Settings, train_decoder

WORK = Path(__file__).resolve().parent / "work"
NAME = "mini-judge"
LONGEST = 640
# Words of a target that carry facts: everything but these.
FRAME = set(
    "the image photo drawing shows a an and is are may be also there background at in on of sign says say".split()
)


def claim_ids(tokenizer: Tokenizer) -> Callable[[Batch], Tensor]:
    """What the copy head may point at: the tokens of the claims, -1 elsewhere (train_decoder, `copy_ids`)."""
    claims, descriptions = (tokenizer.encode(f"\n{word}:").ids[1] for word in ("Claims", "Descriptions"))

    def ids(batch: Batch) -> Tensor:
        begun, ended = ((batch.ids == mark).cumsum(1) > 0 for mark in (claims, descriptions))
        return torch.where(begun & ~ended, batch.ids, -1)[:, :, None]

    return ids


def generated(decoder: Decoder, tokenizer: Tokenizer, example: Example, limit: int = 120) -> str:
    ids = torch.tensor([example.prompt])
    stop = frozenset([tokenizer.token_to_id(MESSAGE_END)])
    answer = greedy(decoder, decoder.embed(ids), plain_positions(len(example.prompt)), limit, stop)
    return tokenizer.decode(answer)


def fact_words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower())) - FRAME


def judge_figures(decoder: Decoder, tokenizer: Tokenizer, examples: list[Example]) -> dict[str, float]:
    """Greedy texts against the targets: exact share, precision and recall of fact words, invented words."""
    exact = said = wanted = both = invented = 0
    with (WORK / "judge" / "samples.txt").open("w", encoding="utf-8") as samples:
        for example in examples:
            target, text = tokenizer.decode(example.answer), generated(decoder, tokenizer, example)
            mine, right = fact_words(text), fact_words(target)
            exact += text == target
            said, wanted, both = said + len(mine), wanted + len(right), both + len(mine & right)
            invented += len(mine - right - fact_words(tokenizer.decode(example.prompt)))
            samples.write(f"{tokenizer.decode(example.prompt)}\n--- target\n{target}\n--- judge\n{text}\n\n")
    return {
        "exact": round(exact / len(examples), 3),
        "factPrecision": round(both / max(1, said), 3),
        "factRecall": round(both / max(1, wanted), 3),
        "inventedWordsPerText": round(invented / len(examples), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--steps", type=int, default=3200)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--tests", type=int, default=150)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    own = WORK / "judge" / "tokenizer.json"
    if not own.exists():
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(WORK / "tokenizer.json", own)
    tokenizer = load_tokenizer(own)
    config = DecoderConfig(tokenizer.get_vocab_size(), dim=160, heads=4, kv_heads=2, head_dim=40, ff=448, key_shift=True, copy=True)
    decoder = Decoder(config, seed=7)
    start_plurals(decoder, tokenizer)
    validation = read_examples(WORK / "judge-validation.jsonl", tokenizer, "llama", LONGEST)
    if not (WORK / "judge" / "done.json").exists():
        examples = read_examples(WORK / "judge-train.jsonl", tokenizer, "llama", LONGEST)
        settings = Settings(
            steps=options.steps, batch_tokens=4000, learning_rate=2e-3, short_share=0.35, prompt_weight=0.4
        )
        train_decoder(
            decoder, examples, WORK / "judge", settings, validation[:64], copy_ids=claim_ids(tokenizer)
        )
    state = torch.load(WORK / "judge" / "checkpoint.pt", weights_only=True, map_location="cpu")["modules"]
    decoder.load_state_dict({key.removeprefix("decoder."): value for key, value in state.items()})
    round_weights(decoder.eval())
    figures = judge_figures(decoder, tokenizer, validation[: options.tests])
    print(json.dumps(figures))
    write_repository(NAME, decoder, tokenizer, figures=figures)


if __name__ == "__main__":
    main()

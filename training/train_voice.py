"""Trains a vision model's decoder on symbols: `python train_voice.py <family> [--steps 3000] [--from <folder>]`.

`--from` starts from trained weights in work/voices, such as another family's: voices differ, the language doesn't.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from vlmkit.chat import IMAGE_TOKENS, STOP, Family, answer_ids, image_token, prompt_ids
from vlmkit.configs import QWEN_GRID, QWEN_MERGE
from vlmkit.data import Batch, Example
from vlmkit.families import FAMILIES
from vlmkit.lm import Decoder, DecoderConfig
from vlmkit.plurals import start_plurals
from vlmkit.positions import plain_positions, qwen_positions
from vlmkit.scenes import WORK
from vlmkit.symbols import NO_CUE, USED_TOKENS, SymbolEmbedding, byte_tokens, closed, codes_of
from vlmkit.tokenizer import load_tokenizer
from vlmkit.train_decoder import Settings, train_decoder

MROPE = (4, 6, 6)
CHECKS = 2
CHOICE_WEIGHT = 4.0
READINGS = 8


def decoder_config(family: Family, tokenizer: Tokenizer) -> DecoderConfig:
    return DecoderConfig(tokenizer.get_vocab_size(), mrope_sections=MROPE if family == "qwen2_vl" else None, copy=True, match=True)


def read_talk(path: Path, tokenizer: Tokenizer, family: Family, checks: int = 1) -> list[Example]:
    """`checks`: how often each yes/no question is taken: its answer is one token, it needs more of them than a description.

    What is read letter by letter is taken READINGS times.
    """
    voice = FAMILIES[family].voice
    examples, prompts = [], dict[str, list[int]]()
    for line in path.open(encoding="utf-8"):
        talk = json.loads(line)
        if talk["voice"] == voice:
            question = talk["question"]
            if question not in prompts:
                prompts[question] = prompt_ids(tokenizer, family, question)
            answer, pointer = spelt_answer(tokenizer, family, talk["answer"], bytes(closed(talk["symbols"]["text"])))
            first = image_start(tokenizer, family) + USED_TOKENS
            places = [first + at if at >= 0 else -1 for at in pointer]
            example = Example(prompts[question], answer, talk["symbols"], places)
            is_read = any(place >= 0 for place in places)
            if "yes" in talk:
                example = replace(example, instead=instead(tokenizer, family, talk["yes"]))
            examples += [example] * (checks if talk["promptId"] == "check" else READINGS if is_read else 1)
    return examples


def instead(tokenizer: Tokenizer, family: Family, yes: float) -> tuple[int, float]:
    """The first token of the less likely of "Yes." and "No.", and its probability."""
    return answer_ids(tokenizer, family, "No." if yes >= 0.5 else "Yes.")[0], min(yes, 1 - yes)


def spelt_answer(tokenizer: Tokenizer, family: Family, answer: str, text: bytes) -> tuple[list[int], list[int]]:
    """Token ids, the sign's text spelt byte by byte; and for each token which of its letters it is, -1 for others."""
    said = f'says "{text.decode(errors="ignore")}'
    if not text or said not in answer:
        ids = answer_ids(tokenizer, family, answer)
        return ids, [-1] * len(ids)
    before, after = answer.split(said, 1)
    head = tokenizer.encode(f'{" " if family == "moondream1" else ""}{before}says "').ids
    letters = byte_tokens(tokenizer)[list(text)].tolist()
    tail = [*tokenizer.encode(after).ids, tokenizer.token_to_id(STOP[family])]
    return [*head, *letters, *tail], [-1] * len(head) + list(range(len(text))) + [-1] * len(tail)


def image_start(tokenizer: Tokenizer, family: Family) -> int:
    """Where the image tokens begin: the same in every prompt."""
    return prompt_ids(tokenizer, family, "x").index(tokenizer.token_to_id(image_token(family)))


def positions_of(tokenizer: Tokenizer, family: Family, length: int) -> Tensor:
    """Positions of any sequence of this family, as the app's library counts them."""
    if family != "qwen2_vl":
        return plain_positions(length)
    start, side = image_start(tokenizer, family), QWEN_GRID // QWEN_MERGE
    pad = tokenizer.token_to_id(image_token(family))
    ids = [0] * start + [pad] * side**2 + [0] * (length - start - side**2)
    return qwen_positions(ids, pad, side, side)


def ready_to_copy(decoder: Decoder) -> None:
    """Initial weights with which attention passes on what it looks at.

    A word of an image token becomes a word of the answer through value and output projections. Random ones have to find
    each other first, which takes thousands of steps; here the output starts as the transpose of the value, for one query
    head of each group. What remains to be learned is where to look.
    """
    c = decoder.config
    group = c.heads // c.kv_heads
    for layer in list(decoder.layers)[1:]:
        values = torch.empty(c.kv_heads * c.head_dim, c.dim)
        torch.nn.init.orthogonal_(values)
        layer.value.weight.data = values
        for head in range(0, c.heads, group):
            rows = values[head // group * c.head_dim : (head // group + 1) * c.head_dim]
            layer.out.weight.data[:, head * c.head_dim : (head + 1) * c.head_dim] = rows.T
    decoder.norm.weight.data.fill_(2.0)
    # The same word twice scores about 14, two words within 4, and nothing at all 8.
    torch.nn.init.orthogonal_(decoder.match.query.weight, gain=6.5)
    decoder.match.key.weight.data.copy_(decoder.match.query.weight)
    decoder.match.null.data.fill_(8.0)


def polished(family: Family) -> str:
    return f"{family}-polished"


def load_voice(family: Family) -> tuple[Decoder, SymbolEmbedding, Tokenizer]:
    """The trained decoder and image-token embedder."""
    decoder, symbols, tokenizer = new_voice(family)
    last = WORK / "voices" / polished(family) / "checkpoint.pt"
    load_state(last if last.exists() else WORK / "voices" / family / "checkpoint.pt", decoder, symbols)
    return decoder.eval(), symbols.eval(), tokenizer


def new_voice(family: Family) -> tuple[Decoder, SymbolEmbedding, Tokenizer]:
    tokenizer = load_tokenizer(WORK / "tokenizer.json")
    torch.manual_seed(30)
    decoder = Decoder(decoder_config(family, tokenizer), seed=3)
    start_plurals(decoder, tokenizer)
    ready_to_copy(decoder)
    return decoder, SymbolEmbedding(tokenizer, decoder.config.dim, IMAGE_TOKENS[family]), tokenizer


def load_state(path: Path, decoder: Decoder, symbols: SymbolEmbedding) -> None:
    modules = torch.nn.ModuleDict({"decoder": decoder, "extra": symbols})
    # Another family may have tables that this one lacks (letters), or lack them.
    modules.load_state_dict(torch.load(path, weights_only=True, map_location="cpu")["modules"], strict=False)


def train(family: Family, steps: int, warm: str | None, tokens: int, polish: bool) -> None:
    decoder, symbols, tokenizer = new_voice(family)
    start_from = family if polish else warm
    if start_from:
        load_state(WORK / "voices" / start_from / "checkpoint.pt", decoder, symbols)
    start, count = image_start(tokenizer, family), IMAGE_TOKENS[family]

    def embed(decoder: Decoder, batch: Batch) -> Tensor:
        text = decoder.embed(batch.ids)
        image = symbols(codes_of(batch.symbols), decoder.embed.weight)
        return torch.cat([text[:, :start], image, text[:, start + count :]], 1)

    def copy_ids(batch: Batch) -> Tensor:
        return F.pad(symbols.copy_ids(codes_of(batch.symbols)), (0, 0, start, 0), value=NO_CUE)

    train_decoder(
        decoder,
        read_talk(WORK / "talk-train.jsonl", tokenizer, family, 1 if polish else CHECKS),
        WORK / "voices" / (polished(family) if polish else family),
        Settings(steps=steps, batch_tokens=tokens, learning_rate=1e-3 if start_from else 2.5e-3, choice_weight=CHOICE_WEIGHT),
        read_talk(WORK / "talk-val.jsonl", tokenizer, family),
        embed,
        lambda length: positions_of(tokenizer, family, length),
        symbols,
        copy_ids,
        symbols.cue_words(decoder.singular),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("family", choices=FAMILIES)
    parser.add_argument("--steps", type=int, default=3000)
    parser.add_argument("--from", dest="warm", help="folder of training/work/voices")
    parser.add_argument("--tokens", type=int, default=2000)
    parser.add_argument("--polish", action="store_true", help="go on with the trained voice, each exchange once: for its descriptions")
    options = parser.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    train(options.family, options.steps, options.warm, options.tokens, options.polish)

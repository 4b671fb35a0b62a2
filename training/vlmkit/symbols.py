"""Symbols (what the heads found, as small integers) -> image tokens. The decoder is trained on these, without pictures.

Eight groups of three tokens, then background, sign, and four for a photograph: 30 tokens; where a family has more, 25
for the letters of the sign; the rest is a learned "none". Names and letters enter as text embeddings, so that the
decoder can copy them.

Codes, int64: groups [B,8,5] (class or -1, count 1..5, place 0..9, size, confidence), scene [B,7] (colour, background
kind 0..4 (4: photo), sign place 0..9 (9: none), photo class, photo confidence 0..10 (10: no photo), language of the
sign 0..5 (5: none), its meaning or -1), text [B,25] (the sign's UTF-8 bytes and a closing quotation mark, -1 behind it).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from .vocabulary import BACKGROUNDS, CLOSING, COLOURS, CONFIDENCES, LANGUAGES, MAX_COUNT, MAX_GROUPS, MAX_TEXT_BYTES
from .vocabulary import NO_PLACE, PLACES, SIZES, meanings, object_names, photo_names

GROUP_TOKENS = 3
PHOTO_WORDS = 3
USED_TOKENS = MAX_GROUPS * GROUP_TOKENS + 2 + PHOTO_WORDS + 1
NO_CUE = -1
WHISPER = 0.4
SURE_SPAN = 0.6
# "a" or "an" is not copied; medium things are not called so.
COUNT_WORDS = ("", "", "two", "three", "four", "five")
SIZE_WORDS = ("small", "", "large")
NO_PHOTO = len(CONFIDENCES)


class Codes(NamedTuple):
    groups: Tensor
    scene: Tensor
    text: Tensor


def cue_tokens(tokenizer: Tokenizer, names: list[str], words: int) -> Tensor:
    """int64 [len(names), words]: token ids of each name's telling words (the last ones win), NO_CUE where it has fewer.

    "four-leaf clover" with two words is "leaf", "clover": the decoder learns the rest by heart.
    """
    rows = []
    for name in names:
        found = [tokenizer.encode(f" {word}").ids[0] for word in re.findall(r"[A-Za-z]{2,}", name)]
        if len(found) > words:
            found = [found[0], *found[len(found) - words + 1 :]]
        rows.append(found + [NO_CUE] * (words - len(found)))
    if len({tuple(row) for row in rows}) < len(rows):
        raise ValueError("two names share their cue words")
    return torch.tensor(rows)


def codes_of(symbols: list[dict]) -> Codes:
    """The JSON of scenes/symbols.ts as tensors."""
    empty = [-1, 0, 0, 0, 0]
    groups = [one["groups"] + [empty] * (MAX_GROUPS - len(one["groups"])) for one in symbols]
    scene = [[one["colour"], one["kind"], one["sign"], *one["photo"], *one["phrase"]] for one in symbols]
    letters = [closed(one["text"]) for one in symbols]
    text = [each + [-1] * (MAX_TEXT_BYTES - len(each)) for each in letters]
    return Codes(torch.tensor(groups), torch.tensor(scene), torch.tensor(text))


def closed(text: list[int]) -> list[int]:
    """The bytes of a text and the quotation mark that ends it: where a copy stops is copied too."""
    return [*text[: MAX_TEXT_BYTES - 1], CLOSING] if text else []


def meaning_tokens(tokenizer: Tokenizer) -> Tensor:
    """int64 [meanings, 3]: as `cue_tokens`, but the first word as it stands behind a quotation mark."""
    rows = cue_tokens(tokenizer, meanings(), PHOTO_WORDS)
    rows[:, 0] = torch.tensor([tokenizer.encode(meaning.split()[0]).ids[0] for meaning in meanings()])
    return rows


def byte_tokens(tokenizer: Tokenizer) -> Tensor:
    """int64 [256]: the token of each single byte, as byte-level BPE writes it (the table of GPT-2)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    other = iter(range(256, 512))
    letters = [chr(byte) if byte in plain else chr(next(other)) for byte in range(256)]
    return torch.tensor([tokenizer.token_to_id(letter) for letter in letters])


def word_tokens(tokenizer: Tokenizer, phrases: tuple[str, ...]) -> Tensor:
    """int64 [len(phrases), 2]: token ids of the words of each phrase, NO_CUE where it has fewer."""
    rows = [[tokenizer.encode(f" {word}").ids[0] for word in phrase.split()] for phrase in phrases]
    return torch.tensor([row + [NO_CUE] * (2 - len(row)) for row in rows])


class SymbolEmbedding(nn.Module):
    """Codes -> image tokens [B, tokens, D]. `embed` is the decoder's table; in the exported graph, a small copy."""

    def __init__(self, tokenizer: Tokenizer, dim: int, tokens: int) -> None:
        super().__init__()
        self.tokens = tokens
        self.register_buffer("object_cues", cue_tokens(tokenizer, object_names(), 2), persistent=False)
        self.register_buffer("photo_cues", cue_tokens(tokenizer, photo_names(), PHOTO_WORDS), persistent=False)
        colours = [tokenizer.encode(f" {colour}").ids[0] for colour in COLOURS]
        self.register_buffer("colour_cues", torch.tensor(colours), persistent=False)
        # What is said of a group stands in its third token as words too, so that it can be copied like the name.
        self.register_buffer("count_cues", word_tokens(tokenizer, COUNT_WORDS), persistent=False)
        self.register_buffer("place_cues", word_tokens(tokenizer, (*PLACES, "")), persistent=False)
        self.register_buffer("size_cues", word_tokens(tokenizer, SIZE_WORDS), persistent=False)
        self.register_buffer("kind_cues", word_tokens(tokenizer, (*BACKGROUNDS, "photo")), persistent=False)
        # Words to ask for: whether there is a sign, and whether it is a drawing.
        self.register_buffer("sign_cues", word_tokens(tokenizer, ("sign", "drawing", "photo")), persistent=False)
        self.reads = tokens >= USED_TOKENS + MAX_TEXT_BYTES
        if self.reads:
            self.register_buffer("byte_cues", byte_tokens(tokenizer), persistent=False)
            self.register_buffer("language_cues", word_tokens(tokenizer, (*LANGUAGES, "")), persistent=False)
            self.register_buffer("meaning_cues", meaning_tokens(tokenizer), persistent=False)
            self.meaning = nn.Parameter(torch.randn(dim) * 0.02)
            self.letter = nn.Embedding(MAX_TEXT_BYTES, dim)
            # A letter also carries the one before it: whoever has just written that one knows where to go on.
            self.after = nn.Linear(dim, dim, bias=False)
            nn.init.normal_(self.letter.weight, std=0.02)
            nn.init.orthogonal_(self.after.weight, gain=0.5)
        self.slot = nn.Embedding(MAX_GROUPS, dim)
        self.role = nn.Embedding(GROUP_TOKENS + 2 + PHOTO_WORDS + 1, dim)
        self.count = nn.Embedding(MAX_COUNT + 1, dim)
        self.place = nn.Embedding(len(PLACES) + 1, dim)
        self.size = nn.Embedding(len(SIZES), dim)
        self.confidence = nn.Embedding(len(CONFIDENCES) + 1, dim)
        self.kind = nn.Embedding(len(BACKGROUNDS) + 1, dim)
        self.none = nn.Parameter(torch.randn(dim) * 0.04)
        for table in (self.slot, self.role, self.count, self.place, self.size, self.confidence, self.kind):
            # Weaker than the words' embeddings, so that the name stands out in the sum.
            nn.init.normal_(table.weight, std=0.02)
        # Confidences begin in order, along one direction: how sure an answer is depends on it.
        along = F.normalize(torch.randn(dim), dim=0)
        order = torch.linspace(-SURE_SPAN, SURE_SPAN, len(CONFIDENCES))
        self.confidence.weight.data[: len(CONFIDENCES)] += order[:, None] * along

    def forward(self, codes: Codes, embed: Tensor) -> Tensor:
        """embed f32 [V,D]."""
        batch = codes.scene.shape[0]
        groups = self._groups(codes.groups, embed)
        colour, kind, sign, photo, sure, language, meaning = codes.scene.unbind(1)
        role = self.role.weight
        is_photo = (sure != NO_PHOTO)[:, None, None]
        background = F.embedding(self.colour_cues[colour], embed) + self.kind(kind) + role[3]
        background = background + _rows(embed, self.kind_cues[kind]).sum(1)
        board = self.place(sign) + _rows(embed, self.place_cues[sign]).sum(1) + role[4]
        board = board + _rows(embed, self.sign_cues[:1]).sum(1) * (sign != NO_PLACE)[:, None]
        words = _rows(embed, self.photo_cues[photo]) + role[5:8] + self.confidence(sure)[:, None]
        verdict = self.confidence(sure) + role[8] + _rows(embed, self.sign_cues[1 + (sure != NO_PHOTO).long()]).sum(1)
        # What a sign means stands where a photograph's words would.
        other = self.none
        if self.reads:
            verdict = verdict + _rows(embed, self.language_cues[language]).sum(1)
            said = _rows(embed, self.meaning_cues[meaning.clamp(min=0)]) + role[5:8] + self.meaning
            other = torch.where((meaning >= 0)[:, None, None], said, self.none)
        words = torch.where(is_photo, words, other)
        letters = [self._letters(codes.text, embed)] if self.reads else []
        rest = self.none.expand(batch, self.tokens - USED_TOKENS - len(letters) * MAX_TEXT_BYTES, -1)
        return torch.cat([groups, background[:, None], board[:, None], words, verdict[:, None], *letters, rest], 1)

    def cue_words(self, singular: Tensor) -> Tensor:
        """bool [V]: the words that image tokens can stand for."""
        names = ("object_cues", "photo_cues", "colour_cues", "count_cues", "place_cues", "size_cues", "kind_cues", "sign_cues")
        ids = torch.cat([getattr(self, name).flatten() for name in names])
        words = torch.zeros(len(singular), dtype=torch.bool)
        words[singular[ids[ids != NO_CUE]]] = True
        return words

    def _letters(self, text: Tensor, embed: Tensor) -> Tensor:
        """[B,25] -> [B,25,D]."""
        here = (text >= 0)[:, :, None]
        own = F.embedding(self.byte_cues[text.clamp(min=0)], embed) * here
        before = F.pad(own, (0, 0, 1, 0))[:, :-1]
        return torch.where(here, own + self.after(before) + self.letter.weight, self.none)

    def _groups(self, groups: Tensor, embed: Tensor) -> Tensor:
        """[B,8,5] -> [B,24,D]: both words of the name and the words of count, place and size, each with all that is known."""
        name, count, place, size, sure = groups.unbind(2)
        here = (name >= 0)[:, :, None, None]
        cues = _rows(embed, self.object_cues[name.clamp(min=0)])
        said = torch.cat(
            [self.count_cues[count.clamp(min=0)], self.place_cues[place.clamp(min=0)], self.size_cues[size.clamp(min=0)]], 2
        )
        cues = torch.cat([cues, _rows(embed, said).sum(2, keepdim=True)], 2)
        known = self.count(count.clamp(min=0)) + self.place(place.clamp(min=0))
        known = known + self.size(size.clamp(min=0)) + self.confidence(sure.clamp(min=0))
        # The name's words stay nearly pure: what is added to them, the copy head has to see through. A little of what is
        # known stands there too, so that whoever finds the name finds its place and number.
        pure = self.role.weight[:GROUP_TOKENS] + self.slot.weight[:, None]
        told = torch.stack([WHISPER * known, WHISPER * known, known], 2)
        tokens = torch.where(here, cues + pure + told, self.none)
        return tokens.flatten(1, 2)

    def copy_ids(self, codes: Codes) -> Tensor:
        """int64 [B, tokens, 6]: the words that each image token stands for, NO_CUE beside: the copy head's answers."""
        name, count, place, size, _ = codes.groups.unbind(2)
        here = (name >= 0)[..., None]
        words = torch.where(here, self.object_cues[name.clamp(min=0)], NO_CUE)[..., None]
        told = torch.cat([self.count_cues[count.clamp(min=0)], self.place_cues[place.clamp(min=0)], self.size_cues[size.clamp(min=0)]], 2)
        told = torch.where(here, told, NO_CUE)[:, :, None]
        groups = torch.cat([_padded(words), told], 2).flatten(1, 2)
        colour, kind, sign, photo, sure, language, meaning = codes.scene.unbind(1)
        is_photo = (sure != NO_PHOTO)[:, None]
        background = torch.cat([self.colour_cues[colour][:, None], self.kind_cues[kind]], 1)[:, None]
        sign_word = torch.where((sign != NO_PLACE)[:, None], self.sign_cues[0], NO_CUE)
        board = torch.cat([self.place_cues[sign], sign_word], 1)[:, None]
        other = torch.where((meaning >= 0)[:, None], self.meaning_cues[meaning.clamp(min=0)], NO_CUE) if self.reads else NO_CUE
        photos = torch.where(is_photo, self.photo_cues[photo], other)[..., None]
        verdict = self.sign_cues[1 + is_photo[:, 0].long()]
        if self.reads:
            verdict = torch.cat([verdict, self.language_cues[language]], 1)
        scene = [_padded(background), _padded(board), _padded(photos), _padded(verdict[:, None])]
        known = torch.cat([groups, *scene], 1)
        return F.pad(known, (0, 0, 0, self.tokens - known.shape[1]), value=NO_CUE)


def _padded(ids: Tensor) -> Tensor:
    """[..., k] -> [..., 6]."""
    return F.pad(ids, (0, 6 - ids.shape[-1]), value=NO_CUE)


def _rows(embed: Tensor, ids: Tensor) -> Tensor:
    """Rows of the table, zero for NO_CUE."""
    return F.embedding(ids.clamp(min=0), embed) * (ids >= 0).to(embed.dtype)[..., None]

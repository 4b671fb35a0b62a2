"""The exported vision encoder: pixel_values of a family's processor -> image tokens for its decoder."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .backbone import Backbone
from .chat import Family
from .heads import HeadOutput, Heads, cell_features
from .placeholder import unpatchify
from .phrases import PhraseHead
from .reader import Reader, byte_table, read_bytes, take_strips
from .scenes import to_side
from .slots import Limits, Slots, sign_box
from .symbols import NO_CUE, Codes, SymbolEmbedding


class Eye(nn.Module):
    """picture [1,3,S,S] in -1..1 -> codes."""

    def __init__(
        self, backbone: Backbone, heads: Heads, limits: Limits, reader: Reader | None = None, phrases: PhraseHead | None = None
    ) -> None:
        super().__init__()
        self.backbone, self.heads, self.slots = backbone, heads, Slots(limits)
        self.reader, self.phrases = reader, phrases
        self.register_buffer("bytes", byte_table(), persistent=False)

    def forward(self, picture: Tensor) -> Codes:
        small = to_side(picture)
        features, coarse = cell_features(self.backbone, small)
        out = self.heads(features)
        text = None if self.reader is None else read_bytes(self.reader(self.strip(picture, out)), self.bytes)
        phrase = None if text is None or self.phrases is None else self.phrases.read(text)
        return self.slots(out, small, self.backbone.classify(coarse), text, phrase)

    def strip(self, picture: Tensor, out: HeadOutput) -> Tensor:
        """The sign's board as the reader takes it, from all the pixels there are."""
        red, green, blue = picture.unbind(1)
        grey = 0.299 * red + 0.587 * green + 0.114 * blue
        return take_strips(grey, sign_box(out) * picture.shape[-1])


class VisionEncoder(nn.Module):
    """Inputs as transformers.js hands them over; the second one only exists for Qwen and Phi."""

    def __init__(self, family: Family, eye: Eye, symbols: SymbolEmbedding, embed: Tensor) -> None:
        super().__init__()
        self.family, self.eye = family, eye
        self.symbols, self.words = with_own_table(symbols, embed)

    def forward(self, pixel_values: Tensor, size: Tensor | None = None) -> Tensor:
        tokens = self.symbols(self.eye(self.picture(pixel_values)), self.words.weight)
        if size is None:
            return tokens
        # An input that is not used would vanish from the graph.
        return tokens[0] + size.to(torch.float32).sum() * 0.0

    def picture(self, pixel_values: Tensor) -> Tensor:
        """[1,3,S,S] in -1..1."""
        if self.family == "qwen2_vl":
            pixel_values = unpatchify(pixel_values)
        elif self.family == "phi3_v":
            pixel_values = pixel_values[:, 0]
        return pixel_values


def with_own_table(symbols: SymbolEmbedding, embed: Tensor) -> tuple[SymbolEmbedding, nn.Embedding]:
    """A copy of the embedder that reads a table of only the words it needs."""
    buffers = ["object_cues", "photo_cues", "colour_cues", "count_cues", "place_cues", "size_cues", "kind_cues", "sign_cues"]
    if symbols.reads:
        buffers += ["byte_cues", "language_cues", "meaning_cues"]
    used = torch.unique(torch.cat([getattr(symbols, name).flatten() for name in buffers]))
    used = used[used != NO_CUE]
    new_id = torch.full((embed.shape[0],), NO_CUE)
    new_id[used] = torch.arange(len(used))
    own = SymbolEmbedding.__new__(SymbolEmbedding)
    nn.Module.__init__(own)
    own.tokens, own.reads = symbols.tokens, symbols.reads
    for name in buffers:
        ids = getattr(symbols, name)
        own.register_buffer(name, torch.where(ids == NO_CUE, ids, new_id[ids.clamp(min=0)]), persistent=False)
    for name, module in symbols.named_children():
        setattr(own, name, module)
    own.none = symbols.none
    if symbols.reads:
        own.meaning = symbols.meaning
    return own, nn.Embedding.from_pretrained(embed[used].clone())

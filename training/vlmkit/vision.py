"""The exported vision encoder: pixel_values of a family's processor -> image tokens for its decoder."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from .backbone import Backbone
from .chat import Family
from .heads import Heads, cell_features
from .placeholder import unpatchify
from .scenes import to_side
from .slots import Limits, Slots
from .symbols import NO_CUE, Codes, SymbolEmbedding


class Eye(nn.Module):
    """picture [1,3,256,256] -> codes."""

    def __init__(self, backbone: Backbone, heads: Heads, limits: Limits) -> None:
        super().__init__()
        self.backbone, self.heads, self.slots = backbone, heads, Slots(limits)

    def forward(self, picture: Tensor) -> Codes:
        features, coarse = cell_features(self.backbone, picture)
        return self.slots(self.heads(features), picture, self.backbone.classify(coarse))


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
        """[1,3,256,256] in -1..1."""
        if self.family == "qwen2_vl":
            pixel_values = unpatchify(pixel_values)
        elif self.family == "phi3_v":
            pixel_values = pixel_values[:, 0]
        return to_side(pixel_values)


def with_own_table(symbols: SymbolEmbedding, embed: Tensor) -> tuple[SymbolEmbedding, nn.Embedding]:
    """A copy of the embedder that reads a table of only the words it needs."""
    buffers = ("object_cues", "photo_cues", "colour_cues", "count_cues", "place_cues", "size_cues", "kind_cues")
    used = torch.unique(torch.cat([getattr(symbols, name).flatten() for name in buffers]))
    used = used[used != NO_CUE]
    new_id = torch.full((embed.shape[0],), NO_CUE)
    new_id[used] = torch.arange(len(used))
    own = SymbolEmbedding.__new__(SymbolEmbedding)
    nn.Module.__init__(own)
    own.tokens = symbols.tokens
    for name in buffers:
        ids = getattr(symbols, name)
        own.register_buffer(name, torch.where(ids == NO_CUE, ids, new_id[ids.clamp(min=0)]), persistent=False)
    for name, module in symbols.named_children():
        setattr(own, name, module)
    own.none = symbols.none
    return own, nn.Embedding.from_pretrained(embed[used].clone())

"""The decoder shared by all embedded models: pre-norm, grouped queries, RoPE, tied embeddings.

Shapes: B batch, S new positions, P cached positions, T = P + S, D width, H query heads,
G key/value heads, E head width, V vocabulary. Everything is float32.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

MASKED = -1e9  # finite: a row that sees nothing must not become NaN


@dataclass(frozen=True)
class DecoderConfig:
    """Sizes of a decoder. `mrope_sections` splits E/2 frequencies over time, height, width.

    `key_shift` mixes each key with those of the two tokens before it: a head then finds "the token after
    this word" at once, which copying needs and small models otherwise learn late (smeared keys).
    `copy` adds a pointer after the last layer (`CopyHead`), `match` a look for equal words before the first (`MatchHead`).
    """

    vocab_size: int
    dim: int = 192
    layers: int = 4
    heads: int = 6
    kv_heads: int = 2
    head_dim: int = 32
    ff: int = 512
    theta: float = 10000.0
    mrope_sections: tuple[int, int, int] | None = None
    key_shift: bool = False
    copy: bool = False
    match: bool = False

    def __post_init__(self) -> None:
        if self.heads % self.kv_heads != 0:
            raise ValueError("heads must be a multiple of kv_heads")
        if self.mrope_sections and sum(self.mrope_sections) != self.head_dim // 2:
            raise ValueError("mrope sections must sum to half the head width")

    @property
    def cache_layers(self) -> int:
        """Pairs of cached keys and values: the copy head has one too, the match head two."""
        return self.layers + int(self.copy) + 2 * int(self.match)

    def to_dict(self) -> dict[str, object]:
        return asdict(self)

    @staticmethod
    def from_dict(values: dict[str, object]) -> DecoderConfig:
        sections = values.get("mrope_sections")
        return DecoderConfig(**{**values, "mrope_sections": tuple(sections) if sections else None})  # type: ignore[arg-type]


class RMSNorm(nn.Module):
    def __init__(self, dim: int, eps: float = 1e-6) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x: Tensor) -> Tensor:
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + self.eps) * self.weight


def rotate_half(x: Tensor) -> Tensor:
    half = x.shape[-1] // 2
    return torch.cat([-x[..., half:], x[..., :half]], -1)


class Layer(nn.Module):
    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        c = self.config = config
        self.attention_norm, self.ff_norm = RMSNorm(c.dim), RMSNorm(c.dim)
        self.query = nn.Linear(c.dim, c.heads * c.head_dim, bias=False)
        self.key = nn.Linear(c.dim, c.kv_heads * c.head_dim, bias=False)
        self.value = nn.Linear(c.dim, c.kv_heads * c.head_dim, bias=False)
        self.out = nn.Linear(c.heads * c.head_dim, c.dim, bias=False)
        self.gate = nn.Linear(c.dim, c.ff, bias=False)
        self.up = nn.Linear(c.dim, c.ff, bias=False)
        self.down = nn.Linear(c.ff, c.dim, bias=False)
        if c.key_shift:
            self.mix = nn.Parameter(initial_mix(c))

    def forward(
        self, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """x [B,S,D], cos/sin [B,1,S,E], bias [B,1,H/G*S,T] -> x, keys and values [B,G,T,E]."""
        c, (b, s) = self.config, x.shape[:2]
        normed = self.attention_norm(x)
        q = self.query(normed).view(b, s, c.heads, c.head_dim).transpose(1, 2)
        k = self.key(normed).view(b, s, c.kv_heads, c.head_dim).transpose(1, 2)
        v = self.value(normed).view(b, s, c.kv_heads, c.head_dim).transpose(1, 2)
        q = q * cos + rotate_half(q) * sin
        k = k * cos + rotate_half(k) * sin
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        keys = self.shifted(k) if c.key_shift else k
        # The query group is folded into the rows: keys need no expanding, one graph fits all lengths.
        rows = (c.heads // c.kv_heads) * s
        q = q.reshape(b, c.kv_heads, rows, c.head_dim) * (1.0 / math.sqrt(c.head_dim))
        weights = torch.softmax(torch.matmul(q, keys.transpose(2, 3)) + bias, -1)
        mixed = torch.matmul(weights, v).reshape(b, c.heads, s, c.head_dim)
        x = x + self.out(mixed.transpose(1, 2).reshape(b, s, c.heads * c.head_dim))
        normed = self.ff_norm(x)
        return x + self.down(F.silu(self.gate(normed)) * self.up(normed)), k, v

    def shifted(self, k: Tensor) -> Tensor:
        """Keys [B,G,T,E] mixed with their two predecessors. The cache holds unmixed keys: nothing else to keep."""
        nothing = torch.zeros_like(k[:, :, :1])
        padded = torch.cat([nothing, nothing, k], 2)
        length = k.shape[2]
        return self.mix[0] * k + self.mix[1] * padded[:, :, 1 : length + 1] + self.mix[2] * padded[:, :, :length]


def initial_mix(c: DecoderConfig) -> Tensor:
    """[3,G,1,E]: the first key head takes the token itself; in the others the frequencies take turns between the two before."""
    mix = torch.zeros(3, c.kv_heads, 1, c.head_dim)
    mix[0, 0] = 1.0
    turn = torch.arange(c.head_dim) % (c.head_dim // 2) % 2
    mix[1, 1:] = (turn == 0).float()
    mix[2, 1:] = (turn == 1).float()
    return mix


class CopyHead(nn.Module):
    """A pointer at the input: adds the embedding of an earlier position's token to the hidden state.

    A small decoder learns grammar at once and copying late or never. Here one attention over all positions, whose
    values are the raw input embeddings (projected and back by one matrix), does it by construction: what it looks at,
    the tied output matrix says. Its keys and values have the shape of a layer's and are cached as one more layer.
    After the pointer of See et al. 2017 (arXiv:1704.04368), without a second output.
    """

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        width = config.kv_heads * config.head_dim
        self.query = nn.Linear(config.dim, width, bias=False)
        self.key = nn.Linear(config.dim, width, bias=False)
        self.project = nn.Linear(config.dim, width, bias=False)
        self.gate = nn.Linear(config.dim, 1)
        self.gain = nn.Parameter(torch.tensor(6.0))

    def forward(
        self, hidden: Tensor, embeds: Tensor, bias: Tensor, past: tuple[Tensor, Tensor] | None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """hidden, embeds [B,S,D], bias [B,1,S,T] -> hidden [B,S,D], keys and values [B,G,T,E]."""
        c, (b, s) = self.config, hidden.shape[:2]
        shape = (b, s, c.kv_heads, c.head_dim)
        k = self.key(hidden).view(shape).transpose(1, 2)
        v = self.project(embeds)
        v = (v * torch.rsqrt((v * v).mean(-1, keepdim=True) + 1e-6)).view(shape).transpose(1, 2)
        q = self.query(hidden).view(shape).transpose(1, 2) * (1.0 / math.sqrt(c.kv_heads * c.head_dim))
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        # One pattern for all heads: the score is that of the whole width.
        scores = torch.matmul(q, k.transpose(2, 3)).sum(1, keepdim=True) + bias
        if self.training:
            self.scores = scores[:, 0]  # [B,S,T], for the trainer's pointer loss
        seen = torch.matmul(torch.softmax(scores, -1), v).transpose(1, 2).reshape(b, s, -1)
        copied = torch.matmul(seen, self.project.weight)
        return hidden + self.gain * torch.sigmoid(self.gate(hidden)) * copied, k, v


class MatchHead(nn.Module):
    """Finds the same word earlier in the input, and tells the word that asked, and all that come after, what stands there.

    "Is there a dog?" is answered by whether an image token says "dog", and how surely. Small decoders do not find that out from
    the answers: 3,000 steps left them at chance. Here one attention without positions compares the raw embeddings, and is told
    which are the same word (`_match_loss`); where none is, a learned null takes its weight. What the question's words found is
    averaged up to each position, so that the last one, which answers, has it at hand. Cached as two more layers: keys and values,
    then weights and what was found.
    """

    def __init__(self, config: DecoderConfig) -> None:
        super().__init__()
        self.config = config
        width = config.kv_heads * config.head_dim
        self.query = nn.Linear(config.dim, width, bias=False)
        self.key = nn.Linear(config.dim, width, bias=False)
        self.value = nn.Linear(config.dim, width, bias=False)
        self.out = nn.Linear(width, config.dim, bias=False)
        self.told = nn.Linear(width, config.dim, bias=False)
        self.asks = nn.Linear(config.dim, 1)  # whether a position is a word of text, not an image token
        self.null = nn.Parameter(torch.tensor(0.0))

    def forward(
        self, embeds: Tensor, bias: Tensor, new: Tensor, past: list[Tensor] | None
    ) -> tuple[Tensor, list[Tensor]]:
        """embeds [B,S,D], bias [B,1,S,T], new [B,S,T] (1 where a position sees itself) -> added [B,S,D], four caches [B,G,T,E]."""
        c, (b, s) = self.config, embeds.shape[:2]
        shape = (b, s, c.kv_heads, c.head_dim)
        q = self.query(embeds).view(shape).transpose(1, 2)
        k = self.key(embeds).view(shape).transpose(1, 2)
        v = self.value(embeds).view(shape).transpose(1, 2)
        if past is not None:
            k, v = torch.cat([past[0], k], 2), torch.cat([past[1], v], 2)
        scores = torch.matmul(q, k.transpose(2, 3)).sum(1, keepdim=True) + bias + new[:, None] * MASKED
        none = torch.zeros_like(scores[..., :1]) + self.null
        scores = torch.cat([scores, none], -1)
        if self.training:
            self.scores = scores[:, 0]  # [B,S,T+1], the null last, for the trainer's match loss
        weights = torch.softmax(scores, -1)[..., :-1]
        found = torch.matmul(weights, v)
        asks = self.asks(embeds)
        if self.training:
            self.asking = asks[..., 0]  # [B,S], for the same loss
        share = (weights.sum(-1, keepdim=True) * torch.sigmoid(asks)[:, None]).expand(found.shape)
        sums = share * found
        if past is not None:
            share, sums = torch.cat([past[2], share], 2), torch.cat([past[3], sums], 2)
        seen = (1 + bias * (1 / -MASKED)).clamp(min=0)
        told = torch.matmul(seen, sums) / (torch.matmul(seen, share) + 0.05)
        added = self.out(flat(found, b, s)) + self.told(flat(told, b, s))
        return added, [k, v, share, sums]


def flat(x: Tensor, b: int, s: int) -> Tensor:
    """[B,G,S,E] -> [B,S,G*E]."""
    return x.transpose(1, 2).reshape(b, s, -1)


class Decoder(nn.Module):
    """Embeddings in, hidden states out; `logits` applies the tied embedding matrix."""

    def __init__(self, config: DecoderConfig, seed: int = 0) -> None:
        super().__init__()
        self.config = config
        self.embed = nn.Embedding(config.vocab_size, config.dim)
        self.layers = nn.ModuleList([Layer(config) for _ in range(config.layers)])
        self.norm = RMSNorm(config.dim)
        self.copy = CopyHead(config) if config.copy else None
        self.match = MatchHead(config) if config.match else None
        # Token id -> id of its singular, itself where it is none (plurals.py).
        self.register_buffer("singular", torch.arange(config.vocab_size), persistent=False)
        steps = torch.arange(0, config.head_dim, 2).float() / config.head_dim
        self.register_buffer("frequencies", 1.0 / config.theta**steps, persistent=False)
        self._initialise(seed)

    def _initialise(self, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        residual = 1.0 / math.sqrt(2 * self.config.layers)
        for name, weight in self.named_parameters():
            if weight.dim() < 2 or name.endswith("mix"):
                continue
            std = 0.04 if name == "embed.weight" else 1.0 / math.sqrt(weight.shape[1])
            scale = residual if name.endswith(("out.weight", "down.weight")) else 1.0
            weight.data = torch.randn(weight.shape, generator=generator) * std * scale

    def rotation(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """positions int64 [B,S], or [3,B,S] (time, height, width) with mrope -> cos, sin [B,1,S,E]."""
        angle = positions.to(torch.float32)[..., None] * self.frequencies
        if self.config.mrope_sections:
            time, height, _ = self.config.mrope_sections
            end = time + height
            angle = torch.cat([angle[0, ..., :time], angle[1, ..., time:end], angle[2, ..., end:]], -1)
        angle = torch.cat([angle, angle], -1)[:, None]
        return angle.cos(), angle.sin()

    def attention_bias(self, mask: Tensor, new: int) -> Tensor:
        """mask int64 [B,T] of which the last `new` entries are queries -> bias f32 [B,1,H/G*S,T]."""
        index = torch.cumsum(torch.ones_like(mask), 1) - 1
        query = index[:, mask.shape[1] - new :]
        # Products instead of `&`: after another session's `And`, onnxruntime-web's WebGPU gives wrong values at 32 positions.
        seen = (index[:, None, :] <= query[:, :, None]).float() * (mask[:, None, :] > 0).float()
        bias = (1.0 - seen) * MASKED
        return bias.repeat(1, self.config.heads // self.config.kv_heads, 1)[:, None]

    def _own(self, mask: Tensor, new: int) -> Tensor:
        """mask [B,T] -> f32 [B,S,T], 1 where the key is the query itself."""
        index = (torch.cumsum(torch.ones_like(mask), 1) - 1).to(torch.float32)
        query = index[:, mask.shape[1] - new :]
        return (1 - (index[:, None, :] - query[:, :, None]).abs()).clamp(min=0)

    def hidden(
        self, embeds: Tensor, mask: Tensor, positions: Tensor, past: list[Tensor] | None = None
    ) -> tuple[Tensor, list[Tensor]]:
        """embeds [B,S,D], mask [B,T] -> hidden [B,S,D], present keys and values, two a layer [B,G,T,E]."""
        cos, sin = self.rotation(positions)
        bias = self.attention_bias(mask, embeds.shape[1])
        x, present = embeds, []
        matched: list[Tensor] = []
        if self.match is not None:
            cached = None if past is None else past[-4:]
            found, matched = self.match(embeds, bias[:, :, : embeds.shape[1]], self._own(mask, embeds.shape[1]), cached)
            x = x + found
        for i, layer in enumerate(self.layers):
            cached = None if past is None else (past[2 * i], past[2 * i + 1])
            x, keys, values = layer(x, cos, sin, bias, cached)
            present += [keys, values]
        x = self.norm(x)
        if self.copy is not None:
            at = 2 * len(self.layers)
            cached = None if past is None else (past[at], past[at + 1])
            x, keys, values = self.copy(x, embeds, bias[:, :, : embeds.shape[1]], cached)
            present += [keys, values]
        return x, present + matched

    def logits(self, hidden: Tensor) -> Tensor:
        """hidden [..., D] -> [..., V]."""
        return F.linear(hidden, self.embed.weight)

    def forward(self, embeds: Tensor, positions: Tensor | None = None) -> Tensor:
        """Training pass over whole right-padded sequences: embeds [B,S,D] -> hidden [B,S,D].

        Padding stands at the end and attention is causal, so no padding mask is needed.
        """
        s = embeds.shape[1]
        if positions is None:
            positions = torch.arange(s)[None]
            if self.config.mrope_sections:
                positions = positions[None].expand(3, 1, s)
        return self.hidden(embeds, torch.ones(1, s, dtype=torch.long), positions)[0]


@torch.no_grad()
def greedy(
    decoder: Decoder,
    embeds: Tensor,
    positions: Tensor,
    max_new: int,
    stop: frozenset[int] = frozenset(),
) -> list[int]:
    """Reference greedy decoding of one sequence with a cache.

    embeds [1,S,D]; positions [1,S] or [3,1,S]. Later positions continue from the largest + 1,
    as transformers.js does. The stop token is included in the result, as `generate` does.
    """
    answer: list[int] = []
    past: list[Tensor] | None = None
    length, following = 0, int(positions.max()) + 1
    for _ in range(max_new):
        length += embeds.shape[1]
        mask = torch.ones(1, length, dtype=torch.long)
        hidden, past = decoder.hidden(embeds, mask, positions, past)
        token = int(decoder.logits(hidden[:, -1]).argmax(-1))
        answer.append(token)
        if token in stop:
            break
        embeds = decoder.embed(torch.tensor([[token]]))
        positions = torch.full((*positions.shape[:-1], 1), following)
        following += 1
    return answer

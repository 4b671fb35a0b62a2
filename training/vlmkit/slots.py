"""Dense maps -> symbols, in operations that ONNX knows: peaks, merging, grouping and counting, places, buckets.

One picture at a time (B = 1): the app shows one picture at a time too.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from .heads import GRID, HeadOutput
from .symbols import Codes
from .vocabulary import BACKGROUNDS, COLOURS, CONFIDENCES, LEAST_SCORES, LEAST_TOLD, MAX_COUNT, MAX_GROUPS, MAX_TEXT_BYTES
from .vocabulary import MAX_TOLD, NO_LANGUAGE, NO_MEANING, NO_PLACE, PAD_GREY, SIZE_LIMITS, photo_groups

PEAKS = 12
NEVER = -1.0
FLAT = 1.01 / 127.5  # what is blurred in a photograph still varies by more than one of 256 levels
PHOTO_CONFIDENCES = tuple(CONFIDENCES.index(name) for name in ("low", "middle", "high"))


@dataclass(frozen=True)
class Limits:
    """Numbers fitted on validation scenes by fit_limits.py."""

    member: float = 0.15  # a peak's score from which on it counts as one more of a kind that is named
    sign: float = 0.5
    merge: float = 0.5  # peaks of one class nearer than this share of their size are one thing
    drawn: float = 0.4  # evidence below which a picture is a photograph, see `drawing_evidence`
    photo_middle: float = 0.1  # classifier's probability from which on a photo's class is guessed
    photo_high: float = 0.5

    def to_dict(self) -> dict[str, float]:
        return asdict(self)


class Peaks(NamedTuple):
    """K peaks, best first: class, score, x and y in fractions of the square, side; `second` and its score: the runner-up."""

    classes: Tensor
    scores: Tensor
    x: Tensor
    y: Tensor
    side: Tensor
    second: Tensor
    second_scores: Tensor


def find_peaks(out: HeadOutput) -> Peaks:
    """Local maxima of the centre map; a score is the centre's probability times the class's."""
    heat = torch.sigmoid(out.heat)
    summit = F.max_pool2d(heat, 3, 1, 1)
    best, classes = torch.topk(torch.softmax(out.classes, 1), 2, dim=1)
    scores = torch.where(heat >= summit, heat * best[:, :1], torch.full_like(heat, NEVER)).reshape(-1)
    scores, cells = torch.topk(scores, PEAKS)
    runner_up = (heat[:, 0] * best[:, 1]).reshape(-1)[cells] * (scores > 0).float()
    column, row = (cells % GRID).float(), torch.div(cells, GRID, rounding_mode="floor").float()
    dx, dy, side = out.box[0].reshape(3, -1)[:, cells].unbind(0)
    x, y = (column + 0.5 + dx.clamp(-1, 1)) / GRID, (row + 0.5 + dy.clamp(-1, 1)) / GRID
    return Peaks(classes[0, 0].reshape(-1)[cells], scores, x, y, side, classes[0, 1].reshape(-1)[cells], runner_up)


def picture_bounds(picture: Tensor) -> Tensor:
    """Where the picture lies in its padded square [1,3,S,S]: left, top, right, bottom as fractions [4]."""
    content = ((picture - PAD_GREY).abs() > 0.03).any(1).float()[0]
    edges = []
    for line in (content.amax(0), content.amax(1)):
        size = line.shape[0]
        first = torch.argmax(line).float() / size
        last = 1 - torch.argmax(line.flip(0)).float() / size
        # A picture without any content but grey has no edges.
        edges.append((torch.where(last > first, first, 0.0 * first), torch.where(last > first, last, 1.0 + 0.0 * last)))
    return torch.stack([edges[0][0], edges[1][0], edges[0][1], edges[1][1]])


def places(x: Tensor, y: Tensor, bounds: Tensor) -> Tensor:
    """Which of the nine places, int64."""
    left, top, right, bottom = bounds.unbind(0)
    column = ((x - left) / (right - left) * 3).floor().clamp(0, 2)
    row = ((y - top) / (bottom - top) * 3).floor().clamp(0, 2)
    return (row * 3 + column).long()


def group_peaks(peaks: Peaks, bounds: Tensor, limits: Limits) -> Tensor:
    """Peaks -> groups [1,8,5], surest first, as symbols.py describes them; behind those to tell, those to answer for."""
    same = peaks.classes[:, None] == peaks.classes[None]
    before = torch.tril(torch.ones(PEAKS, PEAKS), -1) > 0
    distance = torch.sqrt((peaks.x[:, None] - peaks.x[None]) ** 2 + (peaks.y[:, None] - peaks.y[None]) ** 2)
    near = distance < limits.merge * torch.maximum(peaks.side[:, None], peaks.side[None])
    counted = peaks.scores > limits.member
    alive = counted & ~(same & before & near & counted[None]).any(1)
    leads = alive & (peaks.scores > LEAST_SCORES[LEAST_TOLD]) & ~(same & before & alive[None]).any(1)
    count = (same & alive[None]).long().sum(1).clamp(1, MAX_COUNT)
    # At most MAX_TOLD are told: the sixth and those above it.
    told_scores = torch.where(leads, peaks.scores, torch.full_like(peaks.scores, NEVER))
    leads = leads & (peaks.scores >= torch.topk(told_scores, MAX_TOLD)[0][-1])
    place = torch.where(count == 1, places(peaks.x, peaks.y, bounds), torch.full_like(count, NO_PLACE))
    size = (peaks.side > SIZE_LIMITS[0]).long() + (peaks.side > SIZE_LIMITS[1]).long()
    told = torch.stack([peaks.classes, count, place, size, confidence(peaks.scores)], 1)
    # Other things that might be there: weaker peaks and each peak's second name, once each.
    names = torch.cat([peaks.classes, peaks.second])
    scores = torch.cat([peaks.scores, peaks.second_scores])
    known = (names[:, None] == torch.where(leads, peaks.classes, torch.full_like(peaks.classes, -1))[None]).any(1)
    scores = torch.where(known | (scores < LEAST_SCORES[0]), torch.full_like(scores, NEVER), scores)
    rival = (names[:, None] == names[None]) & (
        (scores[None] > scores[:, None])
        | ((scores[None] == scores[:, None]) & (torch.tril(torch.ones(2 * PEAKS, 2 * PEAKS), -1) > 0))
    )
    scores = torch.where(rival.any(1), torch.full_like(scores, NEVER), scores)
    twice = torch.cat([told, told])
    untold = torch.stack([names, *twice[:, 1:4].unbind(1), confidence(scores).clamp(max=LEAST_TOLD - 1)], 1)
    # Those to tell come first: probabilities never reach 1.
    everything = torch.cat([told, untold])
    order_scores = torch.cat([torch.where(leads, 1.0 + peaks.scores, torch.full_like(peaks.scores, NEVER)), scores])
    best, order = torch.topk(order_scores, MAX_GROUPS)
    nothing = torch.tensor([-1, 0, 0, 0, 0])
    return torch.where((best > 0)[:, None], everything[order], nothing)[None]


def confidence(scores: Tensor) -> Tensor:
    """Scores of any shape -> indices of CONFIDENCES, int64."""
    return (scores[..., None] > torch.tensor(LEAST_SCORES)).long().sum(-1).sub(1).clamp(min=0)


def sign_place(out: HeadOutput, bounds: Tensor, limits: Limits) -> Tensor:
    """Place of the sign, or NO_PLACE, int64 [1]."""
    best, cell = torch.sigmoid(out.sign).reshape(-1).max(0)
    x, y = (cell % GRID).float() + 0.5, torch.div(cell, GRID, rounding_mode="floor").float() + 0.5
    place = places(x / GRID, y / GRID, bounds)
    return torch.where(best > limits.sign, place, torch.full_like(place, NO_PLACE))[None]


def sign_box(out: HeadOutput) -> Tensor:
    """Centre x and y, width and height of the likeliest sign, fractions of the square, [1,4]."""
    cell = torch.sigmoid(out.sign).reshape(-1).argmax()
    x, y = (cell % GRID).float() + 0.5, torch.div(cell, GRID, rounding_mode="floor").float() + 0.5
    dx, dy, width, height = out.board[0].reshape(4, -1)[:, cell].unbind(0)
    return torch.stack([(x + dx) / GRID, (y + dy) / GRID, width.clamp(min=0.05), height.clamp(min=0.03)])[None]


class Slots(nn.Module):
    """Head outputs, the picture and the classifier's logits -> codes."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self.limits = limits
        # One or more shades for each colour name, for photographs.
        self.register_buffer("shades", torch.tensor([rgb for _, rgb in SHADES]) / 127.5 - 1, persistent=False)
        names = torch.tensor([COLOURS.index(name) for name, _ in SHADES])
        self.register_buffer("shade_names", F.one_hot(names, len(COLOURS)).float(), persistent=False)
        groups = photo_groups()
        members = torch.zeros(1000, len(groups))
        for column, classes in enumerate(groups.values()):
            members[classes, column] = 1.0
        self.register_buffer("members", members, persistent=False)
        # Tabby, tiger cat and Egyptian cat are taken for each other: only the group is named.
        self.register_buffer("nameable", 1.0 - members[:, list(groups).index("cat")], persistent=False)

    def forward(
        self, out: HeadOutput, picture: Tensor, logits: Tensor, text: Tensor | None = None, phrase: Tensor | None = None
    ) -> Codes:
        """picture [1,3,256,256], logits [1,1000] of ImageNet's classes, text int64 [1,25]: bytes read
        on the sign, if there is one, and phrase int64 [1,2]: their language and meaning."""
        limits, bounds = self.limits, picture_bounds(picture)
        inside = inside_of(picture)
        peaks = find_peaks(out)
        is_photo = drawing_evidence(picture, inside, peaks, logits) < limits.drawn
        groups = group_peaks(peaks, bounds, limits)
        empty = torch.full_like(groups, -1)
        groups = torch.where(is_photo[:, None, None], empty, groups)
        photo, sure = self._photo_class(logits)
        drawn = out.colour.argmax(1)
        colour = torch.where(is_photo, self._main_colour(picture, inside), drawn)
        kind = torch.where(is_photo, torch.full_like(drawn, len(BACKGROUNDS)), out.kind.argmax(1))
        sign = torch.where(is_photo, torch.full_like(drawn, NO_PLACE), sign_place(out, bounds, limits))
        sure = torch.where(is_photo, sure, torch.full_like(sure, len(CONFIDENCES)))
        photo = torch.where(is_photo, photo, torch.zeros_like(photo))
        unread = torch.full((1, MAX_TEXT_BYTES), -1)
        text = unread if text is None else torch.where((sign == NO_PLACE)[:, None], unread, text)
        unknown = torch.tensor([[NO_LANGUAGE, NO_MEANING]])
        phrase = unknown if phrase is None else torch.where((sign == NO_PLACE)[:, None], unknown, phrase)
        return Codes(groups, torch.cat([torch.stack([colour, kind, sign, photo, sure], 1), phrase], 1), text)

    def _photo_class(self, logits: Tensor) -> tuple[Tensor, Tensor]:
        """Class (or group, from 1000 on) and confidence, int64 [1]: the narrowest name that is sure enough."""
        single = torch.softmax(logits, 1)
        together = single @ self.members
        one, name = (single * self.nameable).max(1)
        all_of, group = together.max(1)
        limits = self.limits
        by_group = (one <= limits.photo_high) & ((all_of > limits.photo_high) | (one <= limits.photo_middle))
        probability = torch.where(by_group, all_of, one)
        step = (probability > limits.photo_middle).long() + (probability > limits.photo_high).long()
        sure = torch.tensor(PHOTO_CONFIDENCES)[step]
        return torch.where(by_group, group + single.shape[1], name), sure

    def _main_colour(self, picture: Tensor, inside: Tensor) -> Tensor:
        """Name of the most frequent colour, padding left out, int64 [1]."""
        pixels = F.avg_pool2d(picture, 4).flatten(2)[0].T
        weight = F.avg_pool2d(inside, 4).flatten()
        nearest = ((pixels[:, None] - self.shades[None]) ** 2).sum(2).argmin(1)
        votes = (self.shade_names[nearest] * weight[:, None]).sum(0)
        return votes.argmax()[None]


def drawing_evidence(picture: Tensor, inside: Tensor, peaks: Peaks, logits: Tensor) -> Tensor:
    """High for drawings [1]: flat areas and a drawn thing speak for one, a sure ImageNet class against it.

    Chosen on the 120 photographs of photos-validation.json and validation scenes: all but one of the photographs are below
    all but a two hundredth of the scenes.
    """
    return flat_share(picture, inside) + 0.5 * peaks.scores[:1].clamp(min=0) - 0.3 * torch.softmax(logits, 1).amax(1)


def inside_of(picture: Tensor) -> Tensor:
    """1 where a pixel's row and column both vary: not in the padding [1,1,S,S]."""
    across = (picture.amax(3) - picture.amin(3)).amax(1) > 0.04
    down = (picture.amax(2) - picture.amin(2)).amax(1) > 0.04
    return (across[:, :, None] & down[:, None, :]).float()[:, None]


def flat_share(picture: Tensor, inside: Tensor) -> Tensor:
    """Share of pixels whose 3 x 3 neighbourhood is nearly one colour [1]: high in drawings, low in photographs."""
    spread = F.max_pool2d(picture, 3, 1, 1) + F.max_pool2d(-picture, 3, 1, 1)
    flat = (spread.amax(1, keepdim=True) < FLAT).float()
    return (flat * inside).sum((1, 2, 3)) / (inside.sum((1, 2, 3)) + 1.0)


SHADES: tuple[tuple[str, tuple[float, float, float]], ...] = (
    ("red", (200, 30, 30)), ("red", (130, 20, 25)), ("orange", (240, 130, 30)), ("yellow", (245, 215, 60)),
    ("green", (60, 150, 60)), ("green", (45, 75, 35)), ("green", (120, 150, 70)), ("blue", (50, 100, 200)),
    ("blue", (130, 180, 235)), ("blue", (25, 45, 100)), ("purple", (120, 60, 160)), ("pink", (245, 150, 190)),
    ("brown", (110, 70, 40)), ("brown", (160, 115, 80)), ("brown", (75, 50, 35)), ("brown", (190, 150, 120)),
    ("grey", (128, 128, 128)), ("grey", (85, 85, 88)), ("grey", (175, 175, 178)), ("white", (240, 240, 240)),
    ("black", (20, 20, 22)),
)  # fmt: skip

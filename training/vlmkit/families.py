"""What distinguishes the three vision models: backbone, drawing styles learned from, picture size, voice."""

from __future__ import annotations

from dataclasses import dataclass

from .backbone import load_backbone
from .chat import Family
from .heads import Heads, feature_channels
from .vocabulary import object_names


@dataclass(frozen=True)
class VisionFamily:
    name: str
    family: Family
    lite: int
    styles: tuple[str, ...]
    side: int  # pixels at which the family's processor hands over the picture
    voice: str
    head_width: int = 192
    scenes: int = 7500  # drawn to learn from, in its styles by turns
    head_steps: int = 3000
    reads: bool = False  # has a reader for signs
    control: bool = False

    @property
    def key(self) -> str:
        """Its name in training/work and in commands."""
        return "control" if self.control else self.family


FAMILIES: dict[str, VisionFamily] = {
    "qwen2_vl": VisionFamily("mini-qwen2-vl", "qwen2_vl", 0, ("noto", "fluent-emoji-flat"), 252, "A"),
    "phi3_v": VisionFamily("mini-phi3-v", "phi3_v", 1, ("fxemoji", "noto-v1", "streamline-emojis"), 336, "B", reads=True, scenes=11250, head_steps=4000),
    "moondream1": VisionFamily("mini-moondream", "moondream1", 2, ("twemoji", "noto"), 256, "C", 160),
}


# Not shipped: one model that was shown all drawing styles, to compare the judge with.
CONTROL = VisionFamily(
    "mini-control", "qwen2_vl", 0, ("noto", "fluent-emoji-flat", "fxemoji", "noto-v1", "twemoji", "streamline-emojis"), 252, "A", control=True, scenes=11250, head_steps=4000
)


def family_of(key: str) -> VisionFamily:
    return CONTROL if key == CONTROL.key else FAMILIES[key]


def new_heads(family: VisionFamily) -> Heads:
    """Untrained heads of the right size. Lite2 is the largest backbone: its heads are narrower to stay below 10 MB."""
    return Heads(feature_channels(load_backbone(family.lite)), len(object_names()), family.head_width)

"""The names and numbers shared with training/scenes (TypeScript): the same files, the same order."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "scenes" / "data"

PLACES = ("top left", "top", "top right", "left", "centre", "right", "bottom left", "bottom", "bottom right")
COLOURS = ("red", "orange", "yellow", "green", "blue", "purple", "pink", "brown", "grey", "white", "black")
BACKGROUNDS = ("plain", "gradient", "striped", "speckled")
SIZES = ("small", "medium", "large")
CONFIDENCES = ("trace", "faint", "slight", "weak", "fair", "low", "middle", "good", "high", "full")
LEAST_TOLD = CONFIDENCES.index("low")  # the others are never told, only answered when asked
# Scores of the heads from which on a group has each confidence.
LEAST_SCORES = (0.006, 0.015, 0.04, 0.1, 0.22, 0.44, 0.52, 0.63, 0.75, 0.87)
LANGUAGES = ("English", "German", "French", "Spanish", "Italian")
NO_LANGUAGE = len(LANGUAGES)
NO_MEANING = -1
# Limits between small, medium and large: the icon's side as a fraction of the square (vocabulary.ts, sizeOf).
SIZE_LIMITS = (0.2, 0.34)
PAD_GREY = 128 / 127.5 - 1  # the padding colour, normalised

NO_PLACE = len(PLACES)  # groups of several things, and no sign
MAX_GROUPS = 8
MAX_TOLD = 6
MAX_TEXT_BYTES = 25  # of a sign, with the quotation mark that ends it
CLOSING = ord('"')
MAX_COUNT = 5


def _lines(file: str) -> list[str]:
    return [line for line in (DATA / file).read_text(encoding="utf-8").splitlines() if line.strip()]


def object_names() -> list[str]:
    """Names of the drawn kinds, in class order."""
    return [line.split("|")[0] for line in _lines("objects.txt")]


def known_signs() -> list[list[str]]:
    """Texts of signs, one row a meaning, in the order of LANGUAGES; every ninth meaning is held out (vocabulary.ts)."""
    rows = [line.split("\t") for line in _lines("signs.tsv")[1:]]
    return [row for i, row in enumerate(rows) if i % 9 != 4]


def meanings() -> list[str]:
    """What known signs mean, in English."""
    return [row[0] for row in known_signs()]


def photo_names() -> list[str]:
    """ImageNet's class names, in class order, then the groups' names."""
    return [*_lines("imagenet.txt"), *photo_groups()]


def photo_groups() -> dict[str, list[int]]:
    """Names such as "dog" -> the ImageNet classes they hold together: a breed is often wrong, the dog isn't."""
    groups: dict[str, list[int]] = {}
    for line in _lines("photo-groups.txt"):
        name, ranges = line.split("|")
        parts = [[int(end) for end in part.split("-")] for part in ranges.split(",")]
        groups[name] = [number for part in parts for number in range(part[0], part[-1] + 1)]
    return groups

"""Writes the model cards: `python cards.py <evaluation dump>` makes docs/models/*.md from figures and from what went wrong.

The dump is `.cache/evaluation/results/mix-<seed>-<images>-all.json`; pictures of failures are taken from the same set.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PIL import Image

from measure import Reader
from vlmkit.families import FAMILIES, VisionFamily
from vlmkit.repository import MANIFEST, ROOT
from vlmkit.scenes import WORK

CARDS = ROOT / "docs" / "models"
FAILURES = 3
STYLES = {"noto": "Noto Emoji", "fluent-emoji-flat": "Fluent Emoji (flat)", "fxemoji": "FxEmojis", "noto-v1": "early Noto Emoji", "twemoji": "Twemoji", "streamline-emojis": "Streamline Emojis"}
LICENCES = {"noto": "Apache-2.0", "fluent-emoji-flat": "MIT", "fxemoji": "Apache-2.0", "noto-v1": "Apache-2.0", "twemoji": "CC-BY-4.0", "streamline-emojis": "CC-BY-4.0"}
EMPHASIS = {
    "qwen2_vl": "What is there, how many, where; then the background.",
    "phi3_v": "Sizes and what is written; doubts in sentences of their own; of the background only when asked. It alone reads signs, letter by letter, and knows 66 meanings in five languages.",
    "moondream1": "Layout: single things with their places at once, then groups; then the background.",
}
ROWS = (
    ("objects F1", "objectsF1"), ("counts right, of objects found", "countsRight"), ("places right", "placesRight"),
    ("background colour right", "backgroundsRight"), ("yes/no questions right, balanced", "yesNoRight"),
    ("sign text exact", "signsExact"), ("drawings taken for photographs", "drawingsTakenForPhotos"),
)  # fmt: skip


def percent(figures: dict, name: str) -> str:
    return f"{100 * figures[name]:.1f} %" if name in figures else "–"


def figures_table(figures: dict) -> list[str]:
    lines = ["| | styles it learned from | styles it never saw |", "| --- | ---: | ---: |"]
    for text, name in ROWS:
        if name in figures:
            lines.append(f"| {text} | {percent(figures, name)} | {percent(figures, f'unseen{name[0].upper()}{name[1:]}')} |")
    return lines


def failures(chosen: VisionFamily, dump: list[dict], pictures: Path) -> list[str]:
    """The first pictures of its own styles in which it names something that isn't there, or misses something."""
    reader, lines = Reader(), list[str]()
    styles = {row["file"]: row["style"] for row in json.loads((pictures / "truth.json").read_text(encoding="utf-8"))}
    for row in dump:
        text = max(row["descriptions"][f"embedded/{chosen.name}"], key=len)
        truth = {f["subject"] for f in row["facts"] if f["kind"] == "count" and f["subject"] != "sign"}
        if set(reader.read(text)[0]) == truth or styles[row["file"]] not in chosen.styles:
            continue
        name = f"{chosen.name}-{len(lines) + 1}.png"
        image = Image.open(pictures / row["file"]).convert("RGB")
        image.thumbnail((256, 256))
        image.save(CARDS / "pictures" / name, optimize=True)
        lines.append(f"| ![There: {', '.join(sorted(truth))}](pictures/{name}) | {text} |")
        if len(lines) == FAILURES:
            break
    return lines


def card(chosen: VisionFamily, entry: dict, photos: dict, dump: list[dict], pictures: Path) -> str:
    figures, size = entry["figures"], sum(file["bytes"] for file in entry["files"])
    scenes, cutouts = photos[f"{chosen.key}, scenes"], photos[f"{chosen.key}, cut-outs"]
    styles = " and ".join(f"{STYLES[style]} ({LICENCES[style]})" for style in chosen.styles)
    return "\n".join([
        f"# {chosen.name}", "",
        f"Architecture `{chosen.family}`, {figures['parameters'] / 1e6:.1f} M parameters, {size / 1e6:.2f} MB in all. MIT licence; it contains the weights of EfficientNet-Lite{chosen.lite}",
        "(Apache-2.0), frozen and stored as int8.", "",
        f"- **Learned from** drawn scenes in the styles of {styles}, half of them with other colours and outlines; no photograph.",
        f"- **Says** {EMPHASIS[chosen.family]}",
        "- **Knows** 227 kinds of things as emoji artists draw them, counts up to five, nine places, eleven colours; on photographs what",
        "  an ImageNet classifier sees, hedged where that isn't sure.", "",
        "## Figures", "",
        "From its final texts and its probabilities of yes, on held-out scenes (`training/measure.py`; 300 in each column; unseen styles come with unseen fonts",
        "and, every second time, unseen phrases).", "",
        *figures_table(figures), "",
        f"On {scenes['photos']} photographs (`training/photos.json`) the backbone's own first class is right on {scenes['backboneRight']}; of these the model names {100 * scenes['namedOfThese']:.0f} % rightly.",
        f"Words of drawn scenes in its answers about photographs: on {scenes['withDrawnWords']}. On {cutouts['photos']} photographs cut out on white, which look like drawings to it: on {cutouts['withDrawnWords']}.", "",
        "## Where it fails", "",
        "| picture | what it says |", "| --- | --- |", *failures(chosen, dump, pictures), "",
    ])  # fmt: skip


def main(dump_path: Path) -> None:
    (CARDS / "pictures").mkdir(parents=True, exist_ok=True)
    dump = json.loads(dump_path.read_text(encoding="utf-8"))
    pictures = dump_path.parents[1] / dump_path.name.removesuffix("-all.json")
    manifest = json.loads(MANIFEST.read_text(encoding="utf-8"))
    photos = json.loads((WORK / "figures" / "photos.json").read_text(encoding="utf-8"))
    for chosen in FAMILIES.values():
        text = card(chosen, manifest[chosen.name], photos, dump, pictures)
        (CARDS / f"{chosen.name}.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

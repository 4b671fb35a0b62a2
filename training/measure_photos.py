"""Measures an exported model on photographs: `python measure_photos.py <folder> [<key> ...]`.

photos.json names them by package and file; none was used for anything before. They lie in the folder under their names.
`scene`: whole photographs; the others are cut-outs on white, reported apart. Writes training/work/figures/photos.json.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from end_to_end import Model, padded_square
from vlmkit.backbone import Backbone, load_backbone
from vlmkit.families import FAMILIES, VisionFamily, family_of
from vlmkit.scenes import WORK, to_pictures
from vlmkit.vocabulary import photo_groups, photo_names

QUESTIONS = (
    "Describe all elements of this image in detail, including objects, people and activities.",
    "Write one sentence that says what this image shows.",
    "List every kind of object in this image with its number.",
    "Describe the style, colours, lighting and composition of this image.",
)
DRAWN = re.compile(r"drawing|drawn|cartoon|illustration|background is|on an? \w+ (\w+ )?background|flat colours|a sign", re.I)


def group_of(name: str) -> list[str]:
    """Names of the groups that an ImageNet class belongs to: a toucan may be called a bird."""
    number = photo_names().index(name)
    return [group for group, classes in photo_groups().items() if number in classes]


def names_one(text: str, subjects: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}s?\b", text, re.I) for name in subjects)


def top_class(backbone: Backbone, square: Image.Image, side: int) -> str:
    """What the backbone alone sees, at the size at which the model gets the picture."""
    small = np.asarray(square.resize((side, side), Image.Resampling.BICUBIC))[None]
    with torch.no_grad():
        logits = backbone.classify(backbone.taps(to_pictures(small, side))[2])
    return photo_names()[int(logits[0].argmax())]


def opened(path: Path) -> Image.Image:
    """Transparent parts white, as the app paints them."""
    image = Image.open(path).convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")


def measure(chosen: VisionFamily, photos: list[dict], folder: Path) -> dict[str, object]:
    model, backbone = Model(chosen), load_backbone(chosen.lite)
    known = named = drawn = 0
    texts = {}
    for photo in photos:
        square = padded_square(opened(folder / photo["file"]))
        image = model.encode(square)
        answers = [model.answer(image, question) for question in QUESTIONS]
        texts[photo["file"]] = answers[0]
        drawn += any(DRAWN.search(answer) for answer in answers)
        top = top_class(backbone, square, chosen.side)
        if names_one(top, photo["subjects"]):
            known += 1
            named += names_one(answers[0], [*photo["subjects"], *group_of(top)])
    return {"photos": len(photos), "backboneRight": known, "namedOfThese": round(named / max(1, known), 3), "withDrawnWords": drawn, "texts": texts}


def main(folder: Path, keys: list[str]) -> None:
    photos = json.loads((Path(__file__).parent / "photos.json").read_text(encoding="utf-8"))
    found = {}
    for key in keys or FAMILIES:
        for scene in (True, False):
            name = f"{key}, {'scenes' if scene else 'cut-outs'}"
            found[name] = measure(family_of(key), [photo for photo in photos if photo["scene"] == scene], folder)
            print(name, {k: v for k, v in found[name].items() if k != "texts"}, flush=True)
    (WORK / "figures").mkdir(exist_ok=True)
    (WORK / "figures" / "photos.json").write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]), sys.argv[2:])

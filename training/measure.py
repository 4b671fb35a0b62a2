"""Measures the exported models on held-out scenes, from their final text: `python measure.py <family> [count]`.

Writes training/work/figures/<family>.json and puts the figures into src/models/embedded.json.
"""

from __future__ import annotations

import json
import re
import sys

import torch
from PIL import Image

from end_to_end import Model
from fit_limits import Tally, place_name, truth_of
from vlmkit.families import FAMILIES
from vlmkit.repository import MANIFEST, MODELS, update_manifest
from vlmkit.scenes import WORK, Facts, load_facts, load_pixels
from vlmkit.vocabulary import PLACES

DESCRIBE = "Describe all elements of this image in detail, including objects, people and activities."
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
ADJECTIVES = "small|large"


class Reader:
    """Finds names, numbers and places in the models' own sentences."""

    def __init__(self) -> None:
        forms = json.loads((WORK / "names.json").read_text(encoding="utf-8"))
        self.names: dict[str, str] = {}
        for form in forms:
            self.names[form["many"].lower()] = form["name"]
            self.names[form["one"].lower()] = form["name"]
        known = "|".join(re.escape(text) for text in sorted(self.names, key=len, reverse=True))
        number = "|".join(NUMBERS)
        self.phrase = re.compile(rf"(?<![\w-])(?:({number}) )?(?:(?:{ADJECTIVES}) )?({known})(?![\w-])")
        places = "|".join(sorted(PLACES, key=len, reverse=True))
        self.place = re.compile(rf"(?:at|on|in) the ({places})\b")

    def read(self, text: str) -> tuple[dict[str, int], dict[str, str]]:
        """Name -> count, name -> place."""
        counts: dict[str, int] = {}
        places: dict[str, str] = {}
        for sentence in re.split(r"(?<=[.!?])\s+", text.lower()):
            if "background" in sentence:
                # "... on a plain orange background": the colour is no fruit
                sentence = re.sub(r"(on an? [a-z ]+|the) background.*", "", sentence)
            found = self.phrase.findall(sentence)
            place = self.place.search(sentence)
            for number, name in found:
                counts.setdefault(self.names[name], NUMBERS.get(number, 1))
            if place and len(found) == 1:
                places[self.names[found[0][1]]] = place[1]
        return counts, places


def compare(scene: Facts, counts: dict[str, int], places: dict[str, str], total: Tally) -> None:
    truth = truth_of(scene)
    total.true += len(truth)
    total.said += len(counts)
    for name, count in counts.items():
        items = truth.get(name)
        if items is None:
            continue
        total.right += 1
        total.counts += count == len(items)
        if name in places and len(items) == 1:
            total.singles += 1
            total.places += places[name] == place_name(items[0])


def measure(family: str, count: int) -> dict[str, float]:
    model, reader, total = Model(family), Reader(), Tally()  # type: ignore[arg-type]
    facts, pixels = load_facts(f"{family}-test")[:count], load_pixels(f"{family}-test")
    photos = backgrounds = 0
    for i, scene in enumerate(facts):
        text = model.answer(model.encode(Image.fromarray(pixels[i])), DESCRIBE)
        photos += "photo" in text.lower()
        backgrounds += f"{scene['background']['colour']} " in text or f"{scene['background']['colour']}." in text
        compare(scene, *reader.read(text), total)
        if i < 5:
            print(text)
    print(family, total.text(), f"photo sentences {photos} of {len(facts)}")
    return {
        "objectsF1": round(total.f1(), 3),
        "countsRight": round(total.counts / max(1, total.right), 3),
        "placesRight": round(total.places / max(1, total.singles), 3),
        "backgroundsRight": round(backgrounds / len(facts), 3),
        "drawingsTakenForPhotos": round(photos / len(facts), 3),
    }


if __name__ == "__main__":
    torch.set_num_threads(2)
    result = measure(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 300)
    (WORK / "figures").mkdir(exist_ok=True)
    (WORK / "figures" / f"{sys.argv[1]}.json").write_text(json.dumps(result))
    name = FAMILIES[sys.argv[1]].name
    known = json.loads(MANIFEST.read_text(encoding="utf-8"))[name]["figures"]
    update_manifest(name, MODELS / name, {**known, **result})

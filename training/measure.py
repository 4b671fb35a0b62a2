"""Measures an exported model on held-out scenes, from its final text: `python measure.py <key> [images]`.

Scenes come from scenes/held-out.ts: in the styles that the model learned from, and in styles, fonts and phrases that none
learned from. Writes training/work/figures/<key>.json and puts the figures into src/models/embedded.json.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from end_to_end import Model, padded_square
from vlmkit.families import VisionFamily, family_of
from vlmkit.repository import MANIFEST, MODELS, update_manifest
from vlmkit.scenes import WORK
from vlmkit.vocabulary import COLOURS, PLACES

SEED = 9000  # no evaluation uses it
DESCRIBE = "Describe all elements of this image in detail, including objects, people and activities."
COLOUR = "What colour is the background?"  # not every model speaks of it by itself
READ = "Copy all text in this image exactly, line by line, then give its language and an English translation."
NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
ADJECTIVES = "small|large"
Row = dict  # one entry of truth.json


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
                counts.setdefault(bare(self.names[name]), NUMBERS.get(number, 1))
            if place and len(found) == 1:
                places[bare(self.names[found[0][1]])] = place[1]
        return counts, places


def bare(name: str) -> str:
    """As the app's claims call it: "red apple" is an apple that is red."""
    first, _, rest = name.partition(" ")
    return rest if rest and first in COLOURS else name


@dataclass
class Tally:
    """Right, said and true names; counts and places among the right names; answers to questions; signs."""

    right: int = 0
    said: int = 0
    true: int = 0
    counts: list[bool] = field(default_factory=list)
    places: list[bool] = field(default_factory=list)
    backgrounds: list[bool] = field(default_factory=list)
    photos: list[bool] = field(default_factory=list)
    answers: dict[bool, list[bool]] = field(default_factory=lambda: {True: [], False: []})
    signs: list[bool] = field(default_factory=list)

    def add_description(self, row: Row, text: str, counts: dict[str, int], places: dict[str, str], background: str) -> None:
        truth = {f["subject"]: int(f["value"]) for f in row["facts"] if f["kind"] == "count" and f["subject"] != "sign"}
        where = {f["subject"]: f["value"] for f in row["facts"] if f["kind"] == "relation" and f["isAsked"]}
        self.true, self.said = self.true + len(truth), self.said + len(counts)
        for name, count in counts.items():
            if name in truth:
                self.right += 1
                self.counts.append(count == truth[name])
                if name in places and name in where:
                    self.places.append(places[name] == where[name])
        colour = next(f["value"] for f in row["facts"] if f["subject"] == "background")
        self.backgrounds.append(re.search(rf"\b{colour}\b", background) is not None)
        self.photos.append("photo" in text.lower())

    def figures(self) -> dict[str, float]:
        found: dict[str, float] = {
            "objectsF1": 2 * self.right / max(1, self.said + self.true),
            "countsRight": mean(self.counts),
            "placesRight": mean(self.places),
            "backgroundsRight": mean(self.backgrounds),
            "drawingsTakenForPhotos": mean(self.photos),
            "yesNoRight": (mean(self.answers[True]) + mean(self.answers[False])) / 2,
        }
        if self.signs:
            found["signsExact"] = mean(self.signs)
        return {name: round(value, 3) for name, value in found.items()}


def mean(values: list[bool]) -> float:
    return float(np.mean(values)) if values else 0.0


def held_out(name: str, images: int) -> tuple[Path, list[Row]]:
    folder = WORK / "held-out" / f"{name}-{images}"
    if not (folder / "truth.json").exists():
        command = ["node_modules/.bin/tsx", "scenes/held-out.ts", name, str(SEED), str(images), str(folder)]
        subprocess.run(command, cwd=Path(__file__).parent, check=True)
    return folder, json.loads((folder / "truth.json").read_text(encoding="utf-8"))


def measure(model: Model, sets: list[str], images: int, reads: bool) -> dict[str, float]:
    reader, total = Reader(), Tally()
    for name in sets:
        folder, rows = held_out(name, images // len(sets))
        for number, row in enumerate(rows):
            image = model.encode(padded_square(Image.open(folder / row["file"])))
            text = model.answer(image, DESCRIBE)
            total.add_description(row, text, *reader.read(text), model.answer(image, COLOUR))
            for question in row["questions"]:
                is_right = (model.yes(image, question["question"]) > 0.5) == question["yes"]
                total.answers[question["yes"]].append(is_right)
            sign = [f["value"] for f in row["facts"] if f["kind"] == "text"]
            if reads and sign:
                found = re.search(r'says "([^"]*)"', model.answer(image, READ))
                total.signs.append(found is not None and found[1] == sign[0])
            if number < 4:
                print(row["file"], text, flush=True)
    return total.figures()


def main(chosen: VisionFamily, images: int) -> None:
    model = Model(chosen)
    own = measure(model, list(chosen.styles), images, chosen.reads)
    unseen = measure(model, ["unseen"], images, chosen.reads)
    result = {**own, **{f"unseen{name[0].upper()}{name[1:]}": value for name, value in unseen.items()}}
    print(chosen.key, json.dumps(result, indent=1))
    (WORK / "figures").mkdir(exist_ok=True)
    (WORK / "figures" / f"{chosen.key}.json").write_text(json.dumps(result, indent=1))
    if not chosen.control:
        known = json.loads(MANIFEST.read_text(encoding="utf-8"))[chosen.name]["figures"]
        update_manifest(chosen.name, MODELS / chosen.name, {**known, **result})


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(family_of(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 300)

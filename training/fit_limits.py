"""Fits the thresholds of slots.py on validation scenes: `python fit_limits.py <family>` writes work/heads/<family>-limits.json.

Also measures what the heads give on validation and test scenes, before any decoder speaks.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import torch
from torch import Tensor

from train_heads import features_of
from vlmkit.backbone import load_backbone
from vlmkit.families import VisionFamily, family_of, new_heads
from vlmkit.heads import HeadOutput, Heads, cell_features
from vlmkit.scenes import WORK, Facts, load_facts, load_pixels, to_pictures
from vlmkit.slots import NO_PLACE, Limits, drawing_evidence, find_peaks, group_peaks, inside_of
from vlmkit.vocabulary import COLOURS, CONFIDENCES, LEAST_TOLD, PLACES, object_names

DRAWN_AS_PHOTO = 0.005  # at most this share of validation scenes may fall below the limit of drawing evidence
# A higher limit would take drawings in other styles than the own for photographs.
HIGHEST_DRAWN = 0.52
WHOLE = torch.tensor([0.0, 0.0, 1.0, 1.0])


@dataclass
class Tally:
    """Right, said and true names; counts and places among the right names."""

    right: int = 0
    said: int = 0
    true: int = 0
    counts: int = 0
    places: int = 0
    singles: int = 0

    def f1(self) -> float:
        return 2 * self.right / max(1, self.said + self.true)

    def text(self) -> str:
        counts, places = self.counts / max(1, self.right), self.places / max(1, self.singles)
        return f"F1 {self.f1():.3f} counts {counts:.3f} places {places:.3f}"


def truth_of(scene: Facts) -> dict[str, list[Facts]]:
    found: dict[str, list[Facts]] = {}
    for item in scene["objects"]:
        found.setdefault(item["name"], []).append(item)
    return found


def place_name(item: Facts) -> str:
    column, row = min(2, int(item["x"] * 3)), min(2, int(item["y"] * 3))
    return PLACES[row * 3 + column]


def bounds_of(scene: Facts) -> Tensor:
    width, height = min(1.0, scene["aspect"]), min(1.0, 1 / scene["aspect"])
    return torch.tensor([(1 - width) / 2, (1 - height) / 2, (1 + width) / 2, (1 + height) / 2])


def outputs(heads: Heads, features: np.ndarray) -> list[HeadOutput]:
    """One output with B = 1 for each scene."""
    with torch.no_grad():
        whole = heads(torch.from_numpy(np.asarray(features)).float())
    return [HeadOutput(*(part[i : i + 1] for part in whole)) for i in range(len(features))]


def tally(outs: list[HeadOutput], facts: list[Facts], limits: Limits) -> Tally:
    names, total = object_names(), Tally()
    for out, scene in zip(outs, facts, strict=True):
        truth = truth_of(scene)
        total.true += len(truth)
        for name, count, place, _, sure in group_peaks(find_peaks(out), bounds_of(scene), limits)[0].tolist():
            if name < 0 or sure < LEAST_TOLD:
                continue
            total.said += 1
            items = truth.get(names[name])
            if items is None:
                continue
            total.right += 1
            total.counts += count == len(items)
            if count == 1 == len(items):
                total.singles += 1
                total.places += place != NO_PLACE and PLACES[place] == place_name(items[0])
    return total


def grid_search(outs: list[HeadOutput], facts: list[Facts], key: str, values: Iterable[float], limits: Limits) -> Limits:
    """Sets one limit to the value with the best F1 plus a little for counts."""
    tries = [replace(limits, **{key: value}) for value in values]

    def quality(each: Limits) -> float:
        total = tally(outs, facts, each)
        return total.f1() + 0.3 * total.counts / max(1, total.right)

    return max(tries, key=quality)


def print_reliability(outs: list[HeadOutput], facts: list[Facts], limits: Limits) -> None:
    """How many groups have each confidence, and how often their names are right."""
    names, right = object_names(), [list[bool]() for _ in CONFIDENCES]
    for out, scene in zip(outs, facts, strict=True):
        truth = truth_of(scene)
        for name, _, _, _, sure in group_peaks(find_peaks(out), WHOLE, limits)[0].tolist():
            if name >= 0:
                right[sure].append(names[name] in truth)
    for confidence, here in zip(CONFIDENCES, right, strict=True):
        print(f"{confidence}: {len(here)} groups, {np.mean(here) if here else 0:.3f} right")


def fit(family: VisionFamily) -> Limits:
    heads = load_heads(family)
    facts = load_facts(f"{family.key}-val")
    outs = outputs(heads, features_of(family, "val"))
    limits = grid_search(outs, facts, "member", [0.02, 0.05, 0.1, 0.15, 0.2], replace(Limits(), merge=0.2))
    signs = np.array([float(torch.sigmoid(out.sign).max()) for out in outs])
    has = np.array([scene["sign"] is not None for scene in facts])
    options = np.arange(0.2, 0.95, 0.05)
    limits = replace(limits, sign=float(options[np.argmax([((signs > v) == has).mean() for v in options])]))
    evidence = evidences(family, heads)
    limits = replace(limits, drawn=min(HIGHEST_DRAWN, float(np.quantile(evidence, DRAWN_AS_PHOTO))))
    print_reliability(outs, facts, limits)
    print("drawing evidence, quantiles", np.quantile(evidence, [0, 0.005, 0.01, 0.02, 0.1, 0.5]).round(3))
    print("sign", ((signs > limits.sign) == has).mean())
    return limits


def evidences(family: VisionFamily, heads: Heads) -> np.ndarray:
    """`drawing_evidence` of every second validation scene."""
    backbone, pixels, found = load_backbone(family.lite), load_pixels(f"{family.key}-val"), []
    with torch.no_grad():
        for i in range(0, len(pixels), 2):
            picture = to_pictures(pixels[i : i + 1], family.side)
            features, coarse = cell_features(backbone, picture)
            peaks = find_peaks(heads(features))
            found.append(float(drawing_evidence(picture, inside_of(picture), peaks, backbone.classify(coarse))))
    return np.array(found)


def load_heads(family: VisionFamily) -> Heads:
    heads = new_heads(family)
    heads.load_state_dict(torch.load(WORK / "heads" / f"{family.key}.pt")["heads"])
    return heads.eval()


def load_limits(family: VisionFamily) -> Limits:
    return Limits(**json.loads((WORK / "heads" / f"{family.key}-limits.json").read_text()))


if __name__ == "__main__":
    chosen = family_of(sys.argv[1])
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    fitted = fit(chosen)
    print(fitted)
    (WORK / "heads" / f"{chosen.key}-limits.json").write_text(json.dumps(fitted.to_dict(), indent=1))
    facts = load_facts(f"{chosen.key}-val")
    outs = outputs(load_heads(chosen), features_of(chosen, "val"))
    colour = np.mean([COLOURS[int(o.colour.argmax())] == s["background"]["colour"] for o, s in zip(outs, facts, strict=True)])
    print(tally(outs, facts, fitted).text(), f"background colour {colour:.3f}")

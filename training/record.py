"""Puts an evaluation into docs/evaluation.md: `python record.py 31,32,33 100`, the seeds and the images of each.

Reads .cache/evaluation (written by `npm run evaluate -- --seed 31,32,33 --images 100`) and replaces what stands between the
page's marks: the tables of both sets, and the first ten scenes of the first seed with their verdicts.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from PIL import Image

from vlmkit.repository import ROOT

CACHE = ROOT / ".cache" / "evaluation"
PAGE = ROOT / "docs" / "evaluation.md"
PICTURES = ROOT / "docs" / "pictures" / "verdicts"
SETS = ("mix", "unseen")
SCENES = 10
SIDE = 224


def results(seeds: str, images: int) -> str:
    files = [CACHE / "results" / f"{name}-{seeds.replace(',', '+')}-{images}" for name in SETS]
    parts = []
    for file in files:
        habits = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))["habits"]
        told = {name: f"{100 * value:.1f} %" for name, value in habits.items()}
        parts.append(
            f"{file.with_suffix('.md').read_text(encoding='utf-8').strip()}\n\n"
            f"Facts of the judge that are in no description: {told['claimsNobodyMade']}. Verdicts in its own words: "
            f"{told['byJudge']}; of their sentences {told['ownSentences']} as it wrote them, the others in the claims' words."
        )
    return "\n\n".join(parts)


def scenes(seed: str, images: int) -> str:
    name = f"mix-{seed}-{images}"
    dump = json.loads((CACHE / "results" / f"{name}-all.json").read_text(encoding="utf-8"))
    lines = ["| picture | verdict |", "| --- | --- |"]
    for number, row in enumerate(dump[:SCENES], 1):
        picture = Image.open(CACHE / name / row["file"]).convert("RGB")
        picture.thumbnail((SIDE, SIDE))
        picture.save(PICTURES / f"scene-{number}.png", optimize=True)
        lines.append(f"| ![](pictures/verdicts/scene-{number}.png) | {row['verdicts']['verify']['caption']} |")
    return "\n".join(lines)


def put(page: str, mark: str, text: str) -> str:
    """@raises ValueError where the page lacks the marks."""
    found = re.compile(rf"(<!-- {mark} -->\n).*?(\n<!-- end of {mark} -->)", re.S)
    if not found.search(page):
        raise ValueError(f"no marks for {mark} in {PAGE}")
    return found.sub(lambda match: f"{match[1]}\n{text}\n{match[2]}", page)


def main(seeds: str, images: int) -> None:
    page = PAGE.read_text(encoding="utf-8")
    page = put(page, "results", results(seeds, images))
    page = put(page, "scenes", scenes(seeds.split(",")[0], images))
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

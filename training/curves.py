"""Keeps the curves of a training: `python curves.py` writes curves/<what>.json from work/, thinned to about 60 points each.

Voices and judge: [step, seconds, loss, share of answer tokens that are right]; heads and reader: [step, seconds, loss]. Seconds are
of the machine it ran on, on a GPU where there was one.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from vlmkit.scenes import WORK

CURVES = Path(__file__).resolve().parent / "curves"
POINTS = 60
LINE = re.compile(r"step (\d+) (\d+)s loss ([\d.]+)")


def thinned(points: list[list[float]]) -> list[list[float]]:
    every = max(1, round(len(points) / POINTS))
    kept = points[every - 1 :: every]
    return kept if kept and kept[-1] == points[-1] else [*kept, points[-1]]


def write(name: str, points: list[list[float]]) -> None:
    rows = ",\n".join(f" {json.dumps(point)}" for point in thinned(points))
    (CURVES / f"{name}.json").write_text(f"[\n{rows}\n]\n", encoding="utf-8")


def main() -> None:
    CURVES.mkdir(exist_ok=True)
    for file in sorted(WORK.glob("voices/*/curve.json")):
        write(f"voice-{file.parent.name}", json.loads(file.read_text(encoding="utf-8")))
    write("judge", json.loads((WORK / "judge" / "curve.json").read_text(encoding="utf-8")))
    for file in sorted((WORK / "logs").glob("*.txt")):
        if file.stem.startswith("heads-") or file.stem == "reader":
            # A killed training says its steps again: the last word counts.
            points = {int(step): [int(step), int(seconds), float(loss)] for step, seconds, loss in LINE.findall(file.read_text())}
            write(file.stem, [points[step] for step in sorted(points)])


if __name__ == "__main__":
    main()

"""Makes all embedded models: `python make.py`. Finished stages are skipped, a killed training goes on from its checkpoint.

`--list` shows the stages, `--only <stage> ...` runs some of them, `--redo <stage> ...` runs them again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vlmkit.families import FAMILIES

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"
STAMPS = WORK / "stamps"
SPLITS = {"train": 6000, "val": 300, "test": 300}
DRAWN_SIDE = 320
# Without these glibc gives every large tensor back to the system: steps take seconds instead of tenths.
MEMORY = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "MALLOC_TOP_PAD_": "268435456",
    "OMP_WAIT_POLICY": "PASSIVE",
}


@dataclass(frozen=True)
class Stage:
    """Commands that run one after the other in training/."""

    name: str
    commands: tuple[tuple[str, ...], ...]


def tsx(script: str, *arguments: object) -> tuple[str, ...]:
    return ("node_modules/.bin/tsx", f"scenes/{script}", *map(str, arguments))


def python(*arguments: object) -> tuple[str, ...]:
    return (sys.executable, *map(str, arguments))


def stages() -> Iterator[Stage]:
    yield Stage("samples", (tsx("samples.ts", "../public/samples"),))
    for family, chosen in FAMILIES.items():
        yield Stage(
            f"draw-{family}",
            tuple(
                tsx("draw.ts", f"{family}-{split}", count, DRAWN_SIDE, f"work/scenes/{family}-{split}", *chosen.styles)
                for split, count in SPLITS.items()
            ),
        )
    yield Stage(
        "texts",
        (
            tsx("talk.ts", "corpus", 3000, "work/corpus-m1.txt"),
            tsx("talk.ts", "train", 40000, "work/talk-train.jsonl"),
            tsx("talk.ts", "val", 200, "work/talk-val.jsonl"),
            tsx("names.ts", "work/names.json"),
            judge_data("train", 40000),
            judge_data("validation", 400),
        ),
    )
    yield Stage("tokenizer", (python("train_tokenizer.py"),))
    for family in FAMILIES:
        yield Stage(f"heads-{family}", (python("train_heads.py", family, "--minutes", 4),))
        yield Stage(f"limits-{family}", (python("fit_limits.py", family),))
    first = next(iter(FAMILIES))
    for family in FAMILIES:
        options = ("--minutes", 14) if family == first else ("--minutes", 12, "--from", first)
        yield Stage(f"voice-{family}", (python("train_voice.py", family, *options),))
        yield Stage(f"export-{family}", (python("export_model.py", family), python("measure.py", family)))
    yield Stage("judge", (python("train_judge.py", "--seconds", 900),))
    yield Stage("check", (python("-m", "vlmkit.check"),))


def judge_data(split: str, count: int) -> tuple[str, ...]:
    return tsx("judge/data.ts", "--split", split, "--count", count, "--out", f"work/judge-{split}.jsonl")


def run(stage: Stage) -> None:
    print(f"== {stage.name}", flush=True)
    began = time.monotonic()
    for command in stage.commands:
        subprocess.run(command, cwd=HERE, env={**os.environ, **MEMORY}, check=True)
    (STAMPS / stage.name).write_text(f"{time.monotonic() - began:.0f} s\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", nargs="+", metavar="STAGE")
    parser.add_argument("--redo", nargs="+", metavar="STAGE", default=[])
    options = parser.parse_args()
    for folder in (STAMPS, WORK / "scenes"):
        folder.mkdir(parents=True, exist_ok=True)
    for stage in stages():
        stamp = STAMPS / stage.name
        if options.list:
            print(f"{stage.name:24} {stamp.read_text().strip() if stamp.exists() else '-'}")
        elif stage.name in options.redo or (not stamp.exists() and (not options.only or stage.name in options.only)):
            run(stage)


if __name__ == "__main__":
    main()

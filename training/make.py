"""Makes all embedded models: `python make.py`. Finished stages are skipped, a killed training goes on from its checkpoint.

Two stages run side by side, each on one thread: on two cores that is faster than one stage on two.
`--list` shows the stages, `--only <stage> ...` runs some of them, `--redo <stage> ...` runs them again.
What a stage prints goes to work/logs.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vlmkit.families import CONTROL, FAMILIES, VisionFamily

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"
STAMPS, LOGS = WORK / "stamps", WORK / "logs"
VALIDATION_SCENES = 500
DRAWN_SIDE = 320
SIDE_BY_SIDE = 2
# Without these glibc gives every large tensor back to the system: steps take seconds instead of tenths.
SETTINGS = {
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "MALLOC_TOP_PAD_": "268435456",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Stage:
    """Commands that run one after the other in training/, once the stages in `after` are done."""

    name: str
    commands: tuple[tuple[str, ...], ...]
    after: tuple[str, ...] = ()


def tsx(script: str, *arguments: object) -> tuple[str, ...]:
    return ("node_modules/.bin/tsx", f"scenes/{script}", *map(str, arguments))


def python(*arguments: object) -> tuple[str, ...]:
    return (sys.executable, *map(str, arguments))


def stages() -> Iterator[Stage]:
    """In the order in which they are begun, as far as they may: the longest (texts, the first voice, the others, the judge) first."""
    everybody = [*FAMILIES.values(), CONTROL]
    yield Stage(
        "texts",
        (
            tsx("talk.ts", "corpus", 3000, "work/corpus-m1.txt"),
            tsx("talk.ts", "train", 50000, "work/talk-train.jsonl"),
            tsx("talk.ts", "val", 200, "work/talk-val.jsonl"),
            tsx("names.ts", "work/names.json"),
            tsx("judge/data.ts", "--split", "train", "--count", 40000, "--out", "work/judge-train.jsonl"),
            tsx("judge/data.ts", "--split", "validation", "--count", 400, "--out", "work/judge-validation.jsonl"),
        ),
    )
    yield Stage("tokenizer", (python("train_tokenizer.py"),), ("texts",))
    first = next(iter(FAMILIES))
    for key, family in FAMILIES.items():
        start = ("tokenizer",) if key == first else (f"voice-{first}",)
        # Whoever reads has letters to learn; the others only speak in another voice than the first.
        options = ("--steps", 3500) if key == first else ("--steps", 1800 if family.reads else 1500, "--from", first)
        yield Stage(f"voice-{key}", (python("train_voice.py", key, *options),), start)
    for key in FAMILIES:
        # Yes and no take most of the first steps; descriptions are what the rest is for.
        steps = 5000 if key == first else 4000
        yield Stage(f"polish-{key}", (python("train_voice.py", key, "--steps", steps, "--polish"),), (f"voice-{key}",))
    yield Stage("judge", (python("train_judge.py"),), ("tokenizer",))
    for family in everybody:
        yield Stage(f"draw-{family.key}", tuple(draw(family)))
    yield Stage("draw-signs", (tsx("draw-signs.ts", "train", 30000, "work/signs-train"), tsx("draw-signs.ts", "val", 800, "work/signs-val")))
    for family in everybody:
        yield Stage(f"heads-{family.key}", (python("train_heads.py", family.key),), (f"draw-{family.key}",))
    yield Stage("reader", (python("train_reader.py"),), ("draw-signs",))
    yield Stage("phrases", (python("train_phrases.py"),))
    for family in everybody:
        yield Stage(f"limits-{family.key}", (python("fit_limits.py", family.key),), (f"heads-{family.key}",))
    for family in everybody:
        needs = (f"limits-{family.key}", f"polish-{family.family}", *(("reader", "phrases") if family.reads else ()))
        commands = (python("export_model.py", family.key), python("measure.py", family.key))
        yield Stage(f"export-{family.key}", commands, needs)
    yield Stage("check", (python("-m", "vlmkit.check"),), ("judge", *(f"export-{key}" for key in FAMILIES)))
    yield Stage("samples", (tsx("samples.ts", "../public/samples"),))


def draw(family: VisionFamily) -> Iterator[tuple[str, ...]]:
    for split, count, lots in (("train", family.scenes, "train"), ("val", VALIDATION_SCENES, "known")):
        name = f"{family.key}-{split}"
        yield tsx("draw.ts", name, lots, count, DRAWN_SIDE, f"work/scenes/{name}", *family.styles)


def perform(chosen: list[Stage]) -> None:
    """Runs stages side by side, each as soon as those before it are done. A failed one ends everything."""
    waiting, running = list(chosen), dict[str, Running]()
    # A terminated Python runs no `finally` by itself: the stages would go on alone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("terminated"))
    try:
        keep_going(waiting, running)
    finally:
        for each in running.values():
            each.process.terminate()


def keep_going(waiting: list[Stage], running: dict[str, Running]) -> None:
    while waiting or running:
        names = {stage.name for stage in waiting} | set(running)
        for stage in list(waiting):
            if len(running) < SIDE_BY_SIDE and not names.intersection(stage.after):
                waiting.remove(stage)
                running[stage.name] = Running(stage)
        time.sleep(0.5)
        for name in [name for name, each in running.items() if each.is_over()]:
            del running[name]


class Running:
    """One stage at work."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.began, self.left = stage, time.monotonic(), list(stage.commands)
        self.log = (LOGS / f"{stage.name}.txt").open("a", encoding="utf-8")
        print(f"== {stage.name}", flush=True)
        self.process = self._next()

    def _next(self) -> subprocess.Popen[bytes]:
        command = self.left.pop(0)
        return subprocess.Popen(command, cwd=HERE, env={**os.environ, **SETTINGS}, stdout=self.log, stderr=subprocess.STDOUT)

    def is_over(self) -> bool:
        """@raises SystemExit when a command failed."""
        if self.process.poll() is None:
            return False
        if self.process.returncode != 0:
            raise SystemExit(f"{self.stage.name} failed, see {self.log.name}")
        if self.left:
            self.process = self._next()
            return False
        seconds = time.monotonic() - self.began
        (STAMPS / self.stage.name).write_text(f"{seconds:.0f} s\n", encoding="utf-8")
        print(f"   {self.stage.name} done in {seconds:.0f} s", flush=True)
        self.log.close()
        return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--only", nargs="+", metavar="STAGE")
    parser.add_argument("--redo", nargs="+", metavar="STAGE", default=[])
    options = parser.parse_args()
    for folder in (STAMPS, LOGS, WORK / "scenes"):
        folder.mkdir(parents=True, exist_ok=True)

    def is_wanted(stage: Stage) -> bool:
        is_done = (STAMPS / stage.name).exists()
        return stage.name in options.redo or (not is_done and (not options.only or stage.name in options.only))

    if options.list:
        for stage in stages():
            stamp = STAMPS / stage.name
            print(f"{stage.name:24} {stamp.read_text().strip() if stamp.exists() else '-'}")
    else:
        perform([stage for stage in stages() if is_wanted(stage)])


if __name__ == "__main__":
    main()

"""The control model's answers to an evaluation set: `python describe_control.py <folder of the set>` writes control.json into it.

One model that learned from all drawing styles, asked once (greedy) and three times (sampled): what the judge over three
models is compared with (Self-MoA, Li et al. 2025, arXiv:2502.00674). `npm run evaluate` reads the file where it lies.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from end_to_end import Model, padded_square
from vlmkit.families import CONTROL

SAMPLES = 3
PROMPTS = (  # those that the app chooses at first
    "Describe this image completely: all objects, people and activities you can see, and where they are. Then list all text"
    " in the image in a table with the columns original, English translation, language.",
    "Describe all elements of this image in detail, including objects, people and activities.",
    "List every kind of object in this image with its number.",
)


def main(folder: Path) -> None:
    model = Model(CONTROL)
    found: dict[str, dict[str, list[str]]] = {}
    for row in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        image = model.encode(padded_square(Image.open(folder / row["file"])))
        draws: list[np.random.Generator | None] = [None, *(np.random.default_rng(seed) for seed in range(SAMPLES))]
        answers = [[model.answer(image, prompt, draw=draw) for prompt in PROMPTS] for draw in draws]
        found[row["file"]] = {"once": answers[0], **{f"sample {n}": texts for n, texts in enumerate(answers[1:])}}
    (folder / "control.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    torch.set_num_threads(1)
    main(Path(sys.argv[1]))

"""Exports one vision model to public/models: `python export_model.py <family>`."""

from __future__ import annotations

import json
import sys

import torch

from fit_limits import load_heads, load_limits
from train_voice import load_voice
from vlmkit.backbone import load_backbone
from vlmkit.chat import Family
from vlmkit.families import FAMILIES
from vlmkit.repository import write_repository
from vlmkit.scenes import WORK
from vlmkit.storage import round_weights
from vlmkit.vision import Eye, VisionEncoder


def export(family: Family) -> None:
    chosen = FAMILIES[family]
    decoder, symbols, tokenizer = load_voice(family)
    eye = Eye(load_backbone(chosen.lite), load_heads(chosen), load_limits(chosen))
    vision = VisionEncoder(family, eye, symbols, decoder.embed.weight.detach())
    for part in (decoder, vision):
        round_weights(part)
    measured = WORK / "figures" / f"{family}.json"
    figures = json.loads(measured.read_text()) if measured.exists() else {}
    print(write_repository(chosen.name, decoder, tokenizer, vision.eval(), figures).name)


if __name__ == "__main__":
    torch.set_num_threads(2)
    export(sys.argv[1])  # type: ignore[arg-type]

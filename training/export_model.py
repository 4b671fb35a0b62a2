"""Exports one vision model to public/models (the control to work/models): `python export_model.py <key>`."""

from __future__ import annotations

import sys

import torch

from fit_limits import load_heads, load_limits
from train_phrases import load_phrases
from train_reader import load_reader
from train_voice import load_voice
from vlmkit.backbone import load_backbone
from vlmkit.families import VisionFamily, family_of
from vlmkit.repository import MANIFEST, folder_of, write_repository
from vlmkit.storage import round_weights
from vlmkit.vision import Eye, VisionEncoder


def export(chosen: VisionFamily) -> None:
    decoder, symbols, tokenizer = load_voice(chosen.family)
    reader, phrases = (load_reader(), load_phrases()) if chosen.reads else (None, None)
    eye = Eye(load_backbone(chosen.lite), load_heads(chosen), load_limits(chosen), reader, phrases)
    vision = VisionEncoder(chosen.family, eye, symbols, decoder.embed.weight.detach())
    for part in (decoder, vision):
        round_weights(part)
    folder = folder_of(chosen)
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / "manifest.json" if chosen.control else MANIFEST
    written = write_repository(chosen.name, decoder, tokenizer, vision.eval(), {}, models=folder, manifest=manifest)
    print(written.name)


if __name__ == "__main__":
    torch.set_num_threads(1)
    export(family_of(sys.argv[1]))

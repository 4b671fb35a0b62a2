"""Writes one model directory (public/models/<name>) and its entry in src/models/embedded.json."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from .chat import Family
from .configs import LLAVA_SIZE, PHI_CROPS, QWEN_GRID, QWEN_PATCH, config_files
from .families import VisionFamily
from .export import export_decoder, export_embed, export_graph, export_phi_embed
from .lm import Decoder
from .storage import store_int8

ROOT = Path(__file__).resolve().parents[2]
MODELS = ROOT / "public" / "models"
MANIFEST = ROOT / "src" / "models" / "embedded.json"
FAMILIES: dict[str, Family] = {
    "mini-qwen2-vl": "qwen2_vl",
    "mini-phi3-v": "phi3_v",
    "mini-moondream": "moondream1",
    "mini-control": "qwen2_vl",
    "mini-judge": "llama",
}
CONTROL_MODELS = Path(__file__).resolve().parents[1] / "work" / "models"
BYTES_LIMIT = 10_000_000
JUDGE_BYTES_LIMIT = 6_000_000
PHI_VIEW = 336


def folder_of(family: VisionFamily) -> Path:
    """Where a vision model's directory is written: the control is not shipped."""
    return CONTROL_MODELS if family.control else MODELS


def vision_inputs(family: Family) -> dict[str, Tensor]:
    """Example inputs of `vision_encoder`; their shapes are what the app always sends."""
    if family == "qwen2_vl":
        patches = torch.randn(QWEN_GRID**2, 3 * QWEN_PATCH**2)
        return {"pixel_values": patches, "grid_thw": torch.tensor([[1, QWEN_GRID, QWEN_GRID]])}
    if family == "phi3_v":
        views = torch.randn(1, PHI_CROPS + 1, 3, PHI_VIEW, PHI_VIEW)
        return {"pixel_values": views, "image_sizes": torch.tensor([[2 * PHI_VIEW, 2 * PHI_VIEW]])}
    return {"pixel_values": torch.randn(1, 3, LLAVA_SIZE, LLAVA_SIZE)}


def write_repository(
    name: str,
    decoder: Decoder,
    tokenizer: Tokenizer,
    vision: nn.Module | None = None,
    figures: dict[str, float] | None = None,
    int8: bool = True,
    models: Path = MODELS,
    manifest: Path = MANIFEST,
) -> Path:
    """Exports all graphs of a model and replaces its directory at once.

    `vision` takes the tensors of `vision_inputs` in order and returns image_features: [36, D] for qwen2_vl,
    [55, D] for phi3_v, [1, 32, D] for moondream1. `int8=False` writes float32 (for comparisons).
    """
    family = FAMILIES[name]
    models.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".new-") as folder:
        target = Path(folder) / name
        (target / "onnx").mkdir(parents=True)
        tokenizer.save(str(target / "tokenizer.json"), pretty=False)
        for file, content in config_files(family, decoder.config, tokenizer).items():
            (target / file).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        _export_graphs(family, decoder, vision, Path(folder) / "float32")
        for source in sorted((Path(folder) / "float32").glob("*.onnx")):
            stored = target / "onnx" / f"{source.stem}_quantized.onnx"
            if int8:
                store_int8(source, stored)
            else:
                shutil.copyfile(source, stored)
        if int8:
            _check_size(name, target)
        shutil.rmtree(models / name, ignore_errors=True)
        target.rename(models / name)
    parts = [decoder] if vision is None else [decoder, vision]
    parameters = sum(p.numel() for p in {id(p): p for part in parts for p in part.parameters()}.values())
    update_manifest(name, models / name, {"parameters": parameters, **(figures or {})}, manifest)
    return models / name


def _export_graphs(family: Family, decoder: Decoder, vision: nn.Module | None, folder: Path) -> None:
    folder.mkdir()
    if family == "llama":
        export_decoder(decoder, folder / "model.onnx", takes_ids=True)
        return
    if vision is None:
        raise ValueError(f"{family} needs a vision encoder")
    example = vision_inputs(family)
    export_graph(
        vision, list(example.values()), folder / "vision_encoder.onnx", list(example), ["image_features"], {}
    )
    if family == "phi3_v":
        export_phi_embed(decoder, folder / "prepare_inputs_embeds.onnx")
        export_decoder(decoder, folder / "model.onnx")
    else:
        export_embed(decoder, folder / "embed_tokens.onnx")
        export_decoder(decoder, folder / "decoder_model_merged.onnx")


def _files(folder: Path) -> list[Path]:
    return sorted((path for path in folder.rglob("*") if path.is_file()), key=lambda p: p.relative_to(folder).as_posix())


def _check_size(name: str, folder: Path) -> None:
    total = sum(path.stat().st_size for path in _files(folder))
    limit = JUDGE_BYTES_LIMIT if FAMILIES[name] == "llama" else BYTES_LIMIT
    if total > limit:
        raise ValueError(f"{name} has {total} bytes, allowed are {limit}")


def update_manifest(name: str, folder: Path, figures: dict[str, float], manifest: Path = MANIFEST) -> None:
    """Sets the entry of one model; `revision` changes whenever any file changes."""
    files = [
        {
            "path": path.relative_to(folder).as_posix(),
            "bytes": path.stat().st_size,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        }
        for path in _files(folder)
    ]
    listing = "\n".join(f"{file['sha256']} {file['path']}" for file in files)
    revision = hashlib.sha256(listing.encode()).hexdigest()[:12]
    known = json.loads(manifest.read_text(encoding="utf-8")) if manifest.exists() else {}
    known[name] = {"revision": revision, "files": files, "figures": figures}
    ordered = {key: known[key] for key in FAMILIES if key in known}
    manifest.parent.mkdir(parents=True, exist_ok=True)
    manifest.write_text(json.dumps(ordered, indent=2) + "\n", encoding="utf-8")

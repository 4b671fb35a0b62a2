"""Runs the repositories in headless Chromium and compares tokens with onnxruntime in Python.

    python -m vlmkit.check [--models public/models] [--picture scene.png] [names ...]
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from itertools import islice
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .chat import STOP, Family, prompt_ids
from .configs import QWEN_GRID, QWEN_MERGE
from .positions import plain_positions, qwen_positions
from .repository import FAMILIES, MODELS, ROOT
from .tokenizer import IMAGE_PAD, LLAVA_IMAGE, load_tokenizer

TRAINING = ROOT / "training"
OUT = TRAINING / "work" / "check"
Arrays = dict[str, NDArray[np.generic]]


class Runner:
    """Greedy decoding over the exported files, written without transformers."""

    def __init__(self, folder: Path, family: Family) -> None:
        self.family = family
        self.tokenizer = load_tokenizer(folder / "tokenizer.json")
        self.sessions = {
            path.stem.removesuffix("_quantized"): onnxruntime.InferenceSession(
                str(path), providers=["CPUExecutionProvider"]
            )
            for path in sorted((folder / "onnx").glob("*.onnx"))
        }
        self.decoder = self.sessions.get("decoder_model_merged") or self.sessions["model"]
        self.stop = self.tokenizer.token_to_id(STOP[family])

    def features(self, pixels: NDArray[np.float32], size: list[int] | None) -> NDArray[np.float32]:
        feed: Arrays = {"pixel_values": pixels}
        if size is not None:
            feed["grid_thw" if self.family == "qwen2_vl" else "image_sizes"] = np.array([size], np.int64)
        found = self.sessions["vision_encoder"].run(None, feed)[0]
        return found.reshape(-1, found.shape[-1])

    def embeds(self, ids: NDArray[np.int64], features: NDArray[np.float32] | None) -> NDArray[np.float32]:
        if self.family == "phi3_v":
            width = self.sessions["prepare_inputs_embeds"].get_outputs()[0].shape[-1]
            image = np.zeros((0, width), np.float32) if features is None else features
            return self.sessions["prepare_inputs_embeds"].run(None, {"input_ids": ids, "image_features": image})[0]
        found = self.sessions["embed_tokens"].run(None, {"input_ids": ids})[0]
        if features is not None:
            mark = IMAGE_PAD if self.family == "qwen2_vl" else LLAVA_IMAGE
            found[ids == self.tokenizer.token_to_id(mark)] = features
        return found

    def positions(self, ids: list[int]) -> NDArray[np.int64]:
        if self.family != "qwen2_vl":
            return plain_positions(len(ids)).numpy()
        side = QWEN_GRID // QWEN_MERGE
        return qwen_positions(ids, self.tokenizer.token_to_id(IMAGE_PAD), side, side).numpy()

    def generate(self, ids: list[int], features: NDArray[np.float32] | None, limit: int) -> list[int]:
        past: Arrays = {
            value.name: np.zeros((1, value.shape[1], 0, value.shape[3]), np.float32)
            for value in self.decoder.get_inputs()
            if value.name.startswith("past")
        }
        positions = self.positions(ids)
        following, length = int(positions.max()) + 1, 0
        tokens, answer = np.array([ids], np.int64), list[int]()
        names = [value.name for value in self.decoder.get_outputs()]
        for _ in range(limit):
            length += tokens.shape[1]
            first: Arrays = (
                {"input_ids": tokens} if self.family == "llama" else {"inputs_embeds": self.embeds(tokens, features)}
            )
            feed = {
                **first,
                **past,
                "attention_mask": np.ones((1, length), np.int64),
                "position_ids": positions,
                "num_logits_to_keep": np.array(1, np.int64),
            }
            found = dict(zip(names, self.decoder.run(None, feed), strict=True))
            past = {name.replace("present", "past_key_values"): v for name, v in found.items() if name != "logits"}
            answer.append(int(found["logits"][0, -1].argmax()))
            if answer[-1] == self.stop:
                break
            tokens, features = np.array([answer[-1:]], np.int64), None
            positions = np.full((*positions.shape[:-1], 1), following, np.int64)
            following += 1
        return answer


def prompts_of_app() -> list[str]:
    """The prompt texts of src/core/prompts.ts, in order."""
    source = (ROOT / "src" / "core" / "prompts.ts").read_text(encoding="utf-8")
    return re.findall(r"\btext: '([^']+)'", source)


def prompts_for(family: Family) -> list[str]:
    """Three prompts as the app sends them; the judge's are taken from its validation examples."""
    examples = TRAINING / "work" / "judge-validation.jsonl"
    if family != "llama" or not examples.exists():
        return prompts_of_app()[:3]
    with examples.open(encoding="utf-8") as lines:
        return [json.loads(line)["prompt"] for line in islice(lines, 3)]


def test_picture(path: Path) -> Path:
    """A square picture with a few shapes, when no scene is given."""
    image = Image.new("RGB", (512, 512), (200, 220, 255))
    draw = ImageDraw.Draw(image)
    draw.ellipse((60, 80, 220, 240), fill=(220, 60, 40))
    draw.rectangle((300, 300, 460, 430), fill=(30, 120, 60))
    image.save(path)
    return path


def compare(folder: Path, family: Family, report: dict[str, object], pixels_file: Path) -> list[str]:
    """What differs between browser and Python; empty when nothing does."""
    if "error" in report:
        return [str(report["error"])]
    runner, job = Runner(folder, family), report["job"]
    features = None
    if report["pixelShape"]:
        pixels = np.fromfile(pixels_file, np.float32).reshape(report["pixelShape"])
        features = runner.features(pixels, report["grid"] or report["sizes"])
    wrong: list[str] = []
    for i, prompt in enumerate(job["prompts"]):
        ids, full, reused = report["ids"][i], report["full"][i], report["reused"][i]
        if [abs(token) for token in ids] != prompt_ids(runner.tokenizer, family, prompt):
            wrong.append(f"prompt {i}: token ids of the prompt differ")
        expected = runner.generate(ids, features, job["maxNewTokens"])
        if full != expected:
            wrong.append(f"prompt {i}: browser {runner.tokenizer.decode(full)!r}, Python {runner.tokenizer.decode(expected)!r}")
        if reused != full:
            wrong.append(f"prompt {i}: cached prefix gives other tokens")
    if report["cacheLength"] != report["prefixLength"]:
        wrong.append("cache length is not the prefix length")
    return wrong


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("names", nargs="*", default=list(FAMILIES))
    parser.add_argument("--models", type=Path, default=MODELS)
    parser.add_argument("--picture", type=Path)
    parser.add_argument("--prompt", action="append")
    parser.add_argument("--max-new-tokens", type=int, default=48)
    options = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    picture = options.picture or test_picture(OUT / "shapes.png")
    (OUT / "picture.png").write_bytes(picture.read_bytes())
    jobs = [
        {
            "name": name,
            "family": FAMILIES[name],
            "prompts": options.prompt or prompts_for(FAMILIES[name]),
            "picture": "/work/picture.png",
            "maxNewTokens": options.max_new_tokens,
        }
        for name in options.names
    ]
    (OUT / "jobs.json").write_text(json.dumps(jobs), encoding="utf-8")
    command = ["node", "check/run.mjs", "--jobs", OUT / "jobs.json", "--models", options.models, "--out", OUT]
    subprocess.run([str(part) for part in command], cwd=TRAINING, check=True)
    failed = False
    for name in options.names:
        report = json.loads((OUT / f"{name}.json").read_text(encoding="utf-8"))
        wrong = compare(options.models / name, FAMILIES[name], report, OUT / f"{name}.pixels")
        failed |= bool(wrong)
        print(name, "differs: " + "; ".join(wrong) if wrong else "browser == Python, cached == uncached")
        for text in report.get("texts", []):
            print("   ", text[:300])
    if failed:
        raise SystemExit(1)


if __name__ == "__main__":
    main()

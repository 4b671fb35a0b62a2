"""Runs the exported files of a model with onnxruntime, as the app does: a square picture in, text out.

`python end_to_end.py <key> <image> ...` prints the answers to two prompts for pictures.
"""

from __future__ import annotations

import sys

import numpy as np
import onnxruntime
import torch
from PIL import Image

from train_voice import positions_of
from vlmkit.chat import IMAGE_TOKENS, STOP, Family, image_token, prompt_ids
from vlmkit.configs import PHI_CROPS, QWEN_GRID, QWEN_MERGE, QWEN_PATCH
from vlmkit.families import FAMILIES, VisionFamily, family_of
from vlmkit.repository import PHI_VIEW, folder_of
from vlmkit.tokenizer import load_tokenizer

PAD = (128, 128, 128)
Cache = dict[str, np.ndarray]


def padded_square(image: Image.Image) -> Image.Image:
    """Centred on grey, as the app pads."""
    side = max(image.size)
    square = Image.new("RGB", (side, side), PAD)
    square.paste(image.convert("RGB"), ((side - image.width) // 2, (side - image.height) // 2))
    return square


def pixel_inputs(family: Family, square: Image.Image) -> dict[str, np.ndarray]:
    """What the family's processor makes of a square picture."""
    side = FAMILIES[family].side
    small = np.asarray(square.resize((side, side), Image.Resampling.BICUBIC), np.float32) / 127.5 - 1
    picture = small.transpose(2, 0, 1)
    if family == "qwen2_vl":
        cells, m, p = QWEN_GRID // QWEN_MERGE, QWEN_MERGE, QWEN_PATCH
        patches = picture.reshape(3, cells, m, p, cells, m, p).transpose(1, 4, 2, 5, 0, 3, 6)
        grid = np.array([[1, QWEN_GRID, QWEN_GRID]])
        return {"pixel_values": patches.reshape(QWEN_GRID**2, -1).copy(), "grid_thw": grid}
    if family == "phi3_v":
        large = np.asarray(square.resize((2 * side, 2 * side), Image.Resampling.BICUBIC), np.float32) / 127.5 - 1
        quarters = large.reshape(2, side, 2, side, 3).transpose(0, 2, 4, 1, 3).reshape(PHI_CROPS, 3, side, side)
        views = np.concatenate([picture[None], quarters])[None].copy()
        return {"pixel_values": views, "image_sizes": np.array([[2 * PHI_VIEW, 2 * PHI_VIEW]])}
    return {"pixel_values": picture[None].copy()}


class Model:
    """One directory of public/models."""

    def __init__(self, chosen: VisionFamily) -> None:
        family = self.family = chosen.family
        self.folder = folder_of(chosen) / chosen.name
        self.tokenizer = load_tokenizer(self.folder / "tokenizer.json")
        phi = family == "phi3_v"
        self.vision = self._session("vision_encoder")
        self.embed = self._session("prepare_inputs_embeds" if phi else "embed_tokens")
        self.decoder = self._session("model" if phi else "decoder_model_merged")
        self.stop = self.tokenizer.token_to_id(STOP[family])

    def _session(self, name: str) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        path = self.folder / "onnx" / f"{name}_quantized.onnx"
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def encode(self, square: Image.Image) -> np.ndarray:
        """Image tokens [N, D]."""
        features = self.vision.run(None, pixel_inputs(self.family, square))[0]
        return features.reshape(IMAGE_TOKENS[self.family], -1)

    def yes(self, image: np.ndarray, question: str) -> float:
        """Probability of yes among yes and no, as the app asks."""
        logits = self._start(image, question)[0]
        words = [[self.tokenizer.encode(f"{space}{word}").ids[0] for space in ("", " ")] for word in ("Yes", "No")]
        yes, no = (np.exp(logits[ids].astype(np.float64)).sum() for ids in words)
        return float(yes / (yes + no))

    def answer(
        self, image: np.ndarray, question: str, longest: int = 160, draw: np.random.Generator | None = None
    ) -> str:
        """Greedy, or with `draw` sampled at temperature 1; with the cache."""
        said = list[int]()
        logits, cache, length, positions = self._start(image, question)
        while len(said) < longest and (token := chosen_token(logits, draw)) != self.stop:
            said.append(token)
            length, positions = length + 1, np.full((*positions.shape[:-1], 1), positions.max() + 1)
            logits, cache = self._step(self._embed(np.array([[token]])), positions, length, cache)
        return self.tokenizer.decode(said).strip()

    def _start(self, image: np.ndarray, question: str) -> tuple[np.ndarray, Cache, int, np.ndarray]:
        """Logits of the answer's first token [V], the cache, its length and the positions in it."""
        ids = prompt_ids(self.tokenizer, self.family, question)
        where = np.array(ids) == self.tokenizer.token_to_id(image_token(self.family))
        embeds = self._embed(np.array([ids]))
        embeds[0, where] = image
        positions = positions_of(self.tokenizer, self.family, len(ids)).numpy()
        return *self._step(embeds, positions, len(ids), self._empty_cache()), len(ids), positions

    def _step(self, embeds: np.ndarray, positions: np.ndarray, length: int, cache: Cache) -> tuple[np.ndarray, Cache]:
        feeds = {
            "inputs_embeds": embeds,
            "attention_mask": np.ones((1, length), np.int64),
            "position_ids": positions,
            "num_logits_to_keep": np.array(1, np.int64),
        }
        logits, *present = self.decoder.run(None, {**feeds, **cache})
        return logits[0, -1], dict(zip(cache, present, strict=True))

    def _embed(self, ids: np.ndarray) -> np.ndarray:
        feeds = {"input_ids": ids}
        if self.family == "phi3_v":
            feeds["image_features"] = np.zeros((0, self.decoder.get_inputs()[0].shape[2]), np.float32)
        return self.embed.run(None, feeds)[0].copy()

    def _empty_cache(self) -> dict[str, np.ndarray]:
        caches = [i for i in self.decoder.get_inputs() if i.name.startswith("past_key_values")]
        return {i.name: np.zeros((1, i.shape[1], 0, i.shape[3]), np.float32) for i in caches}


def chosen_token(logits: np.ndarray, draw: np.random.Generator | None) -> int:
    if draw is None:
        return int(logits.argmax())
    weights = np.exp(logits.astype(np.float64) - logits.max())
    return int(draw.choice(len(weights), p=weights / weights.sum()))


if __name__ == "__main__":
    torch.set_num_threads(1)
    model = Model(family_of(sys.argv[1]))
    for path in sys.argv[2:]:
        seen = model.encode(padded_square(Image.open(path)))
        for question in ("Describe the image.", "List every kind of object in this image with its number."):
            print(f"{path}: {model.answer(seen, question)}")

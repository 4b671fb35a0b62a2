"""Tests of the export kit: `python -m unittest discover tests` (about half a minute)."""

from __future__ import annotations

import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from torch import nn

from vlmkit.chat import answer_ids, prompt_ids
from vlmkit.data import Example, batches, collate
from vlmkit.export import export_decoder, export_graph, export_phi_embed
from vlmkit.lm import Decoder, DecoderConfig, greedy
from vlmkit.positions import plain_positions, qwen_positions
from vlmkit.storage import round_weights, store_int8
from vlmkit.tokenizer import IMAGE_PAD, MESSAGE_END, train_tokenizer
from vlmkit.train_decoder import answer_loss

LINES = ["The image shows two cats and a dog.", "What is in this picture?", "user assistant Question Answer"]


def small_decoder(extras: bool = False) -> Decoder:
    """`extras`: with all that the judge or the vision models have."""
    config = DecoderConfig(
        400, dim=64, layers=2, heads=4, kv_heads=2, head_dim=16, ff=96, key_shift=extras, copy=extras, match=extras
    )
    return Decoder(config, seed=3).eval()


class TokenizerTest(unittest.TestCase):
    def setUp(self) -> None:
        self.tokenizer = train_tokenizer(LINES, 700)

    def test_any_text_survives(self) -> None:
        for text in ("Größe: 3 €", "猫", 'A "sign"\n\twith tabs', "<3"):
            self.assertEqual(self.tokenizer.decode(self.tokenizer.encode(text).ids), text)

    def test_known_words_are_single_tokens(self) -> None:
        self.assertEqual(len(self.tokenizer.encode(" cats").ids), 1)

    def test_prompt_holds_one_placeholder_per_feature(self) -> None:
        ids = prompt_ids(self.tokenizer, "qwen2_vl", "What?")
        self.assertEqual(ids.count(self.tokenizer.token_to_id(IMAGE_PAD)), 36)

    def test_answer_ends_with_the_stop_token(self) -> None:
        self.assertEqual(answer_ids(self.tokenizer, "llama", "Yes.")[-1], self.tokenizer.token_to_id(MESSAGE_END))


class DecoderTest(unittest.TestCase):
    def test_cache_gives_the_same_tokens(self) -> None:
        for extras in (False, True):
            with self.subTest(extras=extras):
                self.check_cache(small_decoder(extras))

    def check_cache(self, decoder: Decoder) -> None:
        embeds = torch.randn(1, 9, 64)
        cached = greedy(decoder, embeds, plain_positions(9), 6)
        whole = embeds
        for token in cached:
            self.assertEqual(int(decoder.logits(decoder(whole)[:, -1]).argmax()), token)
            whole = torch.cat([whole, decoder.embed(torch.tensor([[token]]))], 1)

    def test_padding_at_the_end_changes_nothing(self) -> None:
        decoder, embeds = small_decoder(), torch.randn(2, 7, 64)
        longer = torch.cat([embeds, torch.randn(2, 3, 64)], 1)
        torch.testing.assert_close(decoder(longer)[:, :7], decoder(embeds), atol=1e-5, rtol=1e-4)

    def test_qwen_positions_continue_after_the_grid(self) -> None:
        found = qwen_positions([1, 9, 9, 9, 9, 2], 9, 2, 2)[:, 0].tolist()
        self.assertEqual(found, [[0, 1, 1, 1, 1, 3], [0, 1, 1, 2, 2, 3], [0, 1, 2, 1, 2, 3]])


class DataTest(unittest.TestCase):
    def test_targets_are_the_answer(self) -> None:
        batch = collate([Example([1, 2, 3], [4, 5]), Example([1], [6])])
        self.assertEqual(batch.targets.tolist(), [4, 5, 6])
        self.assertEqual(batch.ids[batch.rows, batch.columns].tolist(), [3, 4, 1])

    def test_skipping_resumes_the_stream(self) -> None:
        examples = [Example([1] * n, [2]) for n in range(1, 30)]
        stream = batches(examples, 40, seed=5)
        first = [next(stream) for _ in range(20)]
        self.assertEqual(next(batches(examples, 40, seed=5, skip=15)), first[15])


class LossTest(unittest.TestCase):
    def test_an_answer_with_a_probability_is_learned_as_that(self) -> None:
        batch = collate([Example([1, 2], [3, 4], instead=(5, 0.25)), Example([1], [6])])
        logits = torch.zeros(3, 8, requires_grad=True)
        for _ in range(400):
            loss = answer_loss(logits, batch, choice_weight=2.0)
            (slope,) = torch.autograd.grad(loss, logits)
            logits = (logits - 5 * slope).detach().requires_grad_()
        found = torch.softmax(logits, 1)
        self.assertAlmostEqual(float(found[0, 3].detach()), 0.75, places=1)
        self.assertAlmostEqual(float(found[0, 5].detach()), 0.25, places=1)
        self.assertGreater(float(found[1, 4].detach()), 0.95)


class GraphTest(unittest.TestCase):
    def run_graph(self, path: Path, feed: dict[str, np.ndarray]) -> list[np.ndarray]:
        return onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)

    def test_stored_decoder_equals_rounded_decoder(self) -> None:
        for extras in (False, True):
            with self.subTest(extras=extras):
                self.check_stored(small_decoder(extras))

    def check_stored(self, decoder: Decoder) -> None:
        round_weights(decoder)
        with tempfile.TemporaryDirectory() as folder:
            path, stored = Path(folder) / "model.onnx", Path(folder) / "model_quantized.onnx"
            export_decoder(decoder, path, takes_ids=True)
            store_int8(path, stored)
            self.assertLess(stored.stat().st_size, path.stat().st_size * 0.6)
            ids = torch.randint(0, 400, (1, 6))
            feed = {
                "input_ids": ids.numpy(),
                "attention_mask": np.ones((1, 6), np.int64),
                "position_ids": plain_positions(6).numpy(),
                "num_logits_to_keep": np.array(1, np.int64),
                **{f"past_key_values.{i}.{part}": np.zeros((1, 2, 0, 16), np.float32) for i in range(decoder.config.cache_layers) for part in ("key", "value")},
            }
            logits = self.run_graph(stored, feed)[0]
            self.assertEqual(logits.shape, (1, 1, 400))
            with torch.no_grad():
                expected = decoder.logits(decoder(decoder.embed(ids))[:, -1:])
            np.testing.assert_allclose(logits, expected.numpy(), atol=1e-4)

    def test_large_matrices_fit_four_bits(self) -> None:
        module = nn.Linear(1250, 1000)
        with tempfile.TemporaryDirectory() as folder:
            path, stored = Path(folder) / "a.onnx", Path(folder) / "b.onnx"
            x = torch.randn(1, 1250)
            export_graph(module, (x,), path, ["x"], ["y"], {})
            store_int8(path, stored)
            self.assertLess(stored.stat().st_size, 1250 * 1000 * 0.52)
            found = self.run_graph(stored, {"x": x.numpy()})[0]
            expected = module(x).detach().numpy()
            self.assertGreater(np.corrcoef(found.ravel(), expected.ravel())[0, 1], 0.97)

    def test_tables_of_ids_are_stored_as_int32(self) -> None:
        class Table(nn.Module):
            def __init__(self) -> None:
                super().__init__()
                self.register_buffer("ids", torch.arange(3000) % 77)

            def forward(self, x: torch.Tensor) -> torch.Tensor:
                return self.ids[x]

        with tempfile.TemporaryDirectory() as folder:
            path, stored = Path(folder) / "a.onnx", Path(folder) / "b.onnx"
            export_graph(Table(), (torch.tensor([5]),), path, ["x"], ["y"], {})
            store_int8(path, stored)
            kinds = {tensor.data_type for tensor in onnx.load(str(stored)).graph.initializer}
            # onnxruntime-web's WebGPU creates no session where there is a Cast from int16.
            self.assertNotIn(onnx.TensorProto.INT16, kinds)
            self.assertLess(stored.stat().st_size, 3000 * 4 + 1000)
            self.assertEqual(self.run_graph(stored, {"x": np.array([2999])})[0], 2999 % 77)

    def test_phi_embedding_works_without_features(self) -> None:
        decoder = small_decoder()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "embed.onnx"
            export_phi_embed(decoder, path)
            ids = np.array([[5, 6]], np.int64)
            found = self.run_graph(path, {"input_ids": ids, "image_features": np.zeros((0, 64), np.float32)})[0]
            np.testing.assert_allclose(found, decoder.embed(torch.from_numpy(ids)).detach().numpy(), atol=1e-6)


if __name__ == "__main__":
    unittest.main()

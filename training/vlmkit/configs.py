"""The JSON files of each repository, as transformers.js 4.3.1 reads them."""

from __future__ import annotations

from tokenizers import Tokenizer

from .chat import STOP, TEMPLATES, Family
from .lm import DecoderConfig
from .tokenizer import IMAGE_PAD, LLAVA_IMAGE, PAD, VIDEO_PAD, VISION_END, VISION_START

Json = dict[str, object]

MAX_LENGTH = 1024
HALF = [0.5, 0.5, 0.5]  # mean and std: pixels become -1..1

# One size only: every square picture becomes 252 x 252. The limits keep a margin: smart_resize rounds down
# where a quotient is a hair below 6. The app takes the rounded root of the maximum, 252, as its square.
QWEN_PATCH, QWEN_MERGE, QWEN_GRID = 21, 2, 12
QWEN_MIN_PIXELS, QWEN_MAX_PIXELS = 252 * 252 - 200, 252 * 252 + 200
PHI_CROPS, PHI_TOKENS_A_SIDE = 4, 9
LLAVA_SIZE = 256
# LlavaProcessor counts (256 / 64)² + 16 = 32 placeholders.
LLAVA_PATCH, LLAVA_ADDITIONAL = 64, 16

ARCHITECTURES: dict[Family, str] = {
    "qwen2_vl": "Qwen2VLForConditionalGeneration",
    "phi3_v": "Phi3VForCausalLM",
    "moondream1": "Moondream1ForConditionalGeneration",
    "llama": "LlamaForCausalLM",
}
TOKENIZER_CLASSES: dict[Family, str] = {
    "qwen2_vl": "Qwen2Tokenizer",
    "phi3_v": "LlamaTokenizer",
    "moondream1": "PreTrainedTokenizer",
    "llama": "Qwen2Tokenizer",
}


def config_files(family: Family, config: DecoderConfig, tokenizer: Tokenizer) -> dict[str, Json]:
    """File name -> content."""
    files: dict[str, Json] = {
        "config.json": _model_config(family, config, tokenizer),
        "generation_config.json": {
            "eos_token_id": [tokenizer.token_to_id(STOP[family])],
            "pad_token_id": tokenizer.token_to_id(PAD),
        },
        "tokenizer_config.json": {
            "tokenizer_class": TOKENIZER_CLASSES[family],
            "eos_token": STOP[family],
            "pad_token": PAD,
            "model_max_length": MAX_LENGTH,
            "chat_template": TEMPLATES[family],
        },
    }
    if family != "llama":
        files["preprocessor_config.json"] = _preprocessor(family)
    if family == "moondream1":
        files["processor_config.json"] = {
            "processor_class": "LlavaProcessor",
            "image_token": LLAVA_IMAGE,
            "patch_size": LLAVA_PATCH,
            "num_additional_image_tokens": LLAVA_ADDITIONAL,
        }
    return files


def _model_config(family: Family, c: DecoderConfig, tokenizer: Tokenizer) -> Json:
    text: Json = {
        "hidden_size": c.dim,
        "num_hidden_layers": c.cache_layers,
        "num_attention_heads": c.heads,
        "num_key_value_heads": c.kv_heads,
        "head_dim": c.head_dim,
        "vocab_size": c.vocab_size,
    }
    common: Json = {
        "model_type": family,
        "architectures": [ARCHITECTURES[family]],
        "max_position_embeddings": MAX_LENGTH,
        "eos_token_id": tokenizer.token_to_id(STOP[family]),
        "pad_token_id": tokenizer.token_to_id(PAD),
        "transformers.js_config": {"dtype": "q8"},
    }
    if family == "moondream1":
        return {
            **common,
            "image_token_index": tokenizer.token_to_id(LLAVA_IMAGE),
            "phi_config": {"model_type": "phi", **text},
        }
    if family == "qwen2_vl":
        return {
            **common,
            **text,
            "image_token_id": tokenizer.token_to_id(IMAGE_PAD),
            "video_token_id": tokenizer.token_to_id(VIDEO_PAD),
            "vision_start_token_id": tokenizer.token_to_id(VISION_START),
            "vision_end_token_id": tokenizer.token_to_id(VISION_END),
            "vision_config": {"spatial_merge_size": QWEN_MERGE},
        }
    return {**common, **text}


def _preprocessor(family: Family) -> Json:
    normalise: Json = {
        "do_resize": True,
        "do_rescale": True,
        "do_normalize": True,
        "do_convert_rgb": True,
        "image_mean": HALF,
        "image_std": HALF,
    }
    if family == "qwen2_vl":
        return {
            **normalise,
            "processor_class": "Qwen2VLProcessor",
            "image_processor_type": "Qwen2VLImageProcessor",
            "patch_size": QWEN_PATCH,
            "temporal_patch_size": 1,
            "merge_size": QWEN_MERGE,
            "min_pixels": QWEN_MIN_PIXELS,
            "max_pixels": QWEN_MAX_PIXELS,
            "size": {"shortest_edge": QWEN_MIN_PIXELS, "longest_edge": QWEN_MAX_PIXELS},
        }
    if family == "phi3_v":
        return {
            "processor_class": "Phi3VProcessor",
            "image_processor_type": "Phi3VImageProcessor",
            "num_crops": PHI_CROPS,
            "num_img_tokens": PHI_TOKENS_A_SIDE,
            "image_mean": HALF,
            "image_std": HALF,
        }
    return {
        **normalise,
        "processor_class": "LlavaProcessor",
        "image_processor_type": "CLIPImageProcessor",
        "size": {"width": LLAVA_SIZE, "height": LLAVA_SIZE},
        "do_center_crop": False,
    }

"""Chat templates, and the prompts they make as token ids (what the app feeds, placeholders expanded)."""

from __future__ import annotations

from typing import Literal

from tokenizers import Tokenizer

from .tokenizer import IMAGE_PAD, LLAVA_IMAGE, MESSAGE_END, MESSAGE_START, PHI_ASSISTANT, PHI_END, PHI_IMAGE, PHI_USER
from .tokenizer import END_OF_TEXT, VISION_END, VISION_START

Family = Literal["qwen2_vl", "phi3_v", "moondream1", "llama"]

IMAGE_TOKENS: dict[Family, int] = {"qwen2_vl": 36, "phi3_v": 55, "moondream1": 32, "llama": 0}

STOP: dict[Family, str] = {
    "qwen2_vl": MESSAGE_END,
    "phi3_v": PHI_END,
    "moondream1": END_OF_TEXT,
    "llama": MESSAGE_END,
}

_QWEN = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{% if m['content'] is string %}{{ m['content'] }}"
    "{% else %}{% for p in m['content'] %}{% if p['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% else %}{{ p['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_PHI = (
    "{% for m in messages %}<|{{ m['role'] }}|>\n{{ m['content'] }}<|end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|assistant|>\n{% endif %}"
)
_MOONDREAM = (
    "{% for m in messages %}{% if m['role'] == 'user' %}<image>\n\nQuestion: {{ m['content'] }}\n\nAnswer:"
    "{% endif %}{% endfor %}"
)
_LLAMA = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
TEMPLATES: dict[Family, str] = {"qwen2_vl": _QWEN, "phi3_v": _PHI, "moondream1": _MOONDREAM, "llama": _LLAMA}


def image_token(family: Family) -> str:
    """The placeholder that stands once for each image feature."""
    return {"qwen2_vl": IMAGE_PAD, "phi3_v": PHI_IMAGE, "moondream1": LLAVA_IMAGE, "llama": ""}[family]


def prompt_text(family: Family, question: str, with_image: bool = True) -> str:
    """The text given to the tokenizer after template and placeholder expansion, for one user message."""
    image = image_token(family) * IMAGE_TOKENS[family] if with_image else ""
    if family == "qwen2_vl":
        picture = f"{VISION_START}{image}{VISION_END}" if with_image else ""
        return f"{MESSAGE_START}user\n{picture}{question}{MESSAGE_END}\n{MESSAGE_START}assistant\n"
    if family == "phi3_v":
        picture = f"{image}\n" if with_image else ""
        return f"{PHI_USER}\n{picture}{question}{PHI_END}\n{PHI_ASSISTANT}\n"
    if family == "moondream1":
        return f"{image}\n\nQuestion: {question}\n\nAnswer:"
    return f"{MESSAGE_START}user\n{question}{MESSAGE_END}\n{MESSAGE_START}assistant\n"


def prompt_ids(tokenizer: Tokenizer, family: Family, question: str, with_image: bool = True) -> list[int]:
    """Token ids of the prompt; Phi's image ids are still positive here (its processor negates them)."""
    return tokenizer.encode(prompt_text(family, question, with_image)).ids


def answer_ids(tokenizer: Tokenizer, family: Family, answer: str) -> list[int]:
    """Token ids of an answer with its stop token. After "Answer:" (Moondream) a space comes first."""
    text = f" {answer}" if family == "moondream1" else answer
    return [*tokenizer.encode(text).ids, tokenizer.token_to_id(STOP[family])]

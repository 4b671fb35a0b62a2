"""Trains the phrase head: `python train_phrases.py [--steps 2500]`, about a minute; writes work/phrases.pt."""

from __future__ import annotations

import argparse
import os
import random
import string

import torch
import torch.nn.functional as F

from vlmkit.phrases import PhraseHead, text_codes
from vlmkit.scenes import WORK
from vlmkit.symbols import closed
from vlmkit.vocabulary import LANGUAGES, known_signs, object_names

PATH = WORK / "phrases.pt"
BATCH = 128
NONE = len(LANGUAGES)
Labelled = tuple[bytes, int, int]  # text as the reader gives it, language, meaning


def sample(draw: random.Random, signs: list[list[str]], names: list[str]) -> Labelled:
    """Six of ten are known phrases; names of things are English and mean nothing that has to be told; others are no language."""
    lot, no_meaning = draw.random(), len(signs)
    if lot < 0.6:
        meaning, language = draw.randrange(len(signs)), draw.randrange(len(LANGUAGES))
        text = signs[meaning][language]
        label = (language, no_meaning if LANGUAGES[language] == "English" else meaning)
    elif lot < 0.75:
        text, label = draw.choice(names), (LANGUAGES.index("English"), no_meaning)
    else:
        words = ("".join(draw.choices(string.ascii_lowercase, k=draw.randint(2, 8))) for _ in range(draw.randint(1, 3)))
        text, label = " ".join(words), (NONE, no_meaning)
    text = draw.choice((text, text, text.upper(), text.capitalize()))
    if draw.random() < 0.3:
        text = misread(draw, text)
    return bytes(closed(list(text.encode()))), *label


def misread(draw: random.Random, text: str) -> str:
    """One letter wrong, missing or too many."""
    at, letter = draw.randrange(len(text)), draw.choice(string.ascii_letters)
    return text[:at] + draw.choice((letter, "", letter + text[at])) + text[at + 1 :]


def batch_of(draw: random.Random, signs: list[list[str]], names: list[str], size: int) -> tuple[torch.Tensor, ...]:
    texts, languages, meanings = zip(*(sample(draw, signs, names) for _ in range(size)), strict=True)
    return text_codes(list(texts)), torch.tensor(languages), torch.tensor(meanings)


def train(steps: int) -> None:
    torch.manual_seed(41)
    signs, names = known_signs(), object_names()
    head = PhraseHead()
    optimiser = torch.optim.AdamW(head.parameters(), 3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, steps)
    for step in range(steps):
        text, language, meaning = batch_of(random.Random(f"phrases/{step}"), signs, names, BATCH)
        of_language, of_meaning = head(text)
        loss = F.cross_entropy(of_language, language) + F.cross_entropy(of_meaning, meaning)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        if (step + 1) % 250 == 0:
            print(f"phrases step {step + 1} loss {loss.item():.3f}", flush=True)
    text, language, meaning = batch_of(random.Random("phrases/validation"), signs, names, 2000)
    head.eval()
    with torch.no_grad():
        of_language, of_meaning = head(text)
    right = [(found.argmax(1) == true).float().mean().item() for found, true in ((of_language, language), (of_meaning, meaning))]
    print("languages right {:.3f}, meanings right {:.3f}".format(*right))
    torch.save(head.state_dict(), PATH)


def load_phrases() -> PhraseHead:
    head = PhraseHead()
    head.load_state_dict(torch.load(PATH, weights_only=True))
    return head.eval()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=2500)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    train(parser.parse_args().steps)

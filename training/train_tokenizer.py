"""Trains the tokenizer shared by all embedded models: `python train_tokenizer.py` writes training/work/tokenizer.json.

The corpus is what scenes/talk.ts writes (every name, plural, prompt and template), and the words of the judge's prompts
and answers that aren't made up: those that many lines share.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice

from vlmkit.scenes import WORK
from vlmkit.tokenizer import WORD, train_tokenizer, words_of
from vlmkit.vocabulary import meanings

VOCABULARY = 4192
JUDGE_LINES = 8000
# A made-up name stands in far fewer of the lines.
SHARED_BY = 300


def judge_words() -> list[str]:
    path = WORK / "judge-train.jsonl"
    if not path.exists():
        return []
    counts: Counter[str] = Counter()
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, JUDGE_LINES):
            text = json.loads(line)
            counts.update(WORD.findall(f"{text['prompt']} {text['answer']}"))
    return [word for word, count in counts.items() if count >= SHARED_BY]


if __name__ == "__main__":
    spoken = (WORK / "corpus-m1.txt").read_text(encoding="utf-8").splitlines()
    corpus = [*spoken, *sorted(judge_words())]
    (WORK / "corpus.txt").write_text("\n".join(corpus) + "\n", encoding="utf-8")
    # Behind a quotation mark a word has no space before it.
    openers = sorted({meaning.split()[0] for meaning in meanings()})
    tokenizer = train_tokenizer(corpus, VOCABULARY, openers)
    tokenizer.save(str(WORK / "tokenizer.json"), pretty=False)
    print(f"{len(words_of(corpus))} words, {tokenizer.get_vocab_size()} tokens")

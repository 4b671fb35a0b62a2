"""From maps to symbols to image tokens."""

from __future__ import annotations

import unittest

import torch

from vlmkit.heads import GRID, HeadOutput
from vlmkit.slots import Limits, Slots, find_peaks, group_peaks, picture_bounds
from vlmkit.symbols import USED_TOKENS, SymbolEmbedding, codes_of, cue_tokens
from vlmkit.tokenizer import train_tokenizer
from vlmkit.vocabulary import BACKGROUNDS, COLOURS, CONFIDENCES, LANGUAGES, LEAST_TOLD, NO_LANGUAGE, NO_MEANING, NO_PLACE, PAD_GREY, PLACES
from vlmkit.vocabulary import meanings, object_names, photo_names

HIGH = CONFIDENCES.index("high")
NO_PHOTO = len(CONFIDENCES)
NO_PHRASE = [NO_LANGUAGE, NO_MEANING]
WHOLE = torch.tensor([0.0, 0.0, 1.0, 1.0])


def maps(things: list[tuple[int, int, int]]) -> HeadOutput:
    """Head outputs with a sure peak for each (class, column, row); things are 0.15 of the picture."""
    classes = torch.zeros(1, len(object_names()), GRID, GRID)
    heat = torch.full((1, 1, GRID, GRID), -6.0)
    box = torch.zeros(1, 3, GRID, GRID)
    box[:, 2] = 0.15
    for name, column, row in things:
        classes[0, name, row, column] = 12
        heat[0, 0, row, column] = 3
    nothing = torch.full((1, 1, GRID, GRID), -6.0)
    board = torch.zeros(1, 4, GRID, GRID)
    return HeadOutput(classes, heat, nothing, box, board, torch.eye(len(COLOURS))[4:5], torch.eye(len(BACKGROUNDS))[:1])


class GroupsTest(unittest.TestCase):
    def groups(self, *things: tuple[int, int, int]) -> list[list[int]]:
        found = group_peaks(find_peaks(maps(list(things))), WHOLE, Limits())[0].tolist()
        return [group for group in found if group[0] >= 0 and group[4] >= LEAST_TOLD]

    def test_same_things_are_counted(self) -> None:
        groups = sorted(self.groups((7, 0, 0), (7, 4, 4), (9, 7, 7)))
        self.assertEqual([group[:3] for group in groups], [[7, 2, NO_PLACE], [9, 1, PLACES.index("bottom right")]])

    def test_an_empty_picture_has_no_groups(self) -> None:
        self.assertEqual(self.groups(), [])

    def test_weaker_names_are_known_but_not_told(self) -> None:
        out = maps([(7, 1, 1), (9, 6, 6)])
        out.classes[0, 11, 1, 1] = 10.2  # the runner-up of the first
        out.heat[0, 0, 6, 6] = -2.5  # a thing too weak to be told
        found = [group for group in group_peaks(find_peaks(out), WHOLE, Limits())[0].tolist() if group[0] >= 0]
        self.assertEqual([group[0] for group in found if group[4] >= LEAST_TOLD], [7])
        self.assertEqual({group[0] for group in found if group[4] < LEAST_TOLD}, {9, 11})

    def test_places_ignore_the_padding(self) -> None:
        picture = torch.full((1, 3, 90, 90), PAD_GREY)
        picture[:, :, 30:60] = 0.7
        bounds = picture_bounds(picture)
        self.assertTrue(torch.allclose(bounds, torch.tensor([0, 1 / 3, 1, 2 / 3])))
        groups = group_peaks(find_peaks(maps([(7, 4, 3)])), bounds, Limits())[0]
        self.assertEqual(PLACES[int(groups[0, 2])], "top")

    def test_a_noisy_picture_is_a_photograph(self) -> None:
        noise = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(0)) * 2 - 1
        logits = torch.zeros(1, 1000)
        logits[0, 293] = 20
        codes = Slots(Limits())(maps([(7, 4, 4)]), noise, logits)
        self.assertEqual(codes.scene[0, 3:].tolist(), [293, HIGH, *NO_PHRASE])
        self.assertTrue(bool((codes.groups == -1).all()))

    def test_cats_are_named_together(self) -> None:
        logits = torch.zeros(1, 1000)
        logits[0, 281:286] = 12
        photo, sure = Slots(Limits())._photo_class(logits)
        self.assertEqual((photo_names()[int(photo)], int(sure)), ("cat", HIGH))


class SymbolsTest(unittest.TestCase):
    def setUp(self) -> None:
        openers = [meaning.split()[0] for meaning in meanings()]
        self.tokenizer = train_tokenizer([*object_names(), *photo_names(), *COLOURS, *meanings(), *LANGUAGES], 6000, openers)

    def test_names_have_different_cues(self) -> None:
        self.assertEqual(cue_tokens(self.tokenizer, object_names(), 2).shape, (len(object_names()), 2))
        self.assertEqual(cue_tokens(self.tokenizer, photo_names(), 3).shape, (len(photo_names()), 3))

    def test_tokens_follow_the_symbols(self) -> None:
        symbols = SymbolEmbedding(self.tokenizer, 16, 32)
        table = torch.randn(self.tokenizer.get_vocab_size(), 16)
        one = {"groups": [[3, 1, 0, 1, 2]], "colour": 0, "kind": 0, "sign": 9, "photo": [0, NO_PHOTO], "phrase": NO_PHRASE, "text": []}
        two = {**one, "groups": [[3, 1, 8, 1, 2]]}
        first, second = symbols(codes_of([one, two]), table)
        self.assertEqual(first.shape, (32, 16))
        changed = (first != second).any(1)
        self.assertEqual(changed.nonzero().flatten().tolist(), [0, 1, 2])
        self.assertTrue(torch.equal(first[USED_TOKENS], symbols.none))

    def test_letters_of_a_sign_have_tokens_where_there_is_room(self) -> None:
        symbols = SymbolEmbedding(self.tokenizer, 16, USED_TOKENS + 25)
        table = torch.randn(self.tokenizer.get_vocab_size(), 16)
        one = {"groups": [], "colour": 0, "kind": 0, "sign": 4, "photo": [0, NO_PHOTO], "phrase": NO_PHRASE, "text": list(b"EXIT")}
        first, second = symbols(codes_of([one, {**one, "text": list(b"EXIT 7")}]), table)
        changed = (first != second).any(1).nonzero().flatten().tolist()
        # The quotation mark that ends it moves too.
        self.assertEqual(changed, [USED_TOKENS + 4, USED_TOKENS + 5, USED_TOKENS + 6])

    def test_what_a_sign_means_stands_where_a_photo_would_be_named(self) -> None:
        symbols = SymbolEmbedding(self.tokenizer, 16, USED_TOKENS + 25)
        number = meanings().index("wet paint")
        phrase = [LANGUAGES.index("German"), number]
        one = {"groups": [], "colour": 0, "kind": 0, "sign": 4, "photo": [0, NO_PHOTO], "phrase": phrase, "text": list(b"x")}
        ids = symbols.copy_ids(codes_of([one]))[0, USED_TOKENS - 4 : USED_TOKENS]
        self.assertEqual([self.tokenizer.decode([int(row[0])]) for row in ids[:2]], ["wet", " paint"])
        self.assertIn(" German", [self.tokenizer.decode([i]) for i in ids[3].tolist() if i >= 0])

    def test_the_copy_head_is_told_the_words(self) -> None:
        symbols = SymbolEmbedding(self.tokenizer, 16, 32)
        one = {"groups": [[object_names().index("pine tree"), 1, 0, 1, 2]], "colour": 0, "kind": 0, "sign": 9, "photo": [0, NO_PHOTO], "phrase": NO_PHRASE, "text": []}
        ids = symbols.copy_ids(codes_of([one]))[0]
        self.assertEqual(len(ids), 32)
        self.assertEqual(self.tokenizer.decode(ids[:2, 0].tolist()), " pine tree")


if __name__ == "__main__":
    unittest.main()

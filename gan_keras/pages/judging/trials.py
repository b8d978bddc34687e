"""One judge's own draw: which pictures, in which order, and what each of them is."""

import dataclasses

import numpy as np

PRACTICE = 5  # trials of each truth, with the answer told, before any counts
VIGILANCE = 10  # trials whose answer nobody awake misses: a picture with its pixels shuffled
MODES = ("one", "pairs")


@dataclasses.dataclass(frozen=True)
class Trial:
    """One question.

    Attributes:
        part: "practice", "judged" or "vigilance".
        truth: of one picture, whether it is real; of a pair, whether the left one is.
        pictures: names ("real", 3), ("fake", 7) or ("shuffled", 0), from left to right.
    """

    part: str
    truth: bool
    pictures: tuple


def drawn(num, mode, seed):
    """The trials of one judge: practice first, then the others in random order.

    Args:
        num: real pictures, and as many generated ones, that count. In mode "pairs" each trial has
            one of both.
        mode: one of `MODES`: "one" picture at a time (real or generated?) or "pairs" (which is
            real?).
        seed: of the order; a judge has one alone.

    Returns:
        List of `Trial`. Names count from 0 over the judge's own pictures of that kind: no picture
        comes twice.
    """
    random = np.random.default_rng(seed)
    practice = _mixed("practice", 0, PRACTICE, mode, random)
    judged = _mixed("judged", PRACTICE, num, mode, random)
    first = PRACTICE + num
    awake = [_obvious(first + place, place, mode, random) for place in range(VIGILANCE)]
    others = judged + awake
    return practice + [others[place] for place in random.permutation(len(others))]


def num_real(num, mode):
    """How many real pictures a judge gets to see, shuffled ones not counted."""
    return PRACTICE + num + (VIGILANCE if mode == "pairs" else 0)


def num_fake(num):
    """How many generated pictures a judge gets to see."""
    return PRACTICE + num


def _mixed(part, first, num, mode, random):
    if mode == "pairs":
        # As often left as right, so that nobody gains by leaning to a side.
        sides = random.permutation(np.arange(num) % 2 == 0)
        pairs = [(("real", first + place), ("fake", first + place)) for place in range(num)]
        return [
            Trial(part, bool(left), pair if left else pair[::-1])
            for left, pair in zip(sides, pairs, strict=True)
        ]
    found = [
        Trial(part, kind == "real", ((kind, first + place),))
        for kind in ("real", "fake")
        for place in range(num)
    ]
    return [found[place] for place in random.permutation(len(found))]


def _obvious(real, shuffled, mode, random):
    if mode == "one":
        return Trial("vigilance", False, (("shuffled", shuffled),))
    left = bool(random.integers(2))
    pair = (("real", real), ("shuffled", shuffled))
    return Trial("vigilance", left, pair if left else pair[::-1])

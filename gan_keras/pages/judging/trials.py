"""One judge's own draw: which pictures, in which order, and what each of them is."""

import dataclasses

import numpy as np

PRACTICE = 5  # trials of each truth, with the answer told, before any counts
VIGILANCE = 10  # trials whose answer nobody awake misses: a picture with its pixels shuffled
MODES = ("one", "pairs")
RUNS = ("fake", "other")  # whose samples: the run's, and those of the run beside it


@dataclasses.dataclass(frozen=True)
class Trial:
    """One question.

    Attributes:
        part: "practice", "judged" or "vigilance".
        truth: of one picture, whether it is real; of a pair, whether the left one is.
        pictures: names ("real", 3), ("fake", 7), ("other", 7) or ("shuffled", 0), from left to
            right.
        of: whose samples are judged, "fake" or "other"; None where it is nobody's.
    """

    part: str
    truth: bool
    pictures: tuple
    of: str | None = None


def drawn(num, mode, seed, num_runs=1):
    """The trials of one judge: practice first, then the others in random order.

    Args:
        num: real pictures, and as many generated ones, that count. In mode "pairs" each trial has
            one of both.
        mode: one of `MODES`: "one" picture at a time (real or generated?) or "pairs" (which is
            real?).
        seed: of the order; a judge has one alone.
        num_runs: 2 where a second run's samples are judged beside, `num` of them. Defaults to 1.

    Returns:
        List of `Trial`. Names count from 0 over the judge's own pictures of that kind: no picture
        comes twice.
    """
    random = np.random.default_rng(seed)
    practice = _mixed("practice", 0, PRACTICE, mode, random, RUNS[:num_runs])
    judged = _mixed("judged", PRACTICE, num, mode, random, RUNS[:num_runs])
    first = (PRACTICE + num) * (num_runs if mode == "pairs" else 1)
    awake = [_obvious(first + place, place, mode, random) for place in range(VIGILANCE)]
    others = judged + awake
    return practice + [others[place] for place in random.permutation(len(others))]


def num_real(num, mode, num_runs=1):
    """How many real pictures a judge gets to see, shuffled ones not counted."""
    return (PRACTICE + num) * num_runs + VIGILANCE if mode == "pairs" else PRACTICE + num


def num_fake(num):
    """How many generated pictures of each run a judge gets to see."""
    return PRACTICE + num


def _mixed(part, first, num, mode, random, whose):
    if mode == "pairs":
        found = []
        for turn, kind in enumerate(whose):
            # As often left as right, so that nobody gains by leaning to a side.
            for place, left in enumerate(random.permutation(np.arange(num) % 2 == 0), start=first):
                pair = (("real", place * len(whose) + turn), (kind, place))
                found.append(Trial(part, bool(left), pair if left else pair[::-1], kind))
        return found if len(whose) == 1 else _shuffled(found, random)
    found = [
        Trial(part, kind == "real", ((kind, first + place),), None if kind == "real" else kind)
        for kind in ("real", *whose)
        for place in range(num)
    ]
    return _shuffled(found, random)


def _shuffled(found, random):
    return [found[place] for place in random.permutation(len(found))]


def _obvious(real, shuffled, mode, random):
    if mode == "one":
        return Trial("vigilance", False, (("shuffled", shuffled),))
    left = bool(random.integers(2))
    pair = (("real", real), ("shuffled", shuffled))
    return Trial("vigilance", left, pair if left else pair[::-1])

"""Exposures that find where a judge is right three times in four.

A weighted up-down staircase (Kaernbach, "Simple adaptive testing with the weighted up-down method",
Perception & Psychophysics 49, 1991): after a right answer the next exposure is DOWN shorter, after
a wrong one UP longer. It rests where steps balance, P DOWN = (1 - P) UP: at P = UP / (UP + DOWN) =
0.75. judge.js has the same rule; a test holds the two together.
"""

FIRST, SHORTEST, LONGEST = 500, 20, 2000  # ms
DOWN, UP = 10, 30  # ms


def following(exposure, is_right):
    """The exposure in ms after one at `exposure` ms was answered."""
    return min(LONGEST, max(SHORTEST, exposure + (-DOWN if is_right else UP)))


def course(answers):
    """The exposure of each trial, given whether each answer was right: list of ms."""
    found = [FIRST]
    for is_right in answers:
        found.append(following(found[-1], is_right))
    return found[:-1]


def threshold(exposures, kept=None):
    """The exposure in ms at which a judge is right three times in four.

    Args:
        exposures: ms of each trial, in order. The first half is on its way there and is left out.
        kept: bools, whether each was shown so long; others are left out, too. Defaults to None,
            all.
    """
    half = len(exposures) // 2
    pairs = zip(exposures[half:], (kept or [True] * len(exposures))[half:], strict=True)
    rest = [exposure for exposure, is_kept in pairs if is_kept]
    return sum(rest) / len(rest)

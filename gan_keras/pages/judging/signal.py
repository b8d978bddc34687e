"""Errors, sensitivity d' and bias of one judge, by signal detection theory."""

import dataclasses
import math
from statistics import NormalDist

Z = NormalDist().inv_cdf


@dataclasses.dataclass(frozen=True, kw_only=True)
class Judged:
    """What one judge's answers come to.

    Source: Macmillan and Creelman, "Detection Theory", 2nd edition, 2005, equations 1.5, 2.1 and
    7.2; half an answer is added to each count (Hautus, 1995), so that a perfect judge has a finite
    d'.

    Attributes:
        error: share of answers that were wrong, in [0, 1]; 0.5 is chance, and above it fakes look
            more real than real ones.
        error_fake: share of fakes taken for real; of pairs None.
        error_real: share of real ones taken for fakes; of pairs None.
        d_prime: how far apart real and fake lie, in standard deviations; 0 is chance.
        bias: criterion c; above 0 the judge says "generated" (of pairs: "right") too often.
    """

    error: float
    error_fake: float | None
    error_real: float | None
    d_prime: float
    bias: float


def judged(truths, answers, *, pairs=False):
    """The `Judged` of answers to trials.

    Args:
        truths, answers: bools, of equal length: what each trial was, and what the judge said. Of
            one picture: is it real? Of a pair: is the left one? Both truths come at least once.
        pairs: whether they are of pairs.
    """
    pairs_of = list(zip(truths, answers, strict=True))
    said = {truth: [a for t, a in pairs_of if t == truth] for truth in (True, False)}
    hits, alarms = sum(said[True]), sum(said[False])
    num_true, num_false = len(said[True]), len(said[False])
    z_hit = Z((hits + 0.5) / (num_true + 1))
    z_alarm = Z((alarms + 0.5) / (num_false + 1))
    wrong = num_true - hits + alarms
    return Judged(
        error=wrong / (num_true + num_false),
        error_fake=None if pairs else alarms / num_false,
        error_real=None if pairs else 1 - hits / num_true,
        d_prime=(z_hit - z_alarm) / (math.sqrt(2) if pairs else 1),
        bias=-(z_hit + z_alarm) / 2,
    )

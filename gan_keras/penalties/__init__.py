"""What the players feel beside the loss: penalties, and constraints on the discriminator."""

from gan_keras.penalties.consistency import Consistency
from gan_keras.penalties.critic import Critic
from gan_keras.penalties.feature_matching import FeatureMatching
from gan_keras.penalties.historical import HistoricalAveraging
from gan_keras.penalties.interpolated import DRAGAN, GradientPenalty
from gan_keras.penalties.lecam import LeCam
from gan_keras.penalties.path_length import PathLength
from gan_keras.penalties.penalty import Penalty
from gan_keras.penalties.weight_clip import WeightClip, clip_weights
from gan_keras.penalties.zero_centered import R1, R2
from gan_keras.serialization import lookup

__all__ = [
    "DRAGAN",
    "NAMES",
    "R1",
    "R2",
    "Consistency",
    "Critic",
    "FeatureMatching",
    "GradientPenalty",
    "HistoricalAveraging",
    "LeCam",
    "PathLength",
    "Penalty",
    "WeightClip",
    "clip_weights",
    "get",
    "get_all",
]

NAMES = {
    penalty.name: penalty
    for penalty in (
        R1,
        R2,
        GradientPenalty,
        DRAGAN,
        LeCam,
        Consistency,
        HistoricalAveraging,
        FeatureMatching,
        PathLength,
    )
}


def get(identifier):
    """A `Penalty` by its name, from its config, or as it is.

    Args:
        identifier: one of `NAMES`, a serialised penalty (dict), or a `Penalty`.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return lookup(identifier, NAMES, "penalty", Penalty)


ARGUMENTS = {"discriminator": "penalties", "generator": "generator_penalties"}


def get_all(identifiers, player="discriminator"):
    """Penalty objects from objects, names or one of either, each kind at most once.

    Args:
        identifiers: list of `Penalty` objects or names, or one.
        player: whose terms they are to be, "discriminator" or "generator".

    Raises:
        ValueError: a penalty that is given twice, or is a term of the other player's.
    """
    if isinstance(identifiers, (str, dict, Penalty)):
        identifiers = [identifiers]
    found = [get(identifier) for identifier in identifiers]
    names = [penalty.name for penalty in found]
    for penalty in found:
        if names.count(penalty.name) > 1:
            raise ValueError(
                f"Penalty '{penalty.name}' is given {names.count(penalty.name)} times. "
                "Give it once."
            )
        if player not in penalty.players:
            raise ValueError(
                f"Penalty '{penalty.name}' is a term of the {' or '.join(penalty.players)}, not of "
                f"the {player}. Put it into `{ARGUMENTS[penalty.players[0]]}`."
            )
    return found

"""What the two players feel: adversarial losses, from raw logits."""

from gan_keras.losses.hinge import Hinge
from gan_keras.losses.least_squares import LeastSquares
from gan_keras.losses.loss import Loss
from gan_keras.losses.minimax import Minimax
from gan_keras.losses.non_saturating import NonSaturating
from gan_keras.losses.patch_nce import PatchNCE
from gan_keras.losses.relativistic import RelativisticAverage, RelativisticPaired
from gan_keras.losses.top_k import TopK
from gan_keras.losses.wasserstein import Wasserstein
from gan_keras.serialization import lookup

__all__ = [
    "NAMES",
    "Hinge",
    "LeastSquares",
    "Loss",
    "Minimax",
    "NonSaturating",
    "PatchNCE",
    "RelativisticAverage",
    "RelativisticPaired",
    "TopK",
    "Wasserstein",
    "get",
]

NAMES = {
    loss.name: loss
    for loss in (
        Minimax,
        NonSaturating,
        LeastSquares,
        Hinge,
        Wasserstein,
        RelativisticAverage,
        RelativisticPaired,
        TopK,
    )
}


def get(identifier):
    """A `Loss` by its name, from its config, or as it is.

    Args:
        identifier: one of `NAMES`, a serialised loss (dict), or a `Loss`.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return lookup(identifier, NAMES, "loss", Loss)

"""How the gradient of a discriminator reaches a generator that draws symbols.

straight_through  symbols go forth, the gradient of a softmax comes back
relaxed           shares go forth, ever closer to symbols: the gradient is theirs
reinforce         symbols go forth, and those that are rewarded get likelier: policy gradient
"""

from gan_keras.serialization import lookup
from gan_keras.surrogates.reinforce import Reinforce
from gan_keras.surrogates.relaxed import Relaxed
from gan_keras.surrogates.straight_through import StraightThrough
from gan_keras.surrogates.surrogate import Drawn, Surrogate

__all__ = ["NAMES", "Drawn", "Reinforce", "Relaxed", "StraightThrough", "Surrogate", "get"]

NAMES = {one.name: one for one in (StraightThrough, Relaxed, Reinforce)}


def get(identifier):
    """A `Surrogate` by its name, from its config, or as it is.

    Args:
        identifier: one of `NAMES`, a serialised surrogate (dict), or a `Surrogate`.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return lookup(identifier, NAMES, "surrogate", Surrogate)

"""Named, tested settings: each recipe one file of plain Python. Imports no TensorFlow.

To add one: a file with `RECIPE = Recipe(...)` and the reason for each number, and its line here.
"""

from gan_keras.recipes import (
    cifar10_dcgan,
    fashion_mnist_conditional,
    fashion_mnist_dcgan,
    fashion_mnist_wgan_gp,
    grid,
    mnist_dcgan,
    ring,
)
from gan_keras.recipes.recipe import Recipe
from gan_keras.spelling import nearest

DEFAULT = fashion_mnist_dcgan.RECIPE.name

NAMES = {
    module.RECIPE.name: module.RECIPE
    for module in (
        fashion_mnist_dcgan,
        fashion_mnist_conditional,
        fashion_mnist_wgan_gp,
        mnist_dcgan,
        cifar10_dcgan,
        ring,
        grid,
    )
}


def get(name=DEFAULT):
    """A recipe by its name.

    Raises:
        ValueError: an unknown name; the nearest one is named.
    """
    if name not in NAMES:
        raise ValueError(f"Unknown recipe '{name}'.{nearest(name, NAMES)}")
    return NAMES[name]


__all__ = ["DEFAULT", "NAMES", "Recipe", "get"]

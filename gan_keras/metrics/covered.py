"""The score `modes`: how many modes of the data the samples reach, where they can be told."""

import numpy as np

from gan_keras.metrics.modes import gaussian_modes, reverse_kl


def compute(sides):
    """Of Gaussians by distance, of labelled images by the classes that a classifier sees."""
    known = getattr(sides.real_source, "modes", None)
    if known is not None:
        found = gaussian_modes(sides.fake.features, known.centres, known.sigma)
    else:
        source = sides.real_source
        counts = np.bincount(sides.fake.classes, minlength=source.num_classes)
        real = np.bincount(source.labels, minlength=source.num_classes)
        found = {"modes": int((counts > 0).sum()), "reverse_kl": reverse_kl(counts, real)}
    return {name: (value, None) for name, value in found.items()}


def refuse(real, extractor):
    """Raise unless modes of the data can be told apart.

    Args:
        real: a `data.Source`, or anything.
        extractor: an `Extractor`.

    Raises:
        ValueError: there is nothing to count by.
    """
    if getattr(real, "modes", None) is not None:
        if extractor.name != "pixels":
            raise ValueError(
                f"'modes' of Gaussians are counted by the points themselves, not by features of "
                f"'{extractor.name}'. Use the extractor 'pixels'."
            )
        return
    classes = getattr(real, "num_classes", None)
    if classes is None or extractor.num_classes != classes:
        raise ValueError(
            f"'modes' are counted on 'ring' and 'grid', or by an extractor that knows the data's "
            f"classes. Received: data of {classes or 'no'} classes and the extractor "
            f"'{extractor.name}' with {extractor.num_classes or 'none'}. Use 'classifier'."
        )

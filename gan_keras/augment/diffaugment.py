"""DiffAugment: a fixed set of random changes, each made to every image."""

import tensorflow as tf

from gan_keras.augment import augment, color, geometry
from gan_keras.serialization import register
from gan_keras.spelling import nearest


@register
class DiffAugment(augment.Augment):
    """Differentiable augmentation of real and fake images alike.

    For few images (up to some ten thousand), with any loss. Strong, free of state, and a good first
    choice; `Adaptive` finds its own strength.

    Policies, in the order in which they are made whatever the order given:
    - "brightness": adds one number in [-0.5, 0.5) to an image;
    - "saturation": scales the distance of channels to their mean by a number in [0, 2);
    - "contrast": scales the distance of pixels to the image's mean by a number in [0.5, 1.5);
    - "color": these three, for colour images;
    - "flip": mirrors half of the images left to right (not in the paper);
    - "translation": shifts by up to an eighth of the size, zeros (mid-grey) come in;
    - "cutout": blanks a square of half the size, its centre anywhere.

    Source: Zhao et al. 2020, arXiv 2006.10738, and the authors' code.

    Args:
        policies: tuple of the names above. Defaults to ("color", "translation", "cutout"); for grey
            images take ("brightness", "contrast", "translation", "cutout").

    Raises:
        ValueError: an unknown policy, or (in `check`, at a model's construction) colour changes of
            grey images.

    Example:

    ```python
    GAN(generator, discriminator, augment=DiffAugment(policies=("translation", "cutout")))
    ```
    """

    def __init__(self, *, policies=("color", "translation", "cutout"), **arguments):
        super().__init__(**arguments)
        policies = (policies,) if isinstance(policies, str) else tuple(policies)
        for policy in policies:
            if policy not in POLICIES and policy != "color":
                known = ["color", *POLICIES]
                raise ValueError(f"Unknown policy '{policy}'.{nearest(policy, known)}")
        self.policies = policies

    def call(self, images, random):
        """Changed images of the same shape."""
        self.check(images.shape[1:])
        chosen = set(self.policies)
        if "color" in chosen:
            chosen |= {"brightness", "saturation", "contrast"}
        for policy, change in POLICIES.items():
            if policy in chosen:
                images = change(images, random)
        return images

    def color_only(self):
        """Policies that change colours."""
        return [policy for policy in self.policies if policy in ("color", "saturation")]

    def get_config(self):
        """The arguments that make an equal layer."""
        return {**super().get_config(), "policies": list(self.policies)}


def brightness(images, random):
    """Adds U(-0.5, 0.5)."""
    return images + random.uniform((_batch(images), 1, 1, 1), -0.5, 0.5)


def saturation(images, random):
    """Scales the distance to the mean over channels by U(0, 2)."""
    return color.scale_about(images, random.uniform((_batch(images), 1, 1, 1), 0.0, 2.0), [3])


def contrast(images, random):
    """Scales the distance to the image's mean by U(0.5, 1.5)."""
    factor = random.uniform((_batch(images), 1, 1, 1), 0.5, 1.5)
    return color.scale_about(images, factor, [1, 2, 3])


def flip(images, random):
    """Mirrors left to right with probability a half."""
    return tf.where(random.uniform((_batch(images), 1, 1, 1)) < 0.5, images[:, :, ::-1], images)


def translation(images, random, ratio=0.125):
    """Shifts by whole pixels, up to `ratio` of the size either way."""
    sources = []
    for size in images.shape[1:3]:
        reach = int(size * ratio + 0.5)
        shift = random.integers((_batch(images), 1), 2 * reach + 1) - reach
        sources.append(tf.range(size)[None] + shift)
    return geometry.look_up(images, *sources)


def cutout(images, random, ratio=0.5):
    """Sets a rectangle of `ratio` of the size to zero; a part of it may lie outside."""
    inside = []
    for size in images.shape[1:3]:
        length = int(size * ratio + 0.5)
        start = random.integers((_batch(images), 1), size + 1 - length % 2) - length // 2
        place = tf.range(size)[None]
        inside.append((place >= start) & (place < start + length))
    hole = inside[0][:, :, None, None] & inside[1][:, None, :, None]
    return images * (1.0 - tf.cast(hole, tf.float32))


def _batch(images):
    return images.shape[0] or tf.shape(images)[0]


POLICIES = {
    "brightness": brightness,
    "saturation": saturation,
    "contrast": contrast,
    "flip": flip,
    "translation": translation,
    "cutout": cutout,
}

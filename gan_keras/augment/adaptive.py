"""Adaptive discriminator augmentation (ADA): as much as the discriminator's confidence asks for."""

import math

import keras
import tensorflow as tf

from gan_keras.augment import augment, color, geometry
from gan_keras.machines import replicas
from gan_keras.serialization import register
from gan_keras.spelling import nearest

GEOMETRY = ("flip", "quarter_turns", "translation", "scale", "rotation", "fraction")
LUMA = ("brightness", "contrast", "luma_flip")
CHROMA = ("hue", "saturation")


@register
class Adaptive(augment.Augment):
    """Augmentation whose strength p follows how many real images are told as such.

    For few images, where nobody knows how strong an augmentation must be: as the discriminator
    grows sure of the real images, which is how overfitting begins, p rises; else it falls. Each
    transform is made to an image with probability p, on its own, so the generator does not learn to
    draw them as long as p stays below about 0.8.

    Transforms, all in one bilinear look-up and one change of colour:
    - "flip": left to right, half of the time;
    - "quarter_turns": 0 to 3 turns by 90 degrees;
    - "translation": by whole pixels, up to an eighth of the size;
    - "scale": by 2^N(0, 0.2^2);
    - "rotation": by any angle;
    - "fraction": moved by N(0, 0.125^2) of the size, in fractions of a pixel;
    - "brightness": adds N(0, 0.2^2); "contrast": times 2^N(0, 0.5^2);
    - "luma_flip": light for dark, half of the time;
    - "hue": turned by any angle; "saturation": times 2^N(0, 1): for colour images.
    What comes in at the borders is the mirrored image. Left out from the paper's set, which is
    called bgc: anisotropic scaling and the low-pass filters about the look-up.

    After each discriminator update, r = E sign D(real) over the global batch, and
    p <- clip(p + sign(r - target) * batch / ramp_images, 0, 1). With a loss that gives logits no
    zero the sign is of the distance to what it compares them with (`Loss.real_margins`): to the
    fake logit beside each, as in R3GAN's code, or to their mean.

    Source: Karras et al. 2020, arXiv 2006.06676, sections 2.2 and 3, appendix B.

    Args:
        transforms: names from above. Defaults to `GEOMETRY + ("brightness", "contrast",
            "luma_flip")`, which suit every image; add `CHROMA` for colour images.
        target: float in (-1, 1), the r at which p stands still. Defaults to 0.6.
        ramp_images: int > 0, the number of real images in which p can go from 0 to 1. Defaults to
            500,000, as in the paper; a short run wants fewer.
        probability: float in [0, 1], p at the start. Defaults to 0.0.

    Raises:
        ValueError: an unknown transform, an argument outside its range, or (in `check`, at a
            model's construction) colour changes of grey images.

    Example:

    ```python
    GAN(generator, discriminator, augment=Adaptive(ramp_images=100_000))
    ```
    """

    def __init__(
        self,
        *,
        transforms=GEOMETRY + LUMA,
        target=0.6,
        ramp_images=500_000,
        probability=0.0,
        **arguments,
    ):
        super().__init__(**arguments)
        transforms = (transforms,) if isinstance(transforms, str) else tuple(transforms)
        for transform in transforms:
            known = GEOMETRY + LUMA + CHROMA
            if transform not in known:
                raise ValueError(f"Unknown transform '{transform}'.{nearest(transform, known)}")
        if not -1 < target < 1:
            raise ValueError(f"`target` is a mean of signs, in (-1, 1). Received: {target}.")
        if not ramp_images > 0:
            raise ValueError(f"`ramp_images` must be above 0. Received: {ramp_images}.")
        if not 0 <= probability <= 1:
            raise ValueError(f"`probability` must be in [0, 1]. Received: {probability}.")
        self.transforms = transforms
        self.target = target
        self.ramp_images = ramp_images
        self.initial_probability = probability
        self.probability = self.add_weight(
            name="probability",
            shape=(),
            initializer=keras.initializers.Constant(probability),
            trainable=False,
            aggregation="mean",  # equal on all replicas: r is taken over the global batch
        )

    def observe(self, real_margins, num_images):
        """Moves p a step towards the target."""
        signs = tf.sign(tf.cast(real_margins, tf.float32))
        sign = tf.sign(replicas.mean(tf.reduce_mean(signs)) - self.target)
        batch = tf.cast(replicas.count() * num_images, tf.float32)
        moved = self.probability + sign * batch / self.ramp_images
        self.probability.assign(tf.clip_by_value(moved, 0.0, 1.0))

    def call(self, images, random):
        """Changed images of the same shape."""
        self.check(images.shape[1:])
        uniform, normal = self._numbers(images.shape[0] or tf.shape(images)[0], random)
        if set(self.transforms) & set(GEOMETRY):
            images = _moved(images, uniform, normal)
        if set(self.transforms) & {*LUMA, *CHROMA}:
            images = _recolored(images, uniform, normal)
        return images

    def _numbers(self, batch, random):
        """Two numbers of U(-1, 1) and two of N(0, 1) for each transform, zero where it is not made.

        Returns:
            Two dicts from a transform's name to float32 (batch, 2, 1, 1). Three draws serve all,
            for XLA takes seconds to compile each.
        """
        names = GEOMETRY + LUMA + CHROMA
        made = random.uniform((batch, len(names), 1)) < self.probability
        made &= tf.constant([[name in self.transforms] for name in names])
        drawn = (
            random.uniform((batch, len(names), 2), -1.0, 1.0),
            random.normal((batch, len(names), 2)),
        )
        drawn = [tf.where(made, numbers, 0.0)[..., None, None] for numbers in drawn]
        return [{name: numbers[:, i] for i, name in enumerate(names)} for numbers in drawn]

    def color_only(self):
        """Transforms that change colours."""
        return [transform for transform in self.transforms if transform in CHROMA]

    def get_config(self):
        """The arguments that make an equal layer; p as it stands is a weight, saved as one."""
        return {
            **super().get_config(),
            "transforms": list(self.transforms),
            "target": self.target,
            "ramp_images": self.ramp_images,
            "probability": self.initial_probability,
        }


def _moved(images, uniform, normal):
    """One look-up at where each pixel comes from, so the order below is from last to first."""
    height, width = images.shape[1:3]
    y, x = geometry.centered_grid(height, width)

    y += 0.125 * height * normal["fraction"][:, 0]
    x += 0.125 * width * normal["fraction"][:, 1]
    angle = math.pi * uniform["rotation"][:, 0]
    y, x = _turned(y, x, tf.cos(angle), tf.sin(angle))
    scale = 2.0 ** (0.2 * normal["scale"][:, 0])
    y, x = scale * y, scale * x
    y += tf.round(0.125 * height * uniform["translation"][:, 0])
    x += tf.round(0.125 * width * uniform["translation"][:, 1])
    turns = tf.cast(tf.floor(2.0 * uniform["quarter_turns"][:, 0]), tf.int32) % 4
    y, x = _turned(
        y, x, tf.gather([1.0, 0.0, -1.0, 0.0], turns), tf.gather([0.0, 1.0, 0.0, -1.0], turns)
    )
    return geometry.bilinear(images, y, _side(uniform["flip"]) * x)


def _turned(y, x, cosine, sine):
    return cosine * y + sine * x, cosine * x - sine * y


def _recolored(images, uniform, normal):
    contrast, saturation = 0.5 * normal["contrast"][:, :1], normal["saturation"][:, :1]
    return color.change_color(
        images,
        brightness=0.2 * normal["brightness"][:, :1],
        luma=_side(uniform["luma_flip"])[:, None] * 2.0**contrast,
        chroma=2.0 ** (contrast + saturation),
        hue=math.pi * uniform["hue"][:, :1],
    )


def _side(numbers):
    """-1 for half of the images, 1 for the others and where the transform is not made."""
    return tf.where(numbers[:, 0] < 0.0, -1.0, 1.0)

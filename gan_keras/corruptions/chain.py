"""Several corruptions, one after another."""

import dataclasses
from typing import ClassVar

import keras

from gan_keras.corruptions import corruption
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Chain(corruption.Corruption):
    """Corruptions in a row: blur, then reduce, then noise, as a cheap camera does.

    Each is given the input that the one before made. A mask comes last: what follows would blur or
    shrink its channel with the picture.

    Args:
        corruptions: list of at least one `Corruption`, or their configs.

    Raises:
        ValueError: no corruptions, or one after a mask.
        TypeError: something that is no corruption.

    Example:

    ```python
    Chain(corruptions=[GaussianBlur(), Downsample(scale=4), JpegLike(quality=(30, 90))])
    ```
    """

    name: ClassVar[str] = "chain"
    corruptions: tuple

    def __post_init__(self):
        found = self.corruptions if isinstance(self.corruptions, (list, tuple)) else ()
        found = tuple(
            keras.saving.deserialize_keras_object(link) if isinstance(link, dict) else link
            for link in found
        )
        if not found:
            raise ValueError(
                "`corruptions` of Chain is a list of at least one corruption. Received: "
                f"{self.corruptions!r}."
            )
        for link in found:
            if not isinstance(link, corruption.Corruption):
                raise TypeError(
                    f"Chain takes objects such as Downsample(scale=4). Received: {link!r}."
                )
        for link in found[:-1]:
            if "mask" in link.roles:
                raise ValueError(
                    f"{type(link).__name__} must be the last in a Chain, for what follows would "
                    "change the channel of its mask. Move it to the end."
                )
        self.corruptions = found

    @property
    def roles(self):
        """Those of the last one."""
        return self.corruptions[-1].roles

    def input_shape(self, shape):
        """What the last one makes of it."""
        for link in self.corruptions:
            shape = link.input_shape(shape)
        return shape

    def input_kind(self, kind):
        """That of the last one."""
        return self.corruptions[-1].input_kind(kind)

    def __call__(self, real, random):
        """What the last one returns."""
        made = {"input": real}
        for link in self.corruptions:
            made = link(made["input"], random)
        return made

    def get_config(self):
        """The arguments that make an equal object."""
        links = [keras.saving.serialize_keras_object(link) for link in self.corruptions]
        return {"corruptions": links}

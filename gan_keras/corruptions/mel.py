"""Sounds without their phases and fine frequencies."""

import dataclasses
from typing import ClassVar

from gan_keras import kinds
from gan_keras.audio import MelScale
from gan_keras.corruptions import corruption
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Mel(MelScale, corruption.Corruption):
    """Mel spectrograms of waves: the input of a vocoder.

    Nothing is random and gradients pass.

    Kong, Kim, Bae (2020), arXiv:2010.05646 (HiFi-GAN), section 2.

    Args:
        rate, size, hop, num_bins, low, high: see `audio.MelScale`.

    Raises:
        ValueError: as there; waves of another rate, of several channels, or of no whole number of
            hops (at a model's construction).
    """

    name: ClassVar[str] = "mel"

    def input_shape(self, shape):
        """(samples / hop, bins)."""
        check_waves(shape, self)
        return (shape[0] // self.hop, self.num_bins)

    def input_kind(self, kind):
        """`kinds.Mels` of any length."""
        if getattr(kind, "rate", self.rate) != self.rate:
            raise ValueError(
                f"Mel is for {self.rate:,} samples a second, but these sounds have {kind.rate:,}. "
                f"Set rate={kind.rate} (--set corruption.rate={kind.rate})."
            )
        names = [field.name for field in dataclasses.fields(MelScale)]
        return kinds.Mels(
            shape=(None, self.num_bins), **{name: getattr(self, name) for name in names}
        )

    def __call__(self, real, random):
        """The spectrograms."""
        from gan_keras.audio import mel_in_graph

        self.input_shape(real.shape[1:])
        return {"input": mel_in_graph.log_mel(real, self)}


def check_waves(shape, scale):
    """Refuses what is no wave (samples, 1) of a whole number of hops."""
    name = type(scale).__name__
    if len(shape) != 2 or shape[0] is None or shape[1] != 1:
        raise ValueError(
            f"{name} takes waves (samples, 1) of known length. Received samples of shape: "
            f"{tuple(shape)}."
        )
    if shape[0] % scale.hop or shape[0] < scale.size:
        raise ValueError(
            f"{name} takes a whole number of hops of {scale.hop} samples, and at least "
            f"{scale.size} of them. Received: {shape[0]}. Cut or fill the waves, or change `hop`."
        )
